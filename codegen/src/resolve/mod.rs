//! Where references lead: each `$ref` followed to its end, within and between documents.
//!
//! Everything that can be reached from the entry document is looked at, and nothing is fetched.

mod chain;
mod finding;
mod follow;
mod nearest;

use std::sync::Arc;

use crate::diagnostic::Report;
use crate::load::walk::{ChildKind, ObjectKind, RefSite};
use crate::load::{Document, Documents, Node, pointer};
use crate::source::{DocumentId, SpecStr};
use follow::Resolver;
pub(crate) use nearest::{nearest, nearest_within};

/// The place that a reference leads to in the end.
#[derive(Clone, Debug)]
pub struct Target<'a> {
    /// The target: not a reference itself, unless it is a schema with further keywords.
    pub node: &'a Node,
    /// The document it stands in.
    pub document: DocumentId,
    /// Where in it: `components`, `schemas`, `Pet`.
    pub pointer: Arc<[SpecStr]>,
}

/// The references of some documents, and where they lead.
#[derive(Debug)]
pub struct Resolved<'a> {
    documents: &'a Documents,
    // By the number of a node: one more than the index in `links` of what stands there, or 0.
    links: Vec<u32>,
    // By the order in which the sites were found: what they lead to in the end.
    ends: Vec<Option<u32>>,
    targets: Vec<Target<'a>>,
}

impl<'a> Resolved<'a> {
    /// The documents that the references stand in.
    pub fn documents(&self) -> &'a Documents {
        self.documents
    }

    /// Where `node` leads, if it is a reference that leads anywhere.
    pub fn target(&self, node: &Node) -> Option<Target<'a>> {
        let end = (*self.ends.get(self.link(node)?)?)?;
        self.targets.get(end as usize).cloned()
    }

    /// Whether `node` is a reference, even one without a target.
    pub fn is_reference(&self, node: &Node) -> bool {
        node.as_mapping().is_some() && self.link(node).is_some()
    }

    /// Where a value of a discriminator's `mapping` leads, if anywhere.
    pub fn mapping_target(&self, value: &Node) -> Option<Target<'a>> {
        self.target(value)
    }

    fn link(&self, node: &Node) -> Option<usize> {
        let link = *self.links.get(node.id.0 as usize)?;
        (link as usize).checked_sub(1)
    }
}

/// Follows every reference that the entry document leads to.
pub fn references<'a>(documents: &'a Documents, report: &mut Report) -> Resolved<'a> {
    let mut resolver = Resolver::new(documents, report);
    let mut at = vec![0; documents.node_count()];
    let entry = documents.entry();
    resolver.visit(entry, &entry.root, ChildKind::One(ObjectKind::Root));
    // Links are added while this goes on, where a target has not been looked at yet.
    let mut next = 0;
    while let Some(link) = resolver.links.get(next).copied() {
        next += 1;
        if let Some(slot) = at.get_mut(link.site.id().0 as usize) {
            *slot = u32::try_from(next).unwrap_or(u32::MAX);
        }
        let step = resolver.step(&link);
        if link.ignores_more {
            let target = step.map(|step| step.node);
            resolver.findings.siblings(&link.site, target);
        }
        if let Some(step) = step {
            resolver.visit(step.document, step.node, link.site.place);
        }
        if let Some(link) = resolver.links.get_mut(next - 1) {
            link.step = step;
        }
    }
    let Resolver {
        links,
        mut findings,
        ..
    } = resolver;
    let (ends, targets) = chain::ends(&links, &at, &mut findings);
    findings.finish();
    Resolved {
        documents,
        links: at,
        ends,
        targets,
    }
}

/// A site and where it leads at first.
#[derive(Clone, Copy)]
struct Link<'a> {
    document: &'a Document,
    site: RefSite<'a>,
    step: Option<Step<'a>>,
    // Whether what stands beside the `$ref` counts, so that a chain must not skip it.
    says_more: bool,
    // Whether something stands beside it that is ignored.
    ignores_more: bool,
}

/// A place that a reference names.
#[derive(Clone, Copy)]
struct Step<'a> {
    document: &'a Document,
    node: &'a Node,
    pointer: Pointer<'a>,
}

#[derive(Clone, Copy)]
enum Pointer<'a> {
    /// The text of a reference behind `#`, with an anchor replaced by its pointer.
    Written(&'a str),
    /// The schema of this name.
    Schema(&'a str),
}

impl Pointer<'_> {
    fn segments(self) -> Arc<[SpecStr]> {
        match self {
            Self::Written(pointer) => pointer::segments(pointer)
                .map(|segment| SpecStr::new(segment.unwrap_or_default()))
                .collect(),
            Self::Schema(name) => ["components", "schemas", name].map(SpecStr::new).into(),
        }
    }
}
