//! Values in the styles of a document, for a client that builds the same requests.

use serde::Serialize;

use super::SPREAD;
use super::cases::line;
use crate::client::{HeaderStyle, PathStyle, QueryStyle, RequestParts};

#[derive(Serialize)]
pub(super) struct Plain {
    pub(super) text: String,
    pub(super) whole: i64,
}

/// The styles as a document has them.
const PATHS: [(&str, bool, PathStyle); 6] = [
    ("simple", false, PathStyle::Simple),
    ("simple", true, PathStyle::SimpleExploded),
    ("label", false, PathStyle::Label),
    ("label", true, PathStyle::LabelExploded),
    ("matrix", false, PathStyle::Matrix),
    ("matrix", true, PathStyle::MatrixExploded),
];
const HEADERS: [(&str, bool, HeaderStyle); 2] = [
    ("simple", false, HeaderStyle::Simple),
    ("simple", true, HeaderStyle::SimpleExploded),
];
const QUERIES: [(&str, bool, QueryStyle); 4] = [
    ("form", true, SPREAD),
    ("form", false, QueryStyle::Form { explode: false }),
    ("spaceDelimited", false, QueryStyle::SpaceDelimited),
    ("pipeDelimited", false, QueryStyle::PipeDelimited),
];

/// A line of a value in a style, for a client that builds the same request.
fn in_style(
    (place, style, explode): (&str, &str, bool),
    value: &impl Serialize,
    write: impl FnOnce(&mut RequestParts) -> bool,
) -> Option<String> {
    let line = line("built", place, value, write)?;
    let mut line: serde_json::Value = serde_json::from_str(&line).ok()?;
    line["style"] = style.into();
    line["explode"] = explode.into();
    Some(line.to_string())
}

/// A value or a list in every style that has a form for it.
pub(super) fn built(value: &impl Serialize) -> Vec<Option<String>> {
    let is_list = serde_json::to_value(value).is_ok_and(|value| value.is_array());
    let mut lines = Vec::new();
    for (name, explode, style) in PATHS {
        // The specification changed `.a.b` to `.a,b` here, and not all have followed.
        if is_list && style == PathStyle::Label {
            continue;
        }
        lines.push(in_style(("path", name, explode), value, |parts| {
            parts.path_as("id", style, value).is_ok()
        }));
    }
    for (name, explode, style) in HEADERS {
        lines.push(in_style(("header", name, explode), value, |parts| {
            parts.header_as("X-N", style, value).is_ok()
        }));
    }
    for (name, explode, style) in QUERIES {
        lines.push(in_style(("query", name, explode), value, |parts| {
            parts.query_as("n", style, value).is_ok()
        }));
    }
    lines
}

/// An object in every style that has a form for it.
pub(super) fn built_members(value: &Plain) -> Vec<Option<String>> {
    let mut lines = Vec::new();
    for (name, explode, style) in PATHS {
        if style == PathStyle::Label {
            continue;
        }
        lines.push(in_style(("path", name, explode), value, |parts| {
            parts.path_as("id", style, value).is_ok()
        }));
    }
    for (name, explode, style) in HEADERS {
        lines.push(in_style(("header", name, explode), value, |parts| {
            parts.header_as("X-N", style, value).is_ok()
        }));
    }
    let deep = ("query", "deepObject", true);
    lines.push(in_style(deep, value, |parts| {
        parts.query_as("n", QueryStyle::DeepObject, value).is_ok()
    }));
    let joined = ("query", "form", false);
    lines.push(in_style(joined, value, |parts| {
        let style = QueryStyle::Form { explode: false };
        parts.query_as("n", style, value).is_ok()
    }));
    lines
}
