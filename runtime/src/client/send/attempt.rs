//! One attempt: a request goes out, a response comes in.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::prepare::Prepared;
use super::watch::{Alarm, Upload, Watched, within};
use crate::client::BoxFuture;
use crate::client::body::Body;
use crate::client::core::{Core, Inner};
use crate::client::error::{Limit, TransportError, TransportErrorKind};

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
pub(super) async fn attempt(
    core: &Core,
    prepared: &Prepared,
    request: http::Request<Body>,
    left: Duration,
) -> Result<Answer, TransportError> {
    let timeouts = &prepared.timeouts;
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
    let sending = core.inner().transport.send(request);
    let exchange = pin!(exchange(core.inner(), prepared, sending, silence));
    let answer = within(exchange, Pin::new(&mut alarm)).await;
    answer.unwrap_or_else(|limit| Err(TransportErrorKind::Timeout(limit).into()))
}

type Sending = BoxFuture<'static, Result<http::Response<Body>, TransportError>>;

async fn exchange(
    inner: &Inner,
    prepared: &Prepared,
    mut sending: Sending,
    silence: Option<Duration>,
) -> Result<Answer, TransportError> {
    let response = match silence {
        Some(time) => {
            let mut alarm = inner.clock.alarm(time);
            let answer = within(Pin::new(&mut sending), Pin::new(&mut alarm)).await;
            answer.unwrap_or_else(|()| Err(TransportErrorKind::Timeout(Limit::Read).into()))?
        }
        None => (&mut sending).await?,
    };
    let (head, body) = response.into_parts();
    let (status, headers) = (head.status, head.headers);
    let length = body.length();
    let mut watched = Watched::new(body, Arc::clone(&inner.clock), &prepared.timeouts);
    let body = if prepared.spec.streamed.contains(&status.as_u16()) {
        Ok(Content::Unread(
            Body::from_chunks(watched).with_some_length(length),
        ))
    } else {
        watched
            .bytes(length, body_limit(inner, status))
            .await
            .map(Content::Read)
    };
    Ok(Answer {
        status,
        headers,
        body,
    })
}

/// How large a body of this status may be, in bytes.
pub(super) const fn body_limit(inner: &Inner, status: StatusCode) -> usize {
    if status.as_u16() >= 400 {
        inner.error_body_limit
    } else {
        inner.body_limit
    }
}
