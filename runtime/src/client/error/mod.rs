//! The failures of a call, each with the facts that a caller needs to act on it.

mod any;
mod decode;
mod excerpt;
mod failed;
mod kinds;
mod problem;
mod transport;
mod words;

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

pub use self::any::{AnyError, Opaque};
pub use self::decode::DecodeError;
pub(crate) use self::decode::{Trouble, locate};
pub(crate) use self::excerpt::Redactor;
pub use self::failed::Failed;
pub use self::kinds::{
    CredentialError, MissingCredential, PagingError, Redirect, TooLarge, UnexpectedContentType,
};
pub use self::problem::{FieldProblem, Problem};
pub use self::transport::{Limit, TransportError, TransportErrorKind};
use super::polling::Unfinished;
use super::request::RequestError;
use crate::tolerance::Departure;
use crate::validate::Violations;

/// Why a call failed. `E` is the operation's own enum of documented failures.
///
/// [`Api`](Self::Api) means that the API itself answered as documented. The same status with another body does not: it
/// is [`Undocumented`](Self::Undocumented), or [`UnexpectedContentType`](Self::UnexpectedContentType) where it is
/// something else than JSON, such as a proxy's page. [`status`](Self::status) and [`raw_body`](Self::raw_body) tell the
/// status and the body of them all, so whoever acts on a status alone asks for that.
#[non_exhaustive]
pub enum Error<E> {
    /// The server answered with a documented failure.
    Api(E, Box<Failed>),
    /// The server answered with a failure that the document does not have: its status, or its body.
    Undocumented(Box<Failed>),
    /// The request breaks the document's constraints. Nothing was sent.
    Invalid(Violations),
    /// The request could not be written. Nothing was sent.
    Request(RequestError),
    /// The operation needs a credential that the client was not given. Nothing was sent.
    MissingCredential(MissingCredential),
    /// A credential could not be had: a sign-in or a token request failed. The operation itself was not sent.
    Credential(Box<CredentialError>),
    /// No response came, or it broke off.
    Transport(TransportError),
    /// The response body is not what the document says.
    Decode(Box<DecodeError>),
    /// The response has another media type than documented: a gateway's error page, say.
    UnexpectedContentType(Box<UnexpectedContentType>),
    /// A body was expected, and the response has none.
    EmptyBody(Box<Failed>),
    /// The response is larger or deeper than the client accepts.
    TooLarge(Box<TooLarge>),
    /// The server sent the client elsewhere, and that was not followed.
    Redirect(Box<Redirect>),
    /// Paging could not go on.
    Paging(PagingError),
    /// A wait did not end in success. Only an [`AnyError`] that was a `WaitError` says so.
    Unfinished(Box<Unfinished>),
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = |f: &mut fmt::Formatter<'_>, name: &str, of: &dyn fmt::Debug| {
            f.debug_tuple(name).field(of).finish()
        };
        match self {
            // A server may echo what it was sent, so the decoded body is shown as the raw one is: without secrets.
            Self::Api(error, failed) => {
                let shown = failed
                    .redactor
                    .excerpt(format!("{error:?}").as_bytes(), DEBUGGED);
                f.debug_tuple("Api")
                    .field(&format_args!("{shown}"))
                    .field(failed)
                    .finish()
            }
            Self::Undocumented(failed) => one(f, "Undocumented", failed),
            Self::Invalid(violations) => one(f, "Invalid", violations),
            Self::Request(error) => one(f, "Request", error),
            Self::MissingCredential(error) => one(f, "MissingCredential", error),
            Self::Credential(error) => one(f, "Credential", error),
            Self::Transport(error) => one(f, "Transport", error),
            Self::Decode(error) => one(f, "Decode", error),
            Self::UnexpectedContentType(error) => one(f, "UnexpectedContentType", error),
            Self::EmptyBody(failed) => one(f, "EmptyBody", failed),
            Self::TooLarge(error) => one(f, "TooLarge", error),
            Self::Redirect(error) => one(f, "Redirect", error),
            Self::Paging(error) => one(f, "Paging", error),
            Self::Unfinished(error) => one(f, "Unfinished", error),
        }
    }
}

/// The length of a decoded failure that `Debug` shows, in bytes.
const DEBUGGED: usize = 2048;

/// An error of any operation, without documented failures: what the send path deals in.
pub(crate) type Fault = Error<Infallible>;

impl Fault {
    /// The same error, of an operation.
    pub(crate) fn widen<E>(self) -> Error<E> {
        self.map_api(|never| match never {})
    }
}

impl<E> Error<E> {
    /// The same error with the documented failure turned into another type.
    pub fn map_api<F>(self, turn: impl FnOnce(E) -> F) -> Error<F> {
        match self {
            Self::Api(error, failed) => Error::Api(turn(error), failed),
            Self::Undocumented(failed) => Error::Undocumented(failed),
            Self::Invalid(violations) => Error::Invalid(violations),
            Self::Request(error) => Error::Request(error),
            Self::MissingCredential(error) => Error::MissingCredential(error),
            Self::Credential(error) => Error::Credential(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Decode(error) => Error::Decode(error),
            Self::UnexpectedContentType(error) => Error::UnexpectedContentType(error),
            Self::EmptyBody(failed) => Error::EmptyBody(failed),
            Self::TooLarge(error) => Error::TooLarge(error),
            Self::Redirect(error) => Error::Redirect(error),
            Self::Paging(error) => Error::Paging(error),
            Self::Unfinished(error) => Error::Unfinished(error),
        }
    }

    /// The documented failure.
    pub const fn api(&self) -> Option<&E> {
        match self {
            Self::Api(error, _) => Some(error),
            _ => None,
        }
    }

    /// The response, where there was one: status, headers, body.
    pub fn response(&self) -> Option<&Failed> {
        match self {
            Self::Api(_, failed) | Self::Undocumented(failed) | Self::EmptyBody(failed) => {
                Some(failed)
            }
            Self::Decode(error) => Some(error.response()),
            Self::UnexpectedContentType(error) => Some(error.response()),
            Self::TooLarge(error) => Some(error.response()),
            Self::Redirect(error) => Some(error.response()),
            _ => None,
        }
    }

    /// The status, where there was a response.
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(Failed::status)
    }

    /// The body as it came (decompressed, up to the client's limit), where there was a response. It may hold secrets.
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.response().map(Failed::body)
    }

    /// Where the answer is not what the document says, corrected or not.
    pub fn departures(&self) -> &[Departure] {
        match self {
            Self::Decode(error) => error.departures(),
            _ => self.response().map(Failed::departures).unwrap_or_default(),
        }
    }

    /// The server's name for the request, where it gave one.
    pub fn request_id(&self) -> Option<&str> {
        self.response()?.request_id()
    }

    /// The server's words about the failure, whatever the shape of its body: a message, a code, the fields at fault.
    pub fn problem(&self) -> Option<Problem> {
        self.response()?.problem()
    }

    /// The number of times the operation was sent, or sending it was tried.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Transport(error) => error.attempts(),
            _ => self.response().map_or(0, Failed::attempts),
        }
    }

    /// The delay in `Retry-After`.
    pub fn retry_after(&self) -> Option<Duration> {
        self.response()?.retry_after()
    }

    /// Whether a time limit passed.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }

    /// Whether the same call may succeed later. It says nothing of whether repeating it is safe.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.is_retryable(),
            Self::Credential(error) => error.is_retryable(),
            _ => self
                .status()
                .is_some_and(|status| matches!(status.as_u16(), 429 | 502 | 503 | 504)),
        }
    }
}

impl<E: fmt::Debug + Send + Sync + 'static> Error<E> {
    /// An error without the operation's type, for functions that make several calls.
    pub fn erase(self) -> AnyError {
        self.into()
    }
}

impl<E: fmt::Debug> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut excerpt::Bounded::new(f);
        use fmt::Write;
        match self {
            Self::Api(_, failed) => write!(f, "{failed}"),
            Self::Undocumented(failed) => write!(f, "not as documented: {failed}"),
            Self::Invalid(violations) => {
                write!(f, "the request violates the API document: {violations}")
            }
            Self::Request(error) => write!(f, "the request cannot be written: {error}"),
            Self::MissingCredential(error) => write!(f, "{error}"),
            Self::Credential(error) => write!(f, "{error}"),
            Self::Transport(error) => write!(f, "{error}"),
            Self::Decode(error) => write!(f, "{error}"),
            Self::UnexpectedContentType(error) => write!(f, "{error}"),
            Self::EmptyBody(failed) => write!(
                f,
                "expected a response body: {failed}; `raw` takes an answer without one"
            ),
            Self::TooLarge(error) => write!(f, "{error}"),
            Self::Redirect(error) => write!(f, "{error}"),
            Self::Paging(error) => write!(f, "{error}"),
            Self::Unfinished(error) => write!(f, "{error}"),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Invalid(violations) => Some(violations),
            Self::Request(error) => Some(error),
            Self::Transport(error) => error.source(),
            Self::Credential(error) => error.source(),
            _ => None,
        }
    }
}
