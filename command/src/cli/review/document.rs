//! The documents around a change.

use std::ops::Range;

use countersign_codegen::compare::{Change, Place};

use super::diff::{Numbered, Rows, Side, numbered};
use super::page::{Diff, Text};
use super::sides::Compared;

/// The length of a line that is shown whole, in bytes.
const LINE_AT_MOST: usize = 2_000;

/// The length of what is shown of a longer one, in bytes, and how much of that is before the place.
const EXCERPT: usize = 400;
const BEFORE: usize = 80;

/// The lines of the documents where something changed.
///
/// One of both places may be what the item belongs to, where it was not there yet or is no more: then the other says
/// what to show.
pub(super) fn diff(compared: &Compared, change: &Change) -> Option<Diff> {
    let old = place(compared.old.as_ref(), change.old.as_ref());
    let new = place(compared.new.as_ref(), change.new.as_ref());
    let shown_below = |prefix: &str, place: &Place| format!("{prefix}{}", place.document.as_str());
    let old_shown = |place: &Place| Text::new(shown_below(&compared.old_prefix, place));
    let shown = |place: &Place| Text::new(shown_below(&compared.prefix, place));
    let (names, blocks) = match (old, new) {
        (Some((was, old)), Some((is, new)))
            if are_one(compared, was, is) && !is_long(was, &old) && !is_long(is, &new) =>
        {
            let (old_lines, new_lines) = (numbered(&old, 1), numbered(&new, 1));
            let (in_old, in_new) = (lines(was, &old), lines(is, &new));
            let rows = Rows::of(&old_lines, &new_lines);
            let blocks = if in_new.len() <= in_old.len() {
                rows.around(Side::New, &in_new)
            } else {
                rows.around(Side::Old, &in_old)
            };
            let mut names = vec![old_shown(was), shown(is)];
            names.dedup();
            (names, blocks)
        }
        (Some((was, old)), Some((is, new))) => {
            let blocks = Rows::of(&taken(was, &old), &taken(is, &new)).blocks();
            (vec![old_shown(was), shown(is)], blocks)
        }
        (Some((place, text)), None) => {
            let blocks = Rows::of(&taken(place, &text), &[]).blocks();
            (vec![old_shown(place)], blocks)
        }
        (None, Some((place, text))) => {
            let blocks = Rows::of(&[], &taken(place, &text)).blocks();
            (vec![shown(place)], blocks)
        }
        (None, None) => return None,
    };
    (!blocks.is_empty()).then_some(Diff { names, blocks })
}

/// Whether two places are in the same document, as it was and as it is: entry documents may have two names.
fn are_one(compared: &Compared, was: &Place, is: &Place) -> bool {
    let is_entry = |side: &Option<super::sides::Side>, place: &Place| {
        side.as_ref()
            .is_some_and(|side| side.entry == place.document)
    };
    was.document == is.document || is_entry(&compared.old, was) && is_entry(&compared.new, is)
}

fn place<'a>(
    side: Option<&super::sides::Side>,
    place: Option<&'a Place>,
) -> Option<(&'a Place, String)> {
    let (side, place) = (side?, place?);
    Some((place, side.text(&place.document)))
}

/// The lines that an item takes; of a document that is one long line, what is around the place.
fn taken<'t>(place: &Place, text: &'t str) -> Vec<Numbered<'t>> {
    let (number, line) = line_of(place, text);
    if line.len() <= LINE_AT_MOST {
        let all = numbered(text, 1);
        return all.get(lines(place, text)).unwrap_or_default().to_vec();
    }
    let within = (place.span.start as usize).saturating_sub(line_start(place, text));
    let mut start = within.saturating_sub(BEFORE);
    let mut end = line.len().min(start + EXCERPT);
    while !line.is_char_boundary(start) {
        start -= 1;
    }
    while !line.is_char_boundary(end) {
        end += 1;
    }
    vec![(Some(number), line.get(start..end).unwrap_or(line))]
}

/// Whether the line of a place is too long to be shown whole.
fn is_long(place: &Place, text: &str) -> bool {
    line_of(place, text).1.len() > LINE_AT_MOST
}

/// The line of a place, with its number.
fn line_of<'t>(place: &Place, text: &'t str) -> (usize, &'t str) {
    let rest = text.get(line_start(place, text)..).unwrap_or_default();
    (place.line as usize, rest.lines().next().unwrap_or_default())
}

/// Where the line of a place starts, in bytes.
fn line_start(place: &Place, text: &str) -> usize {
    let before = text.get(..place.span.start as usize).unwrap_or_default();
    before.rfind('\n').map_or(0, |at| at + 1)
}

/// The positions of the lines that an item takes, from 0.
///
/// Its place may be its key alone. What is indented below that belongs to it, in YAML and in JSON that people write.
fn lines(place: &Place, text: &str) -> Range<usize> {
    let (start, end) = (place.span.start as usize, place.span.end as usize);
    let within = text.get(start..end).unwrap_or_default().trim_end();
    let first = (place.line as usize).saturating_sub(1);
    let mut from = text.lines().skip(first);
    let margin = from.next().map_or(0, indentation);
    let below = from.take_while(|line| line.trim().is_empty() || indentation(line) > margin);
    let below: Vec<&str> = below.collect();
    let filled = below.iter().rposition(|line| !line.trim().is_empty());
    let below = filled.map_or(0, |last| last + 1);
    first..first + within.lines().count().max(1 + below)
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use countersign_codegen::source::{DocumentId, DocumentPath, Span};

    use super::*;

    const TEXT: &str = "Pet:\n  type: object\n\n  required:\n    - name\n\nKind:\n  enum: [a]\n";

    #[test]
    fn an_item_takes_what_is_indented_below_its_key() {
        let at = |line: u32, start: u32, end: u32| {
            let document = DocumentPath::new("pets.yaml").expect("a path");
            let span = Span {
                document: DocumentId::ENTRY,
                start,
                end,
            };
            lines(
                &Place {
                    document,
                    line,
                    column: 1,
                    span,
                },
                TEXT,
            )
        };
        assert_eq!(at(1, 0, 4), 0..5);
        assert_eq!(at(4, 23, 32), 3..5);
        assert_eq!(at(7, 45, 49), 6..8);
        assert_eq!(at(2, 7, 19), 1..2);
        assert_eq!(at(90, 900, 910), 89..90);
    }
}
