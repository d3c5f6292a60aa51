//! Numbers.

use std::sync::LazyLock;

use serde::de::Visitor;
use serde_json::Number;

use super::{Read, Reader};

/// The greatest number of digits that 64 bits always have room for.
const DIGITS: usize = 19;

/// A number that has been read.
pub(super) enum Digits<'de> {
    Unsigned(u64),
    Signed(i64),
    /// With a fraction or an exponent: its text.
    Decimal(&'de str),
}

/// Whether serde_json keeps the text of numbers: a feature that any crate of a program can turn on.
static KEEPS_TEXT: LazyLock<bool> = LazyLock::new(|| {
    serde_json::from_str::<Number>("1.10").is_ok_and(|number| number.to_string() == "1.10")
});

impl<'de> Reader<'de> {
    #[inline]
    pub(super) fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        match self.digits()? {
            Digits::Unsigned(number) => visitor.visit_u64(number),
            Digits::Signed(number) => visitor.visit_i64(number),
            Digits::Decimal(text) => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => visitor.visit_f64(number),
                _ => self.stop(),
            },
        }
    }

    /// The same where nobody says which type is expected.
    #[inline]
    pub(super) fn any_number<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        if *KEEPS_TEXT {
            return self.stop();
        }
        self.number(visitor)
    }

    /// The same where 32 bits are expected: the nearest such number to the text.
    pub(super) fn single<V: Visitor<'de>>(&mut self, visitor: V) -> Read<V::Value> {
        match self.digits()? {
            Digits::Unsigned(number) => visitor.visit_u64(number),
            Digits::Signed(number) => visitor.visit_i64(number),
            Digits::Decimal(text) => match text.parse::<f32>() {
                Ok(number) if number.is_finite() => visitor.visit_f64(number.into()),
                _ => self.stop(),
            },
        }
    }

    /// Reads a number. `-0`, which is a float, and numbers beyond 64 bits are left to serde_json.
    #[inline]
    pub(super) fn digits(&mut self) -> Read<Digits<'de>> {
        let is_negative = self.peek() == b'-';
        let start = self.at;
        if is_negative {
            self.advance(1);
        }
        let (value, count) = self.whole();
        let rest = self.text.as_bytes().get(self.at);
        if matches!(rest, Some(b'.' | b'e' | b'E')) && count > 0 {
            return self.decimal(start);
        }
        match (value, is_negative) {
            _ if count == 0 || count > DIGITS => self.stop(),
            (value, false) => Ok(Digits::Unsigned(value)),
            (0, true) => self.stop(),
            (value, true) => match 0_i64.checked_sub_unsigned(value) {
                Some(value) => Ok(Digits::Signed(value)),
                None => self.stop(),
            },
        }
    }

    /// Reads the digits before a point: their value, which wraps where there are too many, and their number. None
    /// where a zero leads others.
    #[inline]
    fn whole(&mut self) -> (u64, usize) {
        let (mut value, start) = (0_u64, self.at);
        while let Some(digit @ b'0'..=b'9') = self.text.as_bytes().get(self.at) {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit & 0x0F));
            self.advance(1);
        }
        let count = self.at.saturating_sub(start);
        let leads = count > 1 && self.text.as_bytes().get(start) == Some(&b'0');
        (value, if leads { 0 } else { count })
    }

    /// A point with digits, an exponent, or both.
    fn decimal(&mut self, start: usize) -> Read<Digits<'de>> {
        if self.text.as_bytes().get(self.at) == Some(&b'.') {
            self.advance(1);
            self.some_digits()?;
        }
        if matches!(self.text.as_bytes().get(self.at), Some(b'e' | b'E')) {
            self.advance(1);
            if matches!(self.text.as_bytes().get(self.at), Some(b'+' | b'-')) {
                self.advance(1);
            }
            self.some_digits()?;
        }
        match self.text.get(start..self.at) {
            Some(text) => Ok(Digits::Decimal(text)),
            None => self.stop(),
        }
    }

    /// Reads one digit or more.
    fn some_digits(&mut self) -> Read<()> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.text.as_bytes().get(self.at) {
            self.advance(1);
        }
        match self.at > start {
            true => Ok(()),
            false => self.stop(),
        }
    }
}
