//! The connection that items come over: its limits, its end, and the next one.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::StreamError;
use crate::client::BoxFuture;
use crate::client::body::Body;
use crate::client::departures::Rereading;
use crate::client::error::{DecodeError, Error, Failed, Fault, TooLarge, TransportError, Trouble};
use crate::client::operation::OperationSpec;
use crate::client::response::{Reply, essence, fits, is_json, may_be_json};
use crate::client::send::Reopen;

/// The report of a client on the streams that it receives.
#[derive(Clone, Debug)]
pub(crate) struct Streaming {
    /// The greatest size of an item, in bytes.
    pub(crate) item_limit: usize,
    /// The data that ends a stream.
    pub(crate) sentinel: Option<Arc<str>>,
    /// The reopening of a stream.
    pub(crate) reopen: Option<Arc<Reopen>>,
}

/// Whether the body of a response is read item by item. One that does not name its type is taken for what is
/// documented.
pub(crate) fn is_streamed(spec: &OperationSpec, status: StatusCode, headers: &HeaderMap) -> bool {
    let found = headers.get(CONTENT_TYPE);
    let fits = |media: &&str| {
        found.is_none_or(|found| found.to_str().is_ok_and(|found| is_kin(found, media)))
    };
    status.is_success() && status != StatusCode::NO_CONTENT && spec.items.iter().any(fits)
}

/// Whether items of the one type can be read where the other is documented.
pub(super) fn is_kin(found: &str, documented: &str) -> bool {
    let lines = |media: &str| LINES.iter().any(|known| media.eq_ignore_ascii_case(known));
    let (one, other) = (essence(found), essence(documented));
    fits(found, documented)
        || (lines(one) && (lines(other) || is_json(other)))
        || (is_json(one) && lines(other))
}

/// Whether items may stand one after another in a body of this type. The second type is one of JSON.
pub(super) fn may_be_items(found: &str, documented: &str) -> bool {
    let is_page = essence(found).eq_ignore_ascii_case("text/html");
    is_kin(found, documented) || is_records(found) || (may_be_json(found) && !is_page)
}

/// Whether a type says that items stand one after another.
pub(crate) fn is_items(media: &str) -> bool {
    let lines = LINES
        .iter()
        .any(|known| essence(media).eq_ignore_ascii_case(known));
    lines || is_records(media)
}

/// Whether items are records of RFC 7464.
pub(super) fn is_records(media: &str) -> bool {
    let essence = essence(media).to_ascii_lowercase();
    essence == "application/json-seq" || essence.ends_with("+json-seq")
}

/// Names of JSON Lines.
const LINES: [&str; 7] = [
    "application/jsonl",
    "application/x-jsonl",
    "application/jsonlines",
    "application/x-jsonlines",
    "application/ndjson",
    "application/x-ndjson",
    "application/x-json-stream",
];

/// A response whose items are being read.
pub(super) struct Opened {
    body: Option<Body>,
    spec: &'static OperationSpec,
    /// The response without its body: what errors tell of it.
    failed: Box<Failed>,
    streaming: Streaming,
    rereading: Rereading,
}

impl Opened {
    pub(super) fn new(reply: &mut Reply) -> Self {
        let body = reply.stream.take();
        Self {
            body: Some(body.unwrap_or_else(|| std::mem::take(&mut reply.body).into())),
            spec: reply.spec,
            failed: Box::new(reply.failed()),
            streaming: reply.streaming.clone(),
            rereading: reply.rereading.clone(),
        }
    }

    /// Reads an item that is not what the document says at first sight.
    pub(super) fn again<T: DeserializeOwned>(&self, item: &[u8]) -> Result<T, Trouble> {
        let status = self.failed.status.as_u16();
        self.rereading.item(self.spec, status, item)
    }

    /// The most bytes that an item may have.
    pub(super) const fn limit(&self) -> usize {
        self.streaming.item_limit
    }

    /// The media type of the response.
    pub(super) fn media_type(&self) -> Option<&str> {
        self.failed.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    pub(super) const fn has_ended(&self) -> bool {
        self.body.is_none()
    }

    /// Ends the stream: the connection is given up.
    pub(super) fn end(&mut self) {
        self.body = None;
    }

    pub(super) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.body {
            Some(body) => Pin::new(body).poll_next(cx),
            None => Poll::Ready(None),
        }
    }

    /// Whether an item is what the document or the client calls the end.
    pub(super) fn is_sentinel(&self, item: &[u8]) -> bool {
        let is = |text: &str| text.as_bytes() == item;
        self.spec.sentinel.is_some_and(is) || self.streaming.sentinel.as_deref().is_some_and(is)
    }

    /// The stream broke off.
    pub(super) fn broken(&mut self, error: TransportError) -> StreamError {
        self.end();
        Error::Transport(error.during(self.spec.name, self.failed.attempts))
    }

    /// An item is larger than the limit.
    pub(super) fn too_large(&mut self) -> StreamError {
        self.end();
        Error::TooLarge(Box::new(TooLarge {
            limit: self.limit(),
            unit: "bytes in an item",
            response: (*self.failed).clone(),
        }))
    }

    /// An item is not what the document says.
    pub(super) fn undecodable(&self, item: &[u8], trouble: Trouble) -> StreamError {
        let response = Failed {
            body: Bytes::copy_from_slice(item),
            ..(*self.failed).clone()
        };
        let error = DecodeError {
            path: trouble.path,
            message: response.redactor.values(&trouble.message).into_owned(),
            position: trouble.position,
            rust_type: trouble.rust_type,
            document: self.spec.described(response.status.as_u16()),
            departures: Vec::new(),
            response,
        };
        Error::Decode(Box::new(error))
    }

    /// Opens the stream again, if the caller wants that, and the client can afford it.
    pub(super) fn reopen(
        &mut self,
        reopening: &mut Reopening,
        error: Option<&TransportError>,
        last_id: &str,
        wait: Option<Duration>,
    ) -> bool {
        let Some(reopen) = &self.streaming.reopen else {
            return false;
        };
        let retryable = error.is_none_or(TransportError::is_retryable);
        let opening = retryable
            .then(|| Reopen::open(reopen, reopening.failures, error, last_id, wait))
            .flatten();
        reopening.failures = reopening.failures.saturating_add(1);
        reopening.opening = opening;
        reopening.opening.is_some()
    }
}

/// The next connection of a stream, while it is being opened.
#[derive(Default)]
pub(super) struct Reopening {
    /// The number of connections in a row that brought nothing.
    failures: u32,
    opening: Option<BoxFuture<'static, Result<Box<Reply>, Fault>>>,
}

/// The source of items.
pub(super) enum Connection {
    /// The source that they were read from before.
    Same,
    Next(Opened),
    /// The server says that there is nothing more.
    Ended,
    Failed(StreamError),
}

impl Reopening {
    /// An item has come.
    pub(super) fn succeeded(&mut self) {
        self.failures = 0;
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Connection> {
        let Some(opening) = &mut self.opening else {
            return Poll::Ready(Connection::Same);
        };
        let reply = ready!(opening.as_mut().poll(cx));
        self.opening = None;
        Poll::Ready(match reply {
            Err(error) => Connection::Failed(error),
            // What the HTML standard has servers say to clients that should stay away.
            Ok(reply) if reply.status == StatusCode::NO_CONTENT => Connection::Ended,
            Ok(mut reply) => match reply.stream.is_some() {
                true => Connection::Next(Opened::new(&mut reply)),
                false => Connection::Failed(Error::Undocumented(Box::new(reply.failed()))),
            },
        })
    }
}
