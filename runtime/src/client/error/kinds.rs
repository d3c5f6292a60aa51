//! The smaller kinds of error.

use std::fmt;
use std::sync::Arc;

use super::AnyError;
use super::failed::Failed;
use crate::client::body::BoxError;
use crate::client::credential::OAuthError;
use crate::client::response::essence;
use crate::client::stream::is_items;

/// An operation needs a credential that the client was not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingCredential {
    pub(crate) operation: &'static str,
    /// The alternatives, each the names of the schemes that are needed together.
    pub(crate) alternatives: Vec<Vec<&'static str>>,
}

impl MissingCredential {
    /// The alternatives, each the names of the security schemes that are needed together.
    pub fn alternatives(&self) -> &[Vec<&'static str>] {
        &self.alternatives
    }
}

impl fmt::Display for MissingCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sets: Vec<_> = self
            .alternatives
            .iter()
            .map(|set| set.join(" and "))
            .collect();
        write!(
            f,
            "{}: needs a credential for {}; set it by `Builder::credential`, or send the call without it by `anonymous`",
            self.operation,
            sets.join(", or for ")
        )
    }
}

impl std::error::Error for MissingCredential {}

/// A sign-in or a request for a token failed. Calls that waited for the same one share its error.
#[derive(Clone, Debug)]
pub struct CredentialError {
    pub(crate) scheme: &'static str,
    pub(crate) source: Arc<dyn std::error::Error + Send + Sync>,
    pub(crate) retryable: bool,
}

impl CredentialError {
    pub(crate) fn new(scheme: &'static str, source: impl Into<BoxError>, retryable: bool) -> Self {
        Self {
            scheme,
            source: source.into().into(),
            retryable,
        }
    }

    /// The same, retryable if the call is that was made for the credential.
    pub(crate) fn of_fetching(scheme: &'static str, source: BoxError) -> Self {
        let mut error = Self::new(scheme, source, false);
        error.retryable = error.call().is_some_and(|call| call.is_retryable());
        error
    }

    /// The security scheme.
    pub const fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// The failed call, where the credential was to come from one: a sign-in, or a request for a token.
    pub fn call(&self) -> Option<&AnyError> {
        match self.source.downcast_ref() {
            Some(OAuthError::Call(error)) => Some(error),
            _ => self.source.downcast_ref(),
        }
    }

    /// Whether another attempt may succeed.
    pub const fn is_retryable(&self) -> bool {
        self.retryable
    }

    /// The failure.
    pub fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no credential for {}: {}", self.scheme, self.source)
    }
}

impl std::error::Error for CredentialError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Self::source(self)
    }
}

/// A response of another media type than documented.
#[derive(Clone, Debug)]
pub struct UnexpectedContentType {
    pub(crate) expected: String,
    pub(crate) found: Option<String>,
    pub(crate) response: Failed,
}

impl UnexpectedContentType {
    /// The documented value.
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// The media type of the response, if it has one.
    pub fn found(&self) -> Option<&str> {
        self.found.as_deref()
    }

    /// The response.
    pub const fn response(&self) -> &Failed {
        &self.response
    }

    /// Whether it is a page for people.
    pub(crate) fn is_page(&self) -> bool {
        let found = self.found.as_deref().unwrap_or_default();
        let essence = found.split(';').next().unwrap_or_default().trim();
        ["text/html", "application/xhtml+xml"]
            .iter()
            .any(|page| essence.eq_ignore_ascii_case(page))
    }
}

impl fmt::Display for UnexpectedContentType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = self.found.as_deref().unwrap_or("nothing");
        write!(
            f,
            "expected {}, found {}",
            self.expected,
            found.escape_debug()
        )?;
        if self.response.status.is_success() {
            let found = essence(found);
            f.write_str(if found.eq_ignore_ascii_case("text/event-stream") {
                "; `read_as::<ItemStream<Event<T>>>()` reads its events"
            } else if is_items(found) {
                "; `read_as::<ItemStream<T>>()` reads its items"
            } else {
                "; `raw` gives the body as it came"
            })?;
        }
        write!(f, ": {}", self.response)
    }
}

/// A response that is larger or deeper than the client accepts.
#[derive(Clone, Debug)]
pub struct TooLarge {
    pub(crate) limit: usize,
    pub(crate) unit: &'static str,
    /// Without its body.
    pub(crate) response: Failed,
}

impl TooLarge {
    /// The limit, in bytes or levels of JSON.
    pub const fn limit(&self) -> usize {
        self.limit
    }

    /// The response. Where its body was larger than the limit it is left out.
    pub const fn response(&self) -> &Failed {
        &self.response
    }
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failed {
            operation, status, ..
        } = &self.response;
        write!(
            f,
            "{operation}: {status}: the body has more than {} {}",
            self.limit, self.unit
        )
    }
}

/// A redirect that was not followed.
#[derive(Clone, Debug)]
pub struct Redirect {
    pub(crate) host: Option<String>,
    /// Whether it leads to the same scheme, host and port.
    pub(crate) within_origin: bool,
    pub(crate) response: Failed,
}

impl Redirect {
    /// The host that the server named; the rest of the location may hold secrets.
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// The response.
    pub const fn response(&self) -> &Failed {
        &self.response
    }
}

impl fmt::Display for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failed {
            operation, status, ..
        } = &self.response;
        let host = self.host.as_deref().unwrap_or("nowhere");
        write!(
            f,
            "{operation}: {status}: redirected to {}, which is not followed",
            host.escape_debug()
        )?;
        match self.within_origin {
            true => f.write_str("; `follow_redirects_within_origin` of the builder follows it"),
            false => Ok(()),
        }
    }
}

/// Why paging could not go on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingError {
    /// The server sent a page that it had sent before, or named one that it had named before.
    Repeated,
    /// A page without items says that there are more.
    EmptyPage,
    /// A page says that there are more, and does not say how to ask for them.
    NoNext,
    /// There are more pages than the caller allowed.
    TooManyPages(usize),
    /// The link to the next page leads to another origin.
    ForeignLink {
        /// Its host.
        host: String,
    },
    /// The link to the next page is not a URL.
    BadLink,
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repeated => f.write_str(
                "paging: the server sent or named the same page twice: \
                 it may not know the parameter that asks for the next",
            ),
            Self::EmptyPage => f.write_str("paging: a page without items says that there are more"),
            Self::NoNext => f.write_str(
                "paging: a page says that there are more, and has nothing to ask for them with",
            ),
            Self::TooManyPages(limit) => write!(f, "paging: more than {limit} pages"),
            Self::ForeignLink { host } => write!(
                f,
                "paging: the next page is at another server, {}",
                host.escape_debug()
            ),
            Self::BadLink => f.write_str("paging: the link to the next page is not a URL"),
        }
    }
}

impl std::error::Error for PagingError {}
