//! The ends of a wait that are no success.

use std::fmt;

use crate::client::error::{AnyError, Error, Opaque};
use crate::client::operation::Operation;
use crate::client::response::Response;

/// Why a wait did not end in success. `L` is the last answer, `E` the operation's enum of documented failures.
#[non_exhaustive]
pub enum WaitError<L, E> {
    /// A call failed.
    Call(Error<E>),
    /// The work has failed: the last answer.
    Failed(Box<L>),
    /// The answer does not say how far it is, or in a word that is not known.
    Unclear(Box<L>),
    /// The time is up: the last answer.
    TooLong(Box<L>),
    /// The server names a place to ask that is not of its own origin, so that credentials may not be sent there.
    Elsewhere(String),
}

impl<L, E> WaitError<L, E> {
    /// The last answer.
    pub fn last(&self) -> Option<&L> {
        match self {
            Self::Call(_) | Self::Elsewhere(_) => None,
            Self::Failed(last) | Self::Unclear(last) | Self::TooLong(last) => Some(last),
        }
    }
}

impl<L, E> From<Error<E>> for WaitError<L, E> {
    fn from(error: Error<E>) -> Self {
        Self::Call(error)
    }
}

/// A wait that did not end in success: a [`WaitError`] of any operation, in an [`AnyError`].
#[derive(Debug)]
pub struct Unfinished {
    why: String,
    last: Option<Opaque>,
}

impl Unfinished {
    /// The last answer, if it is of this type: a `Response` of the operation's success for `wait`, a `Failed` for
    /// `send_and_wait`.
    pub fn last<L: 'static>(&self) -> Option<&L> {
        self.last.as_ref().and_then(Opaque::downcast_ref)
    }
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

impl std::error::Error for Unfinished {}

impl<L, E> From<WaitError<L, E>> for AnyError
where
    L: fmt::Debug + Send + Sync + 'static,
    E: fmt::Debug + Send + Sync + 'static,
{
    fn from(error: WaitError<L, E>) -> Self {
        let why = error.to_string();
        let last = match error {
            WaitError::Call(error) => return error.into(),
            WaitError::Elsewhere(_) => None,
            WaitError::Failed(last) | WaitError::Unclear(last) | WaitError::TooLong(last) => {
                Some(Opaque::new(*last))
            }
        };
        Error::<E>::Unfinished(Box::new(Unfinished { why, last })).into()
    }
}

/// The result of a wait: the operation's success, or why there is none. `L` is the last answer.
pub type Waited<O, L = Response<<O as Operation>::Success>> =
    Result<Response<<O as Operation>::Success>, WaitError<L, <O as Operation>::Failure>>;

/// A place that is not of the server's origin.
pub(super) struct Elsewhere(pub(super) String);

impl<L, E> From<Elsewhere> for WaitError<L, E> {
    fn from(Elsewhere(place): Elsewhere) -> Self {
        Self::Elsewhere(place)
    }
}

impl<L: fmt::Debug, E: fmt::Debug> fmt::Debug for WaitError<L, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = |f: &mut fmt::Formatter<'_>, name: &str, of: &dyn fmt::Debug| {
            f.debug_tuple(name).field(of).finish()
        };
        match self {
            Self::Call(error) => one(f, "Call", error),
            Self::Failed(last) => one(f, "Failed", last),
            Self::Unclear(last) => one(f, "Unclear", last),
            Self::TooLong(last) => one(f, "TooLong", last),
            Self::Elsewhere(place) => one(f, "Elsewhere", place),
        }
    }
}

impl<L, E: fmt::Debug> fmt::Display for WaitError<L, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Failed(_) => f.write_str("what was waited for has failed"),
            Self::Unclear(_) => f.write_str("the answer does not say how far it is"),
            Self::TooLong(_) => f.write_str("the time to wait is up"),
            Self::Elsewhere(place) => write!(
                f,
                "the server names `{}`, which is not of its own origin",
                place.escape_debug()
            ),
        }
    }
}

impl<L: fmt::Debug, E: fmt::Debug> std::error::Error for WaitError<L, E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            _ => None,
        }
    }
}
