//! Which schemas look different to those who send them and those who receive them.

use rustc_hash::FxHashMap;

use crate::load::walk::{self, ChildKind, ObjectKind};
use crate::load::{Documents, Node, NodeId};
use crate::resolve::Resolved;
use crate::specification::Keyword;

use super::subtypes::Subtypes;

/// For each node, whether a `readOnly` or `writeOnly` property is in it or in what it refers to.
pub(super) struct Access {
    differs: Vec<bool>,
}

impl Access {
    /// One walk over all schemas, then marks spread from each marked property to all that contain or refer to it, and from
    /// `others`.
    pub(super) fn find<'a>(
        documents: &'a Documents,
        resolved: &Resolved<'a>,
        subtypes: &Subtypes<'a>,
        others: impl Iterator<Item = NodeId>,
    ) -> Self {
        let count = documents.node_count();
        let mut walk = Walk::new(count);
        let roots = documents.iter().map(|document| &document.root);
        walk.work.extend(roots.map(|root| (ObjectKind::Root, root)));
        walk.run(resolved);
        for (base, subtype) in subtypes.pairs() {
            walk.referrers.entry(subtype).or_default().push(base);
        }
        let mut differs = vec![false; count];
        let mut work = walk.marked;
        work.extend(others);
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

struct Walk<'a> {
    /// For each schema, the object that contains it.
    parents: Vec<Option<NodeId>>,
    /// For each node that is referred to, those that do.
    referrers: FxHashMap<NodeId, Vec<NodeId>>,
    marked: Vec<NodeId>,
    visited: Vec<bool>,
    work: Vec<(ObjectKind, &'a Node)>,
}

impl<'a> Walk<'a> {
    fn new(nodes: usize) -> Self {
        Self {
            parents: vec![None; nodes],
            referrers: FxHashMap::default(),
            marked: Vec::new(),
            visited: vec![false; nodes],
            work: Vec::new(),
        }
    }

    /// Visits what the specification's objects hold: an example is data, whatever it looks like.
    fn run(&mut self, resolved: &Resolved<'a>) {
        while let Some((kind, node)) = self.work.pop() {
            match self.visited.get_mut(node.id.index()) {
                Some(visited) if !*visited => *visited = true,
                _ => continue,
            }
            if let Some(target) = resolved.target(node) {
                let referrers = self.referrers.entry(target.node.id).or_default();
                referrers.push(node.id);
                self.work.push((kind, target.node));
            }
            for entry in node.entries() {
                let key = entry.key.text();
                let place = match kind {
                    ObjectKind::Schema => {
                        let keyword = Keyword::of(key);
                        if matches!(keyword, Some(Keyword::ReadOnly | Keyword::WriteOnly))
                            && entry.value.as_bool() == Some(true)
                        {
                            self.marked.push(node.id);
                        }
                        keyword.and_then(walk::below_keyword)
                    }
                    _ => walk::below(kind, key),
                };
                if let Some(place) = place {
                    self.member(node.id, place, &entry.value);
                }
            }
        }
    }

    fn member(&mut self, parent: NodeId, place: ChildKind, member: &'a Node) {
        let (kind, parts): (ObjectKind, Vec<&'a Node>) = match place {
            ChildKind::One(kind) if member.as_mapping().is_some() => (kind, vec![member]),
            ChildKind::One(kind) | ChildKind::List(kind) => (kind, member.items().iter().collect()),
            ChildKind::Map(kind) => {
                let names = member.entries().iter();
                let names = names.filter(|name| walk::is_name(kind, name.key.text()));
                (kind, names.map(|name| &name.value).collect())
            }
        };
        for part in parts {
            if let Some(slot) = self.parents.get_mut(part.id.index()) {
                *slot = Some(parent);
            }
            self.work.push((kind, part));
        }
    }
}
