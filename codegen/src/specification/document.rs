//! The document, and what it says about the API as a whole.

use super::Support::{Documented, Modelled};
use super::edition::{ALL, TO_30, V3, V20, V31, V32};
use super::field::Field;
use super::field::Kind::{Choices, List, MapOf, One, Text, Texts, Url};
use super::field::Need::{Optional, Required};
use super::field::row;
use super::object::Object;

#[rustfmt::skip]
pub(super) const ROOT: &[Field] = &[
    row("openapi",             Text,                              Required, V3,  Modelled),
    row("$self",               Url,                               Optional, V32, Modelled),
    row("info",                One(Object::Info),                 Required, ALL, Modelled),
    row("jsonSchemaDialect",   Url,                               Optional, V31, Documented),
    row("servers",             List(Object::Server),              Optional, V3,  Modelled),
    row("paths",               One(Object::Paths),                Required, TO_30, Modelled),
    row("paths",               One(Object::Paths),                Optional, V31, Modelled),
    row("webhooks",            MapOf(Object::PathItem),           Optional, V31, Modelled),
    row("components",          One(Object::Components),           Optional, V3,  Modelled),
    row("security",            List(Object::SecurityRequirement), Optional, ALL, Modelled),
    row("tags",                List(Object::Tag),                 Optional, ALL, Modelled),
    row("externalDocs",        One(Object::ExternalDocs),         Optional, ALL, Documented),
    row("swagger",             Text,                              Required, V20, Modelled).now("openapi"),
    row("host",                Text,                              Optional, V20, Modelled).now("servers"),
    row("basePath",            Text,                              Optional, V20, Modelled).now("servers"),
    row("schemes",             Choices(SCHEMES),                  Optional, V20, Modelled).now("servers"),
    row("consumes",            Texts,                             Optional, V20, Modelled).now("requestBody/content of each operation"),
    row("produces",            Texts,                             Optional, V20, Modelled).now("content of each response"),
    row("definitions",         MapOf(Object::Schema),             Optional, V20, Modelled).now("components/schemas"),
    row("parameters",          MapOf(Object::Parameter),          Optional, V20, Modelled).now("components/parameters"),
    row("responses",           MapOf(Object::Response),           Optional, V20, Modelled).now("components/responses"),
    row("securityDefinitions", MapOf(Object::SecurityScheme),     Optional, V20, Modelled).now("components/securitySchemes"),
];

/// The schemes of a URL in Swagger 2.0.
pub(super) const SCHEMES: &[&str] = &["http", "https", "ws", "wss"];

#[rustfmt::skip]
pub(super) const INFO: &[Field] = &[
    row("title",          Text,                 Required, ALL, Modelled),
    row("summary",        Text,                 Optional, V31, Documented),
    row("description",    Text,                 Optional, ALL, Documented),
    row("termsOfService", Url,                  Optional, ALL, Documented),
    row("contact",        One(Object::Contact), Optional, ALL, Documented),
    row("license",        One(Object::License), Optional, ALL, Documented),
    row("version",        Text,                 Required, ALL, Modelled),
];

#[rustfmt::skip]
pub(super) const CONTACT: &[Field] = &[
    row("name",  Text, Optional, ALL, Documented),
    row("url",   Url,  Optional, ALL, Documented),
    row("email", Text, Optional, ALL, Documented),
];

#[rustfmt::skip]
pub(super) const LICENSE: &[Field] = &[
    row("name",       Text, Required, ALL, Documented),
    row("identifier", Text, Optional, V31, Documented),
    row("url",        Url,  Optional, ALL, Documented),
];

#[rustfmt::skip]
pub(super) const SERVER: &[Field] = &[
    row("url",         Text,                          Required, V3,  Modelled),
    row("description", Text,                          Optional, V3,  Documented),
    row("name",        Text,                          Optional, V32, Modelled),
    row("variables",   MapOf(Object::ServerVariable), Optional, V3,  Modelled),
];

#[rustfmt::skip]
pub(super) const SERVER_VARIABLE: &[Field] = &[
    row("enum",        Texts, Optional, V3, Modelled),
    row("default",     Text,  Required, V3, Modelled),
    row("description", Text,  Optional, V3, Documented),
];

#[rustfmt::skip]
pub(super) const COMPONENTS: &[Field] = &[
    row("schemas",         MapOf(Object::Schema),         Optional, V3,  Modelled),
    row("responses",       MapOf(Object::Response),       Optional, V3,  Modelled),
    row("parameters",      MapOf(Object::Parameter),      Optional, V3,  Modelled),
    row("examples",        MapOf(Object::Example),        Optional, V3,  Documented),
    row("requestBodies",   MapOf(Object::RequestBody),    Optional, V3,  Modelled),
    row("headers",         MapOf(Object::Header),         Optional, V3,  Modelled),
    row("securitySchemes", MapOf(Object::SecurityScheme), Optional, V3,  Modelled),
    row("links",           MapOf(Object::Link),           Optional, V3,  Documented),
    row("callbacks",       MapOf(Object::Callback),       Optional, V3,  Modelled),
    row("pathItems",       MapOf(Object::PathItem),       Optional, V31, Modelled),
    row("mediaTypes",      MapOf(Object::MediaType),      Optional, V32, Modelled),
];

#[rustfmt::skip]
pub(super) const TAG: &[Field] = &[
    row("name",         Text,                      Required, ALL, Modelled),
    row("summary",      Text,                      Optional, V32, Documented),
    row("description",  Text,                      Optional, ALL, Documented),
    row("externalDocs", One(Object::ExternalDocs), Optional, ALL, Documented),
    row("parent",       Text,                      Optional, V32, Documented),
    row("kind",         Text,                      Optional, V32, Documented),
];

#[rustfmt::skip]
pub(super) const EXTERNAL_DOCS: &[Field] = &[
    row("description", Text, Optional, ALL, Documented),
    row("url",         Url,  Required, ALL, Documented),
];

#[rustfmt::skip]
pub(super) const REFERENCE: &[Field] = &[
    row("$ref",        Url,  Required, ALL, Modelled),
    row("summary",     Text, Optional, V31, Documented),
    row("description", Text, Optional, V31, Documented),
];
