//! The ledger of keywords: what each is to the generator, in each object of a document. None is passed over in silence.

use crate::load::walk::{self, ChildKind, ObjectKind};
use crate::specification::{Keyword, Support};

/// An object of a document, with those that hold no references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Object {
    ObjectKind(ObjectKind),
    Info,
    Contact,
    License,
    Server,
    Variable,
    Tag,
    ExternalDocs,
    Flows,
    Flow,
    Discriminator,
    Page,
    Source,
    Deviation,
    Accept,
    AcceptVariable,
    Pagination,
    SignIn,
    OneOf,
}

/// What stands below a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Below {
    /// A value, or names that are no keywords.
    Data,
    One(Object),
    List(Object),
    Map(Object),
}

impl Object {
    /// As users see it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::ObjectKind(kind) => kind_name(kind),
            Self::Info => "info",
            Self::Contact => "contact",
            Self::License => "license",
            Self::Server => "server",
            Self::Variable => "server variable",
            Self::Tag => "tag",
            Self::ExternalDocs => "external documentation",
            Self::Flows => "OAuth flows",
            Self::Flow => "OAuth flow",
            Self::Discriminator => "discriminator",
            Self::Page => "x-pages",
            Self::Source => "x-source",
            Self::Deviation => "x-deviation",
            Self::Accept => "x-accept",
            Self::AcceptVariable => "x-accept variable",
            Self::Pagination => "x-pagination",
            Self::SignIn => "x-sign-in",
            Self::OneOf => "x-one-of",
        }
    }

    /// What a keyword is here, and what stands below it; none if it is unknown.
    pub(super) fn keyword(self, key: &str) -> Option<(Support, Below)> {
        let role = match self {
            Self::ObjectKind(ObjectKind::Schema) => schema(key)?,
            Self::ObjectKind(kind) => in_kind(kind, key)?,
            other => in_object(other, key)?,
        };
        Some((role, self.below(key)))
    }

    fn below(self, key: &str) -> Below {
        let place = match self {
            Self::ObjectKind(kind) => walk::below(kind, key),
            _ => None,
        };
        match place {
            Some(ChildKind::One(kind)) => return Below::One(Self::ObjectKind(kind)),
            Some(ChildKind::List(kind)) => return Below::List(Self::ObjectKind(kind)),
            Some(ChildKind::Map(kind)) => return Below::Map(Self::ObjectKind(kind)),
            None => {}
        }
        match (self, key) {
            (_, "x-source") => Below::One(Self::Source),
            (_, "x-deviation") => Below::List(Self::Deviation),
            (_, "x-accept") => Below::One(Self::Accept),
            (_, "externalDocs") => Below::One(Self::ExternalDocs),
            (Self::ObjectKind(_), "servers") => Below::List(Self::Server),
            (Self::ObjectKind(ObjectKind::Root), "info") => Below::One(Self::Info),
            (Self::ObjectKind(ObjectKind::Root), "tags") => Below::List(Self::Tag),
            (Self::ObjectKind(ObjectKind::Root), "x-pages") => Below::Map(Self::Page),
            (Self::ObjectKind(ObjectKind::Schema), "discriminator") => {
                Below::One(Self::Discriminator)
            }
            (Self::ObjectKind(ObjectKind::Schema), "x-one-of") => Below::One(Self::OneOf),
            (Self::ObjectKind(ObjectKind::Operation), "x-pagination") => {
                Below::One(Self::Pagination)
            }
            (Self::ObjectKind(ObjectKind::SecurityScheme), "flows") => Below::One(Self::Flows),
            (Self::ObjectKind(ObjectKind::SecurityScheme), "x-sign-in") => Below::One(Self::SignIn),
            (Self::Info, "contact") => Below::One(Self::Contact),
            (Self::Info, "license") => Below::One(Self::License),
            (Self::Server, "variables") => Below::Map(Self::Variable),
            (Self::Flows, _) => Below::One(Self::Flow),
            (Self::Accept, "variables") => Below::Map(Self::AcceptVariable),
            _ => Below::Data,
        }
    }
}

fn kind_name(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Root => "document",
        ObjectKind::Components => "components",
        ObjectKind::PathItem => "path item",
        ObjectKind::Operation => "operation",
        ObjectKind::Parameter => "parameter",
        ObjectKind::RequestBody => "request body",
        ObjectKind::Response => "response",
        ObjectKind::MediaType => "media type",
        ObjectKind::Encoding => "encoding",
        ObjectKind::Callback => "callback",
        ObjectKind::Schema => "schema",
        ObjectKind::SecurityScheme => "security scheme",
        ObjectKind::Note => "example",
    }
}

fn schema(key: &str) -> Option<Support> {
    Keyword::of(key).map(Keyword::support)
}

fn provenance(key: &str) -> Option<Support> {
    matches!(key, "x-source" | "x-deviation").then_some(Support::Checked)
}

fn in_kind(kind: ObjectKind, key: &str) -> Option<Support> {
    let common = match key {
        "$ref" => Some(Support::Modelled),
        _ => provenance(key),
    };
    common.or_else(|| match kind {
        ObjectKind::Root => root(key),
        ObjectKind::Components => components(key),
        ObjectKind::PathItem => path_item(key),
        ObjectKind::Operation => operation(key),
        ObjectKind::Parameter => parameter(key),
        ObjectKind::RequestBody | ObjectKind::Response => body(kind, key),
        ObjectKind::MediaType => match key {
            "schema" | "encoding" => Some(Support::Modelled),
            "example" | "examples" => Some(Support::Documented),
            _ => None,
        },
        ObjectKind::Encoding => match key {
            "contentType" => Some(Support::Modelled),
            _ => None,
        },
        ObjectKind::SecurityScheme => security_scheme(key),
        ObjectKind::Note => match key {
            "summary" | "description" | "value" | "externalValue" => Some(Support::Documented),
            _ => None,
        },
        ObjectKind::Callback | ObjectKind::Schema => None,
    })
}

fn root(key: &str) -> Option<Support> {
    Some(match key {
        "openapi" | "info" | "servers" | "paths" | "components" | "security" | "tags"
        | "x-accept" => Support::Modelled,
        "x-pages" => Support::Checked,
        "webhooks" => Support::Refused,
        _ => return None,
    })
}

fn components(key: &str) -> Option<Support> {
    Some(match key {
        "schemas" | "responses" | "parameters" | "requestBodies" | "headers"
        | "securitySchemes" => Support::Modelled,
        "examples" => Support::Documented,
        _ => return None,
    })
}

fn path_item(key: &str) -> Option<Support> {
    Some(match key {
        "get"
        | "put"
        | "post"
        | "delete"
        | "options"
        | "head"
        | "patch"
        | "trace"
        | "query"
        | "additionalOperations"
        | "x-oai-additionalOperations"
        | "parameters"
        | "servers" => Support::Modelled,
        "summary" | "description" => Support::Documented,
        _ => return None,
    })
}

fn operation(key: &str) -> Option<Support> {
    Some(match key {
        "operationId" | "tags" | "parameters" | "requestBody" | "responses" | "security"
        | "servers" | "deprecated" | "x-rust-name" | "x-accept" | "x-idempotent"
        | "x-idempotency-key" | "x-pagination" => Support::Modelled,
        "summary" | "description" | "externalDocs" => Support::Documented,
        "callbacks" => Support::Refused,
        _ => return None,
    })
}

fn parameter(key: &str) -> Option<Support> {
    Some(match key {
        "name" | "in" | "required" | "schema" | "content" | "style" | "explode"
        | "allowReserved" | "deprecated" | "x-rust-name" | "x-secret" => Support::Modelled,
        "description" | "example" | "examples" => Support::Documented,
        _ => return None,
    })
}

fn body(kind: ObjectKind, key: &str) -> Option<Support> {
    Some(match (kind, key) {
        (_, "content") => Support::Modelled,
        (_, "description") => Support::Documented,
        (ObjectKind::RequestBody, "required") => Support::Modelled,
        (ObjectKind::Response, "headers" | "x-optional-body") => Support::Modelled,
        _ => return None,
    })
}

fn security_scheme(key: &str) -> Option<Support> {
    Some(match key {
        "type" | "scheme" | "name" | "in" | "flows" | "x-sign-in" => Support::Modelled,
        "description" | "bearerFormat" | "openIdConnectUrl" => Support::Documented,
        _ => return None,
    })
}

fn in_object(object: Object, key: &str) -> Option<Support> {
    use Support::{Checked, Documented, Modelled};
    Some(match (object, key) {
        (Object::Info, "title" | "version") => Modelled,
        (Object::Info, "description" | "summary" | "contact" | "license" | "termsOfService") => {
            Documented
        }
        (Object::Contact, "name" | "url" | "email") => Documented,
        (Object::License, "name" | "url" | "identifier") => Documented,
        (Object::ExternalDocs, "url" | "description") => Documented,
        (Object::Server, "url" | "variables") => Modelled,
        (Object::Variable, "default" | "enum") => Modelled,
        (Object::Server | Object::Variable | Object::Tag, "description") => Documented,
        (Object::Tag, "name") => Modelled,
        (Object::Tag, "externalDocs") => Documented,
        (Object::Flows, "clientCredentials") => Modelled,
        (Object::Flows, "authorizationCode" | "implicit" | "password") => Documented,
        (Object::Flow, "tokenUrl" | "scopes") => Modelled,
        (Object::Flow, "authorizationUrl" | "refreshUrl") => Documented,
        (Object::Discriminator, "propertyName" | "mapping") => Modelled,
        (Object::Page, "title" | "note" | "rendered") => Documented,
        (Object::Source, "page") => Checked,
        (Object::Source, "section") => Documented,
        (Object::Deviation, "keyword" | "page" | "reason") => Checked,
        (Object::Accept, "media-type" | "variables") => Modelled,
        (Object::AcceptVariable, "default") => Modelled,
        (Object::AcceptVariable, "type" | "description") => Documented,
        (
            Object::Pagination,
            "style" | "range" | "offset" | "limit" | "cursor" | "next" | "items" | "total",
        ) => Modelled,
        (Object::SignIn, "operation" | "token" | "expires") => Modelled,
        (Object::OneOf, "rust-name" | "rust-field") => Modelled,
        _ => return None,
    })
}
