//! Names of members.

use std::cell::Cell;
use std::fmt;

use serde::Serialize;
use serde::ser::{Impossible, SerializeMap, Serializer};
use serde_json::Error;

use super::escape;
use crate::object::Name;

thread_local! {
    static NEXT: Cell<Name> = const { Cell::new(Name::NONE) };
}

/// Tells of the name that is written next. By which serializer is not known there, so it is kept with the thread; that
/// nobody takes it does no harm, since it is compared with the name that is written.
#[inline]
pub(crate) fn announce(name: Name) {
    NEXT.set(name);
}

/// Writes a name, what is before it and the colon behind it. Text is written at once; for anything else serde_json knows
/// whether and how it can be a name.
///
/// # Errors
/// When the value can't be a name.
#[inline]
pub(super) fn write<T: Serialize + ?Sized>(
    text: &mut Vec<u8>,
    first: bool,
    key: &T,
) -> Result<(), Error> {
    let place = Place {
        text: &mut *text,
        first,
    };
    match key.serialize(place) {
        Ok(()) => Ok(()),
        Err(fmt::Error) => other(text, first, key),
    }
}

#[cold]
fn other<T: Serialize + ?Sized>(text: &mut Vec<u8>, first: bool, key: &T) -> Result<(), Error> {
    if !first {
        text.push(b',');
    }
    let object = serde_json::to_vec(&Lone(key))?;
    let inside = object.strip_prefix(b"{").unwrap_or(&object);
    text.extend_from_slice(inside.strip_suffix(b"null}").unwrap_or(inside));
    Ok(())
}

/// An object of one member.
struct Lone<'a, T: ?Sized>(&'a T);

impl<T: Serialize + ?Sized> Serialize for Lone<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut members = serializer.serialize_map(Some(1))?;
        members.serialize_entry(self.0, &())?;
        members.end()
    }
}

/// A place for a name that is text. Nothing is written of what is not.
struct Place<'a> {
    text: &'a mut Vec<u8>,
    first: bool,
}

type Other = Impossible<(), fmt::Error>;

macro_rules! others {
    ($($method:ident $($ty:ty),*;)*) => {$(
        fn $method(self, $(_: $ty),*) -> Result<(), fmt::Error> {
            Err(fmt::Error)
        }
    )*};
}

impl Serializer for Place<'_> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Other;
    type SerializeTuple = Other;
    type SerializeTupleStruct = Other;
    type SerializeTupleVariant = Other;
    type SerializeMap = Other;
    type SerializeStruct = Other;
    type SerializeStructVariant = Other;

    #[inline]
    fn serialize_str(self, name: &str) -> Result<(), fmt::Error> {
        if let Some(json) = NEXT.get().json_of(name) {
            let start = usize::from(self.first);
            let json = json.as_bytes().get(start..).unwrap_or_default();
            self.text.extend_from_slice(json);
            return Ok(());
        }
        if !self.first {
            self.text.push(b',');
        }
        escape::quoted(self.text, name);
        self.text.push(b':');
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), fmt::Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        value.serialize(self)
    }

    others! {
        serialize_bool bool;
        serialize_i8 i8;
        serialize_i16 i16;
        serialize_i32 i32;
        serialize_i64 i64;
        serialize_u8 u8;
        serialize_u16 u16;
        serialize_u32 u32;
        serialize_u64 u64;
        serialize_f32 f32;
        serialize_f64 f64;
        serialize_char char;
        serialize_bytes &[u8];
        serialize_none;
        serialize_unit;
        serialize_unit_struct &'static str;
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Other, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple(self, _: usize) -> Result<Other, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Other, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Other, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Other, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Other, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Other, fmt::Error> {
        Err(fmt::Error)
    }
}
