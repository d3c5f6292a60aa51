//! The documents of a run.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::build::State;
use super::pointer::{self, Found, Identifiers};
use super::{Node, NodeId, Version, loader, swagger2};
use crate::diagnostic::Located;
use crate::source::{DocumentId, DocumentPath, Position, Span, SpecStr, Text};

/// A document that was read.
#[derive(Debug)]
pub struct Document {
    /// Its identity.
    pub id: DocumentId,
    /// Where it stands below the root of the run.
    pub path: DocumentPath,
    /// The content.
    pub text: Text,
    /// The tree of it, in the shape of OpenAPI 3 whatever the version; only what was read if the text is broken.
    pub root: Node,
    /// The version that it declares.
    pub version: Version,
    pub(super) state: State,
    pub(super) shape: Shape,
    // The tree as the author wrote it, overlays applied, where `root` has another shape; made when a place in it is asked
    // for.
    pub(super) original: OnceLock<Node>,
    pub(super) overlaid: Overlaid,
    // The pointers of the schemas that have an `$anchor`; made when the first one is asked for.
    pub(super) anchors: OnceLock<HashMap<SpecStr, String>>,
    // The pointers of the schemas that have an `$id`; made when the first one is asked for.
    pub(super) identifiers: OnceLock<Identifiers>,
}

/// Whether a tree is what the author wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    AsWritten,
    /// Brought from Swagger 2.0 to the shape of OpenAPI 3.0.
    Reshaped,
}

/// Whether overlays changed a tree.
#[derive(Debug)]
pub(super) enum Overlaid {
    No,
    /// They did; the tree as it is in the text is made when a place in it is asked for.
    Yes(OnceLock<Node>),
}

impl Document {
    /// Whether all of the text could be read.
    pub fn is_complete(&self) -> bool {
        self.state == State::Complete
    }

    /// Whether the text is JSON, where quotes tell a text from a number.
    pub(crate) fn is_json(&self) -> bool {
        let is_space = |letter: char| letter.is_ascii_whitespace() || letter == '\u{feff}';
        let text = self.text.content().trim_start_matches(is_space);
        let inner = text.strip_prefix(['{', '[']);
        inner.is_some_and(|inner| inner.trim_start().starts_with(['"', '{', '[']))
    }

    /// The tree as the author wrote it, with overlays applied.
    pub(crate) fn written(&self) -> &Node {
        match self.shape {
            Shape::AsWritten => &self.root,
            Shape::Reshaped => self
                .original
                .get_or_init(|| loader::original(self.id, &self.text)),
        }
    }

    /// The line and column at which `span` starts.
    pub fn position(&self, span: Span) -> Position {
        self.text.position(span.start)
    }

    /// The JSON pointer, with `#` before it, of the innermost node or key at `span` in the text as it was written.
    pub fn pointer(&self, span: Span) -> String {
        let tree = match &self.overlaid {
            Overlaid::No => self.written(),
            Overlaid::Yes(tree) => tree.get_or_init(|| loader::original(self.id, &self.text)),
        };
        pointer::of(tree, span)
    }

    /// The node that a reference's `fragment`, a pointer or the name of an anchor, leads to.
    pub(crate) fn find(&self, fragment: &str) -> Option<&Node> {
        match pointer::find(&self.root, self.anchor(fragment).unwrap_or(fragment)) {
            Found::Node(node) => Some(node),
            // Many tools write `#/` for the whole document, and read it so.
            Found::Lost { .. } if fragment == "/" => Some(&self.root),
            Found::Lost { .. } => self.moved(fragment),
        }
    }

    /// The node that `fragment` led to before the document was brought to the shape of OpenAPI 3.
    ///
    /// Extensions stay as they were written, and so do the references in them.
    pub(crate) fn moved(&self, fragment: &str) -> Option<&Node> {
        let moved = match self.shape {
            Shape::Reshaped => swagger2::moved_pointer(fragment)?,
            Shape::AsWritten => return None,
        };
        match pointer::find(&self.root, &moved) {
            Found::Node(node) => Some(node),
            Found::Lost { .. } => None,
        }
    }

    /// The pointer to the schema whose `$id` is `uri`, as it is from the one around the reference, as it is written, or as
    /// it is from the ones around it; or that is called so beside another one that has an absolute `$id`.
    pub(crate) fn identified(&self, uri: &str, reference: NodeId) -> Option<&str> {
        if uri.is_empty() {
            return None;
        }
        let Identifiers { pointers, around } = self
            .identifiers
            .get_or_init(|| pointer::identifiers(&self.root));
        let from = |base: &String| pointers.get(&pointer::joined(base, uri));
        let within = around.get(&reference).and_then(from);
        let found = within.or_else(|| pointers.get(uri));
        let found = found.or_else(|| pointers.keys().find_map(from));
        found.map(String::as_str)
    }

    /// The pointer to the schema whose `$anchor` is `name`.
    pub(crate) fn anchor(&self, name: &str) -> Option<&str> {
        if name.is_empty() || name.starts_with('/') {
            return None;
        }
        let anchors = self.anchors.get_or_init(|| pointer::anchors(&self.root));
        anchors.get(&SpecStr::new(name)).map(String::as_str)
    }
}

impl Located for Document {
    fn text(&self) -> &Text {
        &self.text
    }

    fn pointer(&self, span: Span) -> Option<String> {
        self.is_complete().then(|| self.pointer(span))
    }
}

/// All documents of a run: the entry, its overlays, and what they refer to, directly or not.
#[derive(Debug)]
pub struct Documents {
    pub(super) entry: Arc<Document>,
    pub(super) all: Vec<Arc<Document>>,
    pub(super) by_path: HashMap<DocumentPath, DocumentId>,
    pub(super) unreadable: BTreeMap<DocumentPath, String>,
    pub(super) node_count: u32,
    // How many overlays there are; they follow the entry.
    pub(super) overlays: usize,
}

impl Documents {
    /// The document that the run starts from.
    pub fn entry(&self) -> &Document {
        &self.entry
    }

    /// The document with this identity, which comes from these documents.
    pub fn document(&self, id: DocumentId) -> &Document {
        self.all.get(id.0 as usize).unwrap_or(&self.entry)
    }

    /// The document that a node at `span` is part of: the entry for what overlays add to it.
    pub(crate) fn home(&self, span: Span) -> DocumentId {
        match (1..=self.overlays).contains(&span.document.index()) {
            true => DocumentId::ENTRY,
            false => span.document,
        }
    }

    /// Every document, the entry first, its overlays, then the others in the order in which references name them.
    pub fn iter(&self) -> impl Iterator<Item = &Document> {
        self.all.iter().map(Arc::as_ref)
    }

    /// The number of nodes of the documents: every [`Node::id`](super::Node::id) is below this.
    pub fn node_count(&self) -> usize {
        self.node_count as usize
    }

    /// The specification that a document follows: a fragment that of the entry.
    pub fn version(&self, id: DocumentId) -> Version {
        match self.document(id).version {
            Version::Fragment => self.entry.version,
            version => version,
        }
    }

    /// The line and column at which `span` starts.
    pub fn position(&self, span: Span) -> Position {
        self.document(span.document).position(span)
    }

    /// The JSON pointer, with `#` before it, of the innermost node or key at `span` in the text as it was written.
    pub fn pointer(&self, span: Span) -> String {
        self.document(span.document).pointer(span)
    }

    /// The document at `path`, or why it could not be read.
    pub(crate) fn at(&self, path: &DocumentPath) -> Result<&Document, &str> {
        match self.by_path.get(path) {
            Some(id) => Ok(self.document(*id)),
            None => Err(self
                .unreadable
                .get(path)
                .map_or("it was not read", String::as_str)),
        }
    }
}
