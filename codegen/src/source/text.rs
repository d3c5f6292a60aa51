//! The text of a document and the lines in it.

use std::sync::OnceLock;

use super::DocumentPath;

/// A place for people: both numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column, in characters.
    pub column: u32,
}

/// The text of a document, without a byte order mark.
#[derive(Debug)]
pub struct Text {
    path: DocumentPath,
    content: String,
    // Where each line starts; made when first asked for, since most runs have nothing to report.
    line_starts: OnceLock<Vec<u32>>,
    // How many characters begin before each stretch of the text: a document may be one line of many megabytes.
    stretches: OnceLock<Vec<u32>>,
}

/// The length of a line, in bytes, or more.
const LINE: usize = 32;
/// The length of a stretch, in bytes.
const STRETCH: usize = 256;

impl Text {
    /// Takes the text of the document at `path`.
    pub fn new(path: DocumentPath, content: String) -> Self {
        Self {
            path,
            content,
            line_starts: OnceLock::new(),
            stretches: OnceLock::new(),
        }
    }

    /// Where the document stands below the root.
    pub fn path(&self) -> &DocumentPath {
        &self.path
    }

    /// The whole text.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// The line and column of a byte; those of the end for a byte beyond it.
    pub fn position(&self, offset: u32) -> Position {
        let (line, start, at, _) = self.bounds(offset);
        let within = self.content.as_bytes().get(start..at).unwrap_or_default();
        let before = if within.len() <= STRETCH {
            begun(within)
        } else {
            self.characters(at) - self.characters(start)
        };
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Position {
            line: number(line),
            column: before + 1,
        }
    }

    /// The number of characters that begin before a byte.
    fn characters(&self, offset: usize) -> u32 {
        let stretches = self.stretches.get_or_init(|| {
            let mut all = 0;
            let before = |stretch: &[u8]| {
                let before = all;
                all += begun(stretch);
                before
            };
            let bytes = self.content.as_bytes();
            bytes.chunks(STRETCH).map(before).collect()
        });
        let stretch = (offset / STRETCH).min(stretches.len().saturating_sub(1));
        let rest = self.content.as_bytes().get(stretch * STRETCH..offset);
        let before = stretches.get(stretch).copied().unwrap_or(0);
        before + begun(rest.unwrap_or_default())
    }

    /// The line that holds a byte, without its break: what stands before the byte, and the rest.
    pub fn line_around(&self, offset: u32) -> (&str, &str) {
        let (_, start, at, end) = self.bounds(offset);
        let text = |from, to| self.content.get(from..to).unwrap_or_default();
        (text(start, at), text(at, end))
    }

    /// The number of the line that holds a byte, where it begins, the character that holds the byte, and where the line ends before its
    /// break. A byte of the break is taken for the end of the line.
    fn bounds(&self, offset: u32) -> (usize, usize, usize, usize) {
        let starts = self.line_starts();
        let next = starts.partition_point(|start| *start <= offset);
        let start = starts
            .get(next.wrapping_sub(1))
            .map_or(0, |start| *start as usize);
        let end = starts
            .get(next)
            .map_or(self.content.len(), |end| *end as usize);
        let line = self.content.get(start..end).unwrap_or_default();
        let end = start + line.trim_end_matches(['\r', '\n']).len();
        let mut at = (offset as usize).clamp(start, end);
        while !self.content.is_char_boundary(at) {
            at -= 1;
        }
        (next, start, at, end)
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let bytes = self.content.as_bytes();
            let breaks = |at: &usize| bytes.get(*at..at + 2) != Some(b"\r\n");
            let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(breaks);
            let after = ends.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
            let mut starts = Vec::with_capacity(bytes.len() / LINE);
            starts.push(0);
            starts.extend(after);
            starts
        })
    }
}

/// Whether a reader can't see a character, or sees others out of their order for it: controls, bidirectional ones too,
/// line separators, invisible operators, tags. Joiners are not among them, which emoji and some scripts need.
pub fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Whether a text has a byte of some kind. Looks at many bytes at a time.
pub(crate) fn has_byte(text: &str, is: impl Fn(u8) -> bool) -> bool {
    let mut stretches = text.as_bytes().chunks(STRETCH);
    stretches.any(|stretch| stretch.iter().fold(false, |found, byte| found | is(*byte)))
}

/// The number of characters that begin in some bytes of a text.
fn begun(bytes: &[u8]) -> u32 {
    let first = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
    u32::try_from(bytes.iter().filter(first).count()).unwrap_or(u32::MAX)
}
