//! The operations of an API, what they send and what comes back.

use std::fmt;

use super::{
    Body, Credential, Docs, Link, MemberMode, Origin, Paging, Parameter, Polling, ReadingMode,
    Receiver, Responses, Server, Streamed, Unpaged,
};
use crate::names::{FunctionName, TypeName};
use crate::source::SpecStr;

/// Something that a client can ask of a server.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The name of its type: `CreateMfaProvider`.
    pub name: TypeName,
    /// The name of the client's method: `create_mfa_provider`.
    pub method_name: FunctionName,
    /// The name of the struct of its required parameters, where they are given by name: `CreateMfaProviderArgs`.
    pub args_name: TypeName,
    /// The name of its error enum: `CreateMfaProviderError`.
    pub error_name: TypeName,
    /// The name of its success enum, used when several successes are documented.
    pub success_name: TypeName,
    /// The HTTP method.
    pub method: Method,
    /// The path as the document has it.
    pub path: SpecStr,
    /// The path cut at its parameters.
    pub segments: Vec<PathSegment>,
    /// Parameters, required ones first, otherwise in the document's order.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Option<Body>,
    /// The responses.
    pub responses: Responses,
    /// Alternatives, each a set of schemes that are needed together; an empty set means "may go without".
    pub security: Vec<Vec<Credential>>,
    /// The names of the structs of response headers, one for each of [`Operation::header_sets`].
    pub header_names: Vec<TypeName>,
    /// Servers of its own; empty: the API's.
    pub servers: Vec<Server>,
    /// The `Accept` header of this operation, if not the API's template: media types of its documented JSON responses.
    pub accept: Vec<SpecStr>,
    /// Whether the API's `Accept` template applies.
    pub accept_template: bool,
    /// Whether it may be repeated.
    pub idempotency: Idempotency,
    /// The reading of its answers, where it has one of its own.
    pub reading: Option<ReadingMode>,
    /// The reading of members of its answers, by patterns of their places; an empty one is the whole answer.
    pub member_readings: Vec<(String, MemberMode)>,
    /// The stream that it is answered with where the caller asks for one.
    pub streamed: Option<Streamed>,
    /// The pagination.
    pub paging: Option<Paging>,
    /// Why it has none, though it asks for a page.
    pub unpaged: Option<Unpaged>,
    /// The way in which it says how far something is.
    pub polling: Option<Polling>,
    /// Calls that follow from its answers.
    pub links: Vec<Link>,
    /// The webhook or the callback that it is, where the server sends it.
    pub receiver: Option<Receiver>,
    /// Marked `deprecated`.
    pub deprecated: bool,
    /// The documentation.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// An HTTP method.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// One that OpenAPI has a key for, in capitals.
    Standard(&'static str),
    /// Another, as the document writes it: a token of HTTP.
    Other(SpecStr),
}

impl Method {
    /// As it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Standard(name) => name,
            Self::Other(name) => name.text(),
        }
    }

    /// Whether HTTP expects no body with it: one is optional, and a caller has to want it.
    pub fn is_without_body(&self) -> bool {
        const WITHOUT: [&str; 5] = ["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"];
        WITHOUT.contains(&self.as_str())
    }

    /// Whether HTTP says that repeating a request is safe.
    pub fn is_idempotent(&self) -> bool {
        const IDEMPOTENT: [&str; 7] = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"];
        IDEMPOTENT.contains(&self.as_str())
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A part of a path template.
#[derive(Clone, Debug, PartialEq)]
pub enum PathSegment {
    /// Text that stands as it is.
    Text(SpecStr),
    /// A parameter, by its position in [`Operation::parameters`].
    Parameter(usize),
}

/// Whether an operation may be repeated.
#[derive(Clone, Debug, PartialEq)]
pub enum Idempotency {
    /// As its method says.
    Method,
    /// Always, whatever its method.
    Idempotent,
    /// Always, since a fresh key in this header makes it so.
    Key(SpecStr),
}
