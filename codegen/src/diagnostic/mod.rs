//! Diagnostics: the fault of a document, its place, and the advice.
//!
//! Stages collect [`Diagnostic`]s in a [`Report`] and go on, so that a user sees every mistake at once.

mod code;
mod excerpt;
mod finding;
mod page;
mod policy;
mod render;
mod report;
mod sarif;

use std::fmt;

use crate::source::{Position, Span, Text};

pub use code::Code;
pub(crate) use excerpt::printable;
pub use finding::Finding;
pub use policy::{Level, LevelTable, Levels, Mistakes, Policy, Waiver, WaiverTables};
pub(crate) use report::Causes;
pub use report::Report;
pub use sarif::sarif;

/// A document that findings are about.
pub trait Located: fmt::Debug + Send + Sync {
    /// Its text.
    fn text(&self) -> &Text;

    /// The JSON pointer, with `#` before it, of the innermost node or key at `span`; none where not all of the text
    /// could be read.
    fn pointer(&self, span: Span) -> Option<String>;

    /// The line and column at which `span` starts.
    fn position(&self, span: Span) -> Position {
        self.text().position(span.start)
    }
}

/// The severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Something could be better.
    Note,
    /// Something was guessed, left out or fell back; the message says which.
    Warning,
    /// Nothing can be generated.
    Error,
}

impl Severity {
    /// Every degree, the worst first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// As users see it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity where warnings are denied.
    fn denied(self) -> Self {
        match self {
            Self::Note => Self::Note,
            Self::Warning | Self::Error => Self::Error,
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Which rule was broken.
    pub code: Code,
    /// The severity.
    pub severity: Severity,
    /// The fault, in one sentence without a full stop. May hold document text: it is escaped when rendered.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Other places that matter, each with what it is.
    pub related: Vec<(Span, String)>,
    /// The advice: an imperative sentence without a full stop.
    pub help: String,
    /// The consequence: how the document is read meanwhile. Empty where nothing is.
    pub note: String,
}

/// Advice on a finding, and the note on how the document is read meanwhile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    help: String,
    note: String,
}

impl From<&str> for Advice {
    fn from(help: &str) -> Self {
        help.to_owned().into()
    }
}

impl From<String> for Advice {
    fn from(help: String) -> Self {
        Self {
            help,
            note: String::new(),
        }
    }
}

impl<H: Into<String>, N: Into<String>> From<(H, N)> for Advice {
    fn from((help, note): (H, N)) -> Self {
        Self {
            help: help.into(),
            note: note.into(),
        }
    }
}

impl Diagnostic {
    /// A finding that forbids to generate.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, span, message.into())
    }

    /// A finding that says what was guessed, left out or fell back.
    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, span, message.into())
    }

    pub(crate) fn new(code: Code, severity: Severity, span: Span, message: String) -> Self {
        Self {
            code,
            severity,
            message,
            span,
            related: Vec::new(),
            help: String::new(),
            note: String::new(),
        }
    }

    /// The same with another place that matters and what it is.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// The same with advice: `help` alone, or `(help, note)`.
    #[must_use]
    pub fn help(mut self, advice: impl Into<Advice>) -> Self {
        let Advice { help, note } = advice.into();
        self.help = help;
        self.note = note;
        self
    }
}
