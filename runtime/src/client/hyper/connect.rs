//! Connecting: names to addresses, proxies, TLS, and the limit on all of it.

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use std::{fmt, io};

use http::Uri;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use rustls::ClientConfig;
use tower_service::Service;

use super::stream::Stream;
use crate::client::body::BoxError;

/// Makes connections. A clone is cheap.
#[derive(Clone)]
pub(super) struct Connector(Arc<Inner>);

struct Inner {
    tcp: HttpConnector<Resolver>,
    tls: Arc<ClientConfig>,
    /// The same without HTTP/2, for what is said to a proxy.
    to_proxy: Arc<ClientConfig>,
    proxies: Option<Matcher>,
    socket: Option<PathBuf>,
    limit: Duration,
}

/// Probes of a connection on which nothing is said keep middleboxes from forgetting it.
const PROBES: Duration = Duration::from_secs(15);

impl Connector {
    pub(super) fn new(
        tls: ClientConfig,
        proxies: Option<Matcher>,
        socket: Option<PathBuf>,
        limit: Duration,
    ) -> Self {
        let mut tcp = HttpConnector::new_with_resolver(Resolver(GaiResolver::new()));
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(PROBES));
        tcp.set_keepalive_interval(Some(PROBES));
        let mut to_proxy = tls.clone();
        to_proxy.alpn_protocols = vec![b"http/1.1".to_vec()];
        Self(Arc::new(Inner {
            tcp,
            tls: Arc::new(tls),
            to_proxy: Arc::new(to_proxy),
            proxies,
            socket,
            limit,
        }))
    }
}

impl Service<Uri> for Connector {
    type Response = Stream;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Stream, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let inner = Arc::clone(&self.0);
        Box::pin(async move {
            let connecting = inner.connect(to);
            match tokio::time::timeout(inner.limit, connecting).await {
                Ok(connected) => connected,
                Err(_) => Err(TooSlow.into()),
            }
        })
    }
}

impl Inner {
    async fn connect(&self, to: Uri) -> Result<Stream, BoxError> {
        if let Some(path) = &self.socket {
            return self.local(path, to).await;
        }
        let is_secure = to.scheme_str() == Some("https");
        let proxies = self.proxies.as_ref().filter(|_| is_secure);
        match proxies.and_then(|proxies| proxies.intercept(&to)) {
            Some(proxy) => self.through(&proxy, to).await,
            None => secure(self.tcp.clone(), &self.tls, to).await,
        }
    }

    /// A tunnel through a proxy, and TLS to the server within it.
    async fn through(&self, proxy: &Intercept, to: Uri) -> Result<Stream, BoxError> {
        let at = proxy.uri().clone();
        match at.scheme_str() {
            Some("socks5" | "socks5h") => {
                let is_local = at.scheme_str() == Some("socks5");
                let socks = SocksV5::new(at, self.tcp.clone()).local_dns(is_local);
                let socks = match proxy.raw_auth() {
                    Some((user, password)) => socks.with_auth(user.into(), password.into()),
                    None => socks,
                };
                secure(socks, &self.tls, to).await
            }
            Some("http" | "https") => {
                let to_proxy = HttpsConnector::from((self.tcp.clone(), Arc::clone(&self.to_proxy)));
                let tunnel = Tunnel::new(at, to_proxy);
                let tunnel = match proxy.basic_auth() {
                    Some(auth) => tunnel.with_auth(auth.clone()),
                    None => tunnel,
                };
                secure(tunnel, &self.tls, to).await
            }
            _ => Err("the URL of the proxy is not an http, https or socks5 URL".into()),
        }
    }

    #[cfg(unix)]
    async fn local(&self, path: &std::path::Path, to: Uri) -> Result<Stream, BoxError> {
        secure(Socket(path.to_owned()), &self.tls, to).await
    }

    #[cfg(not(unix))]
    async fn local(&self, _: &std::path::Path, _: Uri) -> Result<Stream, BoxError> {
        Err("there are no Unix domain sockets here".into())
    }
}

/// Connects, and makes the connection secure if the scheme says so.
async fn secure<T>(transport: T, tls: &Arc<ClientConfig>, to: Uri) -> Result<Stream, BoxError>
where
    HttpsConnector<T>: Service<Uri, Error = BoxError>,
    <HttpsConnector<T> as Service<Uri>>::Response: hyper::rt::Read
        + hyper::rt::Write
        + hyper_util::client::legacy::connect::Connection
        + Send
        + Unpin
        + 'static,
{
    let mut connector = HttpsConnector::from((transport, Arc::clone(tls)));
    std::future::poll_fn(|cx| connector.poll_ready(cx)).await?;
    Ok(Stream::new(connector.call(to).await?))
}

/// Connects to a Unix domain socket, whatever the address.
#[cfg(unix)]
#[derive(Clone)]
struct Socket(PathBuf);

#[cfg(unix)]
impl Service<Uri> for Socket {
    type Response = hyper_util::rt::TokioIo<tokio::net::UnixStream>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let path = self.0.clone();
        Box::pin(async move {
            let stream = tokio::net::UnixStream::connect(path).await?;
            Ok(hyper_util::rt::TokioIo::new(stream))
        })
    }
}

/// The system's resolver, whose errors can be told from others.
#[derive(Clone)]
struct Resolver(GaiResolver);

impl Service<Name> for Resolver {
    type Response = <GaiResolver as Service<Name>>::Response;
    type Error = NotResolved;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, NotResolved>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), NotResolved>> {
        self.0.poll_ready(cx).map_err(NotResolved)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let resolving = self.0.call(name);
        Box::pin(async move { resolving.await.map_err(NotResolved) })
    }
}

/// A name has no address.
#[derive(Debug)]
pub(super) struct NotResolved(io::Error);

impl fmt::Display for NotResolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the host's name has no address: {}", self.0)
    }
}

impl std::error::Error for NotResolved {}

/// No connection was made in time.
#[derive(Debug)]
pub(super) struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no connection within the limit")
    }
}

impl std::error::Error for TooSlow {}
