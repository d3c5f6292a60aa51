//! Which version of OpenAPI a document speaks.

use super::{Node, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Which specification a document follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    /// Swagger 2.0; its tree has been brought to the shape of OpenAPI 3.0.
    Swagger2,
    /// OpenAPI 3.0.
    OpenApi30,
    /// OpenAPI 3.1.
    OpenApi31,
    /// OpenAPI 3.2.
    OpenApi32,
    /// No whole document, but a part that others refer to.
    Fragment,
}

const SUPPORTED: &str = "write `openapi: 3.0.3` or `openapi: 3.1.0` at the top of the document; \
                         Swagger 2.0, OpenAPI 3.0, 3.1 and 3.2 are read";

impl Version {
    /// The version that `root` says, and what is to be said about it. A document without one is a fragment.
    pub(super) fn of(root: &Node) -> (Self, Option<Diagnostic>) {
        for (key, is_swagger) in [("openapi", false), ("swagger", true)] {
            let Some(entry) = root.as_mapping().and_then(|mapping| mapping.entry(key)) else {
                continue;
            };
            let found = match &entry.value.value {
                Value::String(text) => text.text(),
                Value::Number(number) => number.text.text(),
                _ => {
                    return (
                        Self::Fragment,
                        Some(unsupported("no version", entry.value.span)),
                    );
                }
            };
            return match (is_swagger, major_and_minor(found)) {
                (true, "2" | "2.0") => (Self::Swagger2, None),
                (false, "3.0" | "3") => (Self::OpenApi30, None),
                (false, "3.1") => (Self::OpenApi31, None),
                (false, "3.2") => (Self::OpenApi32, None),
                _ => {
                    let found = format!("`{key}: {found}`");
                    (Self::Fragment, Some(unsupported(&found, entry.value.span)))
                }
            };
        }
        (Self::Fragment, None)
    }

    /// Whether its schemas are those of JSON Schema 2020-12.
    pub fn has_json_schema(self) -> bool {
        matches!(self, Self::OpenApi31 | Self::OpenApi32)
    }
}

/// The finding for an entry document that declares no version.
pub(super) fn missing(root: &Node) -> Diagnostic {
    let (span, found) = match &root.value {
        Value::Mapping(mapping) => match mapping.entries().first() {
            Some(first) => (
                first.key_span,
                "neither `openapi` nor `swagger` among its keys",
            ),
            None => (root.span, "an empty object"),
        },
        Value::Null => (root.span, "an empty document"),
        Value::Sequence(_) => (root.span, "a list"),
        Value::String(_) | Value::Bool(_) | Value::Number(_) => (root.span, "no object"),
    };
    Diagnostic::error(
        Code::Version,
        span,
        format!("not an OpenAPI document: found {found}"),
    )
    .help(SUPPORTED)
}

fn unsupported(found: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::Version,
        span,
        format!("found {found}, which is not supported"),
    )
    .help(SUPPORTED)
}

/// `3.1` of `3.1.0-rc1`.
fn major_and_minor(version: &str) -> &str {
    let end = version
        .match_indices('.')
        .nth(1)
        .map_or(version.len(), |(at, _)| at);
    &version[..end]
}
