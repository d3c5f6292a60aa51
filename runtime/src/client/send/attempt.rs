//! One attempt: a request goes out, a response comes in.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::prepare::Prepared;
use super::watch::{Alarm, Upload, Watched, within};
use crate::client::BoxFuture;
use crate::client::body::{Body, bounded};
use crate::client::core::{Core, Inner};
use crate::client::error::{Limit, TransportError, TransportErrorKind};
use crate::client::response::decoded;
use crate::client::timeouts::Settled;

/// A response. Its body may have failed to come, which matters only if its status says nothing already.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Result<Content, TransportError>,
}

pub(super) enum Content {
    Read(Bytes),
    Unread(Body),
}

/// Sends a request and reads the response, within the limits on time.
///
/// The request is handed over before there is a future: what a future takes by value, it keeps.
pub(super) fn attempt<'c>(
    core: &'c Core,
    prepared: &'c Prepared,
    request: http::Request<Body>,
    left: Duration,
) -> impl Future<Output = Result<Answer, TransportError>> + Send + 'c {
    let timeouts = prepared.timeouts(core);
    let (limit, name) = match timeouts.attempt < left {
        true => (timeouts.attempt, Limit::Attempt),
        false => (left, Limit::Operation),
    };
    let clock = core.clock();
    let mut silence = (timeouts.read < limit).then_some(timeouts.read);
    let (request, mut alarm) = if request.body().as_bytes().is_some() {
        (request, Alarm::Plain(clock.alarm(limit), name))
    } else {
        // A large file takes its time: what is limited is how long nothing moves, and the wait for the answer.
        let upload = Upload::default();
        silence = None;
        let alarm = upload.alarm(Arc::clone(clock), timeouts.stall, limit, name);
        (request.map(|body| upload.observe(body)), alarm)
    };
    let mut sending = core.inner().transport.send(request);
    async move {
        let exchange = pin!(exchange(core.inner(), prepared, &mut sending, silence));
        let answer = within(exchange, Pin::new(&mut alarm)).await;
        answer.unwrap_or_else(|limit| Err(TransportErrorKind::Timeout(limit).into()))
    }
}

type Sending = BoxFuture<'static, Result<http::Response<Body>, TransportError>>;

/// Waits for the response and reads it.
#[expect(
    clippy::manual_async_fn,
    reason = "the future of an `async fn` holds each argument twice"
)]
fn exchange(
    inner: &Inner,
    prepared: &Prepared,
    sending: &mut Sending,
    silence: Option<Duration>,
) -> impl Future<Output = Result<Answer, TransportError>> + Send {
    async move {
        let (status, mut headers, body) = {
            let response = match silence {
                Some(time) => {
                    let mut alarm = inner.clock.alarm(time);
                    let answer = within(Pin::new(sending), Pin::new(&mut alarm)).await;
                    answer
                        .unwrap_or_else(|()| Err(TransportErrorKind::Timeout(Limit::Read).into()))?
                }
                None => sending.await?,
            };
            let (head, body) = response.into_parts();
            (head.status, head.headers, body)
        };
        let limit = body_limit(inner, status);
        let items = prepared.reads_items(status, &headers);
        let streamed = items || prepared.hands_over(status, &headers);
        let body = match body.into_memory() {
            Ok(bytes) if streamed => Ok(Content::Unread(bytes.into())),
            Ok(bytes) => bounded(bytes, limit)
                .and_then(|bytes| decoded(&mut headers, bytes, limit))
                .map(Content::Read),
            Err(body) if items => Ok(Content::Unread(watch_items(inner, body))),
            Err(body) if streamed => Ok(Content::Unread(watch(inner, body))),
            // Boxed, since most bodies have come with the headers.
            Err(body) => {
                let body = watch(inner, body).bytes(limit);
                Box::pin(body)
                    .await
                    .and_then(|bytes| decoded(&mut headers, bytes, limit))
                    .map(Content::Read)
            }
        };
        Ok(Answer {
            status,
            headers,
            body,
        })
    }
}

/// A body whose chunks must keep coming.
fn watch(inner: &Inner, body: Body) -> Body {
    let length = body.length();
    let watched = Watched::new(body, Arc::clone(&inner.clock), &inner.timeouts);
    Body::from_chunks(watched).with_some_length(length)
}

/// A body that may be silent between its items, but not for ever.
fn watch_items(inner: &Inner, body: Body) -> Body {
    let limits = Settled {
        read: match inner.timeouts.items {
            Some(time) => time,
            None => return body,
        },
        stall: None,
        ..inner.timeouts
    };
    Body::from_chunks(Watched::new(body, Arc::clone(&inner.clock), &limits))
}

/// The greatest size of a body of this status, in bytes.
pub(super) const fn body_limit(inner: &Inner, status: StatusCode) -> usize {
    if status.as_u16() >= 400 {
        inner.error_body_limit
    } else {
        inner.body_limit
    }
}
