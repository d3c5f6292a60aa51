//! Building a client.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue};
use tower_layer::Layer;
use tower_service::Service;
use url::Url;

use super::base_url::{self, BaseUrlError, PlainHttp};
use super::body::{Body, BoxError};
use super::clock::{Clock, SystemClock};
use super::core::{Certificate, Core, Inner, Redirects, Servers};
use super::credential::Credential;
use super::layer::{Layered, TransportService};
use super::operation::{ApiSpec, ServerSpec};
use super::request::DeepLists;
use super::retry::{Budget, Retry};
use super::timeouts::{Timeouts, TimeoutsError};
use super::transport::Transport;

type Wrap = Box<dyn FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport> + Send>;

/// Gathers what a client needs. [`build`](Self::build) checks all of it.
#[must_use = "a builder makes a client by `build`"]
pub struct Builder<C> {
    api: &'static ApiSpec,
    base: Base,
    servers: Servers,
    redirects: Redirects,
    plain: PlainHttp,
    variables: BTreeMap<String, String>,
    accept: BTreeMap<String, String>,
    credentials: Vec<Credential>,
    headers: Vec<(String, String)>,
    deep_lists: DeepLists,
    retry: Retry,
    retry_budget: u32,
    timeouts: Timeouts,
    body_limit: usize,
    error_body_limit: usize,
    item_limit: usize,
    sentinel: Option<Arc<str>>,
    clock: Arc<dyn Clock>,
    transport: Option<Arc<dyn Transport>>,
    layers: Vec<Wrap>,
    #[cfg(feature = "reqwest")]
    pub(super) connection: super::reqwest::Connection,
    client: PhantomData<fn() -> C>,
}

/// Where the base URL comes from.
enum Base {
    Server(usize),
    Url(String),
}

/// Why a client cannot be built.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL cannot be one.
    BaseUrl(BaseUrlError),
    /// The media type to ask for lacks a variable, or has one that it cannot have.
    Accept(BaseUrlError),
    /// The limits on time make no sense.
    Timeouts(TimeoutsError),
    /// A limit on bodies is zero.
    BodyLimit,
    /// A header has a name or a value that HTTP does not allow.
    Header(String),
    /// A certificate or key cannot be read.
    Certificate(BoxError),
    /// The transport cannot be set up.
    Transport(BoxError),
    /// There is no transport: the feature `reqwest` is off, and none was given.
    NoTransport,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(error) => write!(f, "{error}"),
            Self::Accept(error) => write!(f, "the media type to ask for: {error}"),
            Self::Timeouts(error) => write!(f, "{error}"),
            Self::BodyLimit => f.write_str("a limit on bodies is zero"),
            Self::Header(name) => write!(
                f,
                "header `{}` has a name or value that HTTP does not allow",
                name.escape_debug()
            ),
            Self::Certificate(error) => write!(f, "a certificate or key cannot be read: {error}"),
            Self::Transport(error) => write!(f, "the transport cannot be set up: {error}"),
            Self::NoTransport => {
                f.write_str("there is no transport: give one, or switch on the feature `reqwest`")
            }
        }
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::BaseUrl(error) | Self::Accept(error) => Some(error),
            Self::Timeouts(error) => Some(error),
            Self::Certificate(error) | Self::Transport(error) => Some(&**error),
            _ => None,
        }
    }
}

impl<C: From<Core>> Builder<C> {
    /// A builder of a client of this API.
    pub fn new(api: &'static ApiSpec) -> Self {
        Self {
            api,
            base: Base::Server(0),
            servers: Servers::default(),
            redirects: Redirects::default(),
            plain: PlainHttp::default(),
            variables: BTreeMap::new(),
            accept: BTreeMap::new(),
            credentials: Vec::new(),
            headers: Vec::new(),
            deep_lists: DeepLists::default(),
            retry: Retry::default(),
            retry_budget: Budget::CAPACITY,
            timeouts: Timeouts::new(),
            body_limit: 16 * 1024 * 1024,
            error_body_limit: 64 * 1024,
            item_limit: 16 * 1024 * 1024,
            sentinel: None,
            clock: Arc::new(SystemClock),
            transport: None,
            layers: Vec::new(),
            #[cfg(feature = "reqwest")]
            connection: super::reqwest::Connection::default(),
            client: PhantomData,
        }
    }

    /// Follows redirects that stay within the scheme, host and port of the request, up to ten for a call. All others are
    /// errors, as all are without this.
    pub fn follow_redirects_within_origin(mut self) -> Self {
        self.redirects = Redirects::WithinOrigin;
        self
    }

    /// Where the server is, in place of the document's servers. A path in it is a prefix for all operations.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base = Base::Url(url.into());
        self
    }

    /// Sends every operation to the base URL, also those for which the document names servers of their own: for
    /// tests and gateways.
    pub fn base_url_for_all(mut self) -> Self {
        self.servers = Servers::BaseForAll;
        self
    }

    /// Takes another of the document's servers than the first.
    pub fn server(mut self, index: usize) -> Self {
        self.base = Base::Server(index);
        self
    }

    /// Sets a variable of the document's servers.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.variables.insert(name.into(), value.to_string());
        self
    }

    /// Sets a variable of the media type that operations ask for, such as the API's version.
    pub fn accept_variable(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.accept.insert(name.into(), value.to_string());
        self
    }

    /// Allows http to other machines: whoever listens on the way reads credentials and data.
    pub fn danger_allow_plain_http(mut self) -> Self {
        self.plain = PlainHttp::Anywhere;
        self
    }

    /// Adds a credential. Each operation takes those that its document names.
    pub fn credential(mut self, credential: Credential) -> Self {
        self.credentials.push(credential);
        self
    }

    /// Adds a header to every request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The notation of lists in the style `deepObject`: by default `name[]=a`.
    pub fn deep_lists(mut self, lists: DeepLists) -> Self {
        self.deep_lists = lists;
        self
    }

    /// The retries of calls.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// The number of tokens that the client's retries may use before successes give some back: 500 unless set. A retry
    /// costs 5, after a time limit 10.
    pub fn retry_budget(mut self, tokens: u32) -> Self {
        self.retry_budget = tokens;
        self
    }

    /// Limits on time.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// The greatest size of a response body, in bytes and decompressed: 16 MiB unless set.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// The greatest size of the body of a response with a status of 400 or more, in bytes: 64 KiB unless set.
    pub fn error_body_limit(mut self, bytes: usize) -> Self {
        self.error_body_limit = bytes;
        self
    }

    /// The greatest size of an item of a stream, in bytes: 16 MiB unless set. A stream may have any number of items.
    pub fn item_limit(mut self, bytes: usize) -> Self {
        self.item_limit = bytes;
        self
    }

    /// The item that ends a stream, where the document does not name it: `[DONE]`, say.
    pub fn sentinel(mut self, item: &str) -> Self {
        self.sentinel = Some(item.into());
        self
    }

    /// The source of time and chance.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The transport of requests, in place of reqwest.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Puts a tower layer in front of the transport. It sees each attempt; the first layer added sees it first.
    pub fn layer<L, B>(mut self, layer: L) -> Self
    where
        L: Layer<TransportService> + Send + 'static,
        L::Service: Service<http::Request<Body>, Response = http::Response<B>>
            + Clone
            + Send
            + Sync
            + 'static,
        <L::Service as Service<http::Request<Body>>>::Error: Into<BoxError>,
        <L::Service as Service<http::Request<Body>>>::Future: Send,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError> + 'static,
    {
        let wrap = move |inner| {
            Arc::new(Layered(layer.layer(TransportService(inner)))) as Arc<dyn Transport>
        };
        self.layers.push(Box::new(wrap));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// When something of it cannot be; see [`BuildError`].
    pub fn build(self) -> Result<C, BuildError> {
        self.core().map(C::from)
    }
}

impl<C> Builder<C> {
    fn core(mut self) -> Result<Core, BuildError> {
        let timeouts = self.timeouts.settle().map_err(BuildError::Timeouts)?;
        if [self.body_limit, self.error_body_limit, self.item_limit].contains(&0) {
            return Err(BuildError::BodyLimit);
        }
        let base = self.base().map_err(BuildError::BaseUrl)?;
        let mut headers = self.headers()?;
        headers.insert(ACCEPT, self.accept()?);
        let (bottom, certificate) = match self.transport.take() {
            Some(transport) => (transport, Certificate::Given),
            None => self.connect(timeouts.connect, base.as_ref())?,
        };
        let transport = self
            .layers
            .into_iter()
            .rev()
            .fold(bottom, |inner, wrap| wrap(inner));
        Ok(Core::new(Inner {
            api: self.api,
            base,
            servers: self.servers,
            redirects: self.redirects,
            variables: self.variables,
            plain: self.plain,
            transport,
            credentials: self.credentials,
            certificate,
            headers,
            deep_lists: self.deep_lists,
            retry: self.retry,
            budget: Budget::new(self.retry_budget),
            timeouts,
            body_limit: self.body_limit,
            error_body_limit: self.error_body_limit,
            item_limit: self.item_limit,
            sentinel: self.sentinel,
            clock: self.clock,
        }))
    }

    #[cfg(feature = "reqwest")]
    fn connect(
        &mut self,
        limit: std::time::Duration,
        base: Option<&Url>,
    ) -> Result<(Arc<dyn Transport>, Certificate), BuildError> {
        let connection = std::mem::take(&mut self.connection);
        let certificate = connection.certificate();
        Ok((connection.open(limit, base)?, certificate))
    }

    #[cfg(not(feature = "reqwest"))]
    fn connect(
        &mut self,
        _: std::time::Duration,
        _: Option<&Url>,
    ) -> Result<(Arc<dyn Transport>, Certificate), BuildError> {
        Err(BuildError::NoTransport)
    }

    fn base(&self) -> Result<Option<Url>, BaseUrlError> {
        let index = match &self.base {
            Base::Url(text) => return base_url::parse(text, self.plain).map(Some),
            Base::Server(index) => *index,
        };
        match self.api.servers.get(index) {
            // A document's server may be relative to where the document is, which nobody knows here.
            Some(ServerSpec { url, .. }) if !url.contains("://") && index == 0 => Ok(None),
            Some(server) => {
                base_url::of_server(server, &self.variables, None, self.plain).map(Some)
            }
            None if index == 0 => Ok(None),
            None => Err(BaseUrlError::Unknown(format!("server {index}"))),
        }
    }

    fn accept(&self) -> Result<HeaderValue, BuildError> {
        let variables = self.api.accept.map_or(&[][..], |accept| accept.variables);
        if let Some(unknown) = self
            .accept
            .keys()
            .find(|name| variables.iter().all(|known| known.name != **name))
        {
            return Err(BuildError::Accept(BaseUrlError::Unknown(unknown.clone())));
        }
        let media = self
            .api
            .accept
            .map_or("application/json, */*;q=0.1", |accept| accept.media_type);
        let media = base_url::fill(media, variables, &self.accept, base_url::is_token)
            .map_err(BuildError::Accept)?;
        HeaderValue::from_str(&media).map_err(|_| BuildError::Header("accept".to_owned()))
    }

    fn headers(&self) -> Result<HeaderMap, BuildError> {
        let mut headers = HeaderMap::new();
        let agent = format!(
            "{}/{} countersign/{}",
            product(self.api.name),
            product(self.api.version),
            env!("CARGO_PKG_VERSION")
        );
        let agent = [("user-agent".to_owned(), agent)];
        for (name, value) in agent.iter().chain(&self.headers) {
            let refused = || BuildError::Header(name.clone());
            let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
            headers.insert(key, HeaderValue::from_str(value).map_err(|_| refused())?);
        }
        Ok(headers)
    }
}

/// A name or a version as `User-Agent` can have it.
fn product(text: &str) -> String {
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() || letter == '.' {
            letter
        } else {
            '-'
        }
    };
    text.chars().map(plain).collect()
}

impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("api", &self.api.name)
            .finish_non_exhaustive()
    }
}
