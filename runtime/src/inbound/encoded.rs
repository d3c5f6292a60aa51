//! Values as they are encoded in paths, queries, headers, cookies and forms, to be read as whatever type is asked for.

use std::fmt;

use percent_encoding::percent_decode_str;
use serde::de::value::{MapDeserializer, SeqDeserializer, StringDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

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

/// Text as it was sent, and how it is to be taken.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    pub(super) raw: String,
    pub(super) coding: Coding,
    pub(super) cut: Cut,
}

/// The encoding of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// They are not.
    Plain,
    /// `%20`
    Percent,
    /// `%20` or `+`
    Form,
}

/// The way lists and objects are cut out of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// They are not.
    Uncut,
    /// Between any of these; an object is `k,v,l,w`.
    Between(&'static [&'static str]),
    /// Between these; an object is `k=v,l=w`.
    Pairs(&'static [&'static str]),
    /// A list has one text for each item; other values that are nested are JSON.
    Repeated,
    /// They are JSON.
    Json,
}

impl Text {
    /// A part of it. What is nested in it is JSON.
    fn part(&self, raw: &str) -> EncodedValue {
        EncodedValue::Text(Self {
            raw: raw.to_owned(),
            cut: match self.coding {
                Coding::Plain => Cut::Uncut,
                Coding::Percent | Coding::Form => Cut::Json,
            },
            ..*self
        })
    }

    pub(super) fn decoded(&self) -> Result<String, DecodeError> {
        decode(&self.raw, self.coding).ok_or_else(|| DecodeError("is not text".to_owned()))
    }

    fn pieces(&self, between: &[&str]) -> Vec<&str> {
        let mut pieces = vec![self.raw.as_str()];
        for mark in between {
            pieces = pieces.iter().flat_map(|piece| piece.split(mark)).collect();
        }
        match self.coding {
            Coding::Plain => pieces.iter().map(|piece| piece.trim()).collect(),
            Coding::Percent | Coding::Form => pieces,
        }
    }

    fn list(&self) -> Vec<EncodedValue> {
        let pieces = match self.cut {
            Cut::Between(marks) | Cut::Pairs(marks) => self.pieces(marks),
            Cut::Uncut | Cut::Repeated | Cut::Json => vec![self.raw.as_str()],
        };
        pieces.into_iter().map(|piece| self.part(piece)).collect()
    }

    fn members(&self) -> Result<Vec<(String, EncodedValue)>, DecodeError> {
        let key = |raw: &str| {
            decode(raw, self.coding)
                .ok_or_else(|| DecodeError("has a name that is not text".to_owned()))
        };
        match self.cut {
            Cut::Pairs(marks) => self
                .pieces(marks)
                .into_iter()
                .map(|piece| {
                    let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
                    Ok((key(name)?, self.part(value)))
                })
                .collect(),
            Cut::Between(marks) => self
                .pieces(marks)
                .chunks(2)
                .map(|pair| match pair {
                    [name, value] => Ok((key(name)?, self.part(value))),
                    _ => Err(DecodeError("has a name without a value".to_owned())),
                })
                .collect(),
            Cut::Uncut | Cut::Repeated | Cut::Json => {
                Err(DecodeError("is not an object".to_owned()))
            }
        }
    }

    /// The JSON that it is, where it can be that and starts like it.
    fn json(&self, start: char) -> Option<Value> {
        let may_be = match self.cut {
            Cut::Json => true,
            Cut::Repeated => start == '{',
            Cut::Uncut | Cut::Between(_) | Cut::Pairs(_) => false,
        };
        let text = self.decoded().ok().filter(|_| may_be)?;
        let value = serde_json::from_str(text.trim_start().strip_prefix(start).map(|_| &*text)?);
        value.ok()
    }
}

/// Text without its escapes; none where it is no UTF-8.
pub fn decode(raw: &str, coding: Coding) -> Option<String> {
    let spaced;
    let raw = match coding {
        Coding::Plain => return Some(raw.to_owned()),
        Coding::Percent => raw,
        Coding::Form => {
            spaced = raw.replace('+', " ");
            &spaced
        }
    };
    let text = percent_decode_str(raw).decode_utf8().ok()?;
    Some(text.into_owned())
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
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Secret;

    fn text(raw: &str, cut: Cut) -> EncodedValue {
        EncodedValue::Text(Text {
            raw: raw.to_owned(),
            coding: Coding::Percent,
            cut,
        })
    }

    #[test]
    fn the_type_decides_what_a_text_is() {
        let comma = Cut::Between(&[","]);
        assert_eq!(text("a%20b,c", comma).read(), Ok("a b,c".to_owned()));
        assert_eq!(text("1,2", comma).read(), Ok(vec![1, 2]));
        assert_eq!(text("1%2C2", comma).read(), Ok(vec!["1,2".to_owned()]));
        let map = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
        assert_eq!(text("a,1,b,2", comma).read(), Ok(map.clone()));
        assert_eq!(text("a=1,b=2", Cut::Pairs(&[","])).read(), Ok(map.clone()));
        assert_eq!(text("%7B%22a%22:1,%22b%22:2%7D", Cut::Json).read(), Ok(map));
    }

    #[test]
    fn what_takes_anything_is_offered_what_text_looks_like() {
        let read = |raw: &str| text(raw, Cut::Uncut).read::<Value>().unwrap();
        assert_eq!(read("30"), 30);
        assert_eq!(read("1.5"), 1.5);
        assert_eq!(read("true"), true);
        assert_eq!(read("007"), "007");
        let secret = text("123456", Cut::Uncut).read::<Secret<String>>();
        assert_eq!(secret.unwrap(), Secret::from("123456"));
    }

    #[test]
    fn what_is_absent_is_only_an_option() {
        assert_eq!(EncodedValue::Absent.read::<Option<i32>>(), Ok(None));
        let required = DecodeError("is required".to_owned());
        assert_eq!(EncodedValue::Absent.read::<i32>(), Err(required.clone()));
        assert_eq!(EncodedValue::Absent.read::<Vec<i32>>(), Err(required));
        let twice = EncodedValue::List(vec![text("1", Cut::Uncut), text("2", Cut::Uncut)]);
        assert_eq!(twice.read(), Ok(vec![1, 2]));
        assert!(twice.read::<i32>().is_err());
    }
}
