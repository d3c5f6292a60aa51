//! Parameter values, brought down to what styles can spell.

use serde::Serialize;
use serde_json::Value;

use super::RequestError;
use crate::{Secret, exact, json, wire};

/// A parameter's value: text, a list of texts, or pairs of them.
#[derive(Debug, PartialEq)]
pub(super) enum Flattened {
    /// Nothing to send.
    Absent,
    One(String),
    List(Vec<String>),
    Pairs(Vec<(String, String)>),
}

/// Serialises a parameter, and tells which secrets are in it.
pub(super) fn value<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
) -> Result<(Value, Vec<Secret<String>>), RequestError> {
    let (json, secrets) = wire::collecting(|| exact::as_text(|| serde_json::to_value(value)));
    let json = json.map_err(|_| style(name, "has no JSON form"))?;
    Ok((json, secrets))
}

pub(super) fn style(name: &str, why: &'static str) -> RequestError {
    RequestError::Style {
        name: name.to_owned(),
        why,
    }
}

/// `null` is left out, alone and inside lists and objects: no style has a form for it. What is nested more deeply than
/// styles reach goes through `nested`.
pub(super) fn flatten(name: &str, value: Value, nested: Nested) -> Result<Flattened, RequestError> {
    Ok(match value {
        Value::Null => Flattened::Absent,
        Value::Array(items) => {
            let texts = items.into_iter().map(|item| text(name, item, nested));
            let texts: Result<Vec<_>, _> = texts.collect();
            Flattened::List(texts?.into_iter().flatten().collect())
        }
        Value::Object(members) => {
            let mut pairs = Vec::with_capacity(members.len());
            for (key, member) in members {
                if let Some(member) = text(name, member, nested)? {
                    pairs.push((key, member));
                }
            }
            Flattened::Pairs(pairs)
        }
        scalar => text(name, scalar, nested)?.map_or(Flattened::Absent, Flattened::One),
    })
}

/// The treatment of a list or an object where a style has room for text alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nested {
    /// It is JSON.
    Json,
    /// It is an error: its commas could not be told from those of the style.
    Refused,
}

/// The text of a value inside a parameter.
pub(super) fn text(
    name: &str,
    value: Value,
    nested: Nested,
) -> Result<Option<String>, RequestError> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(truth) => Ok(Some(truth.to_string())),
        Value::Number(number) => Ok(Some(json::number(&number))),
        Value::String(text) => Ok(Some(text)),
        Value::Array(_) | Value::Object(_) => match nested {
            Nested::Json => Ok(Some(json::text(&value))),
            Nested::Refused => Err(style(name, "is nested too deeply for its style")),
        },
    }
}
