//! Building a client.

mod access;
mod build;
mod error;
mod observe;
mod reading;

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use bytes::Bytes;
use tower_layer::Layer;
use tower_service::Service;

use super::access::Access;
use super::base_url::PlainHttp;
use super::body::{Body, BoxError};
use super::clock::{Clock, SystemClock};
use super::core::{Core, Redirects, Servers};
use super::credential::Credential;
use super::departures::ReadingSettings;
use super::layer::{Layered, TransportService};
use super::observe::Observers;
use super::operation::ApiSpec;
use super::request::DeepLists;
use super::retry::{Budget, Retry};
use super::timeouts::Timeouts;
use super::transport::Transport;

pub use error::BuildError;

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
    access: Access,
    agent: Option<String>,
    headers: Vec<(String, String)>,
    deep_lists: DeepLists,
    slashed: Vec<String>,
    retry: Retry,
    retry_budget: u32,
    timeouts: Timeouts,
    body_limit: usize,
    error_body_limit: usize,
    item_limit: usize,
    sentinel: Option<Arc<str>>,
    most_at_once: Option<usize>,
    clock: Arc<dyn Clock>,
    transport: Option<Arc<dyn Transport>>,
    layers: Vec<Wrap>,
    reading: ReadingSettings,
    observers: Observers,
    #[cfg(feature = "hyper")]
    pub(super) connection: super::hyper::Connection,
    client: PhantomData<fn() -> C>,
}

/// Where the base URL comes from.
enum Base {
    Server(usize),
    Url(String),
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
            access: Access::default(),
            agent: None,
            headers: Vec::new(),
            deep_lists: DeepLists::default(),
            slashed: Vec::new(),
            retry: Retry::default(),
            retry_budget: Budget::CAPACITY,
            timeouts: Timeouts::new(),
            body_limit: 16 * 1024 * 1024,
            error_body_limit: 64 * 1024,
            item_limit: 16 * 1024 * 1024,
            sentinel: None,
            most_at_once: None,
            clock: Arc::new(SystemClock),
            transport: None,
            layers: Vec::new(),
            reading: ReadingSettings::default(),
            observers: Observers::default(),
            #[cfg(feature = "hyper")]
            connection: super::hyper::Connection::default(),
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

    /// Sends the slashes of a path parameter as they are, for servers that take the rest of the path for one parameter: a
    /// file's path, say. By default they are encoded.
    pub fn raw_slashes(mut self, parameter: impl Into<String>) -> Self {
        self.slashed.push(parameter.into());
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

    /// The greatest number of requests that are under way at once, of all clones of the client. Others wait for their turn;
    /// the limits on time begin when the first request of a call has its turn. A body that is handed over unread is not
    /// under way any more. There is no limit unless set.
    pub fn max_concurrent_requests(mut self, requests: usize) -> Self {
        self.most_at_once = Some(requests.max(1));
        self
    }

    /// The source of time and chance.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The transport of requests, in place of hyper: a `reqwest::Client` with the feature `reqwest`, or one of your own.
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

impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("api", &self.api.name)
            .finish_non_exhaustive()
    }
}
