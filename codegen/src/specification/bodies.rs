//! The payloads of requests and responses.

use super::Support::{Checked, Documented, Modelled, Refused};
use super::edition::{ALL, TO_31, V3, V20, V30, V32};
use super::field::Field;
use super::field::Kind::{
    Any, Boolean, Choice, List, Map, MapOf, Number, One, Size, Text, Url, Values,
};
use super::field::Need::{Optional, Required};
use super::field::row;
use super::object::Object;
use super::operations::{COLLECTION, PLAIN_TYPES};

#[rustfmt::skip]
pub(super) const REQUEST_BODY: &[Field] = &[
    row("description", Text,                     Optional, V3, Documented),
    row("content",     MapOf(Object::MediaType), Required, V3, Modelled),
    row("required",    Boolean,                  Optional, V3, Modelled),
];

#[rustfmt::skip]
pub(super) const MEDIA_TYPE: &[Field] = &[
    row("description",    Text,                    Optional, V32, Documented),
    row("schema",         One(Object::Schema),     Optional, V3,  Modelled),
    row("itemSchema",     One(Object::Schema),     Optional, V32, Modelled),
    row("example",        Any,                     Optional, V3,  Documented),
    row("examples",       MapOf(Object::Example),  Optional, V3,  Documented),
    row("encoding",       MapOf(Object::Encoding), Optional, V3,  Modelled),
    row("prefixEncoding", List(Object::Encoding),  Optional, V32, Refused),
    row("itemEncoding",   One(Object::Encoding),   Optional, V32, Refused),
];

const FORM_STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];

#[rustfmt::skip]
pub(super) const ENCODING: &[Field] = &[
    row("contentType",    Text,                    Optional, V3,  Modelled),
    row("headers",        MapOf(Object::Header),   Optional, V3,  Modelled),
    row("style",          Choice(FORM_STYLES),     Optional, V3,  Modelled),
    row("explode",        Boolean,                 Optional, V3,  Modelled),
    row("allowReserved",  Boolean,                 Optional, V3,  Modelled),
    row("encoding",       MapOf(Object::Encoding), Optional, V32, Refused),
    row("prefixEncoding", List(Object::Encoding),  Optional, V32, Refused),
    row("itemEncoding",   One(Object::Encoding),   Optional, V32, Refused),
];

#[rustfmt::skip]
pub(super) const RESPONSE: &[Field] = &[
    row("summary",     Text,                     Optional, V32, Documented),
    row("description", Text,                     Required, TO_31, Documented),
    row("description", Text,                     Optional, V32, Documented),
    row("headers",     MapOf(Object::Header),    Optional, ALL, Modelled),
    row("content",     MapOf(Object::MediaType), Optional, V3,  Modelled),
    row("links",       MapOf(Object::Link),      Optional, V3,  Documented),
    row("schema",      One(Object::Schema),      Optional, V20, Modelled).now("content/<media type>/schema"),
    row("examples",    Map,                      Optional, V20, Documented).now("content/<media type>/example"),
];

#[rustfmt::skip]
pub(super) const EXAMPLE: &[Field] = &[
    row("summary",         Text, Optional, V3,  Documented),
    row("description",     Text, Optional, V3,  Documented),
    row("dataValue",       Any,  Optional, V32, Documented),
    row("serializedValue", Text, Optional, V32, Documented),
    row("value",           Any,  Optional, V3,  Documented),
    row("externalValue",   Url,  Optional, V3,  Documented),
];

#[rustfmt::skip]
pub(super) const HEADER: &[Field] = &[
    row("description",      Text,                     Optional, ALL, Documented),
    row("required",         Boolean,                  Optional, V3,  Modelled),
    row("deprecated",       Boolean,                  Optional, V3,  Modelled),
    row("allowEmptyValue",  Boolean,                  Optional, V30, Documented),
    row("style",            Choice(&["simple"]),      Optional, V3,  Modelled),
    row("explode",          Boolean,                  Optional, V3,  Modelled),
    row("allowReserved",    Boolean,                  Optional, V30, Documented),
    row("schema",           One(Object::Schema),      Optional, V3,  Modelled),
    row("example",          Any,                      Optional, V3,  Documented),
    row("examples",         MapOf(Object::Example),   Optional, V3,  Documented),
    row("content",          MapOf(Object::MediaType), Optional, V3,  Modelled),
    row("type",             Choice(PLAIN_TYPES),      Required, V20, Modelled).now("schema"),
    row("format",           Text,                     Optional, V20, Modelled).now("schema"),
    row("items",            One(Object::Items),       Optional, V20, Modelled).now("schema"),
    row("collectionFormat", Choice(COLLECTION),       Optional, V20, Modelled).now("explode"),
    row("default",          Any,                      Optional, V20, Documented).now("schema"),
    row("maximum",          Number,                   Optional, V20, Checked).now("schema"),
    row("exclusiveMaximum", Boolean,                  Optional, V20, Checked).now("schema"),
    row("minimum",          Number,                   Optional, V20, Checked).now("schema"),
    row("exclusiveMinimum", Boolean,                  Optional, V20, Checked).now("schema"),
    row("maxLength",        Size,                     Optional, V20, Checked).now("schema"),
    row("minLength",        Size,                     Optional, V20, Checked).now("schema"),
    row("pattern",          Text,                     Optional, V20, Checked).now("schema"),
    row("maxItems",         Size,                     Optional, V20, Checked).now("schema"),
    row("minItems",         Size,                     Optional, V20, Checked).now("schema"),
    row("uniqueItems",      Boolean,                  Optional, V20, Checked).now("schema"),
    row("enum",             Values,                   Optional, V20, Modelled).now("schema"),
    row("multipleOf",       Number,                   Optional, V20, Checked).now("schema"),
];
