//! Why a request could not be written.

use std::fmt;

/// Why a request could not be written. Nothing was sent, and no value is repeated here.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// A path parameter would change the path: it is empty, `.` or `..`, or not there.
    PathValue {
        /// The parameter.
        name: String,
        /// The problem.
        why: &'static str,
    },
    /// The URL with its parameters is not the one that the document describes.
    Target(&'static str),
    /// A header has a name or a value that HTTP does not allow.
    Header {
        /// The header.
        name: String,
    },
    /// A value has no form in the style that the document asks for.
    Style {
        /// The parameter.
        name: String,
        /// The problem.
        why: &'static str,
    },
    /// The body could not be written.
    Body(String),
    /// The operation has a method that HTTP does not allow.
    Method,
    /// The request asks for a stream, and the call does not.
    AsksForStream,
    /// No server is known for the operation, and no base URL was set.
    NoServer,
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PathValue { name, why } => write!(f, "path parameter `{name}` {why}"),
            Self::Target(why) => write!(f, "the URL {why}"),
            Self::Header { name } => write!(
                f,
                "header `{}` has a name or value that HTTP does not allow",
                name.escape_debug()
            ),
            Self::Style { name, why } => write!(f, "parameter `{name}` {why}"),
            Self::Body(why) => write!(f, "the body cannot be written: {why}"),
            Self::Method => f.write_str("the method is not a token of HTTP"),
            Self::AsksForStream => f.write_str(
                "the request asks for a stream: call `stream()` before `send()`, or leave the flag unset",
            ),
            Self::NoServer => f.write_str("no server is known for the operation: set a base URL"),
        }
    }
}

impl std::error::Error for RequestError {}
