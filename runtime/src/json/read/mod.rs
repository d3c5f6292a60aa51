//! Reading JSON out of text that is known to be UTF-8.
//!
//! The reader takes what it is sure of, and stops at anything else: at what is not JSON, at a value of another type than
//! is expected, at nesting that is near serde_json's limit, at whole numbers beyond 64 bits, at `-0`, at halves of
//! surrogate pairs, at what serde_json alone knows of itself. Then serde_json reads all of the text again, so that each
//! error, and each rare value, is its own. `tests.rs` compares the two.

mod access;
mod expected;
mod key;
mod number;
mod text;

use std::fmt::{self, Display};

use serde::Deserialize;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, Deserializer, Visitor};

use self::access::{Items, Members};
use self::expected::Expected;
pub(crate) use self::expected::{expect, plain};

/// The deepest nesting that is read here.
const DEEPEST: u8 = 100;

/// The start of the names of types that serde_json treats in its own way.
const OWN: &str = "$serde_json::private::";

/// Where a reader is that has stopped: no text is longer than this.
const STOPPED: usize = isize::MAX as usize;

/// Reads a value; none where that is left to serde_json.
pub(super) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Option<T> {
    let mut reader = Reader {
        text,
        at: 0,
        left: DEEPEST,
        unescaped: String::new(),
    };
    let value = T::deserialize(&mut reader).ok()?;
    reader.has_ended().then_some(value)
}

/// A place in the text.
struct Reader<'de> {
    text: &'de str,
    /// The next byte; behind the end once the reader has stopped, so that it stays so.
    at: usize,
    /// The levels that may still be entered.
    left: u8,
    /// The last text that had escapes.
    unescaped: String,
}

/// The rest is left to serde_json, which knows why.
#[derive(Debug)]
struct Stopped;

impl Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("left to serde_json")
    }
}

impl std::error::Error for Stopped {}

impl de::Error for Stopped {
    #[cold]
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

type Read<T> = Result<T, Stopped>;

impl<'de> Reader<'de> {
    /// The next byte that is not white space; NUL, which JSON has nowhere, at the end.
    #[inline]
    fn peek(&mut self) -> u8 {
        match self.text.as_bytes().get(self.at) {
            Some(byte) if *byte > b' ' => *byte,
            _ => self.peek_behind_space(),
        }
    }

    fn peek_behind_space(&mut self) -> u8 {
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.advance(1),
                Some(byte) => return *byte,
                None => return 0,
            }
        }
    }

    /// The text behind the quote that is next.
    #[inline]
    fn behind_quote(&self) -> &'de [u8] {
        let start = self.at.wrapping_add(1);
        self.text.as_bytes().get(start..).unwrap_or_default()
    }

    #[inline]
    const fn advance(&mut self, count: usize) {
        // No text is so long that this wraps, and `STOPPED` is far from it.
        self.at = self.at.wrapping_add(count);
    }

    /// Goes on behind a byte if it is the next one.
    #[inline]
    fn take(&mut self, byte: u8) -> Read<()> {
        if self.peek() == byte {
            self.advance(1);
            Ok(())
        } else {
            self.stop()
        }
    }

    /// Goes on behind a word if it is next.
    #[inline]
    fn word(&mut self, word: &str) -> Read<()> {
        let rest = self.text.as_bytes().get(self.at..);
        if rest.is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            self.advance(word.len());
            Ok(())
        } else {
            self.stop()
        }
    }

    /// Stops for good: whoever goes on all the same gets no further.
    #[cold]
    const fn stop<T>(&mut self) -> Read<T> {
        self.at = STOPPED;
        Err(Stopped)
    }

    fn has_ended(&mut self) -> bool {
        self.peek();
        self.at == self.text.len()
    }

    #[inline]
    fn enter(&mut self) -> Read<()> {
        self.advance(1);
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => self.stop(),
        }
    }

    #[inline]
    fn leave(&mut self, end: u8) -> Read<()> {
        self.left = self.left.saturating_add(1);
        self.take(end)
    }

    #[inline]
    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        self.enter()?;
        let value = visitor.visit_seq(Items::new(self))?;
        self.leave(b']')?;
        Ok(value)
    }

    #[inline]
    fn object<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        self.enter()?;
        let expected = Expected::take();
        let value = visitor.visit_map(Members::new(self, expected))?;
        self.leave(b'}')?;
        Ok(value)
    }

    /// Passes over a value.
    fn skip(&mut self) -> Read<()> {
        match self.peek() {
            b'"' => self.skip_string(),
            b'{' => {
                self.enter()?;
                let mut members = Members::new(self, Expected::NOTHING);
                while members.skip()? {}
                self.leave(b'}')
            }
            b'[' => {
                self.enter()?;
                let mut items = Items::new(self);
                while items.skip()? {}
                self.leave(b']')
            }
            b'n' => self.word("null"),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            _ => self.digits().map(drop),
        }
    }
}

macro_rules! numbers {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
            self.number(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Stopped;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.peek() {
            b'"' => self.visit_string(visitor),
            b'{' => self.object(visitor),
            b'[' => self.list(visitor),
            b'n' => self.deserialize_unit(visitor),
            b't' | b'f' => self.deserialize_bool(visitor),
            _ => self.any_number(visitor),
        }
    }

    #[inline]
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.peek() == b't' {
            self.word("true")?;
            return visitor.visit_bool(true);
        }
        self.word("false")?;
        visitor.visit_bool(false)
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_f64
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.single(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.peek() {
            b'"' => self.visit_string(visitor),
            _ => self.stop(),
        }
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.deserialize_str(visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.peek() == b'n' {
            self.word("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.peek();
        self.word("null")?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_unit(visitor)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        if name.starts_with(OWN) {
            return self.stop();
        }
        visitor.visit_newtype_struct(self)
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.peek() {
            b'[' => self.list(visitor),
            _ => self.stop(),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_seq(visitor)
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        match self.peek() {
            b'{' => self.object(visitor),
            _ => self.stop(),
        }
    }

    /// A list is left to serde_json: some structs may be written so.
    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        if name.starts_with(OWN) {
            return self.stop();
        }
        self.deserialize_map(visitor)
    }

    /// A name alone; variants with content are left to serde_json.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        match self.peek() {
            b'"' => match self.plain() {
                Some(name) => visitor.visit_enum(BorrowedStrDeserializer::new(name)),
                None => self.stop(),
            },
            _ => self.stop(),
        }
    }

    #[inline]
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.skip()?;
        visitor.visit_unit()
    }

    fn deserialize_i128<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        self.stop()
    }

    fn deserialize_u128<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        self.stop()
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        self.stop()
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
        self.stop()
    }
}

#[cfg(test)]
mod tests;
