//! A client of reqwest as the transport, for programs that have one already.

use std::future::ready;

use http_body::Body as _;
use reqwest::{Client, Request};
use url::Url;

use super::BoxFuture;
use super::body::Body;
use super::error::{Limit, TransportError, TransportErrorKind as Kind};
use super::transport::Transport;

/// Sends requests by a client of reqwest: its TLS, its proxies and its limits apply. Build it with
/// `redirect::Policy::none()` and `retry::never()`, or it follows redirects with whatever the requests carry, and repeats
/// what should not be repeated.
impl Transport for Client {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<Body>, TransportError>> {
        match translate(request) {
            Ok(request) => {
                let answer = self.execute(request);
                Box::pin(async move {
                    let response = answer.await.map_err(failure)?;
                    let response = http::Response::<reqwest::Body>::from(response);
                    let (head, body) = response.into_parts();
                    let length = body.size_hint().exact();
                    let body = Body::wrap(body).with_some_length(length);
                    Ok(http::Response::from_parts(head, body))
                })
            }
            Err(error) => Box::pin(ready(Err(error))),
        }
    }
}

fn translate(request: http::Request<Body>) -> Result<Request, TransportError> {
    let (head, body) = request.into_parts();
    let uri = &head.uri;
    let url =
        Url::parse(&uri.to_string()).map_err(|error| TransportError::new(Kind::Url, error))?;
    // It must be letter for letter the one that was checked.
    if url.path() != uri.path() || url.query() != uri.query() || url.host_str() != uri.host() {
        return Err(TransportError::new(
            Kind::Url,
            "a URL parser reads it otherwise than it was written",
        ));
    }
    let mut translated = Request::new(head.method, url);
    *translated.headers_mut() = head.headers;
    *translated.body_mut() = match body.into_memory() {
        Ok(bytes) if bytes.is_empty() => None,
        Ok(bytes) => Some(bytes.into()),
        Err(stream) => Some(reqwest::Body::wrap(stream)),
    };
    Ok(translated)
}

fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = if error.is_connect() && error.is_timeout() {
        Kind::Timeout(Limit::Connect)
    } else if error.is_connect() {
        Kind::Connect
    } else if error.is_timeout() {
        Kind::Timeout(Limit::Attempt)
    } else {
        Kind::Other
    };
    TransportError::new(kind, error)
}
