//! Inheritance: schemas that name another one in their `allOf`.

use std::collections::{HashMap, HashSet};

use crate::load::{Documents, Node, NodeId};
use crate::resolve::Resolved;
use crate::source::SpecStr;

/// A component that builds on another.
#[derive(Clone, Debug)]
pub(super) struct Subtype<'a> {
    pub(super) name: &'a SpecStr,
    pub(super) node: &'a Node,
}

/// For each schema with a discriminator, the components that build on it.
pub(super) struct Subtypes<'a> {
    of: HashMap<NodeId, Vec<Subtype<'a>>>,
    all: HashSet<NodeId>,
}

impl<'a> Subtypes<'a> {
    pub(super) fn find(documents: &'a Documents, resolved: &Resolved<'a>) -> Self {
        let mut direct: HashMap<NodeId, Vec<Subtype<'a>>> = HashMap::new();
        let mut bases: Vec<&'a Node> = Vec::new();
        for document in documents.iter() {
            let schemas = document
                .root
                .get("components")
                .and_then(|components| components.get("schemas"));
            for entry in schemas.map(Node::entries).unwrap_or_default() {
                if entry.value.get("discriminator").is_some() {
                    bases.push(&entry.value);
                }
                for part in entry
                    .value
                    .get("allOf")
                    .map(Node::items)
                    .unwrap_or_default()
                {
                    if let Some(target) = resolved.target(part) {
                        let subtype = Subtype {
                            name: &entry.key,
                            node: &entry.value,
                        };
                        direct.entry(target.node.id).or_default().push(subtype);
                    }
                }
            }
        }
        let of: HashMap<_, _> = bases
            .into_iter()
            .map(|base| (base.id, descendants(base.id, &direct)))
            .collect();
        let all = of.values().flatten().map(|subtype| subtype.node.id);
        Self {
            all: all.collect(),
            of,
        }
    }

    /// The components that build on `base`, directly or not.
    pub(super) fn of(&self, base: NodeId) -> &[Subtype<'a>] {
        self.of.get(&base).map_or(&[], Vec::as_slice)
    }

    /// Whether a schema builds on one that has a discriminator: it is a branch of it, even if it adds nothing.
    pub(super) fn is_one(&self, node: NodeId) -> bool {
        self.all.contains(&node)
    }

    /// Each base with each of its subtypes.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (NodeId, NodeId)> {
        self.of
            .iter()
            .flat_map(|(base, subtypes)| subtypes.iter().map(|subtype| (*base, subtype.node.id)))
    }
}

fn descendants<'a>(base: NodeId, direct: &HashMap<NodeId, Vec<Subtype<'a>>>) -> Vec<Subtype<'a>> {
    let mut found: Vec<Subtype<'a>> = Vec::new();
    let mut work = vec![base];
    while let Some(at) = work.pop() {
        for subtype in direct.get(&at).into_iter().flatten() {
            if subtype.node.id != base && found.iter().all(|known| known.node.id != subtype.node.id)
            {
                found.push(subtype.clone());
                work.push(subtype.node.id);
            }
        }
    }
    found
}
