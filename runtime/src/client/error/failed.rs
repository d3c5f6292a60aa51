//! A response that an error keeps.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::decode::DecodeError;

use super::excerpt::Redactor;
use super::problem::Problem;
use crate::tolerance::Departure;

/// The length of a body that an error shows, in bytes.
pub(super) const SHOWN: usize = 512;

/// Headers in which servers name a request.
const REQUEST_ID: &[&str] = &[
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-ms-request-id",
    "x-trace-id",
];

/// A response that an error keeps: status, headers, body as it came, and the call it belongs to.
///
/// `Debug` and `Display` show an excerpt without secrets; [`headers`](Self::headers) and [`body`](Self::body) hold
/// whatever the server sent.
#[derive(Clone)]
pub struct Failed {
    pub(crate) operation: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) attempts: u32,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) redactor: Redactor,
    pub(crate) unread: Option<Arc<DecodeError>>,
    pub(crate) departures: Vec<Departure>,
    pub(crate) help: Option<&'static str>,
}

impl Failed {
    /// The operation's name.
    pub const fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came, decompressed, up to the client's limit.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The number of times the operation was sent.
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The delay that the server asked for.
    pub const fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// The server's name for the request.
    pub fn request_id(&self) -> Option<&str> {
        Self::request_id_of(&self.headers)
    }

    pub(crate) fn request_id_of(headers: &HeaderMap) -> Option<&str> {
        REQUEST_ID
            .iter()
            .find_map(|name| headers.get(*name)?.to_str().ok())
    }

    /// The server's words about the failure, whatever the shape of its body; none if that is neither JSON nor plain text,
    /// or says nothing, or if the server calls the answer a success.
    pub fn problem(&self) -> Option<Problem> {
        let is_failure = !self.status.is_success();
        is_failure.then(|| Problem::of(self)).flatten()
    }

    /// The reason why the body of a documented failure could not be read.
    pub fn unread(&self) -> Option<&DecodeError> {
        self.unread.as_deref()
    }

    /// Where the body of a documented failure is not what the document says: what was corrected, or if it could not be
    /// read, all that was found. There are none unless the answer was read tolerantly, or could not be read.
    pub fn departures(&self) -> &[Departure] {
        match &self.unread {
            Some(unread) => unread.departures(),
            None => &self.departures,
        }
    }

    /// A way out, where the server refused the call with 401 or 403, and the reason may be a credential that the document
    /// does not ask for, or asks for without saying how it is written.
    pub const fn help(&self) -> Option<&'static str> {
        self.help
    }

    /// The first part of the body, on one line and without secrets.
    pub fn excerpt(&self) -> String {
        self.redactor.excerpt(&self.body, SHOWN)
    }

    /// Words of the decoded body, fit to be shown: on one line, bounded, and without the secrets that the call
    /// carried, which a server may echo.
    pub fn redact(&self, words: &str) -> String {
        self.redactor.excerpt(words.as_bytes(), SHOWN)
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.status)?;
        if self.attempts > 1 {
            write!(f, " (after {} attempts)", self.attempts)?;
        }
        if let Some(delay) = self.retry_after {
            write!(f, " (retry after {} s)", delay.as_secs())?;
        }
        if let Some(id) = self.request_id() {
            write!(f, " (request {})", id.escape_debug())?;
        }
        if !self.body.is_empty() {
            write!(f, ": {}", self.excerpt())?;
        }
        if let Some(unread) = &self.unread {
            write!(f, "; {}", unread.why())?;
        }
        match self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failed")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .field("body", &self.excerpt())
            .finish_non_exhaustive()
    }
}
