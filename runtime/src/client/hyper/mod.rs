//! The default transport: hyper, with rustls and ring.
//!
//! It uses no crate whose features other HTTP clients of the same program depend on for what they do.

mod connect;
mod failure;
mod proxy;
mod stream;

use std::future::poll_fn;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tower_http::decompression::{Decompression, DecompressionBody};
use tower_service::Service;
use url::Url;

use self::connect::Connector;
use self::proxy::ProxyUse;
use super::BoxFuture;
use super::body::Body;
use super::builder::{BuildError, Builder};
use super::core::{Certificate, Core};
use super::error::TransportError;
use super::tls::Trust;
use super::transport::Transport;
use crate::Secret;

/// The settings of connections.
#[derive(Default)]
pub(super) struct Connection {
    trust: Trust,
    proxy: ProxyUse,
    socket: Option<PathBuf>,
}

/// Idle connections are closed before servers and middleboxes close them, commonly after 60 s and more.
const IDLE: Duration = Duration::from_secs(50);

impl<C: From<Core>> Builder<C> {
    /// Trusts the certificates in this PEM text besides those of the system: of a private authority, or of the server
    /// itself where it signed its own.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.connection.trust.roots.push(pem.into());
        self
    }

    /// Trusts only the certificates given by [`root_certificates`](Self::root_certificates).
    pub fn no_system_certificates(mut self) -> Self {
        self.connection.trust.without_system();
        self
    }

    /// Proves itself to the server by this certificate (with its chain) and private key, both PEM.
    pub fn client_certificate(
        mut self,
        chain: impl Into<Vec<u8>>,
        key: impl Into<Secret<Vec<u8>>>,
    ) -> Self {
        self.connection.trust.identity = Some((chain.into(), key.into()));
        self
    }

    /// Ignores `HTTPS_PROXY` and its like.
    pub fn no_proxy(mut self) -> Self {
        self.connection.proxy = ProxyUse::Never;
        self
    }

    /// Goes through this proxy, whatever the environment says: `http://`, `https://` or `socks5://`. Requests are
    /// tunnelled: the proxy sees the host's name and nothing else. Where a request is not https, no proxy is used: it
    /// would see everything.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.connection.proxy = ProxyUse::Through(url.into());
        self
    }

    /// Connects to a Unix domain socket in place of the host of the base URL, which still goes into the `Host` header:
    /// `http://localhost` will do. There is no other way to the server then, and no proxy.
    #[cfg(unix)]
    pub fn unix_socket(mut self, path: impl Into<PathBuf>) -> Self {
        self.connection.socket = Some(path.into());
        self
    }
}

impl Connection {
    pub(super) const fn certificate(&self) -> Certificate {
        match &self.trust.identity {
            None => Certificate::Absent,
            Some(_) => Certificate::Given,
        }
    }

    pub(super) fn open(
        self,
        connect: Duration,
        base: Option<&Url>,
    ) -> Result<Arc<dyn Transport>, BuildError> {
        let tls = self.trust.config().map_err(BuildError::Certificate)?;
        // Without TLS a proxy would read the credentials.
        let in_clear = base.is_some_and(|base| base.scheme() == "http");
        let proxies = match in_clear || self.socket.is_some() {
            true => None,
            false => self.proxy.matcher()?,
        };
        let connector = Connector::new(tls, proxies, self.socket, connect);
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .timer(TokioTimer::new())
            .build(connector);
        Ok(Arc::new(Hyper(Decompression::new(client))))
    }
}

struct Hyper(Decompression<Client<Connector, Body>>);

impl Transport for Hyper {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<Body>, TransportError>> {
        // A client is ready at any time.
        let answer = self.0.clone().call(request);
        Box::pin(async move {
            let response = answer.await.map_err(failure::during_exchange)?;
            let (head, body) = response.into_parts();
            let length = body.size_hint().exact();
            let mut body = Box::pin(body);
            let first = poll_fn(|cx| Poll::Ready(poll_chunk(&mut body, cx))).await;
            // HTTP/2 ends a stream by a frame of its own, which has to be waited for.
            let over =
                head.version <= http::Version::HTTP_11 && body.size_hint().exact() == Some(0);
            let body = match first {
                Poll::Ready(Some(Ok(bytes))) if over => bytes.into(),
                first => {
                    let first = match first {
                        Poll::Ready(chunk) => Some(chunk),
                        Poll::Pending => None,
                    };
                    Body::from_chunks(Incoming { first, body }).with_some_length(length)
                }
            };
            Ok(http::Response::from_parts(head, body))
        })
    }
}

/// Some of a body; nothing at its end.
type Chunk = Option<Result<Bytes, TransportError>>;

type Received = Pin<Box<DecompressionBody<hyper::body::Incoming>>>;

/// The body of a response, with errors of ours.
struct Incoming {
    /// The bytes that came with the headers: small bodies do.
    first: Option<Chunk>,
    body: Received,
}

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.first.take() {
            Some(chunk) => Poll::Ready(chunk),
            None => poll_chunk(&mut self.body, cx),
        }
    }
}

/// The next bytes; trailers are not looked at.
fn poll_chunk(body: &mut Received, cx: &mut Context<'_>) -> Poll<Chunk> {
    loop {
        let Poll::Ready(frame) = body.as_mut().poll_frame(cx) else {
            return Poll::Pending;
        };
        let frame = match frame {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(failure::during_body(error)))),
            Some(Ok(frame)) => frame,
        };
        if let Ok(bytes) = frame.into_data() {
            return Poll::Ready(Some(Ok(bytes)));
        }
    }
}
