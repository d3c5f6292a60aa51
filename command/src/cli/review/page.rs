//! The content of the page, without a word of HTML.

use std::ops::Range;

use countersign_codegen::compare::{Level, Verdict, Wire};

/// Text for people to read. It has no `Display`, so that it gets into a page by the one way that makes it harmless.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text(String);

impl Text {
    /// Takes text as it stands: in a document, in a name, on a command line.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, to be made harmless or compared.
    pub(crate) fn raw(&self) -> &str {
        &self.0
    }
}

/// All that is shown of a change.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The state that the documents are compared with.
    pub(crate) since: Text,
    /// The APIs, those without changes among them.
    pub(crate) apis: Vec<Api>,
}

/// An API.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    /// Its folder below `spec/`.
    pub(crate) name: Text,
    /// Its crates.
    pub(crate) releases: Vec<Release>,
    /// The changes, breaking ones first.
    pub(crate) changes: Vec<Change>,
}

/// The verdict for a crate.
#[derive(Clone, Debug)]
pub(crate) struct Release {
    /// Its name.
    pub(crate) name: Text,
    /// Which part of its version has to grow.
    pub(crate) level: Level,
    /// The version that it has.
    pub(crate) now: Option<Text>,
    /// The version to set.
    pub(crate) next: Option<Text>,
}

/// A change of a document.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// Its name in the page, the same as long as it is the same change.
    pub(crate) anchor: String,
    /// The name of its rule.
    pub(crate) code: &'static str,
    /// The change, in a sentence.
    pub(crate) what: &'static str,
    /// The name.
    pub(crate) item: Text,
    /// Other items that changed alike.
    pub(crate) also: Vec<Text>,
    /// The old value, in a few words.
    pub(crate) was: Option<Text>,
    /// The new value.
    pub(crate) is: Option<Text>,
    /// The effect on the wire.
    pub(crate) wire: Wire,
    /// The meaning, sentence by sentence.
    pub(crate) meaning: Vec<Text>,
    /// The verdict for each crate.
    pub(crate) crates: Verdict,
    /// Where it stood.
    pub(crate) old: Option<Text>,
    /// Where it stands.
    pub(crate) new: Option<Text>,
    /// Public items of the crates that change.
    pub(crate) surface: Vec<Signature>,
    /// The document around it.
    pub(crate) document: Option<Diff>,
    /// Its lines in the outline.
    pub(crate) outline: Option<Diff>,
    /// The source that comes of it.
    pub(crate) rust: Vec<Diff>,
}

impl Change {
    /// The greatest of what it asks of the versions of the crates.
    pub(crate) fn asks(&self) -> Level {
        self.crates.model.max(self.crates.client)
    }
}

/// A change of a public item.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    /// `model` or `client`.
    pub(crate) krate: &'static str,
    /// The verdict for that crate.
    pub(crate) level: Level,
    /// Removed and added lines, each with its sign.
    pub(crate) lines: Vec<Text>,
}

/// Two texts side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Diff {
    /// The names of the texts: one name where both have the same.
    pub(crate) names: Vec<Text>,
    /// The parts that are shown, in their order.
    pub(crate) blocks: Vec<Block>,
}

/// Lines that go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// Lines that both texts have, old and new.
    Same(Vec<(Line, Line)>),
    /// Lines that only the old text has, and those in their place.
    Changed {
        /// The old ones.
        old: Vec<Line>,
        /// The new ones.
        new: Vec<Line>,
    },
    /// So many lines of both texts are left out.
    Skipped(usize),
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its number in the file, from 1; none where numbers say nothing.
    pub(crate) number: Option<usize>,
    /// The content.
    pub(crate) text: Text,
    /// The stretch of it, in bytes, that its counterpart has otherwise.
    pub(crate) mark: Option<Range<usize>>,
}

impl Diff {
    /// Whether both texts say the same here.
    pub(crate) fn is_unchanged(&self) -> bool {
        let is_changed = |block: &Block| matches!(block, Block::Changed { .. });
        !self.blocks.iter().any(is_changed)
    }

    /// The number of lines that are shown.
    pub(crate) fn len(&self) -> usize {
        let lines = self.blocks.iter().map(|block| match block {
            Block::Same(pairs) => pairs.len(),
            Block::Changed { old, new } => old.len().max(new.len()),
            Block::Skipped(_) => 1,
        });
        lines.sum()
    }

    /// Whether only one of both texts has lines here.
    pub(crate) fn is_one_sided(&self) -> bool {
        let lacks = |lacks: fn(&Block) -> bool| self.blocks.iter().all(lacks);
        lacks(|block| matches!(block, Block::Changed { old, .. } if old.is_empty()))
            || lacks(|block| matches!(block, Block::Changed { new, .. } if new.is_empty()))
    }
}
