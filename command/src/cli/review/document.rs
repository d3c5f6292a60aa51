//! The documents around a change.

use std::ops::Range;

use countersign_codegen::compare::{Change, Place};

use super::diff::{Rows, Side, numbered};
use super::page::{Diff, Text};
use super::sides::Compared;

/// The lines of the documents where something changed.
///
/// One of both places may be what the item belongs to, where it was not there yet or is no more: then the other says
/// what to show.
pub(super) fn diff(compared: &Compared, change: &Change) -> Option<Diff> {
    let old = place(compared.old.as_ref(), change.old.as_ref());
    let new = place(compared.new.as_ref(), change.new.as_ref());
    let shown =
        |place: &Place| Text::new(format!("{}{}", compared.prefix, place.document.as_str()));
    let (names, blocks) = match (old, new) {
        (Some((was, old)), Some((is, new))) if was.document == is.document => {
            let (old_lines, new_lines) = (numbered(&old, 1), numbered(&new, 1));
            let (in_old, in_new) = (lines(was, &old), lines(is, &new));
            let rows = Rows::of(&old_lines, &new_lines);
            let blocks = if in_new.len() <= in_old.len() {
                rows.around(Side::New, &in_new)
            } else {
                rows.around(Side::Old, &in_old)
            };
            (vec![shown(is)], blocks)
        }
        (Some((was, old)), Some((is, new))) => {
            let (old_lines, new_lines) = (numbered(&old, 1), numbered(&new, 1));
            let old_lines = old_lines.get(lines(was, &old)).unwrap_or_default();
            let new_lines = new_lines.get(lines(is, &new)).unwrap_or_default();
            let blocks = Rows::of(old_lines, new_lines).blocks();
            (vec![shown(was), shown(is)], blocks)
        }
        (Some((place, text)), None) => {
            let all = numbered(&text, 1);
            let lines = all.get(lines(place, &text)).unwrap_or_default();
            (vec![shown(place)], Rows::of(lines, &[]).blocks())
        }
        (None, Some((place, text))) => {
            let all = numbered(&text, 1);
            let lines = all.get(lines(place, &text)).unwrap_or_default();
            (vec![shown(place)], Rows::of(&[], lines).blocks())
        }
        (None, None) => return None,
    };
    (!blocks.is_empty()).then_some(Diff { names, blocks })
}

fn place<'a>(
    side: Option<&super::sides::Side>,
    place: Option<&'a Place>,
) -> Option<(&'a Place, String)> {
    let (side, place) = (side?, place?);
    Some((place, side.text(&place.document)))
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
