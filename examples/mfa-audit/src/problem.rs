//! Problems, in words that say what to do about them.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::runtime::{AnyError, BuildError, Error, Violations};

/// Why something was not done.
#[derive(Debug)]
pub(crate) enum Problem {
    /// None of the products is configured.
    Nothing,
    /// Only some of a product's variables are set.
    Incomplete { missing: Vec<&'static str> },
    /// A variable cannot be used.
    Variable { name: String, why: String },
    /// A file cannot be used.
    File { path: PathBuf, why: String },
    /// The request breaks the constraints of the product's document.
    Invalid(Violations),
    /// A client cannot be built.
    Client(BuildError),
    /// The product refused the call.
    Refused(Refusal),
    /// The call failed in another way.
    Call(AnyError),
    /// The result cannot be written.
    Output(String),
}

/// The message of a product that refuses a call.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The operation and the status.
    what: String,
    /// The product's name for the request, for its support.
    request: Option<String>,
    /// The product's own words, a line for each.
    said: Vec<String>,
}

impl Problem {
    /// A file that cannot be read.
    pub(crate) fn file(path: &Path, why: impl fmt::Display) -> Self {
        Self::File {
            path: path.to_owned(),
            why: why.to_string(),
        }
    }

    /// A call that failed; `said` takes the product's words out of a documented failure.
    pub(crate) fn call<E>(error: Error<E>, said: impl FnOnce(&E) -> Vec<String>) -> Self
    where
        E: fmt::Debug + Send + Sync + 'static,
    {
        match error {
            Error::Invalid(violations) => Self::Invalid(violations),
            Error::Api(failure, failed) => Self::Refused(Refusal {
                what: format!("{}: {}", failed.operation(), failed.status()),
                request: failed.request_id().map(str::to_owned),
                // A server may echo what it was sent.
                said: said(&failure)
                    .iter()
                    .map(|line| failed.redact(line))
                    .collect(),
            }),
            other => Self::Call(other.erase()),
        }
    }

    /// The exit status: 2 for what the caller must change, 1 for what went wrong.
    pub(crate) const fn status(&self) -> u8 {
        match self {
            Self::Nothing
            | Self::Incomplete { .. }
            | Self::Variable { .. }
            | Self::File { .. }
            | Self::Invalid(_)
            | Self::Client(_) => 2,
            Self::Refused(_) | Self::Call(_) | Self::Output(_) => 1,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("no product is configured; set the variables of one"),
            Self::Incomplete { missing } => write!(f, "not set: {}", missing.join(", ")),
            Self::Variable { name, why } => write!(f, "{name}: {why}"),
            Self::File { path, why } => write!(f, "{}: {why}", path.display()),
            Self::Invalid(violations) => write!(
                f,
                "the request breaks its document, so nothing is sent: {violations}"
            ),
            Self::Client(error) => write!(f, "{error}"),
            Self::Refused(refusal) => write!(f, "{refusal}"),
            Self::Call(error) => write!(f, "{error}"),
            Self::Output(why) => write!(f, "the result cannot be written: {why}"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if let Some(request) = &self.request {
            write!(f, " (request {})", request.escape_debug())?;
        }
        self.said
            .iter()
            .try_for_each(|line| write!(f, "\n  {line}"))
    }
}

/// A line of what a product says: a field, if it names one, and a message.
pub(crate) fn line(field: Option<&str>, message: Option<&str>) -> Option<String> {
    match (field, message) {
        (Some(field), Some(message)) => Some(format!("{field}: {message}")),
        (None, Some(only)) | (Some(only), None) => Some(only.to_owned()),
        (None, None) => None,
    }
}
