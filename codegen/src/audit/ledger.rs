//! The ledger of keywords: what each is to the generator, in each object of a document. None is passed over in silence.

use crate::load::walk::{self, Place, Thing};
use crate::specification::{Keyword, Support as Role};

/// An object of a document, with those that hold no references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Object {
    Thing(Thing),
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
            Self::Thing(thing) => thing_name(thing),
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
    pub(super) fn keyword(self, key: &str) -> Option<(Role, Below)> {
        let role = match self {
            Self::Thing(Thing::Schema) => schema(key)?,
            Self::Thing(thing) => in_thing(thing, key)?,
            other => in_object(other, key)?,
        };
        Some((role, self.below(key)))
    }

    fn below(self, key: &str) -> Below {
        let place = match self {
            Self::Thing(thing) => walk::below(thing, key),
            _ => None,
        };
        match place {
            Some(Place::One(thing)) => return Below::One(Self::Thing(thing)),
            Some(Place::List(thing)) => return Below::List(Self::Thing(thing)),
            Some(Place::Map(thing)) => return Below::Map(Self::Thing(thing)),
            None => {}
        }
        match (self, key) {
            (_, "x-source") => Below::One(Self::Source),
            (_, "x-deviation") => Below::List(Self::Deviation),
            (_, "x-accept") => Below::One(Self::Accept),
            (_, "externalDocs") => Below::One(Self::ExternalDocs),
            (Self::Thing(_), "servers") => Below::List(Self::Server),
            (Self::Thing(Thing::Root), "info") => Below::One(Self::Info),
            (Self::Thing(Thing::Root), "tags") => Below::List(Self::Tag),
            (Self::Thing(Thing::Root), "x-pages") => Below::Map(Self::Page),
            (Self::Thing(Thing::Schema), "discriminator") => Below::One(Self::Discriminator),
            (Self::Thing(Thing::Schema), "x-one-of") => Below::One(Self::OneOf),
            (Self::Thing(Thing::Operation), "x-pagination") => Below::One(Self::Pagination),
            (Self::Thing(Thing::SecurityScheme), "flows") => Below::One(Self::Flows),
            (Self::Thing(Thing::SecurityScheme), "x-sign-in") => Below::One(Self::SignIn),
            (Self::Info, "contact") => Below::One(Self::Contact),
            (Self::Info, "license") => Below::One(Self::License),
            (Self::Server, "variables") => Below::Map(Self::Variable),
            (Self::Flows, _) => Below::One(Self::Flow),
            (Self::Accept, "variables") => Below::Map(Self::AcceptVariable),
            _ => Below::Data,
        }
    }
}

fn thing_name(thing: Thing) -> &'static str {
    match thing {
        Thing::Root => "document",
        Thing::Components => "components",
        Thing::PathItem => "path item",
        Thing::Operation => "operation",
        Thing::Parameter => "parameter",
        Thing::RequestBody => "request body",
        Thing::Response => "response",
        Thing::MediaType => "media type",
        Thing::Encoding => "encoding",
        Thing::Callback => "callback",
        Thing::Schema => "schema",
        Thing::SecurityScheme => "security scheme",
        Thing::Note => "example",
    }
}

fn schema(key: &str) -> Option<Role> {
    Keyword::of(key).map(Keyword::support)
}

fn provenance(key: &str) -> Option<Role> {
    matches!(key, "x-source" | "x-deviation").then_some(Role::Checked)
}

fn in_thing(thing: Thing, key: &str) -> Option<Role> {
    let common = match key {
        "$ref" => Some(Role::Modelled),
        _ => provenance(key),
    };
    common.or_else(|| match thing {
        Thing::Root => root(key),
        Thing::Components => components(key),
        Thing::PathItem => path_item(key),
        Thing::Operation => operation(key),
        Thing::Parameter => parameter(key),
        Thing::RequestBody | Thing::Response => body(thing, key),
        Thing::MediaType => match key {
            "schema" | "encoding" => Some(Role::Modelled),
            "example" | "examples" => Some(Role::Documented),
            _ => None,
        },
        Thing::Encoding => match key {
            "contentType" => Some(Role::Modelled),
            _ => None,
        },
        Thing::SecurityScheme => security_scheme(key),
        Thing::Note => match key {
            "summary" | "description" | "value" | "externalValue" => Some(Role::Documented),
            _ => None,
        },
        Thing::Callback | Thing::Schema => None,
    })
}

fn root(key: &str) -> Option<Role> {
    Some(match key {
        "openapi" | "info" | "servers" | "paths" | "components" | "security" | "tags"
        | "x-accept" => Role::Modelled,
        "x-pages" => Role::Checked,
        "webhooks" => Role::Refused,
        _ => return None,
    })
}

fn components(key: &str) -> Option<Role> {
    Some(match key {
        "schemas" | "responses" | "parameters" | "requestBodies" | "headers"
        | "securitySchemes" => Role::Modelled,
        "examples" => Role::Documented,
        _ => return None,
    })
}

fn path_item(key: &str) -> Option<Role> {
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
        | "servers" => Role::Modelled,
        "summary" | "description" => Role::Documented,
        _ => return None,
    })
}

fn operation(key: &str) -> Option<Role> {
    Some(match key {
        "operationId" | "tags" | "parameters" | "requestBody" | "responses" | "security"
        | "servers" | "deprecated" | "x-rust-name" | "x-accept" | "x-idempotent"
        | "x-idempotency-key" | "x-pagination" => Role::Modelled,
        "summary" | "description" | "externalDocs" => Role::Documented,
        "callbacks" => Role::Refused,
        _ => return None,
    })
}

fn parameter(key: &str) -> Option<Role> {
    Some(match key {
        "name" | "in" | "required" | "schema" | "content" | "style" | "explode"
        | "allowReserved" | "deprecated" | "x-rust-name" | "x-secret" => Role::Modelled,
        "description" | "example" | "examples" => Role::Documented,
        _ => return None,
    })
}

fn body(thing: Thing, key: &str) -> Option<Role> {
    Some(match (thing, key) {
        (_, "content") => Role::Modelled,
        (_, "description") => Role::Documented,
        (Thing::RequestBody, "required") => Role::Modelled,
        (Thing::Response, "headers" | "x-optional-body") => Role::Modelled,
        _ => return None,
    })
}

fn security_scheme(key: &str) -> Option<Role> {
    Some(match key {
        "type" | "scheme" | "name" | "in" | "flows" | "x-sign-in" => Role::Modelled,
        "description" | "bearerFormat" | "openIdConnectUrl" => Role::Documented,
        _ => return None,
    })
}

fn in_object(object: Object, key: &str) -> Option<Role> {
    use Role::{Checked, Documented, Modelled};
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
