//! Parameter values, brought down to what styles can spell.

use serde::Serialize;
use serde_json::Value;

use super::RequestError;
use crate::{Secret, wire};

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
    let (json, secrets) = wire::collecting(|| serde_json::to_value(value));
    let json = json.map_err(|_| style(name, "has no JSON form"))?;
    Ok((json, secrets))
}

pub(super) fn style(name: &str, why: &'static str) -> RequestError {
    RequestError::Style {
        name: name.to_owned(),
        why,
    }
}

/// `null` is left out, alone and inside lists and objects: no style has a spelling for it.
pub(super) fn flatten(name: &str, value: Value) -> Result<Flattened, RequestError> {
    Ok(match value {
        Value::Null => Flattened::Absent,
        Value::Array(items) => {
            let texts = items.into_iter().map(|item| text(name, item));
            let texts: Result<Vec<_>, _> = texts.collect();
            Flattened::List(texts?.into_iter().flatten().collect())
        }
        Value::Object(members) => {
            let mut pairs = Vec::with_capacity(members.len());
            for (key, member) in members {
                if let Some(member) = text(name, member)? {
                    pairs.push((key, member));
                }
            }
            Flattened::Pairs(pairs)
        }
        scalar => text(name, scalar)?.map_or(Flattened::Absent, Flattened::One),
    })
}

/// The text of a value that is neither a list nor an object.
pub(super) fn text(name: &str, value: Value) -> Result<Option<String>, RequestError> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(truth) => Ok(Some(truth.to_string())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::String(text) => Ok(Some(text)),
        Value::Array(_) | Value::Object(_) => Err(style(
            name,
            "is nested more deeply than its style can spell",
        )),
    }
}
