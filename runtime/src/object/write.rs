//! Writing objects.

use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::exact::{self, Members};
use crate::{Presence, json, wire};

/// Begins an object.
///
/// # Errors
/// Those of the format.
#[inline]
pub fn write<S: Serializer>(serializer: S) -> Result<Writer<S::SerializeMap>, S::Error> {
    serializer.serialize_map(None).map(Writer)
}

/// The name of a member.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    text: &'static str,
    json: &'static str,
}

impl Name {
    /// No name.
    pub(crate) const NONE: Self = Self::new("", "");

    /// A name, and the JSON text of it as it stands before a value that is not the first: `,"id":`.
    pub const fn new(text: &'static str, json: &'static str) -> Self {
        Self { text, json }
    }

    /// The JSON text, if a name is this one.
    #[inline]
    pub(crate) fn json_of(self, name: &str) -> Option<&'static str> {
        (std::ptr::eq(self.text, name) && !self.json.is_empty()).then_some(self.json)
    }
}

/// An object that is being written.
#[derive(Debug)]
pub struct Writer<M>(M);

impl<M: SerializeMap> Writer<M> {
    /// Writes a member.
    ///
    /// # Errors
    /// When the value has no form in the format.
    #[inline]
    pub fn member<T: Serialize + ?Sized>(&mut self, name: Name, value: &T) -> Result<(), M::Error> {
        json::announce(name);
        self.0.serialize_entry(name.text, value)
    }

    /// Writes a member if there is one.
    ///
    /// # Errors
    /// When the value has no form in the format.
    #[inline]
    pub fn optional<T: Serialize>(
        &mut self,
        name: Name,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        match value {
            Some(value) => self.member(name, value),
            None => Ok(()),
        }
    }

    /// Writes a member, or `null`, or nothing.
    ///
    /// # Errors
    /// When the value has no form in the format.
    #[inline]
    pub fn presence<T: Serialize>(
        &mut self,
        name: Name,
        value: &Presence<T>,
    ) -> Result<(), M::Error> {
        if value.is_absent() {
            Ok(())
        } else {
            self.member(name, value)
        }
    }

    /// Writes the members of a value beside the others; there are none if it is `null`.
    ///
    /// # Errors
    /// When the value is not an object, or has no form in the format.
    pub fn flattened<T: Serialize>(&mut self, value: &T) -> Result<(), M::Error> {
        match exact::members(value) {
            Ok(Members::Values(mut members)) => {
                let mut entries = members.iter();
                let written =
                    entries.try_for_each(|(name, member)| self.0.serialize_entry(name, member));
                members.values_mut().for_each(wire::wipe);
                written
            }
            #[cfg(feature = "decimal")]
            Ok(Members::Texts(members)) => {
                let mut entries = members.iter();
                entries.try_for_each(|(name, text)| self.0.serialize_entry(name, text))
            }
            Ok(Members::Other(Value::Null)) => Ok(()),
            Ok(_) => Err(M::Error::custom("a flattened member is not an object")),
            Err(error) => Err(M::Error::custom(error)),
        }
    }

    /// Ends the object.
    ///
    /// # Errors
    /// Those of the format.
    #[inline]
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}
