//! Plain values that the caller wants to be types of their own: ids, mostly.

use rustc_hash::FxHashMap;

use super::merged::SchemaSet;
use super::naming::Naming;
use super::schema::LoweredSchema;
use super::{Direction, Lowering};
use crate::ir::{Shape, Type, TypeId};
use crate::load::{Documents, Node, NodeId, Value};
use crate::resolve::Resolved;
use crate::settings::NewtypeSettings;
use crate::source::SpecStr;
use crate::specification::Kinds;

/// The types that were asked for, and those that were made.
#[derive(Default)]
pub(super) struct Newtypes {
    /// The names that the caller gave to schemas.
    wanted: FxHashMap<NodeId, SpecStr>,
    made: FxHashMap<SpecStr, TypeId>,
}

impl Newtypes {
    /// Finds the schemas; entries without one are told.
    pub(super) fn find(
        documents: &Documents,
        resolved: &Resolved<'_>,
        settings: &NewtypeSettings,
        unmatched: &mut Vec<(&'static str, String)>,
    ) -> Self {
        let mut wanted = FxHashMap::default();
        let roots = || documents.iter().map(|document| &document.root);
        for (name, places) in &settings.places {
            for place in places {
                let mut found = Vec::new();
                match place.split_once('#') {
                    Some((path, fragment)) => {
                        let of = |document: &&crate::load::Document| match path {
                            "" => document.id == documents.entry().id,
                            path => document.path.as_str() == path,
                        };
                        for document in documents.iter().filter(of) {
                            let path: Vec<&str> = fragment.split('/').skip(1).collect();
                            below(&document.root, &path, &mut found);
                        }
                    }
                    None => roots().for_each(|root| called(root, place, &mut found)),
                }
                if found.is_empty() {
                    unmatched.push(("newtypes.places", place.clone()));
                }
                let name = SpecStr::new(name.as_str());
                let found = found.into_iter().map(|node| end(resolved, node));
                wanted.extend(found.map(|node| (node.id, name.clone())));
            }
        }
        let schemas = |root| super::components::schemas(root).iter();
        for pattern in &settings.schemas {
            let named = |name: &str| crate::settings::matches(pattern, name);
            let mut all = roots().flat_map(schemas);
            if !all.any(|entry| named(entry.key.text())) {
                unmatched.push(("newtypes.schemas", pattern.clone()));
            }
        }
        let made = FxHashMap::default();
        Self { wanted, made }
    }
}

impl<'a> Lowering<'a> {
    /// A plain value as a type of its own, if the caller wants that.
    pub(super) fn as_newtype(
        &mut self,
        schema: &SchemaSet<'a>,
        naming: &Naming,
        used: LoweredSchema,
    ) -> LoweredSchema {
        let [node] = schema.nodes.as_slice() else {
            return used;
        };
        if !used.ty.is_plain() || !schema.skip.is_empty() || schema.only != Kinds::NONE {
            return used;
        }
        let chosen = self.newtypes.wanted.get(&node.id).cloned();
        let component = self.component_names.get(&node.id);
        let component = component.and_then(Naming::component);
        let component = component.filter(|name| self.settings.newtypes.has_component(name.text()));
        let Some(name) = chosen.clone().or_else(|| component.cloned()) else {
            return used;
        };
        let id = match self.newtypes.made.get(&name) {
            Some(id) => *id,
            None => {
                let naming = Naming {
                    name_override: chosen.or_else(|| naming.name_override.clone()),
                    ..naming.clone()
                };
                let merged = self.merged(schema);
                let shape = Shape::Newtype(used.ty.clone());
                let id = self.declare(&merged, Direction::Both, &naming, shape);
                self.newtypes.made.insert(name, id);
                id
            }
        };
        // One name is one type: a value of another kind stays as it is.
        let is_same = matches!(&self.types.get(id).shape, Shape::Newtype(ty) if *ty == used.ty);
        match is_same {
            true => LoweredSchema {
                ty: Type::Named(id),
                ..used
            },
            false => used,
        }
    }
}

/// The schema that a reference leads to.
fn end<'n>(resolved: &'n Resolved<'n>, node: &'n Node) -> &'n Node {
    const LONGEST: usize = 16;
    let next = |node: &&'n Node| Some(resolved.target(node)?.node);
    let mut chain = std::iter::successors(Some(node), next).take(LONGEST);
    let last = chain.by_ref().last();
    last.unwrap_or(node)
}

/// The nodes at a path, in which `*` is any part of a key.
fn below<'n>(node: &'n Node, path: &[&str], found: &mut Vec<&'n Node>) {
    let Some((first, rest)) = path.split_first() else {
        found.push(node);
        return;
    };
    let first = first.replace("~1", "/").replace("~0", "~");
    let fits = |key: &str| crate::settings::matches(&first, key);
    for entry in node.entries() {
        if fits(entry.key.text()) {
            below(&entry.value, rest, found);
        }
    }
    for (at, item) in node.items().iter().enumerate() {
        if fits(&at.to_string()) {
            below(item, rest, found);
        }
    }
}

/// The schemas of properties and parameters of a name.
fn called<'n>(root: &'n Node, name: &str, found: &mut Vec<&'n Node>) {
    let mut work = vec![root];
    while let Some(node) = work.pop() {
        let said = |key: &str| node.get(key).and_then(Node::as_str);
        if let (Some(schema), Some(_)) = (node.get("schema"), said("in"))
            && said("name") == Some(name)
        {
            found.push(schema);
        }
        if let Some(properties) = node.get("properties") {
            found.extend(properties.get(name));
        }
        match &node.value {
            Value::Mapping(_) => work.extend(node.entries().iter().map(|entry| &entry.value)),
            Value::Sequence(items) => work.extend(items.iter()),
            _ => {}
        }
    }
}
