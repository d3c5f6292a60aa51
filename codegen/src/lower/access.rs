//! Which schemas look different to those who send them and those who receive them.

use crate::load::{Documents, Node, NodeId};
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
            containers: vec![Vec::new(); count],
            marked: Vec::new(),
        };
        for document in documents.iter() {
            walk.visit(&document.root, resolved);
        }
        for (base, subtype) in subtypes.pairs() {
            walk.contain(base, subtype);
        }
        let mut differs = vec![false; count];
        let mut work = walk.marked;
        while let Some(at) = work.pop() {
            match differs.get_mut(at.index()) {
                Some(mark) if !*mark => *mark = true,
                _ => continue,
            }
            work.extend(walk.containers.get(at.index()).into_iter().flatten());
        }
        Self { differs }
    }

    pub(super) fn differs(&self, node: NodeId) -> bool {
        self.differs.get(node.index()).copied().unwrap_or(false)
    }
}

struct Walk {
    /// For each node, those that contain it or refer to it.
    containers: Vec<Vec<NodeId>>,
    marked: Vec<NodeId>,
}

impl Walk {
    fn contain(&mut self, container: NodeId, part: NodeId) {
        if let Some(containers) = self.containers.get_mut(part.index()) {
            containers.push(container);
        }
    }

    fn visit<'a>(&mut self, root: &'a Node, resolved: &Resolved<'a>) {
        let mut work = vec![root];
        while let Some(node) = work.pop() {
            if let Some(target) = resolved.target(node) {
                self.contain(node.id, target.node.id);
            }
            for entry in node.entries() {
                let marks = matches!(entry.key.text(), "readOnly" | "writeOnly")
                    && entry.value.as_bool() == Some(true);
                if marks {
                    self.marked.push(node.id);
                }
                self.contain(node.id, entry.value.id);
                work.push(&entry.value);
            }
            for item in node.items() {
                self.contain(node.id, item.id);
                work.push(item);
            }
        }
    }
}
