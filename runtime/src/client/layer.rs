//! Layers in front of a transport, in tower's terms.
//!
//! tower rather than reqwest-middleware: its traits are two crates without dependencies, they work with any transport,
//! and what people have (limits, metrics, request headers) is written for them.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use tower_service::Service;

use super::BoxFuture;
use super::body::{Body, BoxError};
use super::error::{TransportError, TransportErrorKind};
use super::transport::Transport;

type Request = http::Request<Body>;
type Answer<B = Body> = http::Response<B>;

/// A transport as a tower service: what layers wrap.
#[derive(Clone)]
pub struct TransportService(pub(crate) Arc<dyn Transport>);

impl std::fmt::Debug for TransportService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TransportService")
    }
}

impl Service<Request> for TransportService {
    type Response = Answer;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Answer, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        self.0.send(request)
    }
}

/// A tower service as a transport.
pub(crate) struct Layered<S>(pub(crate) S);

impl<S, B> Transport for Layered<S>
where
    S: Service<Request, Response = Answer<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError> + 'static,
{
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Answer, TransportError>> {
        let mut service = self.0.clone();
        Box::pin(async move {
            let other =
                |error: S::Error| TransportError::from_box(error.into(), TransportErrorKind::Other);
            poll_fn(|cx| service.poll_ready(cx)).await.map_err(other)?;
            let answer = service.call(request).await.map_err(other)?;
            Ok(answer.map(Body::wrap))
        })
    }
}
