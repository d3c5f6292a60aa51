//! The members of failures that say something, by the names that frameworks and vendors use.

use http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use super::Failed;
use crate::client::response::essence;

/// The longest code and the longest plain text, in bytes: what is longer is a sentence, or a page.
const LONGEST_CODE: usize = 64;
const LONGEST_TEXT: usize = 1024;

/// The number of objects around a field, the outermost aside.
pub(super) const DEEPEST: usize = 4;

/// Members that say what went wrong, the most telling first.
pub(super) const DETAILS: [&str; 10] = [
    "detail",
    "message",
    "msg",
    "error_description",
    "errorMessage",
    "error_message",
    "defaultMessage",
    "description",
    "brief",
    "error",
];

/// Members that hold a code.
const CODES: [&str; 5] = ["code", "errorCode", "error_code", "reason", "error"];

/// Members that hold the problems of fields.
pub(super) const FIELDS: [&str; 12] = [
    "issues",
    "errors",
    "_errors",
    "detail",
    "details",
    "fields",
    "violations",
    "message",
    "messages",
    "fieldErrors",
    "field_errors",
    "invalid-params",
];

/// Members that name the field of a problem.
pub(super) const PLACES: [&str; 10] = [
    "loc",
    "field",
    "path",
    "instancePath",
    "pointer",
    "propertyPath",
    "property",
    "name",
    "param",
    "source",
];

pub(super) fn fill(slot: &mut Option<String>, text: Option<String>) {
    if slot.is_none() {
        *slot = text;
    }
}

/// A member by its name, or by its name in another case, as .NET and some others write it.
pub(super) fn member<'v>(members: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    let mut all = members.iter();
    members.get(name).or_else(|| {
        let found = all.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value)
    })
}

/// A code. What is called an error may be a sentence, which is none.
pub(super) fn code(members: &Map<String, Value>) -> Option<String> {
    let is_word = |code: &str| code.len() <= LONGEST_CODE && !code.contains(char::is_whitespace);
    CODES.iter().find_map(|name| {
        let code = text(member(members, name)?)?;
        (*name != "error" || is_word(&code)).then_some(code)
    })
}

/// The text of a body that is plain text.
pub(super) fn plain_text(failed: &Failed) -> Option<String> {
    let media = failed.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let is_plain = essence(media).eq_ignore_ascii_case("text/plain");
    let said = std::str::from_utf8(failed.body()).ok()?.trim();
    let is_sentence = !said.is_empty() && said.len() <= LONGEST_TEXT && !said.starts_with('<');
    (is_plain && is_sentence).then(|| said.to_owned())
}

/// A text that says something, or a number.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The place of a problem: a text, the parts of a path, or an object with one of these.
pub(super) fn place(value: &Value) -> Option<String> {
    match value {
        Value::Array(parts) => {
            let parts: Option<Vec<String>> = parts.iter().map(text).collect();
            parts
                .filter(|parts| !parts.is_empty())
                .map(|parts| parts.join("."))
        }
        Value::Object(members) => {
            let known = ["pointer", "parameter", "header"];
            known
                .iter()
                .filter_map(|name| members.get(*name))
                .find_map(text)
        }
        value => text(value),
    }
}

/// Whether a value has messages and nothing else: a list of texts, or fields that have some.
pub(super) fn is_said(value: &Value, depth: usize) -> bool {
    let is_deep = depth >= DEEPEST;
    let is_said_below = |value: &Value| is_said(value, depth.saturating_add(1));
    let is_empty = |item: &Value| item.as_object().is_some_and(Map::is_empty);
    match value {
        Value::Array(items) if items.iter().all(Value::is_string) => !items.is_empty(),
        Value::Array(items) => {
            let mut items = items.iter();
            !is_deep && items.all(|item| is_empty(item) || is_said_below(item))
        }
        Value::Object(members) => {
            !is_deep && !members.is_empty() && members.values().all(is_said_below)
        }
        _ => false,
    }
}
