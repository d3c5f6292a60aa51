//! Names of members.

use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::{OWN, Read, Reader, Stopped};

/// A name that the reader is before. What is not text is left to serde_json.
pub(super) struct Key<'a, 'de>(pub(super) &'a mut Reader<'de>);

/// A name that was expected, and has been read. Who wants more than text has serde_json read it.
pub(super) struct Known(pub(super) &'static str);

impl<'de> Deserializer<'de> for Known {
    type Error = Stopped;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_borrowed_str(self.0)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

macro_rules! stopping {
    ($($method:ident($($other:ty),*);)*) => {$(
        fn $method<V: Visitor<'de>>(self, $(_: $other,)* _: V) -> Read<V::Value> {
            self.0.stop()
        }
    )*};
}

impl<'de> Deserializer<'de> for Key<'_, 'de> {
    type Error = Stopped;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        self.0.visit_string(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        if name.starts_with(OWN) {
            return self.0.stop();
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        char str string identifier ignored_any
    }

    stopping! {
        deserialize_bool(); deserialize_i8(); deserialize_i16(); deserialize_i32(); deserialize_i64();
        deserialize_i128(); deserialize_u8(); deserialize_u16(); deserialize_u32(); deserialize_u64();
        deserialize_u128(); deserialize_f32(); deserialize_f64(); deserialize_bytes();
        deserialize_byte_buf(); deserialize_unit(); deserialize_unit_struct(&'static str);
        deserialize_seq(); deserialize_tuple(usize); deserialize_tuple_struct(&'static str, usize);
        deserialize_map(); deserialize_struct(&'static str, &'static [&'static str]);
    }
}
