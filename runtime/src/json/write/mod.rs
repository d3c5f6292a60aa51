//! Writing JSON: compact, and whole numbers have no fraction.
//!
//! The text is that of `serde_json`, but for [`Writer::float`]. It is written straight into a vector, and text is
//! looked through for escapes eight bytes at a time.

mod escape;
mod key;
mod members;

use std::fmt::{self, Display};

use serde::Serialize;
use serde::ser::{Error as _, Serializer};
use serde_json::Error;

pub(crate) use self::key::announce;
use self::members::{Items, Members};

/// Writes a value into a vector, which is left as it is after an error: half written.
///
/// # Errors
/// When the value has no JSON form (a map with keys that are not text, say).
pub(super) fn write<T: Serialize + ?Sized>(text: &mut Vec<u8>, value: &T) -> Result<(), Error> {
    value.serialize(Writer { text })
}

/// The digits of a whole number, up to where JavaScript too starts to write exponents.
pub(super) fn whole(value: f64) -> Option<String> {
    (value.fract() == 0.0 && value.abs() < 1e21).then(|| value.to_string())
}

/// A place for one value.
struct Writer<'a> {
    text: &'a mut Vec<u8>,
}

impl<'a> Writer<'a> {
    fn bytes(self, bytes: &[u8]) {
        self.text.extend_from_slice(bytes);
    }

    fn integer(self, value: impl itoa::Integer) {
        self.bytes(itoa::Buffer::new().format(value).as_bytes());
    }

    /// A whole number has no fraction. `plain` is the number as serde_json has it.
    fn float(self, value: f64, plain: impl Serialize) -> Result<(), Error> {
        match whole(value) {
            Some(digits) => {
                self.bytes(digits.as_bytes());
                Ok(())
            }
            None => serde_json::to_writer(self.text, &plain),
        }
    }

    /// The start of an object of one member, which is a variant's.
    fn variant(self, variant: &'static str) -> &'a mut Vec<u8> {
        self.text.push(b'{');
        escape::quoted(self.text, variant);
        self.text.push(b':');
        self.text
    }
}

impl<'a> Serializer for Writer<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = Items<'a>;
    type SerializeTupleVariant = Items<'a>;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Members<'a>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.bytes(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_i128(self, value: i128) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_u128(self, value: u128) -> Result<(), Error> {
        self.integer(value);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.float(value.into(), value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        self.float(value, value)
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        escape::quoted(self.text, value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.bytes(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        let text = self.variant(variant);
        value.serialize(Writer { text: &mut *text })?;
        text.push(b'}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, Error> {
        Ok(Items::new(self.text, "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'a>, Error> {
        Ok(Items::new(self.text, "]"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'a>, Error> {
        Ok(Items::new(self.text, "]"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'a>, Error> {
        Ok(Items::new(self.variant(variant), "]}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, Error> {
        Ok(Members::new(self.text, "}"))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members<'a>, Error> {
        Ok(if members::is_verbatim(name) {
            Members::verbatim(self.text)
        } else {
            Members::new(self.text, "}")
        })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members<'a>, Error> {
        Ok(Members::new(self.variant(variant), "}}"))
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Error> {
        self.text.push(b'"');
        fmt::write(&mut escape::Escaping(self.text), format_args!("{value}"))
            .map_err(Error::custom)?;
        self.text.push(b'"');
        Ok(())
    }
}

#[cfg(test)]
mod tests;
