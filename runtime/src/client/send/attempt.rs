//! One attempt: a request goes out, a response comes in.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::prepare::Prepared;
use super::watch::{Upload, Watched, within};
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
    prepared: &Prepared<'_>,
    request: http::Request<Body>,
    left: Duration,
) -> Result<Answer, TransportError> {
    let timeouts = &prepared.timeouts;
    let (limit, name) = match timeouts.attempt < left {
        true => (timeouts.attempt, Limit::Attempt),
        false => (left, Limit::Operation),
    };
    let silence = (timeouts.read < limit).then_some(timeouts.read);
    let clock = core.clock();
    let answer = if request.body().as_bytes().is_some() {
        let alarm = async { clock.alarm(limit).await };
        within(exchange(core, prepared, request, silence), alarm)
            .await
            .map_err(|()| name)
    } else {
        // A large file takes its time: what is limited is how long nothing moves, and the wait for the answer.
        let upload = Upload::default();
        let request = request.map(|body| upload.observe(body));
        let alarm = async {
            match upload.taken(&**clock, timeouts.stall).await {
                Ok(()) => clock.alarm(limit).await,
                Err(stalled) => return stalled,
            }
            name
        };
        within(exchange(core, prepared, request, None), alarm).await
    };
    answer.unwrap_or_else(|limit| Err(TransportErrorKind::Timeout(limit).into()))
}

async fn exchange(
    core: &Core,
    prepared: &Prepared<'_>,
    request: http::Request<Body>,
    silence: Option<Duration>,
) -> Result<Answer, TransportError> {
    let sending = core.inner().transport.send(request);
    let response = match silence {
        Some(time) => within(sending, core.clock().alarm(time))
            .await
            .unwrap_or_else(|()| Err(TransportErrorKind::Timeout(Limit::Read).into()))?,
        None => sending.await?,
    };
    let (head, body) = response.into_parts();
    let body = content(core.inner(), prepared, head.status, body).await;
    Ok(Answer {
        status: head.status,
        headers: head.headers,
        body,
    })
}

/// The body, read up to the limit; or unread, where the operation streams it.
async fn content(
    inner: &Inner,
    prepared: &Prepared<'_>,
    status: StatusCode,
    body: Body,
) -> Result<Content, TransportError> {
    let streamed = prepared.spec.streamed.contains(&status.as_u16());
    let limit = if status.as_u16() >= 400 {
        inner.error_body_limit
    } else {
        inner.body_limit
    };
    if body.as_bytes().is_none() {
        let length = body.length();
        let watched = Watched::new(body, Arc::clone(&inner.clock), &prepared.timeouts);
        let mut body = Body::from_stream(watched);
        if let Some(length) = length {
            body = body.with_length(length);
        }
        return if streamed {
            Ok(Content::Unread(body))
        } else {
            body.bytes(limit).await.map(Content::Read)
        };
    }
    if streamed {
        Ok(Content::Unread(body))
    } else {
        body.bytes(limit).await.map(Content::Read)
    }
}
