//! Reading a value of a tree as what is expected of it.

use std::sync::Arc;

use serde::de::{Deserializer, Expected, Visitor};
use serde::forward_to_deserialize_any;

use super::Held;
use super::access::{Items, Members};
use super::departure::{Correction, Found};
use super::error::Error;
use super::rules::MemberReading;
use super::scalar::{self, Meaning};
use super::session;
use super::tree::{Kind, Node};

/// A value that is to be read.
pub(super) struct Reader(pub(super) Held);

impl Reader {
    /// Nothing else can be made of the value.
    fn refused(&self, expected: &dyn Expected) -> Error {
        match &self.0.kind {
            Kind::Absent => Error::absent(expected),
            _ => serde::de::Error::invalid_type(self.0.unexpected(), expected),
        }
    }

    fn number<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(only) = self.only_item() {
            let expected = Described::of(&visitor);
            return self.read_only_item(&expected, only, |item| item.number(visitor));
        }
        match &self.0.kind {
            Kind::Number(text) => visit_number(text, visitor),
            Kind::Text(text) if scalar::is_number(text) && session::tolerates() => {
                session::depart(&visitor, Found::Text, Correction::Number);
                visit_number(text, visitor)
            }
            _ => Err(self.refused(&visitor)),
        }
    }

    /// A value that is written as text: text, or a number where that can be no other text.
    fn written<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(only) = self.only_item() {
            let expected = Described::of(&visitor);
            return self.read_only_item(&expected, only, |item| item.written(visitor));
        }
        let meaning = Meaning::of::<V::Value>();
        if meaning == Meaning::Text
            && let Some(text) = self.json_text()
        {
            let expected = Described::of(&visitor);
            let value = visitor.visit_string(text)?;
            session::depart(&expected, self.0.found(), Correction::JsonText);
            return Ok(value);
        }
        let other = match (&self.0.kind, meaning) {
            (Kind::Text(text), Meaning::Date) => {
                scalar::date_of(text).map(|text| (text, Correction::Date))
            }
            (Kind::Text(_), _) => None,
            (Kind::Number(number), Meaning::Text) => {
                Some((String::from(&**number), Correction::Text))
            }
            (Kind::Number(number), Meaning::DateTime) => {
                scalar::date_time(number).map(|text| (text, Correction::DateTime))
            }
            (Kind::Number(number), Meaning::Date) => {
                scalar::date(number).map(|text| (text, Correction::Date))
            }
            _ => return Err(self.refused(&visitor)),
        };
        match (other.filter(|_| session::tolerates()), &self.0.kind) {
            (Some((text, correction)), _) => {
                let expected = Described::of(&visitor);
                let refused = self.refused(&visitor);
                let value = visitor.visit_str(&text).map_err(|_: Error| refused)?;
                session::depart(&expected, self.0.found(), correction);
                Ok(value)
            }
            (None, Kind::Text(text)) => {
                let expected = Described::of(&visitor);
                let read = visitor.visit_str(text);
                read.map_err(|error: Error| error.expecting(&expected))
            }
            (None, _) => Err(self.refused(&visitor)),
        }
    }

    /// The only item of a list, where one value is expected and the setting says so.
    fn only_item(&self) -> Option<Held> {
        match &self.0.kind {
            Kind::List(items) if session::takes(MemberReading::ListForOne) => match &**items {
                [only] => Some(Arc::clone(only)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Reads the only item of a list.
    fn read_only_item<R>(
        &self,
        expected: &dyn Expected,
        only: Held,
        read: impl FnOnce(Self) -> Result<R, Error>,
    ) -> Result<R, Error> {
        session::set_current(&only);
        let value = session::as_only_item(|| read(Self(only)))?;
        session::depart(expected, self.0.found(), Correction::OnlyItem);
        Ok(value)
    }

    /// The JSON text of a value, where text is expected and the setting says so.
    fn json_text(&self) -> Option<String> {
        match &self.0.kind {
            Kind::Bool(_) | Kind::Number(_) | Kind::List(_) | Kind::Object(_) => {
                session::takes(MemberReading::JsonText).then(|| self.0.to_json())
            }
            _ => None,
        }
    }

    /// The same value without content, for a list or a map.
    fn empty(&self, expected: &dyn Expected) -> bool {
        let empty = session::tolerates();
        if empty {
            session::depart(expected, self.0.found(), Correction::Empty);
        }
        empty
    }
}

/// The words of a visitor that has been used up.
struct Described(String);

impl Described {
    fn of(expected: &dyn Expected) -> Self {
        Self(expected.to_string())
    }
}

impl Expected for Described {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A number as serde_json hands it out. What is whole is an integer, also where it is written with a fraction.
fn visit_number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Error> {
    match integer(text) {
        Some(Integer::Unsigned(number)) => visitor.visit_u64(number),
        Some(Integer::Signed(number)) => visitor.visit_i64(number),
        None => visit_float(text, visitor),
    }
}

enum Integer {
    Unsigned(u64),
    Signed(i64),
}

fn integer(text: &str) -> Option<Integer> {
    if let Ok(number) = text.parse() {
        return Some(Integer::Unsigned(number));
    }
    text.parse().ok().map(Integer::Signed)
}

fn visit_float<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Error> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => visitor.visit_f64(number),
        _ => Err(serde::de::Error::custom("number out of range")),
    }
}

/// The integer that a number of a fraction of zero is.
fn whole(text: &str) -> Option<i64> {
    let number: f64 = text.parse().ok()?;
    // Beyond 2^63 a decimal is not written to the unit any more.
    let exact = number.fract() == 0.0 && number.abs() < 9_223_372_036_854_775_808.0;
    exact.then_some(number as i64)
}

macro_rules! integers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match &self.0.kind {
                Kind::Number(text) if !scalar::is_integer(text) => match whole(text) {
                    Some(number) => visitor.visit_i64(number),
                    None => visit_float(text, visitor),
                },
                _ => self.number(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0.kind {
            Kind::Absent => Err(Error::absent(&visitor)),
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(truth) => visitor.visit_bool(*truth),
            // A zero with a sign is a float, as serde_json has it.
            Kind::Number(text) if &**text == "-0" => visitor.visit_f64(-0.0),
            Kind::Number(text) => visit_number(text, visitor),
            Kind::Text(text) => visitor.visit_str(text),
            Kind::List(_) => match self
                .only_item()
                .filter(|_| scalar::is_any_number::<V::Value>())
            {
                Some(only) => {
                    let expected = Described::of(&visitor);
                    self.read_only_item(&expected, only, |item| item.deserialize_any(visitor))
                }
                None => visitor.visit_seq(Items::of(&self.0)),
            },
            Kind::Object(_) => visitor.visit_map(Members::of(&self.0, None)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(only) = self.only_item() {
            let expected = Described::of(&visitor);
            return self.read_only_item(&expected, only, |item| item.deserialize_bool(visitor));
        }
        let other = match &self.0.kind {
            Kind::Bool(truth) => return visitor.visit_bool(*truth),
            Kind::Number(text) => scalar::boolean(text),
            Kind::Text(text) => scalar::boolean(text),
            _ => None,
        };
        match other.filter(|_| session::tolerates()) {
            Some(truth) => {
                session::depart(&visitor, self.0.found(), Correction::Boolean);
                visitor.visit_bool(truth)
            }
            None => Err(self.refused(&visitor)),
        }
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0.kind {
            Kind::Number(text) if &**text == "-0" => visitor.visit_f64(-0.0),
            _ => self.number(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.written(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.written(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0.kind {
            Kind::Null => visitor.visit_none(),
            Kind::Absent if session::tolerates() => {
                session::depart(&"a value or null", Found::Nothing, Correction::Null);
                visitor.visit_none()
            }
            Kind::Absent => Err(Error::absent(&"a value or null")),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0.kind {
            Kind::List(_) => visitor.visit_seq(Items::of(&self.0)),
            Kind::Null | Kind::Absent if self.empty(&visitor) => {
                visitor.visit_seq(Items::none(&self.0))
            }
            Kind::Object(entries) if entries.is_empty() && self.empty(&visitor) => {
                visitor.visit_seq(Items::none(&self.0))
            }
            Kind::Null | Kind::Absent => Err(self.refused(&visitor)),
            _ if session::takes(MemberReading::OneForList) => {
                let expected = Described::of(&visitor);
                let value = visitor.visit_seq(Items::one(&self.0))?;
                session::depart(&expected, self.0.found(), Correction::ListOfOne);
                Ok(value)
            }
            _ => Err(self.refused(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(only) = self.only_item() {
            let expected = Described::of(&visitor);
            return self.read_only_item(&expected, only, |item| item.deserialize_map(visitor));
        }
        let table = session::expected();
        let is_struct = table.is_some();
        // An object that has to have members is not empty.
        let may_be_empty = table.is_none_or(|table| table.required.len() <= table.defaults.len());
        match &self.0.kind {
            Kind::Object(_) => visitor.visit_map(Members::of(&self.0, table)),
            Kind::List(items) if items.is_empty() && may_be_empty && self.empty(&visitor) => {
                visitor.visit_map(Members::of(&self.0, table))
            }
            // A map without entries is one, a struct without members is another value.
            Kind::Null | Kind::Absent if !is_struct && self.empty(&visitor) => {
                visitor.visit_map(Members::of(&self.0, None))
            }
            _ => Err(self.refused(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match &self.0.kind {
            Kind::Object(_) => visitor.visit_map(Members::of(&self.0, None)),
            Kind::List(items) if items.is_empty() && self.empty(&visitor) => {
                visitor.visit_map(Members::of(&self.0, None))
            }
            _ => Err(self.refused(&visitor)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if let (crate::exact::RAW, Kind::Number(text)) = (name, &self.0.kind) {
            // All digits.
            return visitor.visit_str(text);
        }
        visitor.visit_newtype_struct(self)
    }

    /// Generated enumerations are read as text or numbers; this is for types that stand in for formats.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let value: serde_json::Value = serde::Deserialize::deserialize(self)?;
        let read = value.deserialize_enum(name, variants, visitor);
        read.map_err(serde::de::Error::custom)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

/// The default that a document names, as if it were at a place of the text.
pub(super) fn default(json: &str, at: usize) -> Option<Held> {
    let mut tree = super::tree::parse(json)?;
    let node: &mut Node = Arc::get_mut(&mut tree)?;
    node.at = at;
    Some(tree)
}
