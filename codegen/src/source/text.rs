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
}

impl Text {
    /// Takes the text of the document at `path`.
    pub fn new(path: DocumentPath, content: String) -> Self {
        Self {
            path,
            content,
            line_starts: OnceLock::new(),
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
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let start = starts.get(line - 1).map_or(0, |start| *start as usize);
        let mut end = (offset as usize).min(self.content.len());
        while !self.content.is_char_boundary(end) {
            end -= 1;
        }
        let column = self
            .content
            .get(start..end)
            .map_or(0, |before| before.chars().count());
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column + 1).unwrap_or(u32::MAX),
        }
    }

    /// The line with this number, without its break; empty if there is none.
    pub fn line(&self, number: u32) -> &str {
        let starts = self.line_starts();
        let at = (number as usize).wrapping_sub(1);
        let Some(start) = starts.get(at) else {
            return "";
        };
        let end = starts
            .get(at + 1)
            .map_or(self.content.len(), |next| *next as usize);
        self.content
            .get(*start as usize..end)
            .unwrap_or_default()
            .trim_end_matches(['\r', '\n'])
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let bytes = self.content.as_bytes();
            let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            });
            let after = ends.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(after).collect()
        })
    }
}
