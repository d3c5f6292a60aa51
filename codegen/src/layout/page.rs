//! The text of a file as it grows.

use super::spacing;
use super::tree::{Group, Place, Tree};

/// The widest line.
pub(crate) const WIDTH: usize = 100;

/// The lines of a text: what is between line feeds, however many there are.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = memchr::memchr(b'\n', text.as_bytes());
        rest = end.and_then(|end| text.get(end + 1..));
        text.get(..end.unwrap_or(text.len()))
    })
}

/// A file that is being written.
#[derive(Default)]
pub(crate) struct Page {
    text: String,
    /// Where the line begins.
    line: usize,
    indent: usize,
    /// The line that must end before a column, and that column.
    narrow: Option<(usize, usize)>,
}

impl Page {
    /// Begins anew, in the same memory.
    pub(crate) fn clear(&mut self) {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        *self = Self {
            text,
            ..Self::default()
        };
    }

    /// The text.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// The indentation of lines.
    pub(super) fn indent(&self) -> usize {
        self.indent
    }

    /// The number of bytes.
    pub(crate) fn length(&self) -> usize {
        self.text.len()
    }

    /// The text that was written since there were so many bytes.
    pub(crate) fn since(&self, length: usize) -> &str {
        self.text.get(length..).unwrap_or("")
    }

    /// Whether a line has ended since there were so many bytes.
    pub(super) fn has_broken(&self, since: usize) -> bool {
        self.line > since
    }

    /// The number of columns of the line that are used.
    pub(super) fn column(&self) -> usize {
        let line = self.text.get(self.line..).unwrap_or("");
        match (line.len(), line.is_ascii()) {
            // A line that has nothing yet begins with its indentation.
            (0, _) => self.indent,
            (length, true) => length,
            (_, false) => line.chars().count(),
        }
    }

    /// The number of columns of the line that are left.
    pub(super) fn room(&self) -> usize {
        let end = match self.narrow {
            Some((line, end)) if line == self.line => end.min(WIDTH),
            _ => WIDTH,
        };
        end.saturating_sub(self.column())
    }

    /// Writes with no more than so many columns left of this line.
    pub(super) fn narrowed(&mut self, room: usize, write: impl FnOnce(&mut Self)) {
        let end = self.column() + room;
        let before = self.narrow.replace((self.line, end));
        write(self);
        self.narrow = before;
    }

    /// Writes text on the line.
    pub(super) fn put(&mut self, text: &str) {
        if self.text.len() == self.line && !text.is_empty() {
            for _ in 0..self.indent {
                self.text.push(' ');
            }
        }
        self.text.push_str(text);
    }

    /// Writes trees on the line.
    pub(super) fn flat(&mut self, trees: &[Tree]) {
        if let [_, ..] = trees {
            self.put("");
            if self.text.len() == self.line {
                self.text.extend(std::iter::repeat_n(' ', self.indent));
            }
            spacing::write(trees, &mut self.text);
        }
    }

    /// Ends the line.
    pub(super) fn end_line(&mut self) {
        self.text.push('\n');
        self.line = self.text.len();
    }

    /// Leaves a line out, unless it would be the first.
    pub(super) fn blank(&mut self) {
        if !self.text.is_empty() {
            self.end_line();
        }
    }

    /// Writes lines further to the right.
    pub(super) fn indented(&mut self, write: impl FnOnce(&mut Self)) {
        self.indent += 4;
        write(self);
        self.indent -= 4;
    }

    /// Writes delimiters and between them what `write` does, on lines of its own.
    pub(super) fn opened(&mut self, group: &Group, write: impl FnOnce(&mut Self)) {
        self.put(group.kind.open());
        if !group.trees.is_empty() {
            self.end_line();
            self.indented(write);
        }
        self.put(group.kind.close());
    }

    /// The text that `write` would write here; nothing is written.
    pub(super) fn attempt(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let (length, line) = (self.text.len(), self.line);
        write(self);
        let attempt = self.text.split_off(length);
        self.line = line;
        attempt
    }

    /// Writes what was attempted here.
    pub(super) fn accept(&mut self, attempt: &str) {
        let begun = self.text.len();
        self.text.push_str(attempt);
        if let Some(at) = attempt.rfind('\n') {
            self.line = begun + at + 1;
        }
    }

    /// Writes documentation.
    pub(super) fn doc(&mut self, text: &str, place: Place) {
        let marker = match place {
            Place::Outer => "///",
            Place::Inner => "//!",
        };
        for line in lines(text) {
            self.put(marker);
            self.text.push_str(line);
            self.end_line();
        }
    }
}
