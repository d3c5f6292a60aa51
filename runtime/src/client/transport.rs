//! The transport of requests.

use super::BoxFuture;
use super::body::Body;
use super::error::TransportError;

/// Carries one request to a server and one response back. hyper by default; tests use
/// [`MemoryTransport`](super::MemoryTransport).
///
/// Retries, credentials, limits and redirects are none of its business: each attempt is a request of its own here.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request. The response's body is read afterwards, as it comes.
    ///
    /// The future ends with an error where no response comes, which says whether anything can have been sent: see
    /// [`TransportError::is_before_send`].
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<Body>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<Body>, TransportError>> {
        T::send(self, request)
    }
}
