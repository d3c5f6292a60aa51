//! Text in quotes.

use serde::de::Visitor;

use super::{Read, Reader};
use crate::json::scan::first_special;

impl<'de> Reader<'de> {
    #[inline]
    pub(super) fn visit_string<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        if let Some(text) = self.plain() {
            return visitor.visit_borrowed_str(text);
        }
        self.unescape()?;
        visitor.visit_str(&self.unescaped)
    }

    pub(super) fn skip_string(&mut self) -> Read<()> {
        match self.plain() {
            Some(_) => Ok(()),
            None => self.unescape(),
        }
    }

    /// Reads the text whose quote is next, if it has no escapes; else nothing is read.
    #[inline]
    pub(super) fn plain(&mut self) -> Option<&'de str> {
        let rest = self.behind_quote();
        let length = first_special(rest)?;
        if rest.get(length) != Some(&b'"') {
            return None;
        }
        let start = self.at.wrapping_add(1);
        let end = start.wrapping_add(length);
        self.at = end.wrapping_add(1);
        self.text.get(start..end)
    }

    /// Reads the text whose quote is next, and keeps it.
    #[cold]
    fn unescape(&mut self) -> Read<()> {
        self.unescaped.clear();
        self.advance(1);
        loop {
            let start = self.at;
            let rest = self.text.as_bytes().get(start..).unwrap_or_default();
            self.advance(first_special(rest).unwrap_or(rest.len()));
            let Some(plain) = self.text.get(start..self.at) else {
                return self.stop();
            };
            self.unescaped.push_str(plain);
            match self.text.as_bytes().get(self.at) {
                Some(b'"') => {
                    self.advance(1);
                    return Ok(());
                }
                Some(b'\\') => self.advance(1),
                _ => return self.stop(),
            }
            let character = self.escape()?;
            self.unescaped.push(character);
        }
    }

    /// The character of an escape whose backslash has been read.
    fn escape(&mut self) -> Read<char> {
        let byte = self.text.as_bytes().get(self.at);
        self.advance(1);
        Ok(match byte {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(*byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let first = self.unit()?;
                let character = match first {
                    0xD800..=0xDBFF => {
                        self.word("\\u")?;
                        let pair = [first, self.unit()?];
                        char::decode_utf16(pair).next().and_then(Result::ok)
                    }
                    _ => char::from_u32(first.into()),
                };
                match character {
                    Some(character) => character,
                    None => return self.stop(),
                }
            }
            _ => return self.stop(),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Read<u16> {
        let end = self.at.saturating_add(4);
        let digits = self.text.get(self.at..end).filter(|digits| {
            let bytes = digits.as_bytes();
            bytes.iter().all(u8::is_ascii_hexdigit)
        });
        match digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
            Some(unit) => {
                self.at = end;
                Ok(unit)
            }
            None => self.stop(),
        }
    }
}
