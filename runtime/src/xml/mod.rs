//! XML, by the XML Object of OpenAPI.
//!
//! A generated crate has a [`Shape`] for each schema that travels as XML: which member is an element, an attribute or
//! text, and what it is called. With it, a document of XML becomes the value that JSON would be, and the other way
//! round, so that one type of the model serves both.
//!
//! No document type is read: entities are the five predefined ones and character references. Depth is bounded.

mod place;
mod read;
mod shape;
mod text;
mod write;

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::wire;

pub use self::shape::{Form, Member, Name, Node, Scalars, Shape};
#[cfg(feature = "http")]
pub(crate) use self::text::decoded;

/// The greatest depth of elements.
const DEPTH: usize = 128;

/// Why a document of XML could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlError {
    /// Where: the names of elements and members that lead there.
    path: String,
    message: String,
}

impl XmlError {
    fn new(message: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            message: message.into(),
        }
    }

    /// The same error, a step further in.
    fn within(mut self, step: &str) -> Self {
        self.path = match self.path.is_empty() {
            true => step.to_owned(),
            false => format!("{step}/{}", self.path),
        };
        self
    }

    /// Where it is.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The problem there.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => write!(f, "{}", self.message),
            path => write!(f, "{path}: {}", self.message),
        }
    }
}

impl std::error::Error for XmlError {}

/// Reads a document of XML, in the encoding that it declares, or UTF-8.
///
/// # Errors
/// It is not well-formed, or not what the shape and the type say.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8], root: &Node) -> Result<T, XmlError> {
    from_str(&text::decoded(bytes), root)
}

/// Reads a document of XML.
///
/// # Errors
/// It is not well-formed, or not what the shape and the type say.
pub fn from_str<T: DeserializeOwned>(text: &str, root: &Node) -> Result<T, XmlError> {
    let value = read::document(text, root)?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let path = if path == "." { String::new() } else { path };
        XmlError {
            path,
            message: error.into_inner().to_string(),
        }
    })
}

/// Writes a document of XML.
///
/// # Errors
/// The value is not of the shape, or has a character that XML does not allow.
pub fn to_string<T: Serialize + ?Sized>(value: &T, root: &Node) -> Result<String, XmlError> {
    let failed = |error: serde_json::Error| XmlError::new(error.to_string());
    let json = wire::to_vec(value).map_err(failed)?;
    let value: serde_json::Value = serde_json::from_slice(&json).map_err(failed)?;
    write::document(&value, root)
}

#[cfg(test)]
mod tests;
