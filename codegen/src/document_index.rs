//! An index of the objects in documents: each with its kind and the object around it.
//!
//! Lint, audit and explain ask about documents as authors wrote them; what was decided about them is in the IR.

use rustc_hash::FxHashSet;

use crate::load::walk::{self, ChildKind, ObjectKind};
use crate::load::{Documents, Entry, Node, NodeId, Value};
use crate::resolve::Resolved;
use crate::source::Span;

/// An object of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'a> {
    /// The kind.
    pub(crate) kind: ObjectKind,
    /// The object.
    pub(crate) node: &'a Node,
    /// The member of the thing around it that it stands in: `properties`, `allOf`, `get`.
    pub(crate) member: &'a str,
    /// Its key, where it stands in an object of names or is a member itself.
    pub(crate) entry: Option<&'a Entry>,
    /// The position of the thing around it.
    pub(crate) parent: Option<usize>,
}

impl<'a> Site<'a> {
    /// Where findings about the whole object point: at its key, if it has one.
    pub(crate) fn place(&self) -> Span {
        self.entry.map_or(self.node.span, |entry| entry.key_span)
    }

    /// Its key; empty for an item of a list or a document.
    pub(crate) fn key(&self) -> &'a str {
        self.entry.map_or("", |entry| entry.key.text())
    }
}

/// Everything that stands in some documents.
pub(crate) struct DocumentIndex<'a> {
    pub(crate) documents: &'a Documents,
    pub(crate) resolved: &'a Resolved<'a>,
    sites: Vec<Site<'a>>,
    seen: FxHashSet<NodeId>,
    /// The nodes that references lead to.
    targets: FxHashSet<NodeId>,
}

impl<'a> DocumentIndex<'a> {
    /// Looks at all documents, and at what references lead to wherever it stands.
    pub(crate) fn of(documents: &'a Documents, resolved: &'a Resolved<'a>) -> Self {
        let mut index = Self {
            documents,
            resolved,
            sites: Vec::new(),
            seen: FxHashSet::default(),
            targets: FxHashSet::default(),
        };
        // A file may be a schema or a response by itself: what it is, the reference to it says.
        let shaped = |root: &Node| {
            let mut keys = ["openapi", "swagger", "info", "paths", "components"].into_iter();
            keys.any(|key| root.get(key).is_some())
        };
        for document in documents.iter().filter(|document| shaped(&document.root)) {
            index.visit(Site {
                kind: ObjectKind::Root,
                node: &document.root,
                member: "",
                entry: None,
                parent: None,
            });
        }
        // Targets outside of what documents call theirs: parts of files, whole files.
        let mut at = 0;
        while let Some(site) = index.sites.get(at).copied() {
            at += 1;
            if let Some(target) = resolved.target(site.node) {
                index.targets.insert(target.node.id);
                index.visit(Site {
                    node: target.node,
                    member: "",
                    entry: None,
                    parent: None,
                    ..site
                });
            }
        }
        index
    }

    /// Every object, in the documents' order.
    pub(crate) fn sites(&self) -> &[Site<'a>] {
        &self.sites
    }

    /// The thing around a thing.
    pub(crate) fn parent(&self, site: &Site<'a>) -> Option<&Site<'a>> {
        self.sites.get(site.parent?)
    }

    /// The things around a thing, the nearest first.
    pub(crate) fn around(&self, site: &Site<'a>) -> impl Iterator<Item = &Site<'a>> {
        std::iter::successors(self.parent(site), |site| self.parent(site))
    }

    /// Whether it is a member of `components`.
    pub(crate) fn is_component(&self, site: &Site<'a>) -> bool {
        self.parent(site)
            .is_some_and(|parent| parent.kind == ObjectKind::Components)
    }

    /// Whether a reference leads to it.
    pub(crate) fn is_target(&self, node: &Node) -> bool {
        self.targets.contains(&node.id)
    }

    /// The object that a node stands for, references followed.
    pub(crate) fn follow(&self, node: &'a Node) -> &'a Node {
        self.resolved
            .target(node)
            .map_or(node, |target| target.node)
    }

    /// The `x-source` that holds for a thing: its own, that of the nearest thing around it, or its document's.
    pub(crate) fn source(&self, site: &Site<'a>) -> Option<&'a Node> {
        let own = site.node.get("x-source");
        let inherited = || {
            self.around(site)
                .find_map(|around| around.node.get("x-source"))
        };
        let document = || {
            let document = self.documents.document(self.documents.home(site.node.span));
            document.root.get("x-source")
        };
        own.or_else(inherited).or_else(document)
    }

    /// A schema and all that speak of the same values: what references and `allOf` lead to, the outermost first.
    pub(crate) fn applicable(&self, schema: &'a Node) -> Vec<&'a Node> {
        let mut nodes: Vec<&'a Node> = Vec::new();
        let mut work = vec![schema];
        while let Some(node) = work.pop() {
            if nodes.len() > 256 || nodes.iter().any(|known| known.id == node.id) {
                continue;
            }
            nodes.push(node);
            let parts = node.get("allOf").map(Node::items).unwrap_or_default();
            work.extend(parts.iter().rev());
            work.extend(self.resolved.target(node).map(|target| target.node));
        }
        nodes
    }

    fn visit(&mut self, first: Site<'a>) {
        let mut work = vec![first];
        while let Some(site) = work.pop() {
            let is_object = matches!(site.node.value, Value::Mapping(_) | Value::Bool(_));
            if !is_object || !self.seen.insert(site.node.id) {
                continue;
            }
            let at = self.sites.len();
            self.sites.push(site);
            let below = site.node.entries().iter().flat_map(|entry| {
                walk::below(site.kind, entry.key.text())
                    .into_iter()
                    .flat_map(move |place| parts(entry, place, at))
            });
            let below: Vec<_> = below.collect();
            work.extend(below.into_iter().rev());
        }
    }
}

/// The objects in a member of the object at `parent`.
fn parts(entry: &Entry, place: ChildKind, parent: usize) -> Vec<Site<'_>> {
    let member = entry.key.text();
    let site = |kind, node, entry| Site {
        kind,
        node,
        member,
        entry,
        parent: Some(parent),
    };
    match place {
        ChildKind::One(kind) if entry.value.as_mapping().is_some() => {
            vec![site(kind, &entry.value, Some(entry))]
        }
        ChildKind::One(kind) | ChildKind::List(kind) => {
            let items = entry.value.items().iter();
            items.map(|item| site(kind, item, None)).collect()
        }
        ChildKind::Map(kind) => {
            let names = entry.value.entries().iter();
            let names = names.filter(|name| walk::is_name(kind, name.key.text()));
            names
                .map(|name| site(kind, &name.value, Some(name)))
                .collect()
        }
    }
}
