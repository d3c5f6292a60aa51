//! A sender of events: the server's part of webhooks and callbacks, for tests of receivers.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;

use countersign_runtime::inbound::Receive;
use countersign_runtime::{
    ApiSpec, Body, BoxFuture, BuildError, Builder, Core, Error, Response, Retry, Transport,
    TransportError, TransportErrorKind,
};

static SENDER: ApiSpec = ApiSpec::new("events", "1");

type Sign = dyn Fn(&mut HeaderMap, &[u8]) + Send + Sync;

/// Sends events to a receiver, in memory or over a transport, and reads what it answers.
///
/// ```text
/// let sender = Sender::in_memory(move |request| {
///     let app = app.clone();
///     async move { app.handle(request).await }
/// });
/// let answer = sender.send(PetAdded::new(pet)).await?;
/// ```
#[derive(Clone)]
pub struct Sender {
    transport: Arc<dyn Transport>,
    url: String,
    sign: Option<Arc<Sign>>,
}

impl Sender {
    /// A sender to a function that receives.
    pub fn in_memory<F, A>(receive: F) -> Self
    where
        F: Fn(http::Request<Bytes>) -> A + Send + Sync + 'static,
        A: Future<Output = http::Response<Body>> + Send + 'static,
    {
        let receive = Arc::new(move |request| -> BoxFuture<'static, http::Response<Body>> {
            Box::pin(receive(request))
        });
        Self::over(InMemory(receive), "http://localhost/receiver")
    }

    /// A sender over a transport to the URL of a receiver.
    pub fn over(transport: impl Transport, url: impl Into<String>) -> Self {
        Self {
            transport: Arc::new(transport),
            url: url.into(),
            sign: None,
        }
    }

    /// Sends to another URL: the one that a call asked for, say.
    #[must_use]
    pub fn to(mut self, url: impl Into<String>) -> Self {
        self.url = url.into();
        self
    }

    /// Signs each request: the function is given its headers, to be added to, and its body.
    #[must_use]
    pub fn sign(mut self, sign: impl Fn(&mut HeaderMap, &[u8]) + Send + Sync + 'static) -> Self {
        self.sign = Some(Arc::new(sign));
        self
    }

    /// Sends an event, once.
    ///
    /// # Errors
    /// The event is not as the document says, the receiver can't be reached, or its answer is not a success.
    pub async fn send<O: Receive>(
        &self,
        event: O,
    ) -> Result<Response<O::Success>, Error<O::Failure>> {
        let core = self.core().map_err(|error| {
            Error::Transport(TransportError::new(TransportErrorKind::Other, error))
        })?;
        core.call(event).send().await
    }

    fn core(&self) -> Result<Core, BuildError> {
        let signed = Signed {
            inner: Arc::clone(&self.transport),
            sign: self.sign.clone(),
        };
        Builder::new(&SENDER)
            .base_url(self.url.clone())
            .danger_allow_plain_http()
            .transport(signed)
            .retry(Retry::off())
            .build()
    }
}

type Receiving =
    dyn Fn(http::Request<Bytes>) -> BoxFuture<'static, http::Response<Body>> + Send + Sync;

/// Carries requests to a function.
struct InMemory(Arc<Receiving>);

impl Transport for InMemory {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<Body>, TransportError>> {
        let receive = Arc::clone(&self.0);
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.bytes(usize::MAX).await?;
            Ok(receive(http::Request::from_parts(head, body)).await)
        })
    }
}

/// Signs what it carries.
struct Signed {
    inner: Arc<dyn Transport>,
    sign: Option<Arc<Sign>>,
}

impl Transport for Signed {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<Body>, TransportError>> {
        let (inner, sign) = (Arc::clone(&self.inner), self.sign.clone());
        Box::pin(async move {
            let Some(sign) = sign else {
                return inner.send(request).await;
            };
            let (mut head, body) = request.into_parts();
            let body = body.bytes(usize::MAX).await?;
            sign(&mut head.headers, &body);
            inner
                .send(http::Request::from_parts(head, body.into()))
                .await
        })
    }
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}
