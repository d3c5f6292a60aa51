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
        let line = self.line_starts().partition_point(|start| *start <= offset);
        let (before, _) = self.line_around(offset);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Position {
            line: number(line.max(1)),
            column: number(before.chars().count() + 1),
        }
    }

    /// The line that holds a byte, without its break: what stands before the byte, and the rest.
    pub fn line_around(&self, offset: u32) -> (&str, &str) {
        let starts = self.line_starts();
        let next = starts.partition_point(|start| *start <= offset);
        let start = starts
            .get(next.wrapping_sub(1))
            .map_or(0, |start| *start as usize);
        let end = starts
            .get(next)
            .map_or(self.content.len(), |end| *end as usize);
        let line = self.content.get(start..end).unwrap_or_default();
        let line = line.trim_end_matches(['\r', '\n']);
        let mut at = (offset as usize).saturating_sub(start).min(line.len());
        while !line.is_char_boundary(at) {
            at -= 1;
        }
        line.split_at(at)
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
