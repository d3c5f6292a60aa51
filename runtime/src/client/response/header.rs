//! Typed response headers.

use std::fmt;

use http::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Why a response header could not be read. It names the header and never its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderError {
    name: String,
    fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Missing,
    NotText,
    OtherType,
}

impl HeaderError {
    fn new(name: &str, fault: Fault) -> Self {
        Self {
            name: name.to_owned(),
            fault,
        }
    }

    /// The header's name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fault {
            Fault::Missing => "is missing",
            Fault::NotText => "is not text",
            Fault::OtherType => "is of another type than the document says",
        };
        write!(f, "the response header `{}` {what}", self.name)
    }
}

impl std::error::Error for HeaderError {}

/// Reads a header that must be there.
///
/// # Errors
/// When it is missing, no text, or of another type.
pub fn required<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Result<T, HeaderError> {
    optional(headers, name)?.ok_or_else(|| HeaderError::new(name, Fault::Missing))
}

/// Reads a header that may be absent.
///
/// # Errors
/// When it is no text, or of another type.
pub fn optional<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &str,
) -> Result<Option<T>, HeaderError> {
    let Some(value) = headers.get(name) else {
        return Ok(None);
    };
    let text = value
        .to_str()
        .map_err(|_| HeaderError::new(name, Fault::NotText))?;
    // Which of these a text is, its type decides: `7` is a number to one and a text to another.
    let list = || text.split(',').map(str::trim);
    let read = |value: Value| serde_json::from_value(value).ok();
    read(text.into())
        .or_else(|| read(scalar(text)))
        .or_else(|| read(list().map(Value::from).collect()))
        .or_else(|| read(list().map(scalar).collect()))
        .map(Some)
        .ok_or_else(|| HeaderError::new(name, Fault::OtherType))
}

/// A number or a boolean, if the text is one.
fn scalar(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Number(_) | Value::Bool(_))) => value,
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn headers(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(http::header::AGE, HeaderValue::from_static(value))])
    }

    #[test]
    fn the_type_decides_what_a_text_is() {
        assert_eq!(required::<i64>(&headers("7"), "age"), Ok(7));
        assert_eq!(required::<String>(&headers("7"), "age"), Ok("7".to_owned()));
        assert_eq!(required::<bool>(&headers("true"), "age"), Ok(true));
        assert_eq!(
            required::<Vec<i64>>(&headers("1, 2"), "age"),
            Ok(vec![1, 2])
        );
        assert_eq!(optional::<i64>(&HeaderMap::new(), "age"), Ok(None));
    }

    #[test]
    fn an_error_names_the_header_and_not_its_value() {
        let error = required::<i64>(&headers("secret"), "age").expect_err("no number");
        assert_eq!(
            error.to_string(),
            "the response header `age` is of another type than the document says"
        );
        assert!(required::<i64>(&HeaderMap::new(), "age").is_err());
    }
}
