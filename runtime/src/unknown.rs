//! Values that a document does not list, kept as they came.

use serde::{Serialize, Serializer};
use std::fmt;

/// A value that the document does not list. It came from a server: the field is private, so a caller cannot make one
/// up, but it can be read, compared and sent back as it was.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Unknown<T>(T);

impl<T> Unknown<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value as it came.
    pub const fn get(&self) -> &T {
        &self.0
    }

    /// Takes the value out.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Unknown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Serialize> Serialize for Unknown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
