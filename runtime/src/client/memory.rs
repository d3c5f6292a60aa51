//! A transport that goes nowhere.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

use super::BoxFuture;
use super::body::Body;
use super::error::TransportError;
use super::transport::Transport;

type Answer = Result<http::Response<Body>, TransportError>;
type Respond = dyn Fn(&http::Request<Bytes>) -> Answer + Send + Sync;

/// Answers requests from memory, and keeps them: for tests of code that uses a client.
///
/// Clones share what was sent.
#[derive(Clone)]
pub struct MemoryTransport {
    respond: Arc<Respond>,
    sent: Arc<Mutex<Vec<http::Request<Bytes>>>>,
}

impl MemoryTransport {
    /// Answers each request by a function.
    pub fn new(respond: impl Fn(&http::Request<Bytes>) -> Answer + Send + Sync + 'static) -> Self {
        Self {
            respond: Arc::new(respond),
            sent: Arc::default(),
        }
    }

    /// The requests so far, bodies gathered.
    pub fn sent(&self) -> Vec<http::Request<Bytes>> {
        self.sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl std::fmt::Debug for MemoryTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemoryTransport")
    }
}

impl Transport for MemoryTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'static, Answer> {
        let Self { respond, sent } = self.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let request = http::Request::from_parts(head, body.bytes(usize::MAX).await?);
            sent.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(request.clone());
            respond(&request)
        })
    }
}
