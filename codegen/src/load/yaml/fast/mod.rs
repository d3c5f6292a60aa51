//! Reads the YAML that documents are written in most of the time: objects and lists in blocks, texts of every style, and
//! flow collections.
//!
//! # Contract
//!
//! *Input.* Any text. It is given up (`Failure::Other`) at the first thing that is not surely within this reader's part
//! of YAML 1.2: anchors and aliases, tags, directives, merge keys, explicit keys (`?`), several documents, tabs in
//! indentation, characters that YAML forbids or may take for line breaks, keys over 1,000 bytes, and every mistake. The
//! full parser then begins at the beginning, with nothing left of the attempt.
//!
//! *Output.* Where it does not give up, the builder has seen what the full parser would have shown it: the same values,
//! the same node numbers, the same spans to the byte, the same findings (duplicate keys, numbers that are too large), the
//! same limits at the same place. So that there is one reader of YAML to everybody else, and no document whose meaning
//! depends on which of both read it.
//!
//! *When in doubt, give up.* A text that is refused here costs a second reading; a text that is read otherwise is a
//! silent fault. No message to users is made here.
//!
//! *Cost.* Linear in the text, one pass. Blocks are kept in `levels`; only brackets and braces recurse, as deep as the
//! builder allows. It takes a fraction of the time of the full parser, which is what it is for.
//!
//! *What holds it.* `differential` compares both readers, places and all: on texts by hand and on 40,000 random ones in
//! `cargo test`, and on any bytes as the fuzz target `yaml`. The switch is in one place, `yaml::parse`.

mod block;
mod flow;
mod key;
mod text;

use memchr::memchr;

use super::super::Value;
use super::super::build::{Builder, Stopped};
use super::super::scalar::{self, Meaning};
use super::meant;
use crate::source::has_byte;

/// Keys are no longer than this, quotes included; YAML allows a little more.
const KEY_AT_MOST: usize = 1000;

/// Why a text could not be read.
pub(super) enum Failure {
    /// It is for the parser of all of YAML.
    Other,
    /// It goes beyond a limit.
    Stopped,
}

impl From<Stopped> for Failure {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

type Done<T = ()> = Result<T, Failure>;

/// Builds the tree of `text`.
pub(super) fn parse(text: &str, builder: &mut Builder<'_>) -> Done {
    if !is_plain_text(text) {
        return Err(Failure::Other);
    }
    let mut fast = Blocks {
        text,
        at: 0,
        builder,
        levels: Vec::new(),
        is_due: false,
        end: 0,
    };
    fast.document()
}

/// Whether a text has no characters that YAML forbids or may take for line breaks.
fn is_plain_text(text: &str) -> bool {
    let is_control = |byte| (byte < 0x20 && byte != b'\n' && byte != b'\t') || byte == 0x7f;
    if has_byte(text, is_control) {
        return false;
    }
    let is_odd = |c: char| {
        matches!(
            c,
            '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
    };
    text.is_ascii() || !text.chars().any(is_odd)
}

/// A list or an object that is not closed yet, and the column of its items or keys.
#[derive(Clone, Copy)]
struct Level {
    column: usize,
    is_list: bool,
}

struct Blocks<'t, 'b, 'n> {
    text: &'t str,
    at: usize,
    builder: &'b mut Builder<'n>,
    levels: Vec<Level>,
    /// A key or a dash stands alone on its line.
    is_due: bool,
    /// Where the last key or value ended.
    end: usize,
}

/// Lines: where they begin, what they begin with, where they end.
impl<'t> Blocks<'t, '_, '_> {
    fn byte(&self) -> Option<u8> {
        self.byte_at(self.at)
    }

    fn byte_at(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn slice(&self, start: usize, end: usize) -> Done<&'t str> {
        self.text.get(start..end).ok_or(Failure::Other)
    }

    /// Where the line ends: at its line feed or at the end of the text.
    fn line_end(&self) -> usize {
        memchr(b'\n', self.rest()).map_or(self.text.len(), |length| self.at + length)
    }

    fn skip_spaces(&mut self) -> usize {
        let spaces = self.rest().iter().take_while(|byte| **byte == b' ');
        let count = spaces.count();
        self.at += count;
        count
    }

    /// Skips white space, line feeds too: the column reached, and how many lines ended.
    fn skip_blank(&mut self) -> (usize, usize) {
        let mut lines = 0;
        loop {
            let column = self.skip_spaces();
            if self.byte() != Some(b'\n') {
                return (column, lines);
            }
            self.at += 1;
            lines += 1;
        }
    }

    /// Goes to the first line from here on that has something on it, and tells its column.
    fn next_line(&mut self) -> Done<Option<usize>> {
        loop {
            let column = self.skip_spaces();
            match self.byte() {
                None => return Ok(None),
                Some(b'\n') => self.at += 1,
                Some(b'#') => self.at = (self.line_end() + 1).min(self.text.len()),
                Some(b'\t') => return Err(Failure::Other),
                // Marks of documents, or what looks like them.
                Some(b'-' | b'.') if column == 0 && self.is_mark() => return Err(Failure::Other),
                Some(_) => return Ok(Some(column)),
            }
        }
    }

    fn is_mark(&self) -> bool {
        self.rest().starts_with(b"---") || self.rest().starts_with(b"...")
    }

    /// Goes to the next line if nothing but a comment is left of this one; `spaces` stand before.
    fn ends_line(&mut self, spaces: usize) -> bool {
        match self.byte() {
            None => {}
            Some(b'\n') => self.at += 1,
            Some(b'#') if spaces > 0 => self.at = (self.line_end() + 1).min(self.text.len()),
            Some(_) => return false,
        }
        true
    }

    fn end_line(&mut self) -> Done {
        let spaces = self.skip_spaces();
        match self.ends_line(spaces) {
            true => Ok(()),
            false => Err(Failure::Other),
        }
    }
}

/// Blocks.
impl<'t> Blocks<'t, '_, '_> {
    fn document(&mut self) -> Done {
        self.skip_start();
        while let Some(column) = self.next_line()? {
            self.line(column)?;
        }
        // Nothing at all has places of its own.
        if self.is_due || self.levels.is_empty() {
            return Err(Failure::Other);
        }
        while self.levels.pop().is_some() {
            self.close()?;
        }
        Ok(())
    }

    /// Skips the mark of a document's start, and the comments before it.
    fn skip_start(&mut self) {
        while matches!(self.byte(), Some(b'#' | b'\n')) {
            self.at = (self.line_end() + 1).min(self.text.len());
        }
        if self.rest().starts_with(b"---\n") {
            self.at += 4;
        }
    }

    fn line(&mut self, column: usize) -> Done {
        if self.is_due
            && let Some(level) = self.levels.last().copied()
        {
            let is_beside = column == level.column && !level.is_list && self.is_dash();
            if column > level.column || is_beside {
                self.is_due = false;
                return self.node(column, level.column);
            }
            if level.is_list {
                return Err(Failure::Other);
            }
            self.nothing()?;
        }
        if self.levels.is_empty() {
            return match self.builder.is_empty() {
                true => self.node(column, 0),
                false => Err(Failure::Other),
            };
        }
        while let Some(level) = self.levels.last().copied() {
            if level.column == column && level.is_list == self.is_dash() {
                return match level.is_list {
                    true => self.item(column),
                    false => self.entry(column),
                };
            }
            // A list may stand as far to the left as the key that it belongs to.
            if level.column < column || (level.column == column && !level.is_list) {
                break;
            }
            self.levels.pop();
            self.close()?;
        }
        Err(Failure::Other)
    }

    fn is_dash(&self) -> bool {
        self.byte() == Some(b'-') && matches!(self.byte_at(self.at + 1), Some(b' ' | b'\n') | None)
    }

    /// The value that begins here; the column of its parent is `parent`.
    fn node(&mut self, column: usize, parent: usize) -> Done {
        if self.is_dash() {
            self.builder.open_sequence(self.at)?;
            self.levels.push(Level {
                column,
                is_list: true,
            });
            return self.item(column);
        }
        if self.is_key()? {
            self.builder.open_mapping(self.at)?;
            self.levels.push(Level {
                column,
                is_list: false,
            });
            return self.entry(column);
        }
        match self.levels.is_empty() {
            true => Err(Failure::Other),
            false => self.value(parent),
        }
    }

    fn item(&mut self, column: usize) -> Done {
        self.at += 1;
        let spaces = self.skip_spaces();
        // A comment behind a dash is for the parser.
        self.is_due = self.ends_line(0);
        match self.is_due {
            true => Ok(()),
            false => self.node(column + 1 + spaces, column),
        }
    }

    fn entry(&mut self, column: usize) -> Done {
        self.key()?;
        let spaces = self.skip_spaces();
        self.is_due = self.ends_line(spaces);
        match self.is_due {
            true => Ok(()),
            false if spaces == 0 || self.is_dash() => Err(Failure::Other),
            false => self.value(column),
        }
    }

    fn value(&mut self, parent: usize) -> Done {
        let start = self.at;
        match self.byte() {
            Some(b'|' | b'>') => return self.block(parent),
            Some(b'[' | b'{') => self.flow(parent)?,
            _ => match self.quoted(Some(parent))? {
                Some(text) => self.scalar(&text, false, start, self.at)?,
                None => return self.plain(parent),
            },
        }
        self.end_line()
    }

    /// The value of a key that nothing follows.
    fn nothing(&mut self) -> Done {
        self.is_due = false;
        let span = self.builder.span(self.end, self.end);
        self.builder.leaf(Value::Null, span)?;
        Ok(())
    }

    fn scalar(&mut self, text: &str, is_plain: bool, start: usize, end: usize) -> Done {
        let span = self.builder.span(start, end);
        self.end = end;
        let meaning = match is_plain {
            true => scalar::plain(text),
            false => Meaning::Text,
        };
        let value = meant(meaning, text, span, self.builder)?;
        self.builder.leaf(value, span)?;
        Ok(())
    }

    fn close(&mut self) -> Done {
        if let Some(built) = self.builder.close(Some(self.end)) {
            self.builder.add(built);
        }
        Ok(())
    }
}

/// Whether a text without quotes may begin like this, here where there is no doubt.
fn is_plain_start(text: &[u8]) -> bool {
    match text.first() {
        Some(b'-' | b'?') => text.get(1).is_some_and(u8::is_ascii_alphanumeric),
        Some(first) => {
            first.is_ascii_alphanumeric() || *first >= 0x80 || b"/$_.(^+<~;=\\".contains(first)
        }
        None => false,
    }
}
