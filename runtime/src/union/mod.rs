//! Reading and writing `oneOf` and `anyOf`.
//!
//! serde's own tagged enums lose the place of an error, refuse unknown tags and try untagged branches in mere order.
//! Here a union is first read as JSON; the generated code picks the branch, and what goes wrong below says where.

mod choose;
mod content;
pub mod exact;
mod shape;
mod write;

use std::fmt;

use serde::de;

pub use self::choose::Branch;
pub use self::content::{Content, adjacent, content, external, keyed};
pub use self::shape::{JsonType, Shape};
pub use self::write::{write_adjacent, write_external, write_tagged};

/// Why a branch could not be read, and where below the union.
#[derive(Debug)]
pub struct Error {
    /// Dotted path below the union, empty for the union itself.
    path: String,
    message: String,
}

impl Error {
    pub(crate) fn at(path: &str, message: impl fmt::Display) -> Self {
        // An error from a union further down says its own place: the two are one path.
        let text = message.to_string();
        let (below, message) = split(&text).unwrap_or(("", &text));
        let join = if path.is_empty() || below.is_empty() || below.starts_with('[') {
            ""
        } else {
            "."
        };
        Self {
            path: format!("{path}{join}{below}"),
            message: message.to_owned(),
        }
    }
}

/// Takes the path off a message that a union wrote: ``at `a.b`: missing field `c` ``.
pub(crate) fn split(message: &str) -> Option<(&str, &str)> {
    message.strip_prefix("at `")?.split_once("`: ")
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "at `{}`: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::at("", message)
    }
}
