//! Where things are: pages, lines of documents.

use crate::document_index::Site;
use crate::load::Node;
use crate::source::Span;

use super::{Context, Excerpt, Reason, Source};

/// The number of lines of a document that are shown.
const LINES_AT_MOST: usize = 60;
/// The length from which a line is too long to be read, in bytes.
const LONG: usize = 1000;

impl<'a> Context<'a> {
    /// `file:line` of a place, and its column where the line is too long to be read.
    pub(super) fn at(&self, span: Span) -> String {
        let document = self.index.documents.document(span.document);
        let position = document.position(span);
        let file = self.file(span);
        match line_around(document.text.content(), span.start).len() > LONG {
            true => format!("{file}:{}:{}", position.line, position.column),
            false => format!("{file}:{}", position.line),
        }
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
        let text = document.text.content();
        let range = from.start as usize..to.end as usize;
        let part = text.get(range).filter(|_| first == last);
        let mut lines = match part {
            // Documents that a program wrote are often one line.
            Some(part) if line_around(text, from.start).len() > LONG => broken(part),
            _ => (1..)
                .zip(text.lines())
                .filter(|(line, _)| (first..=last).contains(line) && !is_hidden(*line))
                .map(|(_, text)| text.to_owned())
                .collect(),
        };
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

/// The line with the byte at a position.
fn line_around(text: &str, at: u32) -> &str {
    let at = at as usize;
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let end = after.find('\n').map_or(text.len(), |end| at + end);
    text.get(start..end).unwrap_or_default()
}

/// A part of a document that has no line breaks, a line for each member and item.
fn broken(part: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let (mut depth, mut quote, mut escaped) = (0_usize, None, false);
    let mut letters = part.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_empty = matches!(
            (letter, letters.peek()),
            ('{', Some('}')) | ('[', Some(']'))
        );
        let ends = quote.is_none() && matches!(letter, '}' | ']') && !ends_open(&lines);
        if ends {
            depth = depth.saturating_sub(1);
            lines.push("  ".repeat(depth));
        }
        let Some(line) = lines.last_mut() else { break };
        if quote.is_none() && letter == ' ' && line.trim().is_empty() {
            continue;
        }
        line.push(letter);
        match quote {
            Some(_) if escaped => escaped = false,
            Some('"') if letter == '\\' => escaped = true,
            Some(open) if letter == open => quote = None,
            Some(_) => {}
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            None if matches!(letter, '{' | '[') && !is_empty => {
                depth += 1;
                lines.push("  ".repeat(depth));
            }
            None if letter == ',' => lines.push("  ".repeat(depth)),
            None if letter == ':' && letters.peek().is_some_and(|next| *next != ' ') => {
                line.push(' ')
            }
            None => {}
        }
    }
    lines
}

/// Whether the last line ends with an object or a list that has nothing in it yet.
fn ends_open(lines: &[String]) -> bool {
    lines.last().is_some_and(|line| line.ends_with(['{', '[']))
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

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn a_part_in_one_line_is_broken_by_member_and_item() {
        let part = r#""get":{"tags":[],"a":{"b: {,":"x\",]","c":[1,{}]},"d":'it, is'}"#;
        let expected = [
            r#""get": {"#,
            r#"  "tags": [],"#,
            r#"  "a": {"#,
            r#"    "b: {,": "x\",]","#,
            r#"    "c": ["#,
            "      1,",
            "      {}",
            "    ]",
            "  },",
            r#"  "d": 'it, is'"#,
            "}",
        ];
        assert_eq!(broken(part), expected);
    }
}
