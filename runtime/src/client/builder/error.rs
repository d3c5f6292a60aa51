//! Why a client cannot be built.

use std::fmt;

use crate::client::base_url::BaseUrlError;
use crate::client::body::BoxError;
use crate::client::timeouts::TimeoutsError;

/// Why a client cannot be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL cannot be one.
    BaseUrl(BaseUrlError),
    /// The media type to ask for lacks a variable, or has one that it cannot have.
    Accept(BaseUrlError),
    /// The limits on time make no sense.
    Timeouts(TimeoutsError),
    /// A limit on bodies is zero.
    BodyLimit,
    /// A header has a name or a value that HTTP does not allow.
    Header(String),
    /// A certificate or key cannot be read.
    Certificate(BoxError),
    /// The transport cannot be set up.
    Transport(BoxError),
    /// There is no transport: the feature `hyper` is off, and none was given.
    NoTransport,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(error) => write!(f, "{error}"),
            Self::Accept(error) => write!(f, "the media type to ask for: {error}"),
            Self::Timeouts(error) => write!(f, "{error}"),
            Self::BodyLimit => f.write_str("a limit on bodies is zero"),
            Self::Header(name) => write!(
                f,
                "header `{}` has a name or value that HTTP does not allow",
                name.escape_debug()
            ),
            Self::Certificate(error) => write!(f, "a certificate or key cannot be read: {error}"),
            Self::Transport(error) => write!(f, "the transport cannot be set up: {error}"),
            Self::NoTransport => {
                f.write_str("there is no transport: give one, or switch on the feature `hyper`")
            }
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::BaseUrl(error) | Self::Accept(error) => Some(error),
            Self::Timeouts(error) => Some(error),
            Self::Certificate(error) | Self::Transport(error) => Some(&**error),
            _ => None,
        }
    }
}
