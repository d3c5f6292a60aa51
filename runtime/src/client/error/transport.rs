//! The failures of a transport.

use std::fmt;
use std::sync::Arc;

use super::kinds::MissingCredential;
use crate::client::body::BoxError;

/// Why no response came, or why it broke off.
#[derive(Clone, Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    operation: &'static str,
    attempts: u32,
    source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// The failure between client and server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The host's name has no address.
    Dns,
    /// No connection could be made.
    Connect,
    /// No secure connection could be made: an unknown or expired certificate, another host's, a handshake cut off.
    Tls,
    /// The server refused the request before it looked at it (HTTP/2 REFUSED_STREAM, or GOAWAY before the stream).
    Refused,
    /// The connection broke: it was reset, or closed before the response was complete.
    Reset,
    /// The response is not HTTP, or violates its rules.
    Protocol,
    /// The body is not compressed the way it says.
    Encoding,
    /// A request body given as a stream failed.
    RequestBody,
    /// The body is larger than the limit.
    BodyLimit,
    /// A time limit passed.
    Timeout(Limit),
    /// The URL is not one that the transport can ask for as it is written. Nothing was sent.
    Url,
    /// A synchronous call was made from inside an async runtime, or no runtime could be started.
    Runtime,
    /// Anything else.
    Other,
}

/// A limit on time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// On connecting.
    Connect,
    /// On the wait for the next bytes.
    Read,
    /// On one attempt.
    Attempt,
    /// On the whole operation, retries and waits included.
    Operation,
    /// On bodies that come too slowly.
    Stall,
}

impl TransportError {
    /// An error of a transport: for those who write one.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            source: Some(source.into().into()),
            ..kind.into()
        }
    }

    /// An error of somebody's body or layer: ours keeps its kind.
    pub(crate) fn body(error: impl Into<BoxError>) -> Self {
        Self::from_box(error.into(), TransportErrorKind::RequestBody)
    }

    pub(crate) fn from_box(error: BoxError, otherwise: TransportErrorKind) -> Self {
        match error.downcast::<Self>() {
            Ok(own) => *own,
            Err(error) => Self::new(otherwise, error),
        }
    }

    /// The credential that a request lacked, as was seen below its layers.
    pub(crate) fn missing_credential(&self) -> Option<&MissingCredential> {
        self.source.as_deref()?.downcast_ref()
    }

    pub(crate) fn during(self, operation: &'static str, attempts: u32) -> Self {
        Self {
            operation,
            attempts,
            ..self
        }
    }

    /// The failure.
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The number of times the operation was sent, or sending it was tried.
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether a time limit passed.
    pub const fn is_timeout(&self) -> bool {
        matches!(self.kind, TransportErrorKind::Timeout(_))
    }

    /// Whether nothing of the request can have reached the server.
    pub const fn is_before_send(&self) -> bool {
        use TransportErrorKind::{Connect, Dns, Refused, Timeout, Tls};
        matches!(
            self.kind,
            Dns | Connect | Tls | Refused | Timeout(Limit::Connect)
        )
    }

    /// Whether another attempt may succeed.
    pub const fn is_retryable(&self) -> bool {
        use TransportErrorKind::{Reset, Timeout};
        self.is_before_send()
            || matches!(
                self.kind,
                Reset | Timeout(Limit::Attempt | Limit::Read | Limit::Stall)
            )
    }

    /// The cause.
    pub fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl From<TransportErrorKind> for TransportError {
    fn from(kind: TransportErrorKind) -> Self {
        Self {
            kind,
            operation: "",
            attempts: 0,
            source: None,
        }
    }
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dns => "the host's name has no address",
            Self::Connect => "no connection could be made",
            Self::Tls => "no secure connection could be made",
            Self::Refused => "the server refused the request before processing it",
            Self::Reset => "the connection broke",
            Self::Protocol => "the response is not HTTP",
            Self::Encoding => "the body is not compressed the way it says",
            Self::RequestBody => "the request body failed",
            Self::BodyLimit => "the body is larger than the limit",
            Self::Timeout(Limit::Connect) => "connecting took too long",
            Self::Timeout(Limit::Read) => "the server was silent too long",
            Self::Timeout(Limit::Attempt) => "the attempt took too long",
            Self::Timeout(Limit::Operation) => "the operation took too long",
            Self::Timeout(Limit::Stall) => "the body came too slowly",
            Self::Url => "the URL cannot be asked for",
            Self::Runtime => "a synchronous call cannot be made here",
            Self::Other => "the transport failed",
        })
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.operation.is_empty() {
            write!(f, "{}: ", self.operation)?;
        }
        write!(f, "{}", self.kind)?;
        if self.attempts > 1 {
            write!(f, " (after {} attempts)", self.attempts)?;
        }
        // The innermost cause is the telling one; those in between repeat that something failed.
        let mut cause = self.source();
        while let Some(inner) = cause.and_then(|cause| cause.source()) {
            cause = Some(inner);
        }
        match cause {
            Some(cause) => write!(f, ": {}", cause.to_string().escape_debug()),
            None => Ok(()),
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Self::source(self)
    }
}
