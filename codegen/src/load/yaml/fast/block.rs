//! Texts below `|` and `>`.

use super::super::block_end;
use super::text::fold;
use super::{Blocks, Done, Failure};

impl Blocks<'_, '_, '_> {
    /// A text below `|` or `>`.
    pub(super) fn block(&mut self, parent: usize) -> Done {
        let is_folded = self.byte() == Some(b'>');
        self.at += 1;
        let (is_stripped, told) = self.block_header()?;
        self.end_line()?;
        let first = self.at;
        let (found, widest) = self.block_column()?;
        let column = match told {
            // Only an object's keys tell for sure from where a number counts.
            Some(_) if self.levels.last().is_none_or(|level| level.is_list) => {
                return Err(Failure::Other);
            }
            Some(width) => parent + width,
            None => found,
        };
        if column <= parent || found < column || widest > column {
            return Err(Failure::Other);
        }
        let start = self.at - found + column;
        self.at = first;
        let mut text = String::new();
        let mut blank = 0;
        // Whether the line before is one that folding leaves alone; none at the beginning.
        let mut before: Option<bool> = None;
        let mut end = self.at;
        loop {
            let here = self.at;
            let found = self.skip_spaces();
            match self.byte() {
                Some(b'\n') if found <= column => {
                    self.at += 1;
                    blank += 1;
                    continue;
                }
                Some(_) if found >= column => {}
                None if found > column => return Err(Failure::Other),
                Some(b'\t') => return Err(Failure::Other),
                Some(_) if found > parent => return Err(Failure::Other),
                _ => {
                    self.at = here;
                    break;
                }
            }
            let line_end = self.line_end();
            let line = self.slice(here + column, line_end)?;
            let is_spaced = !is_folded || line.starts_with([' ', '\t']);
            match before {
                None => text.extend(std::iter::repeat_n('\n', blank)),
                Some(false) if !is_spaced => fold(&mut text, blank),
                Some(_) => text.extend(std::iter::repeat_n('\n', blank + 1)),
            }
            text.push_str(line);
            (before, blank, end) = (Some(is_spaced), 0, line_end);
            if line_end == self.text.len() {
                return Err(Failure::Other);
            }
            self.at = line_end + 1;
        }
        if !is_stripped {
            text.push('\n');
        }
        let end = block_end(self.text, start, end);
        self.scalar(&text, false, start, end)
    }

    /// Whether the line feeds at a block's end are left out, and how far its text stands to the right, if that is said.
    fn block_header(&mut self) -> Done<(bool, Option<usize>)> {
        let mut is_stripped = false;
        let mut width = None;
        loop {
            match self.byte() {
                Some(b'-') if !is_stripped => is_stripped = true,
                Some(digit @ b'1'..=b'9') if width.is_none() => {
                    width = Some(usize::from(digit - b'0'))
                }
                Some(b' ' | b'\n') | None => return Ok((is_stripped, width)),
                Some(_) => return Err(Failure::Other),
            }
            self.at += 1;
        }
    }

    /// Goes to the first line of a block's text, and tells its column, and that of the widest blank line before it.
    fn block_column(&mut self) -> Done<(usize, usize)> {
        let mut widest = 0;
        loop {
            let column = self.skip_spaces();
            match self.byte() {
                Some(b'\n') => {
                    widest = widest.max(column);
                    self.at += 1;
                }
                Some(b'\t') | None => return Err(Failure::Other),
                Some(_) => return Ok((column, widest)),
            }
        }
    }
}
