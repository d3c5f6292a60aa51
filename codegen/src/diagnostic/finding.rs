//! A finding as machines read it: all of it as text and numbers, the document no longer needed.

use serde::Serialize;

use super::excerpt::printable;
use super::{Code, Diagnostic, Report, Severity};
use crate::source::Span;

/// A finding as machines read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule.
    pub rule: &'static str,
    /// `error`, `warning` or `note`.
    pub level: &'static str,
    /// The message.
    pub message: String,
    /// The advice.
    pub help: String,
    /// The consequence: how the document is read meanwhile; empty where nothing is.
    pub note: String,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// Other places that matter.
    pub related: Vec<Related>,
    #[serde(skip)]
    pub(super) code: Code,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The path of the document.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// JSON pointer, with `#` before it; none where the text could not be read.
    pub pointer: Option<String>,
}

/// Another place that matters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Related {
    /// The kind.
    pub label: String,
    /// Where.
    #[serde(flatten)]
    pub place: Place,
}

impl Report {
    /// The findings for machines, the worst first, then in the order of places. `prefix` stands before each path.
    pub fn findings(&self, prefix: &str) -> Vec<Finding> {
        let mut found: Vec<&Diagnostic> = self.diagnostics().iter().collect();
        found.sort_by_key(|found| (std::cmp::Reverse(found.severity), found.span));
        found
            .into_iter()
            .filter_map(|found| self.finding(found, prefix))
            .collect()
    }

    fn finding(&self, found: &Diagnostic, prefix: &str) -> Option<Finding> {
        let related = found.related.iter().filter_map(|(span, label)| {
            Some(Related {
                label: printable(label),
                place: self.place(*span, prefix)?,
            })
        });
        Some(Finding {
            rule: found.code.name(),
            level: Severity::name(found.severity),
            message: printable(&found.message),
            help: printable(&found.help),
            note: printable(&found.note),
            place: self.place(found.span, prefix)?,
            related: related.collect(),
            code: found.code,
        })
    }

    fn place(&self, span: Span, prefix: &str) -> Option<Place> {
        let document = self.document(span.document)?;
        let position = document.position(span);
        Some(Place {
            file: printable(&format!("{prefix}{}", document.text().path().as_str())),
            line: position.line,
            column: position.column,
            pointer: document.pointer(span).as_deref().map(printable),
        })
    }
}
