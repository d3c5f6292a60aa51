//! The kinds of object that a document is made of.

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Object {
    Root,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Reference,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    SecurityRequirement,
    /// The schema of the items of a list in a parameter of Swagger 2.0.
    Items,
    Page,
    Source,
    Deviation,
    Accept,
    AcceptVariable,
    Pagination,
    Polling,
    SignIn,
    OneOf,
}

/// The keys that an object may have beside those of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// None.
    None,
    /// Paths, each with a path item.
    Paths,
    /// Statuses, each with a response.
    Statuses,
    /// Expressions, each with a path item.
    Expressions,
    /// Names of security schemes, each with a list of scopes.
    Schemes,
}

/// Keys that exclude each other.
pub(crate) type Exclusion = (&'static str, &'static str);

impl Object {
    /// Every kind.
    pub(crate) const ALL: [Self; 40] = [
        Self::Root,
        Self::Info,
        Self::Contact,
        Self::License,
        Self::Server,
        Self::ServerVariable,
        Self::Components,
        Self::Paths,
        Self::PathItem,
        Self::Operation,
        Self::ExternalDocs,
        Self::Parameter,
        Self::RequestBody,
        Self::MediaType,
        Self::Encoding,
        Self::Responses,
        Self::Response,
        Self::Callback,
        Self::Example,
        Self::Link,
        Self::Header,
        Self::Tag,
        Self::Reference,
        Self::Schema,
        Self::Discriminator,
        Self::Xml,
        Self::SecurityScheme,
        Self::OAuthFlows,
        Self::OAuthFlow,
        Self::SecurityRequirement,
        Self::Items,
        Self::Page,
        Self::Source,
        Self::Deviation,
        Self::Accept,
        Self::AcceptVariable,
        Self::Pagination,
        Self::Polling,
        Self::SignIn,
        Self::OneOf,
    ];

    /// As users see it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Root => "document",
            Self::Info => "info",
            Self::Contact => "contact",
            Self::License => "license",
            Self::Server => "server",
            Self::ServerVariable => "server variable",
            Self::Components => "components",
            Self::Paths => "paths",
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::ExternalDocs => "external documentation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::MediaType => "media type",
            Self::Encoding => "encoding",
            Self::Responses => "responses",
            Self::Response => "response",
            Self::Callback => "callback",
            Self::Example => "example",
            Self::Link => "link",
            Self::Header => "header",
            Self::Tag => "tag",
            Self::Reference => "reference",
            Self::Schema => "schema",
            Self::Discriminator => "discriminator",
            Self::Xml => "xml",
            Self::SecurityScheme => "security scheme",
            Self::OAuthFlows => "OAuth flows",
            Self::OAuthFlow => "OAuth flow",
            Self::SecurityRequirement => "security requirement",
            Self::Items => "items",
            Self::Page => "x-pages",
            Self::Source => "x-source",
            Self::Deviation => "x-deviation",
            Self::Accept => "x-accept",
            Self::AcceptVariable => "x-accept variable",
            Self::Pagination => "x-pagination",
            Self::Polling => "x-polling",
            Self::SignIn => "x-sign-in",
            Self::OneOf => "x-one-of",
        }
    }

    /// The keys that it may have beside those of its table.
    pub(crate) fn names(self) -> Names {
        match self {
            Self::Paths => Names::Paths,
            Self::Responses => Names::Statuses,
            Self::Callback => Names::Expressions,
            Self::SecurityRequirement => Names::Schemes,
            _ => Names::None,
        }
    }

    /// Whether a reference may be where it is expected.
    pub(crate) fn may_be_reference(self) -> bool {
        matches!(
            self,
            Self::Parameter
                | Self::RequestBody
                | Self::MediaType
                | Self::Response
                | Self::Callback
                | Self::Example
                | Self::Link
                | Self::Header
                | Self::SecurityScheme
        )
    }

    /// Whether it may have extensions.
    pub(crate) fn has_extensions(self) -> bool {
        !matches!(self, Self::SecurityRequirement | Self::Reference)
    }

    /// The keys that exclude each other, in every edition that has both.
    pub(crate) fn exclusions(self) -> &'static [Exclusion] {
        match self {
            Self::License => &[("identifier", "url")],
            Self::Parameter | Self::Header => &[("schema", "content"), ("example", "examples")],
            Self::MediaType => &[
                ("example", "examples"),
                ("encoding", "prefixEncoding"),
                ("encoding", "itemEncoding"),
            ],
            Self::Encoding => &[("encoding", "prefixEncoding"), ("encoding", "itemEncoding")],
            Self::Example => &[
                ("value", "externalValue"),
                ("value", "dataValue"),
                ("value", "serializedValue"),
                ("serializedValue", "externalValue"),
            ],
            Self::Link => &[("operationRef", "operationId")],
            Self::Xml => &[("nodeType", "attribute"), ("nodeType", "wrapped")],
            _ => &[],
        }
    }

    /// The keys of which one must be there, and the first edition that demands it.
    pub(crate) fn alternatives(self) -> &'static [&'static str] {
        match self {
            Self::Parameter | Self::Header => &["schema", "content"],
            Self::Link => &["operationRef", "operationId"],
            _ => &[],
        }
    }
}
