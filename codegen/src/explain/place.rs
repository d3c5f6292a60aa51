//! Where things are: pages, lines of documents.

use crate::document_index::Site;
use crate::load::Node;
use crate::source::Span;

use super::{Context, Excerpt, Reason, Source};

/// The number of lines of a document that are shown.
const LINES_AT_MOST: usize = 60;

impl<'a> Context<'a> {
    /// `file:line` of a place.
    pub(super) fn at(&self, span: Span) -> String {
        let document = self.index.documents.document(span.document);
        let line = document.position(span).line;
        format!("{}:{line}", self.file(span))
    }

    fn file(&self, span: Span) -> String {
        let document = self.index.documents.document(span.document);
        format!("{}{}", self.settings.prefix, document.path.as_str())
    }

    /// A reason that rests on a place.
    pub(super) fn reason(
        &self,
        what: impl Into<String>,
        why: impl Into<String>,
        span: Span,
    ) -> Reason {
        Reason {
            what: what.into(),
            why: why.into(),
            at: Some(self.at(span)),
        }
    }

    /// The page that something is from.
    pub(super) fn page(&self, site: &Site<'a>) -> Option<Source> {
        let source = self.index.source(site)?;
        let key = source.get("page")?.as_str()?;
        let pages = self.index.documents.entry().root.get("x-pages");
        let title = pages
            .and_then(|pages| pages.get(key)?.get("title")?.as_str())
            .unwrap_or_default();
        let section = source.get("section").and_then(Node::as_str);
        Some(Source {
            page: format!("{key}: {title}"),
            section: section.map(str::to_owned),
            said_at: self.at(source.span),
        })
    }

    /// The lines from the key of a thing to its end.
    pub(super) fn excerpt(&self, site: &Site<'a>) -> Excerpt {
        self.lines(site.place(), site.node.span)
    }

    /// The same without what stands below `examples`, which would fill it.
    pub(super) fn excerpt_without_examples(&self, site: &Site<'a>) -> Excerpt {
        let document = self.index.documents.document(site.node.span.document);
        let mut hidden = Vec::new();
        let mut work = vec![site.node];
        while let Some(node) = work.pop() {
            for entry in node.entries() {
                let is_named = entry.key.text() == "examples" && entry.value.as_mapping().is_some();
                match is_named {
                    true => hidden.push((
                        document.position(entry.key_span).line,
                        self.last_line(entry.value.span),
                    )),
                    false => work.push(&entry.value),
                }
            }
            work.extend(node.items());
        }
        self.shown(site.place(), site.node.span, &hidden)
    }

    /// The lines from the start of one place to the end of another.
    pub(super) fn lines(&self, from: Span, to: Span) -> Excerpt {
        self.shown(from, to, &[])
    }

    /// The same without the lines after the first and up to the second of each pair.
    fn shown(&self, from: Span, to: Span, hidden: &[(u32, u32)]) -> Excerpt {
        let document = self.index.documents.document(from.document);
        let first = document.position(from).line;
        let last = self.last_line(to).max(first);
        let is_hidden = |line: u32| {
            let mut ranges = hidden.iter();
            ranges.any(|(from, to)| *from < line && line <= *to)
        };
        let text = document.text.content().lines();
        let mut lines: Vec<String> = (1..)
            .zip(text)
            .filter(|(line, _)| (first..=last).contains(line) && !is_hidden(*line))
            .map(|(_, text)| text.to_owned())
            .collect();
        dedent(&mut lines);
        let beyond = lines.len().saturating_sub(LINES_AT_MOST);
        lines.truncate(LINES_AT_MOST);
        if beyond > 0 {
            lines.push(format!("... {beyond} more lines"));
        }
        Excerpt {
            file: self.file(from),
            line: first,
            lines,
        }
    }

    /// The line on which something ends; a block ends behind its last line break.
    fn last_line(&self, span: Span) -> u32 {
        let document = self.index.documents.document(span.document);
        let text = document.text.content().get(..span.end as usize);
        let length = text.map_or(span.end as usize, |text| text.trim_end().len());
        let end = Span {
            start: u32::try_from(length.saturating_sub(1)).unwrap_or(u32::MAX),
            ..span
        };
        document
            .position(end)
            .line
            .max(document.position(span).line)
    }
}

/// Takes off the indentation that all lines have.
pub(super) fn dedent(lines: &mut [String]) {
    let blank = |line: &&String| !line.trim().is_empty();
    let indentation = |line: &String| line.len() - line.trim_start().len();
    let common = lines.iter().filter(blank).map(indentation).min();
    for line in lines {
        let rest = line.get(common.unwrap_or(0)..).unwrap_or_default();
        *line = rest.to_owned();
    }
}
