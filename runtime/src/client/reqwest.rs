//! reqwest as the transport.

use std::error::Error as StdError;
use std::future::{poll_fn, ready};
use std::io::{self, ErrorKind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::Uri;
use reqwest::{Client, Proxy, Request, Response, redirect, retry};
use url::{Position, Url};

use super::BoxFuture;
use super::body::Body;
use super::builder::{BuildError, Builder};
use super::core::{Certificate, Core};
use super::error::{Limit, TransportError, TransportErrorKind as Kind};
use super::tls::Trust;
use super::transport::Transport;
use crate::Secret;

/// The settings of connections.
#[derive(Default)]
pub(super) struct Connection {
    client: Option<Client>,
    trust: Trust,
    proxy: ProxyUse,
}

/// Whether requests go through a proxy.
#[derive(Default)]
enum ProxyUse {
    #[default]
    AsEnvironmentSays,
    Never,
    Through(String),
}

/// Idle connections are closed before servers and middleboxes close them, commonly after 60 s and more.
const IDLE: Duration = Duration::from_secs(50);

impl<C: From<Core>> Builder<C> {
    /// Sends requests with this client: its limits on connecting, its TLS and its proxies apply. Give it
    /// `redirect::Policy::none()`, or it follows redirects with whatever the requests carry.
    pub fn http_client(mut self, client: Client) -> Self {
        self.connection.client = Some(client);
        self
    }

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

    /// Goes through this proxy, whatever the environment says. Requests are tunnelled: the proxy sees the host's name
    /// and nothing else. Where the base URL is not https, no proxy is used: it would see everything.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.connection.proxy = ProxyUse::Through(url.into());
        self
    }
}

impl Connection {
    pub(super) const fn certificate(&self) -> Certificate {
        match (&self.client, &self.trust.identity) {
            (None, None) => Certificate::Absent,
            _ => Certificate::Given,
        }
    }

    pub(super) fn open(
        self,
        connect: Duration,
        base: Option<&Url>,
    ) -> Result<Arc<dyn Transport>, BuildError> {
        if let Some(client) = self.client {
            return Ok(Arc::new(Reqwest::new(client, base)));
        }
        let tls = self.trust.config().map_err(BuildError::Certificate)?;
        let builder = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(redirect::Policy::none())
            // Attempts are counted, delayed and paid for in one place only.
            .retry(retry::never())
            .referer(false)
            .connect_timeout(connect)
            .pool_idle_timeout(IDLE);
        // Without TLS a proxy would read the credentials.
        let in_clear = base.is_some_and(|base| base.scheme() == "http");
        let builder = match self.proxy {
            _ if in_clear => builder.no_proxy(),
            ProxyUse::AsEnvironmentSays => builder,
            ProxyUse::Never => builder.no_proxy(),
            ProxyUse::Through(url) => {
                let proxy = Proxy::all(url)
                    .map_err(|error| BuildError::Transport(error.without_url().into()))?;
                builder.proxy(proxy)
            }
        };
        let client = builder
            .build()
            .map_err(|error| BuildError::Transport(error.into()))?;
        Ok(Arc::new(Reqwest::new(client, base)))
    }
}

struct Reqwest {
    client: Client,
    /// Where most requests go: its name need not be parsed again each time.
    origin: Option<Url>,
}

impl Reqwest {
    fn new(client: Client, base: Option<&Url>) -> Self {
        let mut origin = base.cloned();
        if let Some(origin) = &mut origin {
            origin.set_path("");
        }
        Self { client, origin }
    }

    /// The URL as reqwest wants it, which must be letter for letter the one that was checked.
    fn url(&self, uri: &Uri) -> Result<Url, TransportError> {
        let known = self.origin.as_ref().filter(|origin| {
            let authority = &origin[Position::BeforeHost..Position::AfterPort];
            uri.scheme_str() == Some(origin.scheme())
                && uri.authority().is_some_and(|uri| uri == authority)
        });
        let url = match known {
            Some(origin) => {
                let mut url = origin.clone();
                url.set_path(uri.path());
                url.set_query(uri.query());
                url
            }
            None => Url::parse(&uri.to_string())
                .map_err(|error| TransportError::new(Kind::Url, error))?,
        };
        if url.path() != uri.path() || url.query() != uri.query() || url.host_str() != uri.host() {
            return Err(TransportError::new(
                Kind::Url,
                "a URL parser reads it otherwise than it was written",
            ));
        }
        Ok(url)
    }

    fn translate(&self, request: http::Request<Body>) -> Result<Request, TransportError> {
        let (head, body) = request.into_parts();
        let mut translated = Request::new(head.method, self.url(&head.uri)?);
        *translated.headers_mut() = head.headers;
        *translated.body_mut() = match body.into_memory() {
            Ok(bytes) if bytes.is_empty() => None,
            Ok(bytes) => Some(bytes.into()),
            Err(stream) => Some(reqwest::Body::wrap(stream)),
        };
        Ok(translated)
    }
}

impl Transport for Reqwest {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<Body>, TransportError>> {
        // A request that is made into a future at once is not kept in another one.
        match self.translate(request) {
            Ok(request) => {
                let answer = self.client.execute(request);
                Box::pin(async move {
                    let mut response = answer.await.map_err(during_exchange)?;
                    let length = response.content_length();
                    let first = poll_fn(|cx| Poll::Ready(poll_chunk(&mut response, cx))).await;
                    Ok(receive(response, length, first))
                })
            }
            Err(error) => Box::pin(ready(Err(error))),
        }
    }
}

/// Some of a body; nothing at its end.
type Chunk = Option<Result<Bytes, TransportError>>;

/// A response of which a first chunk may have come with the headers: small bodies do, and then are in memory already.
fn receive(
    mut response: Response,
    length: Option<u64>,
    first: Poll<Chunk>,
) -> http::Response<Body> {
    let (status, version) = (response.status(), response.version());
    let headers = std::mem::take(response.headers_mut());
    // HTTP/2 ends a stream by a frame of its own, which has to be waited for.
    let over = version <= http::Version::HTTP_11 && response.content_length() == Some(0);
    let body = match first {
        Poll::Ready(Some(Ok(bytes))) if over => bytes.into(),
        first => {
            let first = match first {
                Poll::Ready(chunk) => Some(chunk),
                Poll::Pending => None,
            };
            Body::from_chunks(Incoming { first, response }).with_some_length(length)
        }
    };
    let mut received = http::Response::new(body);
    *received.status_mut() = status;
    *received.version_mut() = version;
    *received.headers_mut() = headers;
    received
}

/// The body of a response, with errors of ours.
struct Incoming {
    /// The bytes that have been read already.
    first: Option<Chunk>,
    response: Response,
}

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.first.take() {
            Some(chunk) => Poll::Ready(chunk),
            None => poll_chunk(&mut self.response, cx),
        }
    }
}

/// Asking for a chunk keeps nothing between polls but what the response itself keeps.
fn poll_chunk(response: &mut Response, cx: &mut Context<'_>) -> Poll<Chunk> {
    let chunk = pin!(response.chunk()).poll(cx);
    chunk.map(|chunk| chunk.map_err(during_body).transpose())
}

fn during_exchange(error: reqwest::Error) -> TransportError {
    classify(error, |error, causes| {
        if error.is_dns() {
            Kind::Dns
        } else if error.is_connect() {
            connecting(error, causes)
        } else if error.is_timeout() {
            Kind::Timeout(Limit::Attempt)
        } else if causes.refused {
            Kind::Refused
        } else {
            broken(causes).unwrap_or(Kind::Other)
        }
    })
}

fn during_body(error: reqwest::Error) -> TransportError {
    classify(error, |_, causes| match causes.hyper {
        true => broken(causes).unwrap_or(Kind::Reset),
        // Without hyper's word it is the decompressor that speaks.
        false => Kind::Encoding,
    })
}

fn connecting(error: &reqwest::Error, causes: &Causes) -> Kind {
    match causes.io {
        _ if error.is_timeout() => Kind::Timeout(Limit::Connect),
        _ if causes.tls => Kind::Tls,
        // A connection that ends while it is made secure.
        Some(ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe) => {
            Kind::Tls
        }
        _ => Kind::Connect,
    }
}

/// The way a connection broke, if it did.
fn broken(causes: &Causes) -> Option<Kind> {
    match causes.io {
        _ if causes.garbage => Some(Kind::Protocol),
        // A server that does not accept the client's certificate says so after the handshake.
        _ if causes.tls => Some(Kind::Tls),
        Some(ErrorKind::InvalidData | ErrorKind::InvalidInput) => Some(Kind::Protocol),
        Some(_) => Some(Kind::Reset),
        None => causes.ended.then_some(Kind::Reset),
    }
}

/// The causes below reqwest's errors; the inner ones are the surer ones.
#[derive(Default)]
struct Causes {
    /// The innermost I/O error.
    io: Option<ErrorKind>,
    hyper: bool,
    /// hyper could not make sense of what came.
    garbage: bool,
    /// hyper found the connection closed, or h2 the stream.
    ended: bool,
    tls: bool,
    refused: bool,
}

impl Causes {
    fn note(&mut self, cause: &(dyn StdError + 'static)) {
        if let Some(error) = cause.downcast_ref::<io::Error>() {
            self.io = Some(error.kind());
        }
        if let Some(error) = cause.downcast_ref::<hyper::Error>() {
            self.hyper = true;
            self.garbage |= error.is_parse();
            self.ended |= error.is_incomplete_message() || error.is_closed() || error.is_canceled();
        }
        // The other side ended the stream or the connection, for whatever reason.
        if let Some(error) = cause.downcast_ref::<h2::Error>() {
            self.ended |= error.is_remote() && (error.is_reset() || error.is_go_away());
        }
        self.tls |= cause.is::<rustls::Error>();
        self.refused |= is_refusal(cause);
    }
}

fn classify(error: reqwest::Error, judge: fn(&reqwest::Error, &Causes) -> Kind) -> TransportError {
    let error = error.without_url();
    let mut causes = Causes::default();
    for cause in causes_of(&error) {
        if let Some(own) = cause.downcast_ref::<TransportError>() {
            return own.clone();
        }
        causes.note(cause);
    }
    TransportError::new(judge(&error, &causes), error)
}

/// HTTP/2 says for sure that a request was not looked at.
fn is_refusal(cause: &(dyn StdError + 'static)) -> bool {
    let Some(error) = cause
        .downcast_ref::<h2::Error>()
        .filter(|error| error.is_remote())
    else {
        return false;
    };
    match error.reason() {
        Some(h2::Reason::REFUSED_STREAM) => error.is_reset(),
        Some(h2::Reason::NO_ERROR) => error.is_go_away(),
        _ => false,
    }
}

fn causes_of(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    let mut next: Option<&(dyn StdError + 'static)> = Some(error);
    std::iter::from_fn(move || {
        let cause = next?;
        // What an I/O error holds is not among its sources.
        let held = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        next = held.map(|held| held as _).or_else(|| cause.source());
        Some(cause)
    })
}
