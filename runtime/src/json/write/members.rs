//! Lists and objects.

use serde::Serialize;
use serde::ser::{
    Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant,
};
use serde_json::Error;

use super::{Writer, key};

/// The names that serde_json gives to structs that stand for text to be written as it is.
const VERBATIM: [&str; 2] = [
    "$serde_json::private::Number",
    "$serde_json::private::RawValue",
];

pub(super) fn is_verbatim(name: &str) -> bool {
    VERBATIM.contains(&name)
}

/// A list that is being written.
pub(super) struct Items<'a> {
    text: &'a mut Vec<u8>,
    first: bool,
    end: &'static str,
}

impl<'a> Items<'a> {
    pub(super) fn new(text: &'a mut Vec<u8>, end: &'static str) -> Self {
        text.push(b'[');
        let first = true;
        Self { text, first, end }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        if !std::mem::take(&mut self.first) {
            self.text.push(b',');
        }
        value.serialize(Writer { text: self.text })
    }

    fn close(self) {
        self.text.extend_from_slice(self.end.as_bytes());
    }
}

macro_rules! items {
    ($($kind:ident $method:ident)*) => {$(
        impl $kind for Items<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.item(value)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        }
    )*};
}

items! {
    SerializeSeq serialize_element
    SerializeTuple serialize_element
    SerializeTupleStruct serialize_field
    SerializeTupleVariant serialize_field
}

/// An object that is being written.
pub(super) struct Members<'a> {
    text: &'a mut Vec<u8>,
    state: State,
    end: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    First,
    Later,
    /// The only member is the text of a value.
    Verbatim,
}

impl<'a> Members<'a> {
    pub(super) fn new(text: &'a mut Vec<u8>, end: &'static str) -> Self {
        text.push(b'{');
        let state = State::First;
        Self { text, state, end }
    }

    pub(super) fn verbatim(text: &'a mut Vec<u8>) -> Self {
        Self {
            text,
            state: State::Verbatim,
            end: "",
        }
    }

    /// Writes what comes before a value.
    #[inline]
    fn name<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        let first = std::mem::replace(&mut self.state, State::Later) == State::First;
        key::write(self.text, first, name)
    }

    #[inline]
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(Writer { text: self.text })
    }

    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        if self.state == State::Verbatim {
            return match serde_json::to_value(value)? {
                serde_json::Value::String(text) => {
                    self.text.extend_from_slice(text.as_bytes());
                    Ok(())
                }
                _ => Err(Error::custom("expected the text of a value")),
            };
        }
        self.name(name)?;
        self.value(value)
    }

    fn close(self) {
        self.text.extend_from_slice(self.end.as_bytes());
    }
}

impl SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        self.name(name)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        self.close();
        Ok(())
    }
}

macro_rules! members {
    ($($kind:ident)*) => {$(
        impl $kind for Members<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Error> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Error> {
                self.close();
                Ok(())
            }
        }
    )*};
}

members!(SerializeStruct SerializeStructVariant);
