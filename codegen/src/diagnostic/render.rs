//! A report as people read it: each finding with its place, an excerpt and help.

use std::fmt::Write as _;

use super::excerpt::{self, Mark, printable};
use super::{Diagnostic, Located, Report, Severity};
use crate::source::Span;

/// The number of errors that are shown.
const ERRORS_AT_MOST: usize = 50;
/// The number of other places of a kind of warning that are listed.
const PLACES_AT_MOST: usize = 10;
/// The greatest length of the whole text, in bytes.
const BYTES_AT_MOST: usize = 64 << 10;
/// The room for the closing line.
const CLOSING_BYTES: usize = 100;
/// The greatest length of a message, a pointer or a help, in characters.
const WORDS_AT_MOST: usize = 1000;

/// Renders `report`; `prefix` stands before the path of each document.
pub(super) fn report(report: &Report, prefix: &str) -> String {
    let renderer = Renderer { report, prefix };
    let of = |severity| {
        let mut found: Vec<_> = report
            .diagnostics()
            .iter()
            .filter(|found| found.severity == severity)
            .collect();
        found.sort_by_key(|found| found.span);
        found
    };
    let errors = of(Severity::Error);
    let mut out = String::new();
    let mut shown = 0;
    for error in errors.iter().take(ERRORS_AT_MOST) {
        shown += usize::from(push_block(&mut out, &renderer.block(error, &[])));
    }
    let mut hidden = Vec::new();
    let errors = report.count(Severity::Error);
    if shown < errors {
        hidden.push(format!("{} more errors", errors - shown));
    }
    for (severity, plural) in [(Severity::Warning, "warnings"), (Severity::Note, "notes")] {
        let found = of(severity);
        let mut unshown = report.count(severity) - found.len();
        for kind in by_code(found) {
            if let Some((first, others)) = kind.split_first()
                && !push_block(&mut out, &renderer.block(first, others))
            {
                unshown += kind.len();
            }
        }
        if unshown > 0 {
            hidden.push(format!("{unshown} more {plural}"));
        }
    }
    if !hidden.is_empty() {
        // Writing to a string can't fail.
        let _ = writeln!(out, "and {}, which are not shown", hidden.join(" and "));
    }
    out
}

/// Adds a block unless the text would become too long.
fn push_block(out: &mut String, block: &str) -> bool {
    let fits = out.len() + block.len() + CLOSING_BYTES <= BYTES_AT_MOST;
    if fits {
        out.push_str(block);
    }
    fits
}

/// Sorted findings by their rule, in the order of the first of each.
fn by_code(found: Vec<&Diagnostic>) -> Vec<Vec<&Diagnostic>> {
    let mut kinds: Vec<Vec<&Diagnostic>> = Vec::new();
    for finding in found {
        let same = |kind: &&mut Vec<&Diagnostic>| {
            kind.first().is_some_and(|first| first.code == finding.code)
        };
        match kinds.iter_mut().find(same) {
            Some(kind) => kind.push(finding),
            None => kinds.push(vec![finding]),
        }
    }
    kinds
}

struct Renderer<'r> {
    report: &'r Report,
    prefix: &'r str,
}

impl Renderer<'_> {
    /// A finding, and the places of others of its kind.
    fn block(&self, found: &Diagnostic, others: &[&Diagnostic]) -> String {
        let severity = found.severity.name();
        let spans = found
            .related
            .iter()
            .map(|(span, _)| *span)
            .chain([found.span]);
        let lines =
            spans.filter_map(|span| Some(self.report.document(span.document)?.position(span).line));
        let gutter = lines.max().map_or(1, |line| line.to_string().len());

        let mut out = format!(
            "{severity}[{}]: {}\n",
            found.code.name(),
            words(&found.message)
        );
        self.place(&mut out, found.span, "-->", "", gutter);
        for (span, label) in &found.related {
            self.place(&mut out, *span, ":::", label, gutter);
        }
        let notes = self.notes(found, others);
        if !notes.is_empty() {
            let _ = writeln!(out, "{:gutter$} |", "");
        }
        for note in notes {
            let _ = writeln!(out, "{:gutter$} = {note}", "");
        }
        out.push('\n');
        out
    }

    fn place(&self, out: &mut String, span: Span, arrow: &str, label: &str, gutter: usize) {
        let Some(document) = self.report.document(span.document) else {
            return;
        };
        if document.text().content().is_empty() {
            let _ = writeln!(out, "{:gutter$}{arrow} {}", "", self.path(document));
            return;
        }
        let _ = writeln!(
            out,
            "{:gutter$}{arrow} {}",
            "",
            self.line_and_column(document, span)
        );
        let mark = if arrow == "-->" {
            Mark::Primary
        } else {
            Mark::Related
        };
        excerpt::write(out, document.text(), span, mark, label, gutter);
    }

    fn notes(&self, found: &Diagnostic, others: &[&Diagnostic]) -> Vec<String> {
        let mut notes = Vec::new();
        let document = self.report.document(found.span.document);
        if let Some(pointer) = document.and_then(|document| document.pointer(found.span)) {
            notes.push(format!("at: {}", words(&pointer)));
        }
        if !found.help.is_empty() {
            notes.push(format!("help: {}", words(&found.help)));
        }
        if !found.note.is_empty() {
            notes.push(format!("note: {}", words(&found.note)));
        }
        for other in others.iter().take(PLACES_AT_MOST) {
            let Some(document) = self.report.document(other.span.document) else {
                continue;
            };
            let place = self.line_and_column(document, other.span);
            notes.push(match &other.message {
                same if *same == found.message => format!("also: {place}"),
                message => format!("also: {place}: {}", words(message)),
            });
        }
        if others.len() > PLACES_AT_MOST {
            notes.push(format!("and {} more places", others.len() - PLACES_AT_MOST));
        }
        notes
    }

    fn path(&self, document: &dyn Located) -> String {
        words(&format!(
            "{}{}",
            self.prefix,
            document.text().path().as_str()
        ))
    }

    fn line_and_column(&self, document: &dyn Located, span: Span) -> String {
        let position = document.position(span);
        format!(
            "{}:{}:{}",
            self.path(document),
            position.line,
            position.column
        )
    }
}

/// Words on one line, printable, and cut if there are very many.
fn words(text: &str) -> String {
    match text.char_indices().nth(WORDS_AT_MOST) {
        Some((end, _)) => format!("{}...", printable(&text[..end])),
        None => printable(text),
    }
}
