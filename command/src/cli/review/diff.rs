//! Two texts, line by line.

use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffTag, capture_diff_slices_deadline};

use super::page::{Block, Line, Text};

/// The number of unchanged lines around changed ones that are shown.
const CONTEXT: usize = 3;
/// The number of lines that are shown where nothing changed.
const UNCHANGED_AT_MOST: usize = 10;
/// The greatest number of lines that are shown.
const ROWS_AT_MOST: usize = 600;
/// The time limit of the search for the shortest difference.
const TIME: Duration = Duration::from_millis(500);

/// The lines of both texts in one order.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    old: &'a [Numbered<'a>],
    new: &'a [Numbered<'a>],
    rows: Vec<Row>,
}

/// A line and its number; none where numbers say nothing.
pub(super) type Numbered<'a> = (Option<usize>, &'a str);

/// Positions of lines in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Same(usize, usize),
    Old(usize),
    New(usize),
}

/// One of two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// As it was.
    Old,
    /// As it is.
    New,
}

impl Row {
    fn on(self, side: Side) -> Option<usize> {
        match (self, side) {
            (Self::Same(old, _) | Self::Old(old), Side::Old) => Some(old),
            (Self::Same(_, new) | Self::New(new), Side::New) => Some(new),
            _ => None,
        }
    }

    fn is_same(self) -> bool {
        matches!(self, Self::Same(..))
    }
}

/// The lines of a text, numbered from `first`.
pub(super) fn numbered(text: &str, first: usize) -> Vec<Numbered<'_>> {
    let lines = text.lines().enumerate();
    lines.map(|(at, line)| (Some(first + at), line)).collect()
}

impl<'a> Rows<'a> {
    /// Of two texts.
    pub(super) fn of(old: &'a [Numbered<'a>], new: &'a [Numbered<'a>]) -> Self {
        let text = |lines: &'a [Numbered<'a>]| lines.iter().map(|(_, line)| *line).collect();
        let (before, after): (Vec<&str>, Vec<&str>) = (text(old), text(new));
        let deadline = Some(Instant::now() + TIME);
        let steps = capture_diff_slices_deadline(Algorithm::Patience, &before, &after, deadline);
        let mut rows = Vec::new();
        for step in steps {
            let (tag, was, is) = step.as_tag_tuple();
            if tag == DiffTag::Equal {
                rows.extend(was.zip(is).map(|(old, new)| Row::Same(old, new)));
            } else {
                rows.extend(was.map(Row::Old));
                rows.extend(is.map(Row::New));
            }
        }
        Self { old, new, rows }
    }

    /// The lines that are shown.
    pub(super) fn blocks(&self) -> Vec<Block> {
        self.shown(0..self.rows.len())
    }

    /// The lines that are shown: those at the positions `lines` of one side, and their counterparts.
    pub(super) fn around(&self, side: Side, lines: &Range<usize>) -> Vec<Block> {
        let is_in = |row: &Row| row.on(side).is_some_and(|at| lines.contains(&at));
        let (Some(mut start), Some(end)) = (
            self.rows.iter().position(is_in),
            self.rows.iter().rposition(is_in),
        ) else {
            return Vec::new();
        };
        let mut end = end + 1;
        let lacks = |at: usize| self.rows.get(at).is_some_and(|row| row.on(side).is_none());
        while start > 0 && lacks(start - 1) {
            start -= 1;
        }
        while lacks(end) {
            end += 1;
        }
        self.shown(start.saturating_sub(CONTEXT)..(end + CONTEXT).min(self.rows.len()))
    }

    fn shown(&self, range: Range<usize>) -> Vec<Block> {
        let rows = self.rows.get(range).unwrap_or_default();
        let has_changes = rows.iter().any(|row| !row.is_same());
        let is_shown = |at: usize| {
            let near = at.saturating_sub(CONTEXT)..(at + CONTEXT + 1).min(rows.len());
            let mut near = rows.get(near).into_iter().flatten();
            match has_changes {
                true => near.any(|row| !row.is_same()),
                false => at < UNCHANGED_AT_MOST,
            }
        };
        let mut blocks = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            if at < ROWS_AT_MOST && is_shown(at) {
                self.push(*row, &mut blocks);
            } else if let Some(Block::Skipped(count)) = blocks.last_mut() {
                *count += 1;
            } else {
                blocks.push(Block::Skipped(1));
            }
        }
        for block in &mut blocks {
            if let Block::Changed { old, new } = block {
                mark_all(old, new);
            }
        }
        blocks
    }

    fn push(&self, row: Row, blocks: &mut Vec<Block>) {
        let line = |lines: &[Numbered<'_>], at: usize| {
            let (number, text) = lines.get(at).copied().unwrap_or_default();
            Line {
                number,
                text: Text::new(text),
                mark: None,
            }
        };
        let (old, new) = match row {
            Row::Same(old, new) => {
                let pair = (line(self.old, old), line(self.new, new));
                match blocks.last_mut() {
                    Some(Block::Same(pairs)) => pairs.push(pair),
                    _ => blocks.push(Block::Same(vec![pair])),
                }
                return;
            }
            Row::Old(at) => (Some(line(self.old, at)), None),
            Row::New(at) => (None, Some(line(self.new, at))),
        };
        match blocks.last_mut() {
            Some(Block::Changed { old: was, new: is }) => {
                was.extend(old);
                is.extend(new);
            }
            _ => blocks.push(Block::Changed {
                old: old.into_iter().collect(),
                new: new.into_iter().collect(),
            }),
        }
    }
}

/// Marks what differs within lines that take each other's places one by one.
fn mark_all(old: &mut [Line], new: &mut [Line]) {
    if old.len() != new.len() {
        return;
    }
    for (old, new) in old.iter_mut().zip(new) {
        if let Some((was, is)) = differing(old.text.raw(), new.text.raw()) {
            old.mark = Some(was);
            new.mark = Some(is);
        }
    }
}

/// The stretch between what two lines begin and what they end with; none if they have little in common.
fn differing(old: &str, new: &str) -> Option<(Range<usize>, Range<usize>)> {
    let shared = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        let same = pairs.take_while(|(old, new)| old == new);
        same.map(|(letter, _)| letter.len_utf8()).sum()
    };
    let start = shared(&mut old.chars().zip(new.chars()));
    let (old_rest, new_rest) = (old.get(start..)?, new.get(start..)?);
    let end = shared(&mut old_rest.chars().rev().zip(new_rest.chars().rev()));
    let blank = old.len() - old.trim_start().len();
    let is_alike = (start.saturating_sub(blank) + end) * 3 >= old.trim().len();
    let stretch = |text: &str| start..text.len() - end;
    is_alike.then(|| (stretch(old), stretch(new)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nport: 1\nl";
    const NEW: &str = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nport: 22\nl\nm";

    fn told(blocks: &[Block]) -> Vec<String> {
        let join = |lines: &[Line]| {
            let texts: Vec<_> = lines.iter().map(|line| line.text.raw()).collect();
            texts.join(",")
        };
        let tell = |block: &Block| match block {
            Block::Same(pairs) => {
                let lines: Vec<Line> = pairs.iter().map(|(old, _)| old.clone()).collect();
                format!("= {}", join(&lines))
            }
            Block::Changed { old, new } => format!("- {} + {}", join(old), join(new)),
            Block::Skipped(count) => format!("skip {count}"),
        };
        blocks.iter().map(tell).collect()
    }

    #[test]
    fn changes_are_shown_with_what_stands_around_them() {
        let (old, new) = (numbered(OLD, 1), numbered(NEW, 1));
        let blocks = Rows::of(&old, &new).blocks();
        let expected = ["skip 7", "= h,i,j", "- port: 1 + port: 22", "= l", "-  + m"];
        assert_eq!(told(&blocks), expected);
        let Some(Block::Changed { old, new }) = blocks.get(2) else {
            panic!("{blocks:?}");
        };
        assert_eq!(
            (old[0].mark.clone(), new[0].mark.clone()),
            (Some(6..7), Some(6..8))
        );
        assert_eq!((old[0].number, new[0].number), (Some(11), Some(11)));
    }

    #[test]
    fn a_stretch_of_one_side_brings_what_stood_in_its_place() {
        let (old, new) = (
            numbered("a\nb\nc\nd\ne\nf\ng\nh", 1),
            numbered("a\nb\nc\nd\nX\nf\ng\nh", 1),
        );
        let rows = Rows::of(&old, &new);
        let expected = ["= b,c,d", "- e + X", "= f,g,h"];
        assert_eq!(told(&rows.around(Side::New, &(4..5))), expected);
        assert_eq!(told(&rows.around(Side::Old, &(4..5))), expected);
        assert_eq!(
            told(&rows.around(Side::Old, &(90..95))),
            Vec::<String>::new()
        );
    }

    #[test]
    fn marks_stay_between_letters() {
        assert_eq!(differing("caf\u{e9}s", "caf\u{e8}s"), Some((3..5, 3..5)));
        assert_eq!(differing("aa", "aaa"), Some((2..2, 2..3)));
        assert_eq!(differing("one", "two"), None);
    }
}
