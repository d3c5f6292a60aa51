//! Keys of objects in blocks.

use std::borrow::Cow;

use memchr::memchr2;

use super::{Blocks, Done, Failure, KEY_AT_MOST, is_plain_start};

impl Blocks<'_, '_, '_> {
    /// Whether a key begins here, rather than a value.
    pub(super) fn is_key(&self) -> Done<bool> {
        let line = self.slice(self.at, self.line_end())?.as_bytes();
        let quote = match line.first() {
            Some(quote @ (b'"' | b'\'')) => *quote,
            Some(b'[' | b'{') => return Ok(false),
            _ => return Ok(colon(line).is_some()),
        };
        let mut from = 1;
        while let Some(length) = line
            .get(from..)
            .and_then(|rest| memchr2(quote, b'\\', rest))
        {
            let found = from + length;
            let is_escape = match quote {
                b'"' => line.get(found) == Some(&b'\\'),
                _ => line.get(found + 1) == Some(&b'\''),
            };
            match line.get(found) {
                Some(b'\\') if quote == b'\'' => from = found + 1,
                Some(_) if is_escape => from = found + 2,
                _ => {
                    let after = line.get(found + 1..).unwrap_or_default();
                    return Ok(after.trim_ascii_start().first() == Some(&b':'));
                }
            }
        }
        Ok(false)
    }

    /// Reads a key and its colon.
    pub(super) fn key(&mut self) -> Done {
        let start = self.at;
        let text = match self.quoted(None)? {
            Some(text) => text,
            None => {
                let line = self.slice(start, self.line_end())?;
                let length = colon(line.as_bytes()).ok_or(Failure::Other)?;
                let key = self.slice(start, start + length)?.trim_end_matches(' ');
                if !is_plain_start(key.as_bytes()) || key.contains('\t') || key == "<<" {
                    return Err(Failure::Other);
                }
                self.at += key.len();
                Cow::Borrowed(key)
            }
        };
        let span = self.builder.span(start, self.at);
        self.skip_spaces();
        // Where nothing follows, it is at the colon.
        self.end = self.at;
        if self.byte() != Some(b':') || self.at - start > KEY_AT_MOST {
            return Err(Failure::Other);
        }
        self.at += 1;
        let key = self.builder.arena.text(&text);
        self.builder.key(key, span);
        Ok(())
    }
}

/// Where the colon behind a key stands on a line.
fn colon(line: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(length) = line.get(from..).and_then(|rest| memchr2(b':', b'#', rest)) {
        let found = from + length;
        match line.get(found) {
            Some(b':') if matches!(line.get(found + 1), Some(b' ') | None) => return Some(found),
            Some(b'#') if line.get(found.wrapping_sub(1)) == Some(&b' ') => return None,
            _ => from = found + 1,
        }
    }
    None
}
