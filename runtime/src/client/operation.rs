//! Operations as values, and what documents say about them.

use super::credential::Scheme;
use super::method::Method;
use super::request::{RequestError, RequestParts};
use super::response::{Decoded, Reply};
use super::statuses::{Status, Statuses};
use crate::tolerance::{MemberReading, Reading};
use crate::validate::Check;

/// An operation of an API, with its parameters and body. Built, compared and logged without a network.
pub trait Operation: Send + Sync {
    /// The documented success.
    type Success: Send;

    /// The documented failures.
    type Failure: Send;

    /// The document's description of every call of this operation.
    const SPEC: OperationSpec;

    /// Writes the parameters and the body.
    ///
    /// # Errors
    /// When a value cannot travel where the document puts it.
    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError>;

    /// Checks parameters and body against the document. Most operations have nothing to say.
    fn validate(&self, check: &mut Check) {
        let _ = check;
    }

    /// Whether the request says that its answer is to be a stream: a call of it as it is would not be answered with what
    /// the operation yields.
    fn asks_for_stream(&self) -> bool {
        false
    }

    /// Reads a response.
    ///
    /// # Errors
    /// When the response is not what the document says it is.
    fn decode(reply: &mut Reply) -> Decoded<Self>;
}

/// The document's description of every call of an operation.
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
    /// The media types that it accepts.
    pub accept: Accept,
    /// Whether it may be repeated.
    pub idempotency: Idempotency,
    /// Statuses whose body is handed over unread.
    pub streamed: Statuses,
    /// Media types whose bodies are read item by item.
    pub items: &'static [&'static str],
    /// The item that ends a stream.
    pub sentinel: Option<&'static str>,
    /// Media types whose body is read into memory at those statuses too.
    pub buffered: &'static [&'static str],
    /// Where it is described, a document and a JSON pointer in it: `spec/api/openapi.yaml#/paths/~1pets/get`.
    pub source: &'static str,
    /// The statuses of its responses.
    pub responses: Statuses,
    /// The reading of its answers, where it is another than the API's.
    pub reading: Option<Reading>,
    /// The same for members of its answers, by patterns of their places.
    pub members: &'static [(&'static str, MemberReading)],
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
            idempotency: Idempotency::Method,
            streamed: Statuses::NONE,
            items: &[],
            sentinel: None,
            buffered: &[],
            source: "",
            responses: Statuses::NONE,
            reading: None,
            members: &[],
            servers: &[],
        }
    }

    setters! {
        /// Sets the alternatives of security schemes.
        security: &'static [&'static [Scheme]];
        /// Sets what it asks to be answered with.
        accept: Accept;
        /// Sets whether it may be repeated.
        idempotency: Idempotency;
        /// Sets the statuses whose body is handed over unread.
        streamed: Statuses;
        /// Sets the media types whose bodies are read item by item.
        items: &'static [&'static str];
        /// Sets the media types whose body is read into memory at those statuses too.
        buffered: &'static [&'static str];
        /// Sets where it is described.
        source: &'static str;
        /// Sets the statuses of its responses.
        responses: Statuses;
        /// Sets the reading of members of its answers.
        members: &'static [(&'static str, MemberReading)];
        /// Sets servers of its own.
        servers: &'static [ServerSpec];
    }
}

impl OperationSpec {
    /// Sets the reading of its answers.
    #[must_use]
    pub const fn reading(mut self, reading: Reading) -> Self {
        self.reading = Some(reading);
        self
    }

    /// Sets the item that ends a stream.
    #[must_use]
    pub const fn sentinel(mut self, item: &'static str) -> Self {
        self.sentinel = Some(item);
        self
    }

    /// Its path, and the query that is always sent.
    #[doc(hidden)]
    pub fn path_and_query(&self) -> (&'static str, &'static str) {
        self.path.split_once('?').unwrap_or((self.path, ""))
    }

    /// Where the response of this status is described: of its own, of its class, or the default; else the operation.
    pub(crate) fn described(&self, status: u16) -> String {
        match self.responses.status_of(status) {
            Some(status) => format!("{}/responses/{status}", self.source),
            None => self.source.to_owned(),
        }
    }

    /// Whether the body of a response of this status is handed over unread.
    pub(crate) fn streams(&self, status: u16) -> bool {
        match self.streamed.status_of(status) {
            Some(Status::Code(_)) => true,
            // A status with a response of its own is not part of its class.
            Some(_) => !matches!(self.responses.status_of(status), Some(Status::Code(_))),
            None => false,
        }
    }
}

/// The media types that an operation accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    /// The API's choice, else JSON.
    Api,
    /// This, parameters included.
    Only(&'static str),
}

/// Whether a call may be repeated after it may have reached the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// As HTTP defines the method: GET, HEAD, PUT, DELETE, OPTIONS, TRACE and QUERY may.
    Method,
    /// It may: the document says so.
    Idempotent,
    /// It may, since the server knows a repetition by the key in this header.
    Key(&'static str),
}

/// The document's description of an API as a whole.
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
    /// The reading of answers that are not what the document says.
    pub reading: Reading,
    /// The same for members, by patterns of their places in answers.
    pub members: &'static [(&'static str, MemberReading)],
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
            reading: Reading::Strict,
            members: &[],
        }
    }

    setters! {
        /// Sets the servers.
        servers: &'static [ServerSpec];
        /// Sets the wire names of members that hold secrets.
        secrets: &'static [&'static str];
        /// Sets the reading of answers.
        reading: Reading;
        /// Sets the reading of members of answers.
        members: &'static [(&'static str, MemberReading)];
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
    /// The default when the caller does not choose; none: the caller must.
    pub default: Option<&'static str>,
    /// The allowed values; empty: anything.
    pub values: &'static [&'static str],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_are_found_by_status_then_class_then_default() {
        let spec = OperationSpec::new("GetPet", Method::GET, "/pets/{id}")
            .source("spec/pets.yaml#/paths/~1pets~1{id}/get");
        assert_eq!(
            spec.described(200),
            "spec/pets.yaml#/paths/~1pets~1{id}/get"
        );
        let statuses = Statuses::of(&[200, 404]).and_classes(&[4]);
        let spec = spec.responses(statuses);
        for (status, key) in [(200, "200"), (404, "404"), (400, "4XX")] {
            let place = format!("spec/pets.yaml#/paths/~1pets~1{{id}}/get/responses/{key}");
            assert_eq!(spec.described(status), place);
        }
        assert_eq!(
            spec.described(500),
            "spec/pets.yaml#/paths/~1pets~1{id}/get"
        );
        let spec = spec.responses(statuses.and_default());
        assert!(spec.described(500).ends_with("/responses/default"));
    }

    #[test]
    fn a_class_is_streamed_but_for_statuses_of_their_own() {
        let spec = OperationSpec::new("GetFile", Method::GET, "/file")
            .responses(Statuses::of(&[200]).and_classes(&[2]))
            .streamed(Statuses::SUCCESS);
        assert!(spec.streams(226) && !spec.streams(200) && !spec.streams(404));
        assert!(spec.streamed(Statuses::of(&[200])).streams(200));
    }
}
