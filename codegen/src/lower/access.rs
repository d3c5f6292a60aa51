//! Which schemas look different to those who send them and those who receive them.

use std::collections::HashMap;

use crate::load::{Documents, Node, NodeId, Value};
use crate::resolve::Resolved;

use super::subtypes::Subtypes;

/// For each node, whether a `readOnly` or `writeOnly` property is in it or in what it refers to.
pub(super) struct Access {
    differs: Vec<bool>,
}

impl Access {
    /// One walk over all nodes, then marks spread from each marked property to all that contain or refer to it.
    pub(super) fn find(
        documents: &Documents,
        resolved: &Resolved<'_>,
        subtypes: &Subtypes<'_>,
    ) -> Self {
        let count = documents.node_count();
        let mut walk = Walk {
            parents: vec![None; count],
            referrers: HashMap::new(),
            marked: Vec::new(),
        };
        for document in documents.iter() {
            walk.visit(&document.root, resolved);
        }
        for (base, subtype) in subtypes.pairs() {
            walk.referrers.entry(subtype).or_default().push(base);
        }
        let mut differs = vec![false; count];
        let mut work = walk.marked;
        while let Some(at) = work.pop() {
            match differs.get_mut(at.index()) {
                Some(mark) if !*mark => *mark = true,
                _ => continue,
            }
            work.extend(walk.parents.get(at.index()).copied().flatten());
            work.extend(walk.referrers.get(&at).into_iter().flatten());
        }
        Self { differs }
    }

    pub(super) fn differs(&self, node: NodeId) -> bool {
        self.differs.get(node.index()).copied().unwrap_or(false)
    }
}

struct Walk {
    /// For each node, the one that contains it.
    parents: Vec<Option<NodeId>>,
    /// For each node that is referred to, those that do.
    referrers: HashMap<NodeId, Vec<NodeId>>,
    marked: Vec<NodeId>,
}

impl Walk {
    fn contain(&mut self, parent: NodeId, part: NodeId) {
        if let Some(slot) = self.parents.get_mut(part.index()) {
            *slot = Some(parent);
        }
    }

    fn visit<'a>(&mut self, root: &'a Node, resolved: &Resolved<'a>) {
        let mut work = vec![root];
        while let Some(node) = work.pop() {
            if let Some(target) = resolved.target(node) {
                self.referrers
                    .entry(target.node.id)
                    .or_default()
                    .push(node.id);
            }
            for entry in node.entries() {
                let marks = matches!(entry.key.text(), "readOnly" | "writeOnly")
                    && entry.value.as_bool() == Some(true);
                if marks {
                    self.marked.push(node.id);
                }
                self.contain(node.id, entry.value.id);
                if matches!(entry.value.value, Value::Mapping(_) | Value::Sequence(_)) {
                    work.push(&entry.value);
                }
            }
            for item in node.items() {
                self.contain(node.id, item.id);
                work.push(item);
            }
        }
    }
}
