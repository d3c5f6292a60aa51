//! The operations of an API, what they send and what comes back.

use std::fmt;

use super::{Constraints, Docs, Items, Literal, Origin, Presence, Reading, Streamed, Type};
use crate::names::{FieldName, FunctionName, TypeName, VariantName};
use crate::source::SpecStr;

/// Something that a client can ask of a server.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The name of its type: `CreateMfaProvider`.
    pub name: TypeName,
    /// The name of the client's method: `create_mfa_provider`.
    pub method_name: FunctionName,
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
    /// The stream that it is answered with where the caller asks for one.
    pub streamed: Option<Streamed>,
    /// The pagination.
    pub paging: Option<Paging>,
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

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its Rust name.
    pub name: FieldName,
    /// Its name on the wire.
    pub wire: SpecStr,
    /// Its location, and its style there.
    pub location: Location,
    /// The type, without its presence.
    pub ty: Type,
    /// Whether it must be there.
    pub presence: Presence,
    /// Limits on its value.
    pub constraints: Constraints,
    /// The value that a server uses when it is absent.
    pub default: Option<Literal>,
    /// The one value that it can have: constructors fill it in where it is required.
    pub constant: Option<Literal>,
    /// In the path: it may be empty, also before the last segment.
    pub may_be_empty: bool,
    /// Spellings that reading accepts.
    pub reading: Reading,
    /// Marked `deprecated`.
    pub deprecated: bool,
    /// The meaning.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path(Collection),
    /// In the path; reserved characters stand as they are, apart from those that end a segment or the path.
    ReservedPath(Collection),
    /// The query as a whole.
    QueryString(QueryString),
    /// In the query.
    Query {
        /// The style.
        style: QueryStyle,
        /// Reserved characters stand as they are.
        allow_reserved: bool,
    },
    /// In a header.
    Header(HeaderStyle),
    /// In the `Cookie` header.
    Cookie(CookieStyle),
}

/// The form of a query that is one parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryString {
    /// A form: members are parameters.
    Form,
    /// JSON.
    Json,
    /// Text.
    Text,
}

/// The serialization of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderStyle {
    /// `a,b`
    Simple {
        /// Objects are written `key=value`.
        explode: bool,
    },
    /// JSON, because the parameter has a `content`.
    Json,
}

/// The serialization of a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieStyle {
    /// `name=a,b`
    Form {
        /// Lists and objects become several cookies.
        explode: bool,
    },
    /// Like [`Form`](Self::Form); reserved characters stand as they are.
    ReservedForm {
        /// Lists and objects become several cookies.
        explode: bool,
    },
    /// As it is, without escapes: `name=a; name=b`
    Plain {
        /// Lists and objects become several cookies.
        explode: bool,
    },
    /// JSON, because the parameter has a `content`.
    Json,
}

/// The style of a path parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// `a,b`
    Simple {
        /// Objects are written `key=value`.
        explode: bool,
    },
    /// `.a,b`
    Label {
        /// Items are separated by dots.
        explode: bool,
    },
    /// `;name=a,b`
    Matrix {
        /// The name is repeated for each item.
        explode: bool,
    },
    /// JSON, because the parameter has a `content`.
    Json,
}

/// The style of a query parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStyle {
    /// `name=a&name=b` or `name=a,b`
    Form {
        /// The name is repeated for each item.
        explode: bool,
    },
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a%7Cb`
    PipeDelimited,
    /// `name[key]=value`
    DeepObject,
    /// JSON, because the parameter has a `content`.
    Json,
}

/// The body of an operation.
#[derive(Clone, Debug)]
pub struct Body {
    /// The name of its field: `body`.
    pub name: FieldName,
    /// Whether it must be there.
    pub required: bool,
    /// The media types; several where the document offers several that differ, the preferred first.
    pub payloads: Vec<(SpecStr, Payload, VariantName)>,
    /// The name of the enum of payloads, where there are several.
    pub enum_name: TypeName,
    /// Media types under which a payload, by its position, can be sent as well: its bytes would be the same.
    pub also: Vec<(usize, SpecStr)>,
    /// The kind.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// A member of a form body that is not serialized as its type has it by default.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// Its name on the wire.
    pub wire: SpecStr,
    /// The serialization.
    pub style: QueryStyle,
    /// Reserved characters stay as they are.
    pub allow_reserved: bool,
}

/// The encoding of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Type),
    /// JSON, or nothing at all.
    OptionalJson(Type),
    /// `application/x-www-form-urlencoded`, and the members that have an encoding of their own.
    Form(Type, Vec<FormField>),
    /// `multipart/*`, part by part; the type is declared with the operation under this name.
    Multipart(TypeName, Vec<Part>),
    /// Text.
    Text,
    /// Bytes, streamed.
    Bytes,
    /// Items, one after another.
    Stream(Items),
}

/// A part of a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its Rust name.
    pub name: FieldName,
    /// Its name on the wire.
    pub wire: SpecStr,
    /// The kind.
    pub kind: PartKind,
    /// Whether it must be there.
    pub presence: Presence,
    /// Its media type, if the document sets one.
    pub media_type: Option<SpecStr>,
    /// Limits on its value.
    pub constraints: Constraints,
    /// The meaning.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// The kind of a part of a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub enum PartKind {
    /// A file, with a name and a media type, streamed.
    File,
    /// A file, or text: what it is given says which.
    FileOrText,
    /// Several files under one name.
    Files,
    /// Parts under names of the caller's choice, since the document describes none.
    Others,
    /// A plain value, sent as text.
    Text(Type),
    /// Several plain values under one name.
    Texts(Type),
    /// Anything else, sent as JSON.
    Json(Type),
    /// Several parts under one name, each of them JSON.
    Jsons(Type),
}

/// The responses.
#[derive(Clone, Debug, Default)]
pub struct Responses {
    /// Documented successes, by status. Where several differ, the success type is an enum of them.
    pub success: Vec<Response>,
    /// Documented failures, by status; the default last.
    pub errors: Vec<Response>,
}

impl Responses {
    /// The success, if all that are documented carry the same.
    pub fn only_success(&self) -> Option<&Response> {
        let (first, others) = self.success.split_first()?;
        let same = |other: &Response| other.payload == first.payload;
        others.iter().all(same).then_some(first)
    }
}

/// A documented response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Its status.
    pub status: Status,
    /// Its variant: the reason phrase.
    pub variant: VariantName,
    /// The payload.
    pub payload: Payload,
    /// The media type of the payload; parameters included.
    pub media_type: Option<SpecStr>,
    /// Media types that a server offers beside it.
    pub also: Vec<SpecStr>,
    /// Documented headers.
    pub headers: Vec<Header>,
    /// The meaning.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// A documented response header.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its Rust name.
    pub name: FieldName,
    /// Its name on the wire.
    pub wire: SpecStr,
    /// The type.
    pub ty: Type,
    /// Always sent.
    pub required: bool,
    /// The meaning.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// A status, a class of statuses or all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A class: 4 stands for 400 to 499.
    Class(u8),
    /// Every status that has no response of its own.
    Default,
}

impl Status {
    /// Whether it is a success.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Class(2))
    }

    /// Whether it stands for statuses after which another one comes: the final one.
    pub fn is_informational(self) -> bool {
        matches!(self, Self::Code(100..=199) | Self::Class(1))
    }

    /// Whether it stands for all that another one stands for.
    pub fn covers(self, other: Self) -> bool {
        match (self, other) {
            (Self::Default, _) => true,
            (Self::Class(class), Self::Code(code)) => code / 100 == u16::from(class),
            (one, other) => one == other,
        }
    }
}

/// As documents spell it: `404`, `4XX`, `default`.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Class(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A scheme that an operation needs, with the scopes that it asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Credential {
    /// The position of the scheme in [`Api::schemes`](super::Api::schemes).
    pub scheme: usize,
    /// OAuth scopes.
    pub scopes: Vec<SpecStr>,
}

/// A way to say who calls.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// The name of its constructor: `bearer_auth`.
    pub name: FunctionName,
    /// Its name in the document.
    pub wire: SpecStr,
    /// The kind.
    pub kind: SchemeKind,
    /// The sign-in that yields the credential.
    pub sign_in: Option<SignIn>,
    /// Marked `deprecated`.
    pub deprecated: bool,
    /// The purpose.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// Kinds of security schemes.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemeKind {
    /// An API key in a header.
    HeaderKey(SpecStr),
    /// An API key in the query.
    QueryKey(SpecStr),
    /// An API key in a cookie.
    CookieKey(SpecStr),
    /// `Authorization: Bearer ..`
    Bearer,
    /// `Authorization: Basic ..`
    Basic,
    /// OAuth 2.0; the client credentials flow if the document has it, else a bearer token from elsewhere.
    OAuth2(Option<OAuthFlow>),
    /// OpenID Connect: a bearer token from elsewhere.
    OpenIdConnect,
    /// `Authorization` with another scheme, of this name: the caller has all that follows it.
    Http(SpecStr),
    /// Mutual TLS: a client certificate.
    MutualTls,
    /// Something that the caller alone knows how to do.
    Unknown,
}

/// The client credentials flow.
#[derive(Clone, Debug, PartialEq)]
pub struct OAuthFlow {
    /// Where tokens are asked for.
    pub token_url: SpecStr,
    /// Scopes and what they allow.
    pub scopes: Vec<(SpecStr, SpecStr)>,
}

/// A session sign-in: an operation whose success body holds the credential.
#[derive(Clone, Debug, PartialEq)]
pub struct SignIn {
    /// The name of the operation's type.
    pub operation: TypeName,
    /// The way to the token in the success body: a JSON pointer.
    pub token: SpecStr,
    /// The way to the date-time at which it expires.
    pub expires: Option<SpecStr>,
}

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    /// The name.
    pub name: Option<SpecStr>,
    /// Its URL, with `{variables}`.
    pub url: SpecStr,
    /// Variables.
    pub variables: Vec<ServerVariable>,
    /// The kind.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// A variable in the URL of a server.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name.
    pub wire: SpecStr,
    /// Its value if the caller says nothing.
    pub default: SpecStr,
    /// The values that it can have; empty: any.
    pub values: Vec<SpecStr>,
    /// The kind.
    pub docs: Docs,
}

/// An `Accept` header with variables that callers fill in when they build a client.
#[derive(Clone, Debug)]
pub struct AcceptTemplate {
    /// The media type, with `{variables}`.
    pub media_type: SpecStr,
    /// The variables.
    pub variables: Vec<AcceptVariable>,
}

/// A variable of an [`AcceptTemplate`].
#[derive(Clone, Debug)]
pub struct AcceptVariable {
    /// Its Rust name.
    pub name: FieldName,
    /// Its name in the template.
    pub wire: SpecStr,
    /// Its value if the caller says nothing; none: the caller has to.
    pub default: Option<SpecStr>,
    /// The kind.
    pub docs: Docs,
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

/// The pagination of an operation. Members and parameters are wire names; `item` is the type of a listed item.
#[derive(Clone, Debug, PartialEq)]
pub enum Paging {
    /// By offset and limit.
    Offset {
        /// The parameter of the offset.
        offset: usize,
        /// The parameter of the limit.
        limit: usize,
        /// Fields that lead from the success body to the items.
        items: Vec<FieldName>,
        /// Fields that lead to the total.
        total: Vec<FieldName>,
        /// The type of a listed item.
        item: Type,
    },
    /// By a range `first-last`.
    Range {
        /// The parameter of the range.
        range: usize,
        /// Fields that lead from the success body to the items.
        items: Vec<FieldName>,
        /// Fields that lead to the total.
        total: Vec<FieldName>,
        /// The type of a listed item.
        item: Type,
    },
    /// By a cursor that each page gives for the next.
    Cursor {
        /// The parameter of the cursor.
        cursor: usize,
        /// Fields that lead from the success body to the next cursor.
        next: Vec<FieldName>,
        /// Fields that lead to the items.
        items: Vec<FieldName>,
        /// The type of a listed item.
        item: Type,
    },
    /// By the URL of the next page.
    Link {
        /// Fields that lead from the success body to the URL.
        next: Vec<FieldName>,
        /// Fields that lead to the items.
        items: Vec<FieldName>,
        /// The type of a listed item.
        item: Type,
    },
}
