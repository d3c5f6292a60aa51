//! Our own extensions: the objects that may have them, and what is in them.

use super::Support::{Checked, Documented, Modelled};
use super::edition::ALL;
use super::field::Kind::{Any, Boolean, Choice, List, MapOf, One, Text, Texts};
use super::field::Need::{Optional, Required};
use super::field::{Field, row};
use super::object::Object;

/// The extensions that an object may have; those of a schema are among its keywords.
pub(super) fn of(object: Object) -> &'static [Field] {
    match object {
        Object::Root => ROOT,
        Object::Operation => OPERATION,
        Object::Parameter | Object::Header => PARAMETER,
        Object::Response => RESPONSE,
        Object::SecurityScheme => SECURITY_SCHEME,
        Object::PathItem => PATH_ITEM,
        Object::MediaType => MEDIA_TYPE,
        Object::Components
        | Object::RequestBody
        | Object::Encoding
        | Object::Callback
        | Object::Example
        | Object::Link => PROVENANCE,
        _ => &[],
    }
}

const SOURCE: Field = row("x-source", One(Object::Source), Optional, ALL, Checked);
const DEVIATION: Field = row(
    "x-deviation",
    List(Object::Deviation),
    Optional,
    ALL,
    Checked,
);
const ACCEPT_OF: Field = row("x-accept", One(Object::Accept), Optional, ALL, Modelled);
const RUST_NAME: Field = row("x-rust-name", Text, Optional, ALL, Modelled);

/// The readings of answers and members where a server departs from the document.
pub(crate) const READINGS: &[&str] = &[
    "strict",
    "tolerant",
    "one-for-list",
    "list-for-one",
    "json-text",
];

const READING: Field = row(
    "x-reading",
    Choice(&["strict", "tolerant"]),
    Optional,
    ALL,
    Modelled,
);

const READING_OF_ANSWER: Field = row("x-reading", Choice(READINGS), Optional, ALL, Modelled);

const PROVENANCE: &[Field] = &[SOURCE, DEVIATION];

#[rustfmt::skip]
const ROOT: &[Field] = &[
    SOURCE,
    DEVIATION,
    ACCEPT_OF,
    row("x-pages", MapOf(Object::Page), Optional, ALL, Checked),
    READING,
];

#[rustfmt::skip]
const MEDIA_TYPE: &[Field] = &[
    SOURCE,
    DEVIATION,
    row("x-stream",     Choice(&["lines", "values"]), Optional, ALL, Modelled),
    row("x-stream-end", Text,                         Optional, ALL, Modelled),
];

/// Other tools write methods of 3.2 so in older versions.
#[rustfmt::skip]
const PATH_ITEM: &[Field] = &[
    SOURCE,
    DEVIATION,
    row("x-oai-additionalOperations", MapOf(Object::Operation), Optional, ALL, Modelled),
];

#[rustfmt::skip]
const OPERATION: &[Field] = &[
    SOURCE,
    DEVIATION,
    ACCEPT_OF,
    RUST_NAME,
    row("x-idempotent",      Boolean,                 Optional, ALL, Modelled),
    row("x-idempotency-key", Text,                    Optional, ALL, Modelled),
    row("x-pagination",      One(Object::Pagination), Optional, ALL, Modelled),
    row("x-polling",         One(Object::Polling),    Optional, ALL, Modelled),
    row("x-stream-flag",     Text,                    Optional, ALL, Modelled),
    READING_OF_ANSWER,
];

#[rustfmt::skip]
const PARAMETER: &[Field] = &[
    SOURCE,
    DEVIATION,
    RUST_NAME,
    row("x-secret", Boolean, Optional, ALL, Modelled),
];

#[rustfmt::skip]
const RESPONSE: &[Field] = &[
    SOURCE,
    DEVIATION,
    row("x-optional-body", Boolean, Optional, ALL, Modelled),
];

#[rustfmt::skip]
const SECURITY_SCHEME: &[Field] = &[
    SOURCE,
    DEVIATION,
    row("x-sign-in", One(Object::SignIn), Optional, ALL, Modelled),
];

/// The rows of an object that is in one of our extensions.
pub(super) fn inner(object: Object) -> &'static [Field] {
    match object {
        Object::Page => PAGE,
        Object::Source => SOURCE_OBJECT,
        Object::Deviation => DEVIATION_OBJECT,
        Object::Accept => ACCEPT,
        Object::AcceptVariable => ACCEPT_VARIABLE,
        Object::Pagination => PAGINATION,
        Object::Polling => POLLING,
        Object::SignIn => SIGN_IN,
        Object::OneOf => ONE_OF,
        _ => &[],
    }
}

#[rustfmt::skip]
const PAGE: &[Field] = &[
    row("title",    Text, Optional, ALL, Documented),
    row("note",     Text, Optional, ALL, Documented),
    row("rendered", Text, Optional, ALL, Documented),
];

#[rustfmt::skip]
const SOURCE_OBJECT: &[Field] = &[
    row("page",    Text, Optional, ALL, Checked),
    row("section", Text, Optional, ALL, Documented),
];

#[rustfmt::skip]
const DEVIATION_OBJECT: &[Field] = &[
    row("keyword", Text, Optional, ALL, Checked),
    row("page",    Any,  Optional, ALL, Checked),
    row("reason",  Text, Optional, ALL, Checked),
];

#[rustfmt::skip]
const ACCEPT: &[Field] = &[
    row("media-type", Text,                          Required, ALL, Modelled),
    row("variables",  MapOf(Object::AcceptVariable), Optional, ALL, Modelled),
];

#[rustfmt::skip]
const ACCEPT_VARIABLE: &[Field] = &[
    row("default",     Any,  Optional, ALL, Modelled),
    row("type",        Text, Optional, ALL, Documented),
    row("description", Text, Optional, ALL, Documented),
];

const PAGES: &[&str] = &["offset", "page", "range", "cursor", "link", "link-header"];

#[rustfmt::skip]
const PAGINATION: &[Field] = &[
    row("style",     Choice(PAGES), Required, ALL, Modelled),
    row("range",     Text,          Optional, ALL, Modelled),
    row("offset",    Text,          Optional, ALL, Modelled),
    row("limit",     Text,          Optional, ALL, Modelled),
    row("page",      Text,          Optional, ALL, Modelled),
    row("size",      Text,          Optional, ALL, Modelled),
    row("first",     Any,           Optional, ALL, Modelled),
    row("cursor",    Text,          Optional, ALL, Modelled),
    row("next",      Text,          Optional, ALL, Modelled),
    row("last-item", Text,          Optional, ALL, Modelled),
    row("items",     Text,          Optional, ALL, Modelled),
    row("total",     Text,          Optional, ALL, Modelled),
    row("pages",     Text,          Optional, ALL, Modelled),
    row("more",      Text,          Optional, ALL, Modelled),
    row("last",      Text,          Optional, ALL, Modelled),
];

#[rustfmt::skip]
const POLLING: &[Field] = &[
    row("status",    Text,  Required, ALL, Modelled),
    row("pending",   Texts, Optional, ALL, Modelled),
    row("succeeded", Texts, Optional, ALL, Modelled),
    row("failed",    Texts, Optional, ALL, Modelled),
];

#[rustfmt::skip]
const SIGN_IN: &[Field] = &[
    row("operation", Text, Required, ALL, Modelled),
    row("token",     Text, Required, ALL, Modelled),
    row("expires",   Text, Optional, ALL, Modelled),
];

#[rustfmt::skip]
const ONE_OF: &[Field] = &[
    row("rust-name",  Text, Optional, ALL, Modelled),
    row("rust-field", Text, Optional, ALL, Modelled),
];
