//! Members that the settings take for optional in answers, because the server leaves them out or sends `null`.

use rustc_hash::FxHashMap;

use crate::load::{Documents, Node, NodeId};
use crate::resolve::Resolved;

use super::Direction;
use super::merged::MergedSchema;

/// The greatest number of schemas within each other that are looked through for a member.
const DEEPEST: usize = 32;

/// Every member of a schema.
const EVERY: &str = "*";

/// The members, by the schemas that have them.
#[derive(Default)]
pub(super) struct Lenient {
    members: FxHashMap<NodeId, Vec<String>>,
}

impl Lenient {
    /// The members of these entries, and the entries that name none.
    pub(super) fn find(
        documents: &Documents,
        resolved: &Resolved<'_>,
        entries: &[String],
    ) -> (Self, Vec<String>) {
        let (mut found, mut unmatched) = (Self::default(), Vec::new());
        for entry in entries {
            let owners = owners(documents, resolved, entry);
            if owners.is_empty() {
                unmatched.push(entry.clone());
            }
            for (owner, member) in owners {
                found.members.entry(owner).or_default().push(member);
            }
        }
        (found, unmatched)
    }

    /// The schemas that look different to those who send them and those who receive them.
    pub(super) fn owners(&self) -> impl Iterator<Item = NodeId> {
        self.members.keys().copied()
    }

    /// Whether a member of an answer may be left out.
    pub(super) fn has(
        &self,
        merged: &MergedSchema<'_>,
        member: &str,
        direction: Direction,
    ) -> bool {
        let is_answer = matches!(direction, Direction::Response | Direction::Both);
        is_answer
            && merged.nodes.iter().any(|node| {
                let members = self.members.get(&node.id);
                members.is_some_and(|members| {
                    members
                        .iter()
                        .any(|known| known == member || known == EVERY)
                })
            })
    }
}

/// The schemas that an entry names, each with the member: `Pet.name`, `Pet.*` for all members of a schema, `*.name` for the
/// member of all schemas, or `#/components/schemas/Pet/properties/name`.
fn owners(documents: &Documents, resolved: &Resolved<'_>, entry: &str) -> Vec<(NodeId, String)> {
    if let Some(pointer) = entry.strip_prefix('#') {
        return at_pointer(documents, resolved, pointer)
            .into_iter()
            .collect();
    }
    let components = documents.entry().root.get("components");
    let Some(schemas) = components.and_then(|components| components.get("schemas")) else {
        return Vec::new();
    };
    if let Some(member) = entry.strip_prefix("*.") {
        let schemas = schemas.entries().iter().map(|schema| &schema.value);
        let owners = schemas.filter(|schema| has(resolved, schema, member, 0));
        return owners
            .map(|schema| (schema.id, member.to_owned()))
            .collect();
    }
    // Names of schemas have dots, and names of members may.
    let mut dots = entry.match_indices('.');
    let owner = dots.find_map(|(at, _)| {
        let (name, member) = (entry.get(..at)?, entry.get(at + 1..)?);
        let node = schemas.get(name)?;
        has(resolved, node, member, 0).then(|| (node.id, member.to_owned()))
    });
    owner.into_iter().collect()
}

fn at_pointer(
    documents: &Documents,
    resolved: &Resolved<'_>,
    pointer: &str,
) -> Option<(NodeId, String)> {
    let (owner, member) = pointer.rsplit_once("/properties/")?;
    let member = member.replace("~1", "/").replace("~0", "~");
    let node = documents.entry().find(owner)?;
    has(resolved, node, &member, 0).then_some((node.id, member))
}

/// Whether a schema or a part of it describes a member.
fn has(resolved: &Resolved<'_>, node: &Node, member: &str, depth: usize) -> bool {
    if depth > DEEPEST {
        return false;
    }
    if let Some(target) = resolved.target(node) {
        return has(resolved, target.node, member, depth + 1);
    }
    let properties = node.get("properties");
    let parts = node.get("allOf").map(Node::items).unwrap_or_default();
    properties.is_some_and(|all| match member {
        EVERY => !all.entries().is_empty(),
        _ => all.get(member).is_some(),
    }) || parts
        .iter()
        .any(|part| has(resolved, part, member, depth + 1))
}
