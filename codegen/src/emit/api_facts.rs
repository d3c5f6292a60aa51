//! Facts about the API as a whole that templates read, found out once before the first of them is filled in.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::Graph;
use super::known::Known;
use crate::ir::{
    Api, Constraints, External, ExternalCrate, Operation, Part, Payload, Presence, Shape, Type,
    TypeId, Union,
};
use crate::settings::{Half, Settings};

/// Which of the two crates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CrateKind {
    /// Types.
    Model,
    /// Operations.
    Client,
}

/// The answers.
pub(super) struct ApiFacts {
    /// The module of each type, by its position.
    module_of: Vec<usize>,
    /// Modules and their features.
    pub(super) graph: Graph,
    /// The least depth of a value of each type, by its position; empty where nobody asks.
    heights: Vec<usize>,
    model_clashes: BTreeSet<Known>,
    client_clashes: BTreeSet<Known>,
    /// The paths of the roots of both parts, for code within and without.
    pub(super) roots: [Roots; 2],
    /// The needs of the types.
    pub(super) uses: Uses,
    /// The further needs of the operations.
    pub(super) client_uses: Uses,
}

/// The paths of the roots of the parts.
pub(super) struct Roots {
    pub(super) model: String,
    pub(super) client: String,
}

impl Roots {
    fn of(root: impl Fn(Half) -> String) -> Self {
        Self {
            model: root(Half::Model),
            client: root(Half::Client),
        }
    }
}

/// The needs of a crate beyond `serde` and the runtime's core.
#[derive(Default)]
pub(super) struct Uses {
    pub(super) serde: bool,
    pub(super) datetime: bool,
    pub(super) pattern: bool,
    pub(super) uuid: bool,
    pub(super) json: bool,
    pub(super) formats: BTreeMap<String, String>,
    pub(super) crates: BTreeMap<String, ExternalCrate>,
    /// Features of the runtime that types from outside need.
    pub(super) forms: BTreeSet<&'static str>,
}

impl ApiFacts {
    pub(super) fn new(api: &Api, settings: &Settings) -> Self {
        let mut module_of = vec![0; api.types.len()];
        for (at, module) in api.modules.iter().enumerate() {
            for id in &module.types {
                if let Some(slot) = module_of.get_mut(id.index()) {
                    *slot = at;
                }
            }
        }
        let model_names = api.types.iter().map(|(_, def)| def.name.as_str());
        let operations = || api.modules.iter().flat_map(|module| &module.operations);
        Self {
            graph: Graph::new(api, settings, &module_of),
            model_clashes: clashes(model_names),
            client_clashes: clashes(operations().flat_map(Operation::own_names)),
            heights: match settings.derives.is_empty() {
                true => Vec::new(),
                false => heights(api),
            },
            uses: Uses::of_types(api),
            client_uses: Uses::of_operations(api),
            roots: [
                Roots::of(|part| settings.root(part)),
                Roots::of(|part| settings.outside(part)),
            ],
            module_of,
        }
    }

    /// The module that a type is in.
    pub(super) fn module_of(&self, id: TypeId) -> usize {
        self.module_of.get(id.index()).copied().unwrap_or_default()
    }

    /// The position of the branch of a union that has the least depth.
    pub(super) fn simplest(&self, choice: &Union) -> usize {
        let depths = choice.branches.iter().enumerate();
        let least = depths.min_by_key(|(_, branch)| height(&branch.ty, &self.heights));
        least.map_or(0, |(at, _)| at)
    }

    /// Names from outside that a type of this crate has too.
    pub(super) fn clashes(&self, krate: CrateKind) -> &BTreeSet<Known> {
        match krate {
            CrateKind::Model => &self.model_clashes,
            CrateKind::Client => &self.client_clashes,
        }
    }
}

impl Uses {
    fn of_types(api: &Api) -> Self {
        let mut uses = Self::default();
        for (_, def) in api.types.iter() {
            uses.serde |= matches!(def.shape, Shape::Union(_));
            uses.json |= matches!(&def.shape, Shape::Union(union) if union.unknown.is_some());
            if let Shape::Enum(choice) = &def.shape {
                uses.json |= choice.base != crate::ir::EnumBase::String;
            }
            def.shape
                .each_type(&mut |ty| ty.each(&mut |part| uses.note(part)));
            uses.pattern |= match &def.shape {
                Shape::Struct(body) => {
                    let mut fields = body.fields.iter();
                    fields.any(|field| has_pattern(&field.constraints))
                }
                Shape::Union(choice) => {
                    let mut branches = choice.branches.iter();
                    branches.any(|branch| has_pattern(&branch.constraints))
                }
                _ => false,
            };
        }
        uses
    }

    fn of_operations(api: &Api) -> Self {
        let mut uses = Self::default();
        for operation in api.modules.iter().flat_map(|module| &module.operations) {
            let mut note = |ty: &Type| ty.each(&mut |part| uses.note(part));
            operation.each_sent(&mut note);
            operation.each_received(&mut note);
            uses.pattern |= operation
                .parameters
                .iter()
                .any(|parameter| has_pattern(&parameter.constraints));
            let bodies = operation.body.iter().flat_map(|body| &body.payloads);
            uses.pattern |= bodies
                .flat_map(|(_, payload, _)| parts(payload))
                .any(|part| has_pattern(&part.constraints));
        }
        uses
    }

    fn note(&mut self, ty: &Type) {
        match ty {
            Type::Uuid => self.uuid = true,
            Type::DateTime | Type::Date => self.datetime = true,
            Type::Json => self.json = true,
            Type::External(external) => {
                let External {
                    format,
                    path,
                    krate,
                    ..
                } = external.as_ref();
                self.forms.extend(external.feature());
                self.formats.insert(format.clone(), path.clone());
                let krate = krate
                    .iter()
                    .map(|krate| (krate.name.clone(), krate.clone()));
                self.crates.extend(krate);
            }
            _ => {}
        }
    }
}

/// The least depth of a value of each type.
fn heights(api: &Api) -> Vec<usize> {
    let mut heights = vec![usize::MAX; api.types.len()];
    loop {
        let mut changed = false;
        for (id, def) in api.types.iter() {
            let of = |ty: &Type| height(ty, &heights);
            let least = match &def.shape {
                Shape::Struct(body) => {
                    let fields = body.fields.iter();
                    let asked = fields.filter(|field| field.presence == Presence::Required);
                    asked.map(|field| of(&field.ty)).max().unwrap_or(0)
                }
                Shape::Union(union) => {
                    let branches = union.branches.iter();
                    branches.map(|branch| of(&branch.ty)).min().unwrap_or(0)
                }
                Shape::Alias(ty) | Shape::Newtype(ty) => of(ty),
                Shape::Enum(_) => 0,
            };
            let least = least.saturating_add(1);
            if let Some(known) = heights.get_mut(id.index())
                && least < *known
            {
                *known = least;
                changed = true;
            }
        }
        if !changed {
            return heights;
        }
    }
}

fn height(ty: &Type, heights: &[usize]) -> usize {
    match ty {
        Type::Named(id) | Type::Boxed(id) => heights.get(id.index()).copied().unwrap_or(0),
        Type::Secret(inner) => height(inner, heights),
        Type::Tuple(items) => {
            let items = items.iter().map(|item| height(item, heights));
            items.max().unwrap_or(0)
        }
        _ => 0,
    }
}

fn parts(payload: &Payload) -> &[Part] {
    match payload {
        Payload::Multipart(_, parts) => parts,
        _ => &[],
    }
}

/// Whether constraints, or those of items, have a pattern.
pub(super) fn has_pattern(constraints: &Constraints) -> bool {
    !constraints.patterns.is_empty() || !constraints.items.patterns.is_empty()
}

/// The names from outside that these names are like; several may end alike.
fn clashes<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<Known> {
    let mut known: BTreeMap<&str, Vec<Known>> = BTreeMap::new();
    for name in Known::ALL {
        known.entry(name.short()).or_default().push(*name);
    }
    names
        .filter_map(|name| known.get(name))
        .flatten()
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Known, clashes};

    #[test]
    fn a_name_is_told_from_every_name_from_outside() {
        for known in Known::ALL {
            let found = clashes([known.short()].into_iter());
            assert!(found.contains(known), "{known:?}");
        }
    }
}
