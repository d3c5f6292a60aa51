//! Reading typed values from headers: text in OpenAPI's simple style.

use std::fmt;

use serde::de::value::{MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{self, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// The value of a header, to be read as whatever type is asked for.
#[derive(Clone, Copy)]
pub(super) struct Text<'a>(pub(super) &'a str);

/// Why a header could not be read.
#[derive(Debug)]
pub(super) struct TextError(String);

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TextError {}

impl de::Error for TextError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl<'a> Text<'a> {
    fn items(self) -> impl Iterator<Item = Text<'a>> {
        self.0
            .split(',')
            .map(|item| Text(item.trim()))
            .filter(|item| !item.0.is_empty())
    }

    fn refused(self, expected: &'static str) -> TextError {
        de::Error::invalid_value(de::Unexpected::Str(self.0), &expected)
    }
}

impl<'a> IntoDeserializer<'a, TextError> for Text<'a> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident $expected:literal)*) => {$(
        fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, TextError> {
            visitor.$visit(self.0.parse().map_err(|_| self.refused($expected))?)
        }
    )*};
}

impl<'a> Deserializer<'a> for Text<'a> {
    type Error = TextError;

    /// Numbers and booleans are told by their look: readers that take anything know what to do with each.
    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, TextError> {
        match (self.0.parse::<i64>(), self.0.parse::<f64>()) {
            (Ok(number), _) => visitor.visit_i64(number),
            (_, Ok(number)) if number.is_finite() => visitor.visit_f64(number),
            _ => visitor.visit_borrowed_str(self.0),
        }
    }

    parsed! {
        deserialize_bool visit_bool "a boolean"
        deserialize_i8 visit_i8 "an integer"
        deserialize_i16 visit_i16 "an integer"
        deserialize_i32 visit_i32 "an integer"
        deserialize_i64 visit_i64 "an integer"
        deserialize_i128 visit_i128 "an integer"
        deserialize_u8 visit_u8 "an integer, not negative"
        deserialize_u16 visit_u16 "an integer, not negative"
        deserialize_u32 visit_u32 "an integer, not negative"
        deserialize_u64 visit_u64 "an integer, not negative"
        deserialize_u128 visit_u128 "an integer, not negative"
        deserialize_f32 visit_f32 "a number"
        deserialize_f64 visit_f64 "a number"
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, TextError> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, TextError> {
        visitor.visit_borrowed_str(self.0)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, TextError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, TextError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TextError> {
        visitor.visit_enum(StrDeserializer::new(self.0))
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, TextError> {
        visitor.visit_seq(SeqDeserializer::new(self.items()))
    }

    fn deserialize_tuple<V: Visitor<'a>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, TextError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, TextError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TextError> {
        self.deserialize_map(visitor)
    }

    /// `k=v,l=w` or `k,v,l,w`.
    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, TextError> {
        let items: Vec<_> = self.items().collect();
        let exploded: Vec<_> = items
            .iter()
            .filter_map(|item| item.0.split_once('='))
            .collect();
        if exploded.len() == items.len() {
            return visitor.visit_map(MapDeserializer::new(
                exploded.into_iter().map(|(k, v)| (Text(k), Text(v))),
            ));
        }
        let pairs = items
            .chunks(2)
            .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
        visitor.visit_map(MapDeserializer::new(pairs))
    }

    forward_to_deserialize_any! {
        <W: Visitor<'a>>
        char bytes byte_buf unit unit_struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use std::collections::BTreeMap;

    fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, String> {
        T::deserialize(Text(text)).map_err(|error| error.to_string())
    }

    #[test]
    fn text_becomes_the_type_that_is_asked_for() {
        assert_eq!(read::<u32>("30"), Ok(30));
        assert_eq!(read::<Option<i64>>("-1"), Ok(Some(-1)));
        assert_eq!(read::<String>("30"), Ok("30".into()));
        assert_eq!(read::<bool>("true"), Ok(true));
        assert_eq!(read::<Vec<u8>>("1, 2,3"), Ok(vec![1, 2, 3]));
        let map = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
        assert_eq!(read::<BTreeMap<String, u8>>("a=1,b=2"), Ok(map.clone()));
        assert_eq!(read::<BTreeMap<String, u8>>("a,1,b,2"), Ok(map));
        assert_eq!(
            read::<u32>("x").unwrap_err(),
            "invalid value: string \"x\", expected an integer, not negative"
        );
    }
}
