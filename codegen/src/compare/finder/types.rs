//! Types: those that are new or gone, and what others have become.

use std::collections::{HashMap, HashSet};
use std::ptr;

use crate::compare::draft::Draft;
use crate::compare::pairs::TypePair;
use crate::compare::relation::Relation;
use crate::compare::{CrateKind, Direction, Kind};
use crate::describe::{plain, shown, value};
use crate::ir::{Api, Branch, Enum, Shape, Tagging, Type, TypeDef, TypeId, Union, Variant};

use super::fields::Objects;
use super::{Finder, Site};

impl<'a> Finder<'a> {
    pub(super) fn all_types(&mut self, pairs: &[TypePair]) {
        let kept: HashSet<TypeId> = pairs.iter().map(|pair| pair.old).collect();
        let mut halves: HashMap<TypeId, usize> = HashMap::new();
        for pair in pairs {
            *halves.entry(pair.new).or_default() += 1;
        }
        for (id, def) in self.old.types.iter() {
            if !kept.contains(&id) {
                let draft = Draft::new(Kind::TypeRemoved, def.name.to_string(), CrateKind::Model);
                self.push(draft.old(self.old, def.origin).touch(&def.name));
            }
        }
        for (id, def) in self.new.types.iter() {
            if !halves.contains_key(&id) {
                let draft = Draft::new(Kind::TypeAdded, def.name.to_string(), CrateKind::Model);
                self.push(draft.new_at(self.new, def.origin).touch(&def.name));
            }
        }
        let (from, to) = (modules(self.old), modules(self.new));
        for pair in pairs {
            let is_alone = halves.get(&pair.new) == Some(&1);
            let module = |of: &HashMap<TypeId, &'a str>, id| of.get(&id).copied().unwrap_or("");
            let modules = (module(&from, pair.old), module(&to, pair.new));
            self.named(pair, modules, is_alone);
            self.pair(pair);
        }
    }

    /// Its name and its module; `is_alone` says that the type was one before as well.
    fn named(&mut self, pair: &TypePair, (from, to): (&str, &str), is_alone: bool) {
        let (was, is) = (self.old.type_def(pair.old), self.new.type_def(pair.new));
        let site = site(was, is, pair.direction);
        if was.name != is.name {
            let is_old_gone = !self.new.types.iter().any(|(_, def)| def.name == was.name);
            let is_new = !self.old.types.iter().any(|(_, def)| def.name == is.name);
            // Where requests and responses come to see a schema as two types, one keeps the name.
            let what = match (is_old_gone, is_new) {
                (true, true) => Kind::TypeRenamed,
                (false, _) => Kind::TypeAdded,
                (true, false) => Kind::TypeRemoved,
            };
            let mut draft = site.draft(self, what);
            draft.direction = Direction::default();
            if is_old_gone {
                draft = draft.touch(&was.name);
            }
            if is_new {
                draft = draft.touch(&is.name);
            }
            self.push(draft.was(was.name.as_str()).is(is.name.as_str()));
        }
        if from != to && is_alone {
            let draft = site
                .draft(self, Kind::TypeMoved)
                .touch(&is.name)
                .touch(format!("mod {from}"))
                .touch(format!("mod {to}"));
            self.push(
                draft
                    .was(format!("module {from}"))
                    .is(format!("module {to}")),
            );
        }
    }

    fn pair(&mut self, pair: &TypePair) {
        let (was, is) = (self.old.type_def(pair.old), self.new.type_def(pair.new));
        let site = site(was, is, pair.direction);
        // What is said of a choice among members is made of them.
        let is_spread = matches!(&is.shape, Shape::Union(choice) if choice.unknown.is_none());
        if !is_spread {
            self.told(
                &site,
                (&was.docs, was.deprecated),
                (&is.docs, is.deprecated),
            );
        }
        match (&was.shape, &is.shape) {
            (Shape::Struct(old), Shape::Struct(new)) => {
                let objects = Objects {
                    old: was,
                    new: is,
                    direction: pair.direction,
                };
                self.fields(objects, old, new);
            }
            (Shape::Enum(old), Shape::Enum(new)) => self.enumeration(&site, (was, old), (is, new)),
            (Shape::Union(old), Shape::Union(new)) => self.union(&site, (was, old), (is, new)),
            (Shape::Alias(old) | Shape::Newtype(old), Shape::Alias(new) | Shape::Newtype(new)) => {
                let mut site = site;
                site.touches = vec![(is.name.to_string(), String::new())];
                self.ty(&site, old, new);
            }
            (old, new) => {
                let named = |shape: &Shape, id| match shape {
                    Shape::Alias(ty) | Shape::Newtype(ty) => ty.clone(),
                    _ => Type::Named(id),
                };
                let (from, to) = (named(old, pair.old), named(new, pair.new));
                let what = match self.types.relation(&from, &to) {
                    Relation::Narrower => Kind::TypeNarrowed,
                    Relation::Wider => Kind::TypeWidened,
                    // Two names are the same type; their shapes are not.
                    Relation::Same | Relation::Other => Kind::TypeChanged,
                };
                let draft = site.draft(self, what).touch(&is.name);
                self.push(draft.was(shape(self.old, old)).is(shape(self.new, new)));
            }
        }
    }

    fn enumeration(
        &mut self,
        site: &Site,
        (was, old): (&TypeDef, &Enum),
        (is, new): (&TypeDef, &Enum),
    ) {
        if old.base != new.base {
            let draft = site.draft(self, Kind::TypeChanged).touch(&is.name);
            self.push(draft);
        }
        let item = |of: &TypeDef, variant: &Variant| format!("{}::{}", of.name, variant.name);
        let (by_old, by_new) = (by_value(old), by_value(new));
        for gone in &old.variants {
            let Some(now) = by_new.get(&key(gone)) else {
                let draft = Draft::new(Kind::EnumValueRemoved, item(was, gone), CrateKind::Model)
                    .old(self.old, gone.origin)
                    .new_at(self.new, is.origin)
                    .direction(site.direction)
                    .was(value(gone))
                    .touch_member(&was.name, &gone.name);
                self.push(draft);
                continue;
            };
            let mut site = site.clone();
            site.item = item(is, now);
            (site.old, site.new) = (gone.origin, now.origin);
            site.touches = vec![
                (was.name.to_string(), gone.name.to_string()),
                (is.name.to_string(), now.name.to_string()),
            ];
            if gone.name != now.name {
                let draft = site.draft(self, Kind::RustNameChanged);
                self.push(draft.was(gone.name.as_str()).is(now.name.as_str()));
            }
            self.told(&site, (&gone.docs, false), (&now.docs, false));
        }
        for come in &new.variants {
            if !by_old.contains_key(&key(come)) {
                let draft = Draft::new(Kind::EnumValueAdded, item(is, come), CrateKind::Model)
                    .old(self.old, was.origin)
                    .new_at(self.new, come.origin)
                    .direction(site.direction)
                    .is(value(come))
                    .touch_member(&is.name, &come.name);
                self.push(draft);
            }
        }
    }

    fn union(
        &mut self,
        site: &Site,
        (was, old): (&TypeDef, &Union),
        (is, new): (&TypeDef, &Union),
    ) {
        if old.tagging != new.tagging {
            let what = match (&old.tagging, &new.tagging) {
                (Tagging::Untagged, Tagging::Internal(_)) => Kind::DiscriminatorAdded,
                (Tagging::Internal(_), Tagging::Untagged) => Kind::DiscriminatorRemoved,
                _ => Kind::TaggingChanged,
            };
            let draft = site.draft(self, what);
            self.push(draft.was(tagging(&old.tagging)).is(tagging(&new.tagging)));
        }
        let item = |of: &TypeDef, branch: &Branch| format!("{}::{}", of.name, branch.name);
        let counterparts = self.counterparts(old, new);
        for (gone, now) in old.branches.iter().zip(&counterparts) {
            match now {
                Some(now) => self.branch(site, (was, gone), (is, now)),
                None => {
                    let draft = Draft::new(Kind::BranchRemoved, item(was, gone), CrateKind::Model)
                        .old(self.old, gone.origin)
                        .new_at(self.new, is.origin)
                        .direction(site.direction)
                        .was(shown(self.old, &gone.ty))
                        .touch_member(&was.name, &gone.name);
                    self.push(draft);
                }
            }
        }
        let what = if old.unknown.is_some() {
            Kind::BranchAdded
        } else {
            Kind::BranchAddedToClosedUnion
        };
        for come in &new.branches {
            let is_known =
                |known: &Option<&Branch>| known.is_some_and(|known| ptr::eq(known, come));
            if !counterparts.iter().any(is_known) {
                let draft = Draft::new(what, item(is, come), CrateKind::Model)
                    .old(self.old, was.origin)
                    .new_at(self.new, come.origin)
                    .direction(site.direction)
                    .is(shown(self.new, &come.ty))
                    .touch_member(&is.name, &come.name);
                self.push(draft);
            }
        }
    }

    /// For each old branch the new one that it has become: that of its tag or its name; else one that is new and
    /// allows all that it did, or part of it.
    fn counterparts<'b>(&self, old: &Union, new: &'b Union) -> Vec<Option<&'b Branch>> {
        let named = |was: &Branch| new.branches.iter().find(|is| is_same(was, is));
        let mut found: Vec<Option<&Branch>> = old.branches.iter().map(named).collect();
        for (at, was) in old.branches.iter().enumerate() {
            if found.get(at).is_some_and(Option::is_some) {
                continue;
            }
            let is_free = |is: &&Branch| {
                let is_taken = found.iter().flatten().any(|known| ptr::eq(*known, *is));
                !is_taken && self.types.relation(&was.ty, &is.ty) != Relation::Other
            };
            let free = new.branches.iter().find(is_free);
            if let Some(slot) = found.get_mut(at) {
                *slot = free;
            }
        }
        found
    }

    fn branch(
        &mut self,
        site: &Site,
        (was, old): (&TypeDef, &Branch),
        (is, new): (&TypeDef, &Branch),
    ) {
        let mut site = site.clone();
        site.item = format!("{}::{}", is.name, new.name);
        (site.old, site.new) = (old.origin, new.origin);
        site.touches = vec![
            (was.name.to_string(), old.name.to_string()),
            (is.name.to_string(), new.name.to_string()),
        ];
        if old.name != new.name {
            let draft = site.draft(self, Kind::RustNameChanged);
            self.push(draft.was(old.name.as_str()).is(new.name.as_str()));
        }
        // Without a discriminator there are no tags, which is told at the union.
        if old.tags != new.tags && !old.tags.is_empty() && !new.tags.is_empty() {
            let tags = |branch: &Branch| {
                let tags: Vec<String> = branch.tags.iter().map(|tag| plain(tag.text())).collect();
                tags.join(", ")
            };
            let draft = site.draft(self, Kind::TagsChanged);
            self.push(draft.was(tags(old)).is(tags(new)));
        }
        self.ty(&site, &old.ty, &new.ty);
        self.limits(&site, &old.constraints, &new.constraints);
        self.told(&site, (&old.docs, false), (&new.docs, false));
    }
}

/// The variants of an enum by what tells their values apart.
fn by_value(of: &Enum) -> HashMap<String, &Variant> {
    // Of equal values the first counts.
    let variants = of.variants.iter().rev();
    variants.map(|variant| (key(variant), variant)).collect()
}

/// A text that variants of equal values share.
fn key(variant: &Variant) -> String {
    format!("{:?}", variant.value)
}

/// Whether two branches are one before and after a change.
fn is_same(old: &Branch, new: &Branch) -> bool {
    let shared = old.tags.iter().any(|tag| new.tags.contains(tag));
    shared || old.name == new.name
}

fn site(was: &TypeDef, is: &TypeDef, direction: Direction) -> Site {
    Site {
        item: is.name.to_string(),
        old: was.origin,
        new: is.origin,
        direction,
        carrier: CrateKind::Model,
        touches: Vec::new(),
    }
}

/// The module of each type.
fn modules(api: &Api) -> HashMap<TypeId, &str> {
    let modules = api.modules.iter();
    let types = modules.flat_map(|module| {
        let types = module.types.iter();
        types.map(|id| (*id, module.name.as_str()))
    });
    types.collect()
}

fn shape(api: &Api, shape: &Shape) -> String {
    match shape {
        Shape::Struct(_) => "an object".to_owned(),
        Shape::Enum(_) => "an enumeration".to_owned(),
        Shape::Union(_) => "a union".to_owned(),
        Shape::Alias(ty) | Shape::Newtype(ty) => shown(api, ty),
    }
}

fn tagging(tagging: &Tagging) -> String {
    match tagging {
        Tagging::External => "by the name of the one member".to_owned(),
        Tagging::Internal(tag) => format!("by the member {}", plain(tag.text())),
        Tagging::Adjacent { tag, content } => {
            format!(
                "by the member {}, beside {}",
                plain(tag.text()),
                plain(content.text())
            )
        }
        Tagging::Untagged => "by what they have".to_owned(),
    }
}
