//! Typed response headers.

use std::fmt;

use http::HeaderMap;
use http::header::SET_COOKIE;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::text::Text;

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
/// When it is not text, or of another type.
pub fn optional<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &str,
) -> Result<Option<T>, HeaderError> {
    if !headers.contains_key(name) {
        return Ok(None);
    }
    let text = text(headers, name).ok_or_else(|| HeaderError::new(name, Fault::NotText))?;
    // Which of these a text is, its type decides: `7` is a number to one and a text to another.
    let list = || items(name, &text);
    let read = |value: Value| serde_json::from_value(value).ok();
    read(text.as_str().into())
        .or_else(|| read(scalar(&text)))
        .or_else(|| read(list().into_iter().map(Value::from).collect()))
        .or_else(|| read(list().into_iter().map(scalar).collect()))
        .or_else(|| T::deserialize(Text(&text)).ok())
        .map(Some)
        .ok_or_else(|| HeaderError::new(name, Fault::OtherType))
}

/// Reads a header of JSON that must be there.
///
/// # Errors
/// When it is missing, no text, or of another type.
pub fn required_json<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &str,
) -> Result<T, HeaderError> {
    let fault = |fault| HeaderError::new(name, fault);
    let value = headers.get(name).ok_or_else(|| fault(Fault::Missing))?;
    let text = std::str::from_utf8(value.as_bytes()).map_err(|_| fault(Fault::NotText))?;
    serde_json::from_str(text).map_err(|_| fault(Fault::OtherType))
}

/// Reads a header of JSON that may be absent. One that can't be read is as if it were absent.
pub fn lenient_json<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    required_json(headers, name).ok()
}

/// Reads a header that may be absent. One that can't be read is as if it were absent, so that it doesn't spoil others.
pub fn lenient<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    optional(headers, name).ok().flatten()
}

/// All lines of a header, as one list. Cookies have commas within, so each stays a line of its own.
pub(super) fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let separator = if is_set_cookie(name) { "\n" } else { "," };
    let mut lines = headers
        .get_all(name)
        .iter()
        .filter_map(|line| std::str::from_utf8(line.as_bytes()).ok());
    let first = lines.next()?.to_owned();
    Some(lines.fold(first, |all, line| all + separator + line))
}

fn items<'t>(name: &str, text: &'t str) -> Vec<&'t str> {
    let items = match is_set_cookie(name) {
        true => text.split('\n').collect(),
        false => list(text),
    };
    let items = items.into_iter().map(str::trim);
    items.filter(|item| !item.is_empty()).collect()
}

/// The items of a list, which are apart by commas outside quotation marks and angle brackets: those of `Link` are URLs.
fn list(text: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let (mut start, mut quoted, mut escaped, mut in_url) = (0, false, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' if !in_url => quoted = !quoted,
            b'<' if !quoted => in_url = true,
            b'>' if !quoted => in_url = false,
            b',' if !quoted && !in_url => {
                items.extend(text.get(start..at));
                start = at.saturating_add(1);
            }
            _ => {}
        }
    }
    if quoted || in_url {
        // Not what it seemed to be.
        return text.split(',').collect();
    }
    items.extend(text.get(start..));
    items
}

fn is_set_cookie(name: &str) -> bool {
    name.eq_ignore_ascii_case(SET_COOKIE.as_str())
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
    fn several_lines_are_one_list() {
        let lines = |name: &'static str, lines: &[&'static str]| {
            let name = http::HeaderName::from_static(name);
            let lines = lines
                .iter()
                .map(|line| (name.clone(), HeaderValue::from_static(line)));
            lines.fold(HeaderMap::new(), |mut all, (name, line)| {
                all.append(name, line);
                all
            })
        };
        let list =
            |headers: &HeaderMap, name: &str| required::<Vec<String>>(headers, name).unwrap();
        assert_eq!(
            list(&lines("vary", &["a, b", "c"]), "vary"),
            ["a", "b", "c"]
        );
        assert_eq!(list(&lines("vary", &[""]), "vary"), [""; 0]);
        let links = [
            r#"<https://a.example/?x=1,2>; rel="next, last", <b>"#,
            r#"<c>; title="a\",b""#,
        ];
        let links = list(&lines("link", &links), "Link");
        assert_eq!(links.len(), 3, "{links:?}");
        assert_eq!(list(&lines("vary", &["a<b,c"]), "vary"), ["a<b", "c"]);
        let cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2"];
        assert_eq!(list(&lines("set-cookie", &cookies), "Set-Cookie"), cookies);
    }

    #[test]
    fn objects_are_read_and_what_cannot_be_read_is_left_out() {
        let map = std::collections::BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
        assert_eq!(required(&headers("a=1,b=2"), "age"), Ok(map.clone()));
        assert_eq!(required(&headers("a,1,b,2"), "age"), Ok(map));
        assert_eq!(lenient::<u8>(&headers("soon"), "age"), None);
        assert_eq!(lenient(&headers("7"), "age"), Some(7));
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
