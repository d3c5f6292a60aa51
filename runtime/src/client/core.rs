//! The core that every generated client wraps.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use http::HeaderMap;
use tokio::sync::Semaphore;
use url::Url;

use super::access::Access;
use super::base_url::{self, BaseUrlError, PlainHttp};
use super::call::Call;
use super::clock::Clock;
use super::credential::{Credential, Scheme, SchemeKind};
use super::departures::Rereading;
use super::observe::Observers;
use super::operation::{ApiSpec, Operation, OperationSpec};
use super::request::{DeepLists, RequestError};
use super::retry::{Budget, Retry};
use super::timeouts::Settled;
use super::transport::Transport;

/// A client without an API's methods: base URL, credentials, limits and the transport with its pool of connections.
/// Clones share all of it.
#[derive(Clone)]
pub struct Core {
    inner: Arc<Inner>,
    credentials: Credentials,
}

/// Whether credentials are used: a sign-in must not wait for itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Credentials {
    Attached,
    Left,
}

pub(crate) struct Inner {
    pub(crate) api: &'static ApiSpec,
    pub(crate) base: Option<Url>,
    pub(crate) servers: Servers,
    pub(crate) redirects: Redirects,
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) plain: PlainHttp,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) access: Access,
    pub(crate) certificate: Certificate,
    /// The headers of every request, unless its operation sets others.
    pub(crate) headers: HeaderMap,
    pub(crate) deep_lists: DeepLists,
    /// Path parameters whose slashes are sent as they are.
    pub(crate) slashed: Vec<String>,
    pub(crate) retry: Retry,
    pub(crate) budget: Budget,
    pub(crate) timeouts: Settled,
    pub(crate) body_limit: usize,
    pub(crate) error_body_limit: usize,
    pub(crate) item_limit: usize,
    /// The item that ends a stream.
    pub(crate) sentinel: Option<Arc<str>>,
    /// The turns of requests, where only some may be under way at once.
    pub(crate) turns: Option<Semaphore>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rereading: Rereading,
    pub(crate) observers: Observers,
}

/// Whether operations keep servers of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Servers {
    #[default]
    AsDocumented,
    BaseForAll,
}

/// Whether redirects are followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Redirects {
    #[default]
    Never,
    WithinOrigin,
}

/// Whether connections show a client certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certificate {
    Absent,
    /// It was given; or the caller brought the transport and alone knows.
    Given,
}

impl Core {
    pub(crate) fn new(inner: Inner) -> Self {
        Self {
            inner: Arc::new(inner),
            credentials: Credentials::Attached,
        }
    }

    /// Prepares a call.
    pub fn call<O: Operation>(&self, operation: O) -> Call<'_, O> {
        Call::new(self, operation)
    }

    /// The document's description of the API.
    pub fn api(&self) -> &'static ApiSpec {
        self.inner.api
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    pub(crate) fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.clock
    }

    pub(crate) fn without_credentials(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            credentials: Credentials::Left,
        }
    }

    /// The credential for a scheme; of two, the later one.
    pub(crate) fn credential(&self, scheme: &Scheme) -> Option<&Credential> {
        let usable = self
            .inner
            .credentials
            .iter()
            .filter(|_| self.credentials == Credentials::Attached);
        usable
            .rev()
            .find(|credential| credential.scheme().name() == scheme.name())
    }

    /// Whether credentials are used at all: a sign-in does not wait for itself.
    pub(crate) fn uses_credentials(&self) -> bool {
        self.credentials == Credentials::Attached
    }

    /// Whether calls can prove themselves by this scheme.
    pub(crate) fn has(&self, scheme: &Scheme) -> bool {
        match scheme.kind() {
            SchemeKind::MutualTls => self.inner.certificate != Certificate::Absent,
            _ => self.credential(scheme).is_some(),
        }
    }

    /// A URL that may be relative to the base URL.
    pub(crate) fn resolve(&self, text: &str) -> Result<Url, BaseUrlError> {
        let url = match &self.inner.base {
            Some(base) => base.join(text),
            None => Url::parse(text),
        };
        base_url::endpoint(url.map_err(|_| BaseUrlError::NotAUrl)?, self.inner.plain)
    }

    /// Where an operation's path is appended.
    pub(crate) fn base_for(&self, spec: &OperationSpec) -> Result<Cow<'_, Url>, RequestError> {
        let Inner {
            base,
            servers,
            variables,
            plain,
            ..
        } = &*self.inner;
        match (spec.servers.first(), servers) {
            (Some(server), Servers::AsDocumented) => {
                base_url::of_server(server, variables, base.as_ref(), *plain)
                    .map(Cow::Owned)
                    .map_err(|_| RequestError::NoServer)
            }
            _ => base
                .as_ref()
                .map(Cow::Borrowed)
                .ok_or(RequestError::NoServer),
        }
    }
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base = self.inner.base.as_ref().map(Url::as_str);
        f.debug_struct("Core")
            .field("api", &self.inner.api.name)
            .field("base_url", &base)
            .field("credentials", &self.inner.credentials)
            .finish_non_exhaustive()
    }
}
