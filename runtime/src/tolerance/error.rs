//! Why a value of a tree could not be read.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

/// An error of the reader. What it expected is apart from the message, which may quote the value.
#[derive(Debug)]
pub(crate) struct Error {
    pub(super) expected: Option<String>,
    /// The member that is missing.
    pub(super) missing: Option<&'static str>,
    pub(super) message: String,
}

impl Error {
    fn of(message: String, expected: Option<String>) -> Self {
        Self {
            expected,
            missing: None,
            message,
        }
    }

    /// The same, with what was expected unless that is known.
    pub(super) fn expecting(mut self, expected: &dyn Expected) -> Self {
        self.expected.get_or_insert_with(|| expected.to_string());
        self
    }

    /// The reasons are kept with the session.
    pub(super) fn refused() -> Self {
        Self::of("the value was refused".to_owned(), None)
    }

    /// A member that was left out.
    pub(super) fn absent(expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        let message = format!("the required member was left out, expected {expected}");
        Self::of(message, Some(expected))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::of(message.to_string(), None)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        let message = match found {
            Unexpected::Unit => format!("invalid type: null, expected {expected}"),
            found => format!("invalid type: {found}, expected {expected}"),
        };
        Self::of(message, Some(expected))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        Self::of(
            format!("invalid value: {found}, expected {expected}"),
            Some(expected),
        )
    }

    fn missing_field(name: &'static str) -> Self {
        Self {
            missing: Some(name),
            ..Self::of(
                format!("missing field `{name}`"),
                Some(format!("the member `{name}`")),
            )
        }
    }
}
