//! Operations as values, and what documents say about them.

use super::credential::Scheme;
use super::method::Method;
use super::request::{RequestError, RequestParts};
use super::response::{Decoded, Reply};
use crate::validate::Check;

/// An operation of an API, with its parameters and body. Built, compared and logged without a network.
pub trait Operation: Send + Sync {
    /// What a documented success carries.
    type Success: Send;

    /// The documented failures.
    type Failure: Send;

    /// What the document says of every call of this operation.
    const SPEC: OperationSpec;

    /// Writes the parameters and the body.
    ///
    /// # Errors
    /// When a value cannot travel where the document puts it.
    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError>;

    /// Holds parameters and body against the document. Most operations have nothing to say.
    fn validate(&self, check: &mut Check) {
        let _ = check;
    }

    /// Reads a response.
    ///
    /// # Errors
    /// When the response is not what the document says it is.
    fn decode(reply: &mut Reply) -> Decoded<Self>;
}

/// What a document says of every call of an operation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OperationSpec {
    /// Its Rust name.
    pub name: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path, with parameters in braces; where the document has it, a query that is always sent: `/a?b=c`.
    pub path: &'static str,
    /// Alternatives, each a set of schemes that are needed together. None: no credential. An empty set among them:
    /// a credential is welcome but not needed.
    pub security: &'static [&'static [Scheme]],
    /// What it asks to be answered with.
    pub accept: Accept,
    /// Whether it may be repeated.
    pub replay: Replay,
    /// Statuses whose body is handed over unread.
    pub streamed: &'static [u16],
    /// Where the document describes it: `spec/api/openapi.yaml:12`.
    pub source: &'static str,
    /// The statuses of its responses, each with the line where that document describes it, if it does so itself:
    /// `200:43 404 4XX:51 default:60`.
    pub responses: &'static str,
    /// Servers of its own, in place of the API's.
    pub servers: &'static [ServerSpec],
}

macro_rules! setters {
    ($($(#[$doc:meta])* $field:ident: $ty:ty;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $field(mut self, $field: $ty) -> Self {
            self.$field = $field;
            self
        }
    )*};
}

impl OperationSpec {
    /// An operation without credentials that is answered with what the API says.
    pub const fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            name,
            method,
            path,
            security: &[],
            accept: Accept::Api,
            replay: Replay::Method,
            streamed: &[],
            source: "",
            responses: "",
            servers: &[],
        }
    }

    setters! {
        /// Sets the alternatives of security schemes.
        security: &'static [&'static [Scheme]];
        /// Sets what it asks to be answered with.
        accept: Accept;
        /// Sets whether it may be repeated.
        replay: Replay;
        /// Sets the statuses whose body is handed over unread.
        streamed: &'static [u16];
        /// Sets where the document describes it.
        source: &'static str;
        /// Sets the statuses of its responses and where they are described.
        responses: &'static str;
        /// Sets servers of its own.
        servers: &'static [ServerSpec];
    }
}

impl OperationSpec {
    /// Its path, and the query that is always sent.
    pub(crate) fn path_and_query(&self) -> (&'static str, &'static str) {
        self.path.split_once('?').unwrap_or((self.path, ""))
    }

    /// Where the document describes a response of this status: its own line, else that of its class, of the default,
    /// of the operation.
    pub(crate) fn described(&self, status: u16) -> String {
        let named = |name: &str| {
            let mut all = self.responses.split(' ');
            all.find(|one| one.split(':').next() == Some(name))
        };
        let response = named(&status.to_string())
            .or_else(|| named(&format!("{}XX", status / 100)))
            .or_else(|| named("default"));
        let line = response.and_then(|response| response.split_once(':'));
        match (line, self.source.rsplit_once(':')) {
            (Some((_, line)), Some((document, _))) => format!("{document}:{line}"),
            _ => self.source.to_owned(),
        }
    }
}

/// What an operation asks to be answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    /// What the API says, else JSON.
    Api,
    /// This, parameters included.
    Only(&'static str),
}

/// Whether a call may be repeated after it may have reached the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replay {
    /// As HTTP defines the method: GET, HEAD, PUT, DELETE, OPTIONS, TRACE and QUERY may.
    Method,
    /// It may: the document says so.
    Idempotent,
    /// It may, since the server knows a repetition by the key in this header.
    Key(&'static str),
}

/// What a document says of an API as a whole.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ApiSpec {
    /// The name, as in `User-Agent`.
    pub name: &'static str,
    /// The document's version.
    pub version: &'static str,
    /// The servers, the preferred one first.
    pub servers: &'static [ServerSpec],
    /// The media type that operations ask for, where it has parts for the caller to choose.
    pub accept: Option<AcceptSpec>,
    /// Wire names of members that hold secrets: excerpts of bodies leave their values out.
    pub secrets: &'static [&'static str],
}

impl ApiSpec {
    /// An API without servers.
    pub const fn new(name: &'static str, version: &'static str) -> Self {
        Self {
            name,
            version,
            servers: &[],
            accept: None,
            secrets: &[],
        }
    }

    setters! {
        /// Sets the servers.
        servers: &'static [ServerSpec];
        /// Sets the wire names of members that hold secrets.
        secrets: &'static [&'static str];
    }

    /// Sets the media type that operations ask for.
    #[must_use]
    pub const fn accept(mut self, accept: AcceptSpec) -> Self {
        self.accept = Some(accept);
        self
    }
}

/// A server of an API or an operation.
#[derive(Clone, Copy, Debug)]
pub struct ServerSpec {
    /// The URL, absolute or relative to the base URL, with variables in braces.
    pub url: &'static str,
    /// The variables.
    pub variables: &'static [Variable],
}

/// The `Accept` header of an API.
#[derive(Clone, Copy, Debug)]
pub struct AcceptSpec {
    /// The media type, with variables in braces.
    pub media_type: &'static str,
    /// The variables.
    pub variables: &'static [Variable],
}

/// A part of a server's URL or of a media type that the caller may choose.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// What it is when the caller does not choose; none: the caller must.
    pub default: Option<&'static str>,
    /// What it may be; empty: anything.
    pub values: &'static [&'static str],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_are_found_by_status_then_class_then_default() {
        let spec =
            OperationSpec::new("GetPet", Method::GET, "/pets/{id}").source("spec/pets.yaml:4");
        assert_eq!(spec.described(200), "spec/pets.yaml:4");
        let spec = spec.responses("200:7 4XX:9 404:12 default:15");
        for (status, line) in [(200, 7), (404, 12), (400, 9), (500, 15)] {
            assert_eq!(spec.described(status), format!("spec/pets.yaml:{line}"));
        }
        assert_eq!(
            spec.clone().responses("200:7").described(500),
            "spec/pets.yaml:4"
        );
        // A response that another document describes is where the operation leads to.
        let spec = spec.responses("200:7 404 4XX:9");
        assert_eq!(spec.described(404), "spec/pets.yaml:4");
    }
}
