//! Writing objects.

use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::{Presence, wire};

/// Begins an object.
pub fn write<S: Serializer>(serializer: S) -> Writer<S::SerializeMap> {
    Writer(serializer.serialize_map(None))
}

/// An object that is being written; after an error, nothing more is.
#[derive(Debug)]
pub struct Writer<M: SerializeMap>(Result<M, M::Error>);

impl<M: SerializeMap> Writer<M> {
    /// Writes a member.
    #[must_use]
    pub fn member<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.entry(name, value)
    }

    /// Writes a member if there is one.
    #[must_use]
    pub fn optional<T: Serialize>(self, name: &'static str, value: &Option<T>) -> Self {
        match value {
            Some(value) => self.entry(name, value),
            None => self,
        }
    }

    /// Writes a member, or `null`, or nothing.
    #[must_use]
    pub fn presence<T: Serialize>(self, name: &'static str, value: &Presence<T>) -> Self {
        if value.is_absent() {
            self
        } else {
            self.entry(name, value)
        }
    }

    /// Writes the members of a value beside the others; there are none if it is `null`.
    #[must_use]
    pub fn flattened<T: Serialize>(mut self, value: &T) -> Self {
        if self.0.is_ok() {
            match serde_json::to_value(value) {
                Ok(Value::Object(mut members)) => {
                    for (name, member) in &members {
                        self = self.entry(name, member);
                    }
                    members.values_mut().for_each(wire::wipe);
                }
                Ok(Value::Null) => {}
                Ok(_) => self.0 = Err(M::Error::custom("a flattened member is not an object")),
                Err(error) => self.0 = Err(M::Error::custom(error)),
            }
        }
        self
    }

    /// Ends the object.
    ///
    /// # Errors
    /// The first that a member had, or that of the end.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.0?.end()
    }

    fn entry<T: Serialize + ?Sized>(mut self, name: &str, value: &T) -> Self {
        if let Ok(map) = &mut self.0
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.0 = Err(error);
        }
        self
    }
}
