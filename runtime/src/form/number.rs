//! Numbers with all their digits.

use std::any::type_name;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;

use serde::de::{self, Deserializer, MapAccess, Unexpected, Visitor};
use serde::ser::Error as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use super::{NotInForm, TextForm, wrapper};
use crate::exact;
use crate::validate::{Measure, Measured};

/// The digits that a float always has: with more, it may have been another number before it was one.
const CERTAIN: usize = 15;

/// A type whose text is a number of JSON.
pub trait NumberForm: TextForm {
    /// The measure that limits are compared with.
    fn measure(&self) -> Measure<'_>;
}

/// A value as a number: all of its digits are read and written, and no float is in between.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsNumber<T>(pub T);

wrapper!(AsNumber: NumberForm);

impl<T: NumberForm> Serialize for AsNumber<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.to_string();
        // What is no more than text there is written as a number where a float has all of it, since it may be in JSON in
        // a parameter.
        if exact::is_text() && text.bytes().filter(u8::is_ascii_digit).count() > CERTAIN {
            return serializer.serialize_str(&text);
        }
        exact::note();
        let number = RawValue::from_string(text).map_err(S::Error::custom)?;
        number.serialize(serializer)
    }
}

impl<'de, T: NumberForm> Deserialize<'de> for AsNumber<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer).map(Self)
    }
}

impl<T: NumberForm> Measured for AsNumber<T> {
    fn measure(&self) -> Measure<'_> {
        self.0.measure()
    }
}

/// Reads a number, or text, by its digits.
pub(super) fn read<'de, D: Deserializer<'de>, T: TextForm>(deserializer: D) -> Result<T, D::Error> {
    // In a value, a number is a float already, whatever text is made of it.
    if type_name::<D>().contains("serde_json::value::Value") {
        return deserializer.deserialize_any(DigitsVisitor(PhantomData));
    }
    deserializer.deserialize_newtype_struct(exact::RAW, DigitsVisitor(PhantomData))
}

struct DigitsVisitor<T>(PhantomData<T>);

impl<T: TextForm> DigitsVisitor<T> {
    fn of<E: de::Error>(&self, text: &str) -> Result<T, E> {
        T::read(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), self))
    }

    fn of_number<E: de::Error>(&self, text: &str) -> Result<T, E> {
        let found = format!("number `{text}`");
        T::read(text).ok_or_else(|| E::invalid_value(Unexpected::Other(&found), self))
    }
}

impl<'de, T: TextForm> Visitor<'de> for DigitsVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    /// A format that does not hand out the text of its numbers.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        self.of(text)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<T, E> {
        self.of_number(&value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        self.of_number(&value.to_string())
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<T, E> {
        self.of_number(&value.to_string())
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<T, E> {
        self.of_number(&value.to_string())
    }

    /// The digits are lost already. They are known all the same where they are few.
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<T, E> {
        let digits = format!("{value:e}");
        let digits = digits.bytes().take_while(|byte| *byte != b'e');
        if digits.filter(u8::is_ascii_digit).count() > CERTAIN {
            let found = Unexpected::Other("a float of more digits than are certain");
            return Err(E::invalid_value(found, &self));
        }
        self.of_number(&value.to_string())
    }

    /// The text of a value, as serde_json hands it out.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let text = exact::text_of(map, &self)?;
        match text.as_bytes().first() {
            Some(b'"') => {
                let text: String = serde_json::from_str(&text).map_err(de::Error::custom)?;
                self.of(&text)
            }
            Some(b'-' | b'0'..=b'9') => self.of_number(&text),
            Some(b'n') => Err(de::Error::invalid_type(Unexpected::Unit, &self)),
            Some(b'[') => Err(de::Error::invalid_type(Unexpected::Seq, &self)),
            Some(b'{') => Err(de::Error::invalid_type(Unexpected::Map, &self)),
            _ => {
                let truth = Unexpected::Bool(text.as_ref() == "true");
                Err(de::Error::invalid_type(truth, &self))
            }
        }
    }
}
