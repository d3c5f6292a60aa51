//! Values as they are encoded in paths, queries, headers, cookies and forms, to be read as whatever type is asked for.

mod text;

use std::fmt;

use serde::de::value::{MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

pub use text::{Coding, decode};
pub(super) use text::{Cut, Text};

/// A value that may be a text, a list or an object: what it is, its type decides.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum EncodedValue {
    /// It was not sent.
    Absent,
    /// Text that lists and objects are cut out of.
    Text(Text),
    /// Several values under one name.
    List(Vec<EncodedValue>),
    /// Values by name.
    Members(Vec<(String, EncodedValue)>),
    /// Values by name, where the names count from zero: a list, or an object.
    Items(Vec<(String, EncodedValue)>),
    /// JSON.
    Json(Value),
}

/// Why a value could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DecodeError(pub(super) String);

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DecodeError {}

impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(format!("cannot be read: {message}"))
    }
}

impl EncodedValue {
    /// Reads it.
    ///
    /// Types that take anything (unions, JSON) are offered numbers and booleans for what looks like one. Where that is
    /// not to their taste, as with a secret of digits, they are offered text.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let offered = |look| {
            T::deserialize(Offered {
                encoded: self,
                look,
            })
        };
        offered(Look::Guessed).or_else(|error| offered(Look::Text).map_err(|_| error))
    }

    /// The same as a part of something: lists in it are JSON, for nothing is left that could be repeated.
    pub(super) fn into_nested(self) -> Self {
        match self {
            Self::Text(text) if text.cut == Cut::Repeated => Self::Text(Text {
                cut: Cut::Json,
                ..text
            }),
            Self::Members(members) => {
                let members = members.into_iter();
                Self::Members(
                    members
                        .map(|(name, member)| (name, member.into_nested()))
                        .collect(),
                )
            }
            other => other,
        }
    }

    fn text(&self) -> Result<String, DecodeError> {
        match self {
            Self::Absent => Err(DecodeError("is required".to_owned())),
            Self::Text(text) => text.decoded(),
            Self::List(items) => match items.as_slice() {
                [only] => only.text(),
                _ => Err(DecodeError("is sent more than once".to_owned())),
            },
            Self::Members(_) | Self::Items(_) => Err(DecodeError("is an object".to_owned())),
            Self::Json(value) => Ok(value.to_string()),
        }
    }
}

/// The value that a type which takes anything is offered for text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// The JSON type that it looks like.
    Guessed,
    /// Text, always.
    Text,
}

/// A value that is being read.
#[derive(Clone, Copy)]
struct Offered<'a> {
    encoded: &'a EncodedValue,
    look: Look,
}

impl<'de> IntoDeserializer<'de, DecodeError> for Offered<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl Offered<'_> {
    fn guessed<'de, V: Visitor<'de>>(text: String, visitor: V) -> Result<V::Value, DecodeError> {
        // Only text in the form that would be written: `007` and `1e3` are names.
        if let Ok(number) = text.parse::<i64>()
            && number.to_string() == text
        {
            return visitor.visit_i64(number);
        }
        if let Ok(number) = text.parse::<u64>()
            && number.to_string() == text
        {
            return visitor.visit_u64(number);
        }
        if let Ok(number) = text.parse::<f64>()
            && number.is_finite()
            && number.to_string() == text
        {
            return visitor.visit_f64(number);
        }
        match text.as_str() {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => visitor.visit_string(text),
        }
    }

    fn list<'de, V: Visitor<'de>>(
        self,
        items: &[EncodedValue],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let look = self.look;
        let items = items.iter().map(|encoded| Offered { encoded, look });
        visitor.visit_seq(SeqDeserializer::new(items))
    }

    fn members<'de, V: Visitor<'de>>(
        self,
        members: &[(String, EncodedValue)],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        let look = self.look;
        let members = members
            .iter()
            .map(|(name, encoded)| (name.as_str(), Offered { encoded, look }));
        visitor.visit_map(MapDeserializer::new(members))
    }

    fn json<'de, V: Visitor<'de>>(value: Value, visitor: V) -> Result<V::Value, DecodeError> {
        let read = value.deserialize_any(visitor);
        read.map_err(|error| DecodeError(error.to_string()))
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident $expected:literal)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            if let EncodedValue::Json(value) = self.encoded {
                return Self::json(value.clone(), visitor);
            }
            let parsed = self.encoded.text()?.parse();
            visitor.$visit(parsed.map_err(|_| DecodeError(concat!("is not ", $expected).to_owned()))?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Offered<'_> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.encoded {
            EncodedValue::Json(value) => Self::json(value.clone(), visitor),
            EncodedValue::Members(members) => self.members(members, visitor),
            EncodedValue::List(items) => self.list(items, visitor),
            EncodedValue::Items(_) => self.deserialize_seq(visitor),
            EncodedValue::Text(text) if matches!(text.cut, Cut::Json | Cut::Repeated) => {
                match text.json('{').or_else(|| text.json('[')) {
                    Some(value) => Self::json(value, visitor),
                    None => Self::guessed(text.decoded()?, visitor),
                }
            }
            other => match self.look {
                Look::Guessed => Self::guessed(other.text()?, visitor),
                Look::Text => visitor.visit_string(other.text()?),
            },
        }
    }

    parsed! {
        deserialize_bool visit_bool "`true` or `false`"
        deserialize_i8 visit_i8 "an integer that fits"
        deserialize_i16 visit_i16 "an integer that fits"
        deserialize_i32 visit_i32 "an integer that fits"
        deserialize_i64 visit_i64 "an integer that fits"
        deserialize_i128 visit_i128 "an integer that fits"
        deserialize_u8 visit_u8 "an integer that fits and is not negative"
        deserialize_u16 visit_u16 "an integer that fits and is not negative"
        deserialize_u32 visit_u32 "an integer that fits and is not negative"
        deserialize_u64 visit_u64 "an integer that fits and is not negative"
        deserialize_u128 visit_u128 "an integer that fits and is not negative"
        deserialize_f32 visit_f32 "a number"
        deserialize_f64 visit_f64 "a number"
        deserialize_char visit_char "a character"
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.encoded {
            EncodedValue::Json(value) => Self::json(value.clone(), visitor),
            encoded => visitor.visit_string(encoded.text()?),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.encoded {
            EncodedValue::Absent | EncodedValue::Json(Value::Null) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        if let EncodedValue::Json(value) = self.encoded {
            let read = value.clone().deserialize_enum(name, variants, visitor);
            return read.map_err(|error| DecodeError(error.to_string()));
        }
        visitor.visit_enum(StringDeserializer::new(self.encoded.text()?))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.encoded {
            EncodedValue::Absent => Err(DecodeError("is required".to_owned())),
            EncodedValue::List(items) => self.list(items, visitor),
            EncodedValue::Text(text) => match text.json('[') {
                Some(value) => Self::json(value, visitor),
                None => self.list(&text.list(), visitor),
            },
            EncodedValue::Items(items) => {
                let items: Vec<EncodedValue> = items.iter().map(|(_, item)| item.clone()).collect();
                self.list(&items, visitor)
            }
            EncodedValue::Members(_) => Err(DecodeError("is not a list".to_owned())),
            EncodedValue::Json(value) => Self::json(value.clone(), visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.encoded {
            EncodedValue::Absent => Err(DecodeError("is required".to_owned())),
            EncodedValue::Members(members) | EncodedValue::Items(members) => {
                self.members(members, visitor)
            }
            EncodedValue::Text(text) => match text.json('{') {
                Some(value) => Self::json(value, visitor),
                None => self.members(&text.members()?, visitor),
            },
            EncodedValue::List(items) => match items.as_slice() {
                [encoded] => Self { encoded, ..self }.deserialize_map(visitor),
                _ => Err(DecodeError("is not an object".to_owned())),
            },
            EncodedValue::Json(value) => Self::json(value.clone(), visitor),
        }
    }

    forward_to_deserialize_any! {
        <W: Visitor<'de>>
        bytes byte_buf unit unit_struct ignored_any
    }
}

#[cfg(test)]
mod tests;
