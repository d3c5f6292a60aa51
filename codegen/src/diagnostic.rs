//! What is wrong with a document, where, and what to do about it.
//!
//! Stages collect [`Diagnostic`]s in a [`Report`] and go on, so that a user sees every mistake at once.

use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Something was guessed, left out or fell back; the message says which.
    Warning,
    /// Nothing can be generated.
    Error,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Which rule was broken.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop. May hold document text: it is escaped when rendered.
    pub message: String,
    /// Where.
    pub span: Span,
    /// Other places that matter, each with what it is.
    pub related: Vec<(Span, String)>,
    /// What to do about it, or what was done instead.
    pub cure: String,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The rules, by the names that users see, put in waivers and look up.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The rule's name as users see it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// A document can't be read: missing, not a file, too large.
    Unreadable = "unreadable",
    /// Not UTF-8.
    NotUtf8 = "not-utf8",
    /// Not YAML or JSON.
    Syntax = "syntax",
    /// A key stands twice in one object.
    DuplicateKey = "duplicate-key",
    /// Nested too deeply, too many alias copies, or more than one document in a file.
    Limit = "limit",
    /// No version of OpenAPI that is supported.
    Version = "version",
    /// A reference to a place that does not exist.
    DanglingReference = "dangling-reference",
    /// References that only lead to each other, or a schema that no value can satisfy.
    ReferenceCycle = "reference-cycle",
    /// A reference out of the root folder.
    EscapingReference = "escaping-reference",
    /// A reference to another host; nothing is ever fetched.
    RemoteReference = "remote-reference",
}

/// Everything found so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether anything forbids to generate.
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|found| found.severity == Severity::Error)
    }

    /// The findings, in the order in which they were made.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}
