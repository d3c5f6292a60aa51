//! Functions for `#[serde(deserialize_with = "..")]`, for servers that write numbers in more ways than one.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Value;

use crate::Presence;

/// A member that must be there, though it may be `null`: without this, serde reads an absent `Option` as `None`.
///
/// # Errors
/// When the member is absent or of another type.
pub fn required<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

/// A value as its type reads it.
///
/// # Errors
/// Those of the type.
pub fn plain<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::deserialize(deserializer)
}

/// An integer that may be written as a decimal: `1812` and `1812.0`.
///
/// # Errors
/// When the value is not a number, has a fraction, or does not fit.
pub fn whole<'de, D: Deserializer<'de>, T: ReadNumber<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::read_number(deserializer, Notation::Whole)
}

/// A number that may be written as text: `30`, `30.0` and `"30"`.
///
/// # Errors
/// When the value is not a number in either form, has a fraction where an integer is expected, or does not fit.
pub fn numeric<'de, D: Deserializer<'de>, T: ReadNumber<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::read_number(deserializer, Notation::Numeric)
}

/// The notation of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// As a JSON number, with a decimal point or without.
    Whole,
    /// The same, or as text.
    Numeric,
}

/// A type that [`whole`] and [`numeric`] can read: every number type, and options, lists and maps of it.
pub trait ReadNumber<'de>: Sized {
    /// Reads a value in this notation.
    ///
    /// # Errors
    /// When the value is not such a number.
    fn read_number<D: Deserializer<'de>>(
        deserializer: D,
        notation: Notation,
    ) -> Result<Self, D::Error>;
}

/// A number in the widest form that JSON text gives it.
#[derive(Clone, Copy)]
pub(crate) enum Number {
    Integer(i128),
    Float(f64),
}

impl Number {
    /// The integer, where there is no fraction.
    fn integer(self) -> Option<i128> {
        match self {
            Self::Integer(value) => Some(value),
            // Beyond 2^63 a decimal is not written to the unit any more.
            Self::Float(value)
                if value.fract() == 0.0 && value.abs() < 9_223_372_036_854_775_808.0 =>
            {
                Some(value as i128)
            }
            Self::Float(_) => None,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let plain = text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
        let integer = text.parse().map(Self::Integer).ok();
        integer
            .or_else(|| text.parse().map(Self::Float).ok())
            .filter(|_| plain)
    }

    fn unexpected(&self) -> Unexpected<'_> {
        match *self {
            Self::Integer(value) => i64::try_from(value).map_or_else(
                |_| Unexpected::Other("integer out of range"),
                Unexpected::Signed,
            ),
            Self::Float(value) => Unexpected::Float(value),
        }
    }
}

struct NumberVisitor(Notation);

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Notation::Whole => "a number",
            Notation::Numeric => "a number, or text that is one",
        })
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
        Ok(Number::Integer(value.into()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
        Ok(Number::Integer(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
        Ok(Number::Float(value))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        let takes = |_: &Number| {
            self.0 == Notation::Numeric || crate::tolerance::takes_numeric_text(text, &self)
        };
        let number = Number::parse(text).filter(takes);
        number.ok_or_else(|| E::invalid_type(Unexpected::Str(text), &self))
    }
}

macro_rules! integers {
    ($($ty:ident)*) => {$(
        impl<'de> ReadNumber<'de> for $ty {
            fn read_number<D: Deserializer<'de>>(d: D, notation: Notation) -> Result<Self, D::Error> {
                let number = d.deserialize_any(NumberVisitor(notation))?;
                let value = number.integer().and_then(|value| Self::try_from(value).ok());
                value.ok_or_else(|| de::Error::invalid_value(
                    number.unexpected(),
                    &concat!("a whole number that fits ", stringify!($ty)),
                ))
            }
        }
    )*};
}

integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl<'de> ReadNumber<'de> for f64 {
    fn read_number<D: Deserializer<'de>>(d: D, notation: Notation) -> Result<Self, D::Error> {
        Ok(match d.deserialize_any(NumberVisitor(notation))? {
            Number::Integer(value) => value as Self,
            Number::Float(value) => value,
        })
    }
}

impl<'de> ReadNumber<'de> for f32 {
    fn read_number<D: Deserializer<'de>>(d: D, notation: Notation) -> Result<Self, D::Error> {
        f64::read_number(d, notation).map(|value| value as Self)
    }
}

/// Carries the notation into options, lists and maps.
struct Inner<T>(Notation, PhantomData<T>);

impl<T> Inner<T> {
    const fn new(notation: Notation) -> Self {
        Self(notation, PhantomData)
    }
}

impl<'de, T: ReadNumber<'de>> DeserializeSeed<'de> for Inner<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read_number(deserializer, self.0)
    }
}

impl<'de, T: ReadNumber<'de>> Visitor<'de> for Inner<Option<T>> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or null")
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::read_number(deserializer, self.0).map(Some)
    }
}

impl<'de, T: ReadNumber<'de>> Visitor<'de> for Inner<Vec<T>> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Inner::new(self.0))? {
            items.push(item);
        }
        Ok(items)
    }
}

impl<'de, T: ReadNumber<'de>> Visitor<'de> for Inner<BTreeMap<String, T>> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of numbers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = BTreeMap::new();
        while let Some(key) = map.next_key()? {
            members.insert(key, map.next_value_seed(Inner::new(self.0))?);
        }
        Ok(members)
    }
}

impl<'de, T: ReadNumber<'de>> ReadNumber<'de> for Option<T> {
    fn read_number<D: Deserializer<'de>>(d: D, notation: Notation) -> Result<Self, D::Error> {
        d.deserialize_option(Inner::<Self>::new(notation))
    }
}

impl<'de, T: ReadNumber<'de>> ReadNumber<'de> for Presence<T> {
    fn read_number<D: Deserializer<'de>>(d: D, notation: Notation) -> Result<Self, D::Error> {
        Option::read_number(d, notation).map(Self::from)
    }
}

impl<'de, T: ReadNumber<'de>> ReadNumber<'de> for Vec<T> {
    fn read_number<D: Deserializer<'de>>(d: D, notation: Notation) -> Result<Self, D::Error> {
        d.deserialize_seq(Inner::<Self>::new(notation))
    }
}

impl<'de, T: ReadNumber<'de>> ReadNumber<'de> for BTreeMap<String, T> {
    fn read_number<D: Deserializer<'de>>(d: D, notation: Notation) -> Result<Self, D::Error> {
        d.deserialize_map(Inner::<Self>::new(notation))
    }
}

/// The same value with every number of a fraction of zero as an integer: `5.0` and `1e3`; none if there is no such.
pub(crate) fn with_whole_numbers(value: &Value) -> Option<Value> {
    fn turn(value: &mut Value) -> bool {
        match value {
            Value::Number(number) if number.is_f64() => {
                let decimal = number.as_f64().map(Number::Float);
                let whole = decimal.and_then(Number::integer);
                let whole = whole.and_then(serde_json::Number::from_i128);
                whole.map(|whole| *number = whole).is_some()
            }
            // Each is turned, whatever became of those before it.
            Value::Array(items) => items.iter_mut().map(turn).max().unwrap_or_default(),
            Value::Object(members) => members.values_mut().map(turn).max().unwrap_or_default(),
            _ => false,
        }
    }
    let mut turned = value.clone();
    turn(&mut turned).then_some(turned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Server {
        #[serde(deserialize_with = "required")]
        name: Option<String>,
        #[serde(default, deserialize_with = "whole")]
        port: Option<u16>,
        #[serde(default, deserialize_with = "numeric")]
        timeout: Presence<i64>,
        #[serde(default, deserialize_with = "whole")]
        ports: Vec<u16>,
        #[serde(default, deserialize_with = "numeric")]
        weights: BTreeMap<String, f64>,
    }

    fn read(json: &str) -> Result<Server, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn decimals_and_text_become_integers() {
        let server = read(
            r#"{"name":null,"port":1812.0,"timeout":"30","ports":[1,2.0],"weights":{"a":"1.5","b":2}}"#,
        )
        .unwrap();
        assert_eq!(server.port, Some(1812));
        assert_eq!(server.timeout, Presence::Present(30));
        assert_eq!(server.ports, [1, 2]);
        assert_eq!(server.weights["a"], 1.5);
        assert_eq!(server.weights["b"], 2.0);
    }

    #[test]
    fn absent_and_null_stay_apart() {
        assert_eq!(read(r#"{"name":null}"#).unwrap(), Server::default());
        let null = read(r#"{"name":null,"port":null,"timeout":null}"#).unwrap();
        assert_eq!(null.timeout, Presence::Null);
        assert!(read("{}").unwrap_err().contains("missing field `name`"));
    }

    #[test]
    fn what_is_no_such_number_is_refused() {
        for (json, message) in [
            (
                r#"{"name":null,"port":1812.5}"#,
                "floating point `1812.5`, expected a whole number",
            ),
            (
                r#"{"name":null,"port":65536}"#,
                "integer `65536`, expected a whole number that fits u16",
            ),
            (
                r#"{"name":null,"port":"1812"}"#,
                "invalid type: string \"1812\", expected a number",
            ),
            (
                r#"{"name":null,"timeout":"soon"}"#,
                "expected a number, or text that is one",
            ),
            (
                r#"{"name":null,"timeout":"NaN"}"#,
                "expected a number, or text that is one",
            ),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.contains(message), "{json}: {error}");
        }
    }
}
