//! Lint: rules on poor documents and poor Rust, where crates can be generated all the same.
//!
//! Rules look at documents as they are written and at what was decided about them. What the generator says itself
//! (an ambiguous union, a pattern that no engine takes) is not said again.

mod format;
mod instance;
mod names;
mod rules;
mod values;

use crate::check::{self, Wanted};
use crate::diagnostic::{Code, Diagnostic, Level, Levels, Report};
use crate::document_index::DocumentIndex;
use crate::ir::{Api, External};
use crate::load::{self, Documents};
use crate::lower;
use crate::resolve::{self, Resolved};
use crate::source::{Sources, Span};

/// Reads the documents that an entry leads to and says what is wrong or poor about them, what the generator has to
/// say among it. What waivers admit is left out.
pub fn check(sources: &Sources<'_>, types: &[External], levels: &Levels, report: &mut Report) {
    let Some(documents) = load::documents(sources, report) else {
        return;
    };
    let resolved = resolve::references(&documents, report);
    let checked = check::documents(&documents, Wanted::All, report);
    let api = lower::api(&documents, &resolved, types, report);
    report.settle(checked);
    // Documents that are wrong are fixed first; half of them would only mislead.
    if !report.has_errors() {
        check_rules(&documents, &resolved, &api, levels, report);
    }
    report.waive();
    // What is lowered for both ways is seen twice.
    report.deduplicate();
}

fn check_rules(
    documents: &Documents,
    resolved: &Resolved<'_>,
    api: &Api,
    levels: &Levels,
    report: &mut Report,
) {
    let index = DocumentIndex::of(documents, resolved);
    let mut lint = Lint {
        index: &index,
        api,
        levels,
        report,
    };
    lint.descriptions();
    lint.operation_ids();
    lint.optional_bodies();
    lint.anonymous_schemas();
    lint.names();
    lint.invalid_examples();
    lint.invalid_defaults();
    lint.unused_components();
    lint.undeclared_tags();
    lint.unused_tags();
    lint.secrets();
    lint.servers();
}

/// The input of the rules, and the report that they write to.
struct Lint<'a, 'r> {
    index: &'r DocumentIndex<'a>,
    api: &'r Api,
    levels: &'r Levels,
    report: &'r mut Report,
}

impl Lint<'_, '_> {
    /// Says what is wrong, as bad as its level has it.
    fn say(&mut self, rule: Code, span: Span, message: impl Into<String>, help: &str) {
        self.say_beside(rule, span, message, help, None);
    }

    /// The same with another place that matters.
    fn say_beside(
        &mut self,
        rule: Code,
        span: Span,
        message: impl Into<String>,
        help: &str,
        related: Option<(Span, &str)>,
    ) {
        let severity = self.levels.of(rule).and_then(Level::severity);
        let Some(severity) = severity else { return };
        let mut found = Diagnostic::new(rule, severity, span, message.into()).help(help);
        if let Some((span, label)) = related {
            found = found.related(span, label);
        }
        self.report.push(found);
    }
}
