//! The members of objects.

use crate::compare::draft::Draft;
use crate::compare::{CrateKind, Direction, Kind};
use crate::describe::{literal, plain, present, shown};
use crate::ir::{
    Access, Additional, Api, Field, FieldRole, Literal, Shape, Struct, Tagging, Type, TypeDef,
};

use super::values::must_be_there;
use super::{Finder, Site};

/// An object before and after.
#[derive(Clone, Copy)]
pub(super) struct Objects<'a> {
    pub(super) old: &'a TypeDef,
    pub(super) new: &'a TypeDef,
    pub(super) direction: Direction,
}

impl Finder<'_> {
    pub(super) fn fields(&mut self, of: Objects<'_>, old: &Struct, new: &Struct) {
        for was in &old.fields {
            match new.fields.iter().find(|is| is_same(was, is)) {
                Some(is) => self.field(of, was, is),
                None => {
                    let what = if must_be_there(was.presence) {
                        Kind::RequiredPropertyRemoved
                    } else {
                        Kind::OptionalPropertyRemoved
                    };
                    let draft = lone(what, self.old, of.old, was, of.direction);
                    let at = of.new.origin;
                    self.push(draft.old(self.old, was.origin).new_at(self.new, at));
                }
            }
        }
        for is in &new.fields {
            if !old.fields.iter().any(|was| is_same(was, is)) {
                let what = if must_be_there(is.presence) {
                    Kind::RequiredPropertyAdded
                } else {
                    Kind::OptionalPropertyAdded
                };
                let draft = lone(what, self.new, of.new, is, of.direction);
                let at = of.old.origin;
                self.push(draft.old(self.old, at).new_at(self.new, is.origin));
            }
        }
        self.order(of, old, new);
        self.additional(of, old.additional.as_ref(), new.additional.as_ref());
    }

    fn field(&mut self, of: Objects<'_>, was: &Field, is: &Field) {
        let member =
            |owner: &TypeDef, name: &dyn ToString| (owner.name.to_string(), name.to_string());
        let site = Site {
            item: item(of.new, is),
            old: was.origin,
            new: is.origin,
            direction: of.direction,
            carrier: CrateKind::Model,
            touches: vec![
                member(of.old, &was.name),
                member(of.new, &is.name),
                member(of.new, &"new"),
            ],
        };
        if was.name != is.name {
            let draft = site.draft(self, Kind::RustNameChanged);
            self.push(draft.was(was.name.as_str()).is(is.name.as_str()));
        }
        if !self.became_constant(&site, was, is) {
            self.ty(&site, &was.ty, &is.ty);
            // The value of a tag is told at its union.
            if is_tag(self.old, of.old, was) == is_tag(self.new, of.new, is) {
                self.constant(&site, was.constant.as_ref(), is.constant.as_ref());
            }
        }
        self.presence(&site, was.presence, is.presence);
        if was.access != is.access {
            let draft = site.draft(self, Kind::AccessChanged);
            self.push(draft.was(access(was.access)).is(access(is.access)));
        }
        let presence = (was.presence, is.presence);
        self.default(&site, was.default.as_ref(), is.default.as_ref(), presence);
        self.reading(&site, was.reading, is.reading);
        self.limits(&site, &was.constraints, &is.constraints);
        // What is said of a choice among members is made of the members.
        if is.role == FieldRole::Member {
            self.told(
                &site,
                (&was.docs, was.deprecated),
                (&is.docs, is.deprecated),
            );
        }
    }

    /// Whether one side lists values of which the other has a single one: less, or more, of the same.
    fn became_constant(&mut self, site: &Site, was: &Field, is: &Field) -> bool {
        let lists = |api: &Api, ty: &Type, value: &Literal| match api.types.on_the_wire(ty) {
            Type::Named(id) | Type::Boxed(id) => match &api.type_def(*id).shape {
                Shape::Enum(choice) => choice
                    .variants
                    .iter()
                    .any(|variant| variant.value == *value),
                _ => false,
            },
            _ => false,
        };
        let what = match (&was.constant, &is.constant) {
            (None, Some(value)) if lists(self.old, &was.ty, value) => Kind::TypeNarrowed,
            (Some(value), None) if lists(self.new, &is.ty, value) => Kind::TypeWidened,
            _ => return false,
        };
        let words = |api: &Api, field: &Field| match &field.constant {
            Some(value) => literal(api, value),
            None => shown(api, &field.ty),
        };
        let draft = site.draft(self, what);
        self.push(draft.was(words(self.old, was)).is(words(self.new, is)));
        true
    }

    /// The order of what constructors ask for.
    fn order(&mut self, of: Objects<'_>, old: &Struct, new: &Struct) {
        let asked = |of: &Struct, other: &Struct| -> Vec<String> {
            of.fields
                .iter()
                .filter(|field| must_be_there(field.presence))
                .filter(|field| {
                    other
                        .fields
                        .iter()
                        .any(|other| is_same(field, other) && must_be_there(other.presence))
                })
                .map(|field| plain(field.wire.text()))
                .collect()
        };
        let (was, is) = (asked(old, new), asked(new, old));
        if was != is {
            let draft = Draft::new(
                Kind::OrderChanged,
                of.new.name.to_string(),
                CrateKind::Model,
            )
            .old(self.old, of.old.origin)
            .new_at(self.new, of.new.origin)
            .direction(of.direction)
            .was(was.join(", "))
            .is(is.join(", "))
            .touch_member(&of.new.name, "new");
            self.push(draft);
        }
    }

    fn additional(&mut self, of: Objects<'_>, old: Option<&Additional>, new: Option<&Additional>) {
        let touched = |draft: Draft, more: &Additional| {
            let owners = [&of.old.name, &of.new.name];
            owners.into_iter().fold(draft, |draft, owner| {
                draft
                    .touch_member(owner, &more.name)
                    .touch_member(owner, "new")
            })
        };
        let site = Site {
            item: format!("{}.*", of.new.name),
            old: of.old.origin,
            new: of.new.origin,
            direction: of.direction,
            carrier: CrateKind::Model,
            touches: Vec::new(),
        };
        match (old, new) {
            (None, Some(is)) => {
                let draft = site.draft(self, Kind::AdditionalPropertiesOpened);
                self.push(touched(draft, is).is(shown(self.new, &is.ty)));
            }
            (Some(was), None) => {
                let draft = site.draft(self, Kind::AdditionalPropertiesClosed);
                self.push(touched(draft, was).was(shown(self.old, &was.ty)));
            }
            (Some(was), Some(is)) => {
                let mut site = site;
                let owner = of.new.name.to_string();
                site.touches = vec![
                    (owner.clone(), was.name.to_string()),
                    (owner, is.name.to_string()),
                ];
                self.ty(&site, &was.ty, &is.ty);
            }
            (None, None) => {}
        }
    }
}

/// A member that one side has alone.
fn lone(what: Kind, api: &Api, of: &TypeDef, field: &Field, direction: Direction) -> Draft {
    let shown = present(api, &field.ty, field.presence);
    let draft = Draft::new(what, item(of, field), CrateKind::Model)
        .direction(direction)
        .touch_member(&of.name, &field.name)
        .touch_member(&of.name, "new");
    match what {
        Kind::RequiredPropertyRemoved | Kind::OptionalPropertyRemoved => draft.was(shown),
        _ => draft.is(shown),
    }
}

/// Whether two members are one before and after a change.
fn is_same(old: &Field, new: &Field) -> bool {
    old.role == new.role
        && match old.role {
            FieldRole::Member => old.wire == new.wire,
            FieldRole::Flattened => old.name == new.name,
        }
}

/// Whether a member tells alternatives of a union apart.
fn is_tag(api: &Api, of: &TypeDef, field: &Field) -> bool {
    field.constant.is_some()
        && api.types.iter().any(|(_, def)| match &def.shape {
            Shape::Union(union) => {
                let mut types = union.branches.iter().filter_map(|branch| branch.ty.named());
                union.tagging == Tagging::Internal(field.wire.clone())
                    && types.any(|id| api.type_name(id) == &of.name)
            }
            _ => false,
        })
}

fn item(of: &TypeDef, field: &Field) -> String {
    match field.role {
        FieldRole::Member => format!("{}.{}", of.name, plain(field.wire.text())),
        FieldRole::Flattened => format!("{}.({})", of.name, field.name),
    }
}

fn access(access: Access) -> &'static str {
    match access {
        Access::ReadWrite => "sent and received",
        Access::ReadOnly => "read-only",
        Access::WriteOnly => "write-only",
    }
}
