//! Texts without quotes, and in quotes of both kinds.

use std::borrow::Cow;

use memchr::{memchr2, memchr3};

use super::{Blocks, Done, Failure, is_plain_start};

impl<'t> Blocks<'t, '_, '_> {
    /// A text without quotes, which may go on in lines further to the right than its parent.
    pub(super) fn plain(&mut self, parent: usize) -> Done {
        let start = self.at;
        if !is_plain_start(self.rest()) {
            return Err(Failure::Other);
        }
        let (first, mut has_comment) = self.plain_line()?;
        let mut end = start + first.len();
        let mut text = Cow::Borrowed(first);
        loop {
            let here = self.at;
            let Some(blank) = self.more_lines(parent)? else {
                self.at = here;
                break;
            };
            if has_comment || is_indicator(self.rest()) {
                return Err(Failure::Other);
            }
            let begins = self.at;
            let (line, comment) = self.plain_line()?;
            has_comment = comment;
            end = begins + line.len();
            fold(text.to_mut(), blank);
            text.to_mut().push_str(line);
        }
        self.scalar(&text, true, start, end)
    }

    /// The rest of a line of plain text, and whether a comment follows it.
    fn plain_line(&mut self) -> Done<(&'t str, bool)> {
        let start = self.at;
        let line = self.slice(start, self.line_end())?;
        let mut has_comment = false;
        let mut length = line.len();
        let bytes = line.as_bytes();
        let mut from = 0;
        while let Some(found) = bytes
            .get(from..)
            .and_then(|rest| memchr3(b':', b'#', b'\t', rest))
        {
            let found = from + found;
            match bytes.get(found) {
                Some(b':') if !matches!(bytes.get(found + 1), Some(b' ') | None) => {}
                Some(b'#') if bytes.get(found.wrapping_sub(1)) == Some(&b' ') => {
                    has_comment = true;
                    length = found;
                    break;
                }
                Some(b'#') => {}
                _ => return Err(Failure::Other),
            }
            from = found + 1;
        }
        let text = line.get(..length).unwrap_or_default().trim_end_matches(' ');
        self.at = (start + line.len() + 1).min(self.text.len());
        Ok((text, has_comment))
    }

    /// Goes to the next line that belongs to a text, and tells how many blank lines stand before it.
    fn more_lines(&mut self, parent: usize) -> Done<Option<usize>> {
        let (column, blank) = self.skip_blank();
        match self.byte() {
            Some(b'\t') => Err(Failure::Other),
            None | Some(b'#') => Ok(None),
            Some(_) => Ok((column > parent).then_some(blank)),
        }
    }

    /// A text in quotes, if one begins here; one that must end on its line, if there is no parent.
    pub(super) fn quoted(&mut self, parent: Option<usize>) -> Done<Option<Cow<'t, str>>> {
        match self.byte() {
            Some(b'"') => self.double_quoted(parent).map(Some),
            Some(b'\'') => self.single_quoted(parent).map(Some),
            _ => Ok(None),
        }
    }

    fn double_quoted(&mut self, parent: Option<usize>) -> Done<Cow<'t, str>> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        // White space before this is not padding of a line, since it was escaped.
        let mut kept = 0;
        loop {
            let length = memchr3(b'"', b'\\', b'\n', self.rest()).ok_or(Failure::Other)?;
            let piece = self.slice(self.at, self.at + length)?;
            append(&mut text, piece);
            self.at += length + 1;
            match self.byte_at(self.at - 1) {
                Some(b'"') => return Ok(text),
                Some(b'\\') => {
                    self.escape(text.to_mut(), parent)?;
                    kept = text.len();
                }
                _ => self.fold_quoted(text.to_mut(), kept, parent)?,
            }
        }
    }

    fn single_quoted(&mut self, parent: Option<usize>) -> Done<Cow<'t, str>> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let length = memchr2(b'\'', b'\n', self.rest()).ok_or(Failure::Other)?;
            let piece = self.slice(self.at, self.at + length)?;
            append(&mut text, piece);
            self.at += length + 1;
            match self.byte_at(self.at - 1) {
                Some(b'\'') if self.byte() == Some(b'\'') => {
                    text.to_mut().push('\'');
                    self.at += 1;
                }
                Some(b'\'') => return Ok(text),
                _ => self.fold_quoted(text.to_mut(), 0, parent)?,
            }
        }
    }

    /// Goes on with a text in quotes after the end of a line.
    fn fold_quoted(&mut self, text: &mut String, kept: usize, parent: Option<usize>) -> Done {
        let parent = parent.ok_or(Failure::Other)?;
        let length = text.trim_end_matches([' ', '\t']).len();
        text.truncate(length.max(kept));
        let (column, blank) = self.skip_blank();
        if matches!(self.byte(), Some(b'\t') | None) || column <= parent {
            return Err(Failure::Other);
        }
        fold(text, blank);
        Ok(())
    }

    fn escape(&mut self, text: &mut String, parent: Option<usize>) -> Done {
        let escaped = self.byte().ok_or(Failure::Other)?;
        self.at += 1;
        text.push(match escaped {
            b'"' | b'\\' | b'/' | b' ' => char::from(escaped),
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'x' => self.code(2)?,
            b'u' => self.code(4)?,
            b'\n' => {
                let parent = parent.ok_or(Failure::Other)?;
                let column = self.skip_spaces();
                return match self.byte() {
                    Some(b'\n' | b'\t') | None => Err(Failure::Other),
                    Some(_) if column <= parent => Err(Failure::Other),
                    Some(_) => Ok(()),
                };
            }
            _ => return Err(Failure::Other),
        });
        Ok(())
    }

    /// The character whose code stands here.
    fn code(&mut self, digits: usize) -> Done<char> {
        let text = self.slice(self.at, self.at + digits)?;
        let is_hex = text.bytes().all(|digit| digit.is_ascii_hexdigit());
        self.at += digits;
        let code = u32::from_str_radix(text, 16).ok().filter(|_| is_hex);
        code.and_then(char::from_u32).ok_or(Failure::Other)
    }
}

/// Adds to a text that is borrowed as long as it is one piece.
fn append<'t>(text: &mut Cow<'t, str>, piece: &'t str) {
    match text.is_empty() {
        true => *text = Cow::Borrowed(piece),
        false => text.to_mut().push_str(piece),
    }
}

/// The end of a line within a text: a space, or as many line feeds as blank lines follow.
pub(super) fn fold(text: &mut String, blank: usize) {
    match blank {
        0 => text.push(' '),
        _ => text.extend(std::iter::repeat_n('\n', blank)),
    }
}

/// Whether a line of a text begins with what would be a sign elsewhere.
fn is_indicator(line: &[u8]) -> bool {
    matches!(line.first(), Some(b'?' | b':')) && matches!(line.get(1), Some(b' ' | b'\n') | None)
}
