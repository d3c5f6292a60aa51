//! Paths, operations and what they are called with.

use super::Support::{Checked, Documented, Modelled};
use super::document::SCHEMES;
use super::edition::{ALL, TO_30, V3, V20, V30_31, V31, V32};
use super::field::Field;
use super::field::Kind::{
    Any, Boolean, Choice, Choices, List, Map, MapOf, Number, One, Size, Text, Texts, Url, Values,
};
use super::field::Need::{Optional, Required};
use super::field::row;
use super::object::Object;

#[rustfmt::skip]
pub(super) const PATH_ITEM: &[Field] = &[
    row("$ref",                 Url,                      Optional, ALL, Modelled),
    row("summary",              Text,                     Optional, V3,  Documented),
    row("description",          Text,                     Optional, V3,  Documented),
    row("get",                  One(Object::Operation),   Optional, ALL, Modelled),
    row("put",                  One(Object::Operation),   Optional, ALL, Modelled),
    row("post",                 One(Object::Operation),   Optional, ALL, Modelled),
    row("delete",               One(Object::Operation),   Optional, ALL, Modelled),
    row("options",              One(Object::Operation),   Optional, ALL, Modelled),
    row("head",                 One(Object::Operation),   Optional, ALL, Modelled),
    row("patch",                One(Object::Operation),   Optional, ALL, Modelled),
    row("trace",                One(Object::Operation),   Optional, V3,  Modelled),
    row("query",                One(Object::Operation),   Optional, V32, Modelled),
    row("additionalOperations", MapOf(Object::Operation), Optional, V32, Modelled),
    row("servers",              List(Object::Server),     Optional, V3,  Modelled),
    row("parameters",           List(Object::Parameter),  Optional, ALL, Modelled),
];

#[rustfmt::skip]
pub(super) const OPERATION: &[Field] = &[
    row("tags",         Texts,                             Optional, ALL,   Modelled),
    row("summary",      Text,                              Optional, ALL,   Documented),
    row("description",  Text,                              Optional, ALL,   Documented),
    row("externalDocs", One(Object::ExternalDocs),         Optional, ALL,   Documented),
    row("operationId",  Text,                              Optional, ALL,   Modelled),
    row("parameters",   List(Object::Parameter),           Optional, ALL,   Modelled),
    row("requestBody",  One(Object::RequestBody),          Optional, V3,    Modelled),
    row("responses",    One(Object::Responses),            Required, TO_30, Modelled),
    row("responses",    One(Object::Responses),            Optional, V31,   Modelled),
    row("callbacks",    MapOf(Object::Callback),           Optional, V3,    Modelled),
    row("deprecated",   Boolean,                           Optional, ALL,   Modelled),
    row("security",     List(Object::SecurityRequirement), Optional, ALL,   Modelled),
    row("servers",      List(Object::Server),              Optional, V3,    Modelled),
    row("consumes",     Texts,                             Optional, V20,   Modelled).now("requestBody/content"),
    row("produces",     Texts,                             Optional, V20,   Modelled).now("content of each response"),
    row("schemes",      Choices(SCHEMES),                  Optional, V20,   Modelled).now("servers"),
];

const IN_20: &[&str] = &["query", "header", "path", "formData", "body"];
const IN_3: &[&str] = &["query", "header", "path", "cookie"];
const IN_32: &[&str] = &["query", "querystring", "header", "path", "cookie"];
/// The places of a parameter in Swagger 2.0 whose value is not a schema.
const PLAIN: &[&str] = &["query", "header", "path", "formData"];
const STYLES: &[&str] = &[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];
const STYLES_32: &[&str] = &[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "cookie",
];
/// The ways to write a list in Swagger 2.0.
pub(super) const COLLECTION: &[&str] = &["csv", "ssv", "tsv", "pipes"];
const COLLECTION_MULTI: &[&str] = &["csv", "ssv", "tsv", "pipes", "multi"];
/// The types of a value in Swagger 2.0 that is not a schema.
pub(super) const PLAIN_TYPES: &[&str] = &["string", "number", "integer", "boolean", "array"];
const PARAMETER_TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "file"];

#[rustfmt::skip]
pub(super) const PARAMETER: &[Field] = &[
    row("name",             Text,                     Required, ALL,    Modelled),
    row("in",               Choice(IN_20),            Required, V20,    Modelled),
    row("in",               Choice(IN_3),             Required, V30_31, Modelled),
    row("in",               Choice(IN_32),            Required, V32,    Modelled),
    row("description",      Text,                     Optional, ALL,    Documented),
    row("required",         Boolean,                  Optional, ALL,    Modelled),
    row("deprecated",       Boolean,                  Optional, V3,     Modelled),
    row("allowEmptyValue",  Boolean,                  Optional, V20,    Documented).when("in", &["query", "formData"]),
    row("allowEmptyValue",  Boolean,                  Optional, V3,     Documented).when("in", &["query"]),
    row("style",            Choice(STYLES),           Optional, V30_31, Modelled),
    row("style",            Choice(STYLES_32),        Optional, V32,    Modelled),
    row("explode",          Boolean,                  Optional, V3,     Modelled),
    row("allowReserved",    Boolean,                  Optional, V30_31, Modelled).when("in", &["query"]),
    row("allowReserved",    Boolean,                  Optional, V32,    Modelled).when("in", &["query", "path", "cookie"]),
    row("schema",           One(Object::Schema),      Required, V20,    Modelled).when("in", &["body"]),
    row("schema",           One(Object::Schema),      Optional, V3,     Modelled),
    row("example",          Any,                      Optional, V3,     Documented),
    row("examples",         MapOf(Object::Example),   Optional, V3,     Documented),
    row("content",          MapOf(Object::MediaType), Optional, V3,     Modelled),
    row("type",             Choice(PARAMETER_TYPES),  Required, V20,    Modelled).when("in", PLAIN).now("schema"),
    row("format",           Text,                     Optional, V20,    Modelled).when("in", PLAIN).now("schema"),
    row("items",            One(Object::Items),       Optional, V20,    Modelled).when("in", PLAIN).now("schema"),
    row("collectionFormat", Choice(COLLECTION_MULTI), Optional, V20,    Modelled).when("in", PLAIN).now("style and explode"),
    row("default",          Any,                      Optional, V20,    Modelled).when("in", PLAIN).now("schema"),
    row("maximum",          Number,                   Optional, V20,    Checked).when("in", PLAIN).now("schema"),
    row("exclusiveMaximum", Boolean,                  Optional, V20,    Checked).when("in", PLAIN).now("schema"),
    row("minimum",          Number,                   Optional, V20,    Checked).when("in", PLAIN).now("schema"),
    row("exclusiveMinimum", Boolean,                  Optional, V20,    Checked).when("in", PLAIN).now("schema"),
    row("maxLength",        Size,                     Optional, V20,    Checked).when("in", PLAIN).now("schema"),
    row("minLength",        Size,                     Optional, V20,    Checked).when("in", PLAIN).now("schema"),
    row("pattern",          Text,                     Optional, V20,    Checked).when("in", PLAIN).now("schema"),
    row("maxItems",         Size,                     Optional, V20,    Checked).when("in", PLAIN).now("schema"),
    row("minItems",         Size,                     Optional, V20,    Checked).when("in", PLAIN).now("schema"),
    row("uniqueItems",      Boolean,                  Optional, V20,    Checked).when("in", PLAIN).now("schema"),
    row("enum",             Values,                   Optional, V20,    Modelled).when("in", PLAIN).now("schema"),
    row("multipleOf",       Number,                   Optional, V20,    Checked).when("in", PLAIN).now("schema"),
];

#[rustfmt::skip]
pub(super) const ITEMS: &[Field] = &[
    row("type",             Choice(PLAIN_TYPES), Required, V20, Modelled),
    row("format",           Text,                Optional, V20, Modelled),
    row("items",            One(Object::Items),  Optional, V20, Modelled),
    row("collectionFormat", Choice(COLLECTION),  Optional, V20, Modelled),
    row("default",          Any,                 Optional, V20, Documented),
    row("maximum",          Number,              Optional, V20, Checked),
    row("exclusiveMaximum", Boolean,             Optional, V20, Checked),
    row("minimum",          Number,              Optional, V20, Checked),
    row("exclusiveMinimum", Boolean,             Optional, V20, Checked),
    row("maxLength",        Size,                Optional, V20, Checked),
    row("minLength",        Size,                Optional, V20, Checked),
    row("pattern",          Text,                Optional, V20, Checked),
    row("maxItems",         Size,                Optional, V20, Checked),
    row("minItems",         Size,                Optional, V20, Checked),
    row("uniqueItems",      Boolean,             Optional, V20, Checked),
    row("enum",             Values,              Optional, V20, Modelled),
    row("multipleOf",       Number,              Optional, V20, Checked),
];

#[rustfmt::skip]
pub(super) const LINK: &[Field] = &[
    row("operationRef", Url,                 Optional, V3, Documented),
    row("operationId",  Text,                Optional, V3, Documented),
    row("parameters",   Map,                 Optional, V3, Documented),
    row("requestBody",  Any,                 Optional, V3, Documented),
    row("description",  Text,                Optional, V3, Documented),
    row("server",       One(Object::Server), Optional, V3, Documented),
];
