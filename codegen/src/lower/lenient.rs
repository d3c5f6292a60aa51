//! Members that the settings take for optional in answers, because the server leaves them out or sends `null`.

use rustc_hash::FxHashMap;

use crate::load::{Documents, Node, NodeId};
use crate::resolve::Resolved;

use super::Direction;
use super::merged::MergedSchema;

/// The greatest number of schemas within each other that are looked through for a member.
const DEEPEST: usize = 32;

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
            match owner(documents, resolved, entry) {
                Some((owner, member)) => {
                    found.members.entry(owner).or_default().push(member);
                }
                None => unmatched.push(entry.clone()),
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
                members.is_some_and(|members| members.iter().any(|known| known == member))
            })
    }
}

/// The schema that an entry names, and its member: `Pet.name`, or `#/components/schemas/Pet/properties/name`.
fn owner(documents: &Documents, resolved: &Resolved<'_>, entry: &str) -> Option<(NodeId, String)> {
    if let Some(pointer) = entry.strip_prefix('#') {
        let (owner, member) = pointer.rsplit_once("/properties/")?;
        let member = member.replace("~1", "/").replace("~0", "~");
        let node = documents.entry().find(owner)?;
        return has(resolved, node, &member, 0).then_some((node.id, member));
    }
    let schemas = documents.entry().root.get("components")?.get("schemas")?;
    // Names of schemas have dots, and names of members may.
    let mut dots = entry.match_indices('.');
    dots.find_map(|(at, _)| {
        let (name, member) = (entry.get(..at)?, entry.get(at + 1..)?);
        let node = schemas.get(name)?;
        has(resolved, node, member, 0).then(|| (node.id, member.to_owned()))
    })
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
    properties.is_some_and(|all| all.get(member).is_some())
        || parts
            .iter()
            .any(|part| has(resolved, part, member, depth + 1))
}
