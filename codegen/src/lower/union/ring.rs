//! Alternatives that lead back to the list that they are in, with no value between.
//!
//! A value of `A: anyOf [A, B]` is one of `B`: that it may also be one of `A` adds nothing. So such an alternative is
//! left out, and one that is a list itself is replaced by its own alternatives.

use rustc_hash::FxHashSet;

use super::super::{Lowering, keywords};
use crate::load::{Distinct, Node, NodeId};
use crate::specification::Keyword;

/// The meaning of a list of alternatives.
pub(in crate::lower) struct Alternatives<'a> {
    /// Those that hold more than null, each once, and not those that hold nothing.
    pub(in crate::lower) branches: Vec<&'a Node>,
    /// Whether null is among them.
    pub(in crate::lower) nullable: bool,
}

/// The number of schemas that are searched for a way back.
const MOST: usize = 4096;

impl<'a> Lowering<'a> {
    /// The alternatives of `oneOf` or `anyOf`.
    pub(in crate::lower) fn alternatives_of(&self, list: &'a Node) -> Alternatives<'a> {
        let mut found = Alternatives {
            branches: Vec::new(),
            nullable: false,
        };
        let mut listed: FxHashSet<NodeId> = FxHashSet::default();
        let mut distinct = Distinct::default();
        let mut lists: FxHashSet<NodeId> = FxHashSet::from_iter([list.id]);
        let is_ring = self.leads_to(list.items().iter().collect(), list.id);
        let mut work: Vec<&'a Node> = list.items().iter().rev().collect();
        while let Some(branch) = work.pop() {
            if self.is_null(branch) {
                found.nullable = true;
            } else if is_ring
                && self.leads_to(vec![branch], list.id)
                && let Some(inner) = self.only_list(branch)
            {
                if lists.insert(inner.id) {
                    work.extend(inner.items().iter().rev());
                }
            } else if !keywords::allows_nothing(branch)
                && listed.insert(self.follow(branch).unwrap_or(branch).id)
                && distinct.insert(branch)
            {
                found.branches.push(branch);
            }
        }
        found
    }

    /// Whether schemas lead to a list of alternatives through references, `allOf` and alternatives alone.
    pub(super) fn leads_to(&self, mut work: Vec<&'a Node>, list: NodeId) -> bool {
        let mut seen: FxHashSet<NodeId> = FxHashSet::default();
        while let Some(node) = work.pop() {
            if seen.len() >= MOST || !seen.insert(node.id) {
                continue;
            }
            work.extend(self.resolved.target(node).map(|target| target.node));
            for entry in node.entries() {
                match entry.key.text() {
                    "oneOf" | "anyOf" if entry.value.id == list => return true,
                    "oneOf" | "anyOf" | "allOf" => work.extend(entry.value.items()),
                    _ => {}
                }
            }
        }
        false
    }

    /// The list of alternatives that a schema is and nothing else.
    fn only_list(&self, mut node: &'a Node) -> Option<&'a Node> {
        for _ in 0..MOST {
            if let Some(target) = self.resolved.target(node) {
                node = target.node;
                continue;
            }
            let mut deciding = node.entries().iter().filter(|entry| {
                let keyword = entry.key.text();
                keyword != "discriminator" && !Keyword::is_annotation(keyword)
            });
            let (Some(only), None) = (deciding.next(), deciding.next()) else {
                return None;
            };
            match (only.key.text(), only.value.items()) {
                ("oneOf" | "anyOf", _) => return Some(&only.value),
                ("allOf", [part]) => node = part,
                _ => return None,
            }
        }
        None
    }
}
