//! Where text comes from: the documents of one run, and the places in them.
//!
//! `codegen` reads no disk. It asks [`Files`] for the text of a document by its path below one root, which no
//! reference may leave.

mod path;
mod text;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

pub(crate) use path::percent_decoded;
pub use path::{DocumentPath, PathError};
pub(crate) use text::has_byte;
pub use text::{Position, Text, is_hidden};

/// Gives the text of documents. `xtask` reads them from disk; tests hold them in memory.
pub trait Files {
    /// The bytes of the document at `path`.
    ///
    /// # Errors
    /// Says why the document can't be had: missing, not a regular file, too large, outside the root.
    fn read(&self, path: &DocumentPath) -> Result<Vec<u8>, String>;
}

impl<F: Files + ?Sized> Files for Arc<F> {
    fn read(&self, path: &DocumentPath) -> Result<Vec<u8>, String> {
        (**self).read(path)
    }
}

/// Documents held in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles(BTreeMap<DocumentPath, Vec<u8>>);

impl MemoryFiles {
    /// Adds or replaces the document at `path`.
    #[must_use]
    pub fn with(mut self, path: DocumentPath, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path, bytes.into());
        self
    }
}

impl Files for MemoryFiles {
    fn read(&self, path: &DocumentPath) -> Result<Vec<u8>, String> {
        self.0
            .get(path)
            .cloned()
            .ok_or_else(|| "there is no such file".to_owned())
    }
}

/// The input of one run.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The entry document.
    pub entry: &'a DocumentPath,
    /// Overlays of the entry document, in the order in which they are applied.
    pub overlays: &'a [DocumentPath],
    /// Where the entry and what it refers to are read from.
    pub files: &'a dyn Files,
}

/// Text that a document's author wrote: hostile until an emitter makes a literal or a doc comment of it.
///
/// It has no `Display` and no `AsRef<str>`, so that it can't slip into source by formatting; [`SpecStr::text`] is the
/// one way to look inside.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpecStr(Arc<str>);

impl SpecStr {
    /// Takes text as it stands in a document.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The text, to be compared or to be made a literal of.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SpecStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Which document of a run; an index into its [`Documents`](crate::load::Documents).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(pub(crate) u32);

impl DocumentId {
    /// The entry document.
    pub const ENTRY: Self = Self(0);
    /// Its position among the documents of the run.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A stretch of a document's text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The document.
    pub document: DocumentId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The stretch of `document` from byte `start` to the byte before `end`.
    pub(crate) fn new(document: DocumentId, start: usize, end: usize) -> Self {
        // Texts are at most 64 MiB, so nothing is cut off here.
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            document,
            start: offset(start),
            end: offset(end.max(start)),
        }
    }

    /// Whether `other` lies within this stretch.
    pub fn contains(self, other: Self) -> bool {
        self.document == other.document && self.start <= other.start && other.end <= self.end
    }
}
