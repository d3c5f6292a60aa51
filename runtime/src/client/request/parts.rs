//! The parts that an operation writes its request into.

use std::fmt;

use http::header::{HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use super::flattened::value;
use super::{DeepLists, RequestError};
use crate::Secret;
use crate::client::Body;
use crate::client::operation::OperationSpec;

/// The parts of a request, as an operation writes them.
pub struct RequestParts {
    pub(crate) spec: &'static OperationSpec,
    pub(crate) path_values: Vec<(&'static str, String)>,
    pub(crate) query: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) cookies: String,
    pub(crate) body: Body,
    pub(crate) deep_lists: DeepLists,
    /// Secrets that were written somewhere: errors must not repeat them.
    pub(crate) secrets: Vec<Secret<String>>,
}

impl RequestParts {
    pub(crate) fn new(spec: &'static OperationSpec) -> Self {
        Self {
            spec,
            path_values: Vec::new(),
            query: spec.path_and_query().1.to_owned(),
            headers: Vec::new(),
            cookies: String::new(),
            body: Body::empty(),
            deep_lists: DeepLists::default(),
            secrets: Vec::new(),
        }
    }

    /// The document's description of the operation.
    pub const fn spec(&self) -> &'static OperationSpec {
        self.spec
    }

    /// A parameter as a value; the secrets in it are noted.
    pub(super) fn read<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        parameter: &T,
    ) -> Result<Value, RequestError> {
        let (value, secrets) = value(name, parameter)?;
        self.secrets.extend(secrets);
        Ok(value)
    }

    pub(crate) fn set_header(
        &mut self,
        name: &str,
        text: &str,
        secret: bool,
    ) -> Result<(), RequestError> {
        let refused = || RequestError::Header {
            name: name.to_owned(),
        };
        let key = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
        let mut value = HeaderValue::from_bytes(text.as_bytes()).map_err(|_| refused())?;
        value.set_sensitive(secret);
        self.put_header(key, value);
        Ok(())
    }

    pub(super) fn put_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value));
    }

    pub(crate) fn has_header(&self, name: &str) -> bool {
        self.headers
            .iter()
            .any(|(known, _)| known.as_str().eq_ignore_ascii_case(name))
    }

    pub(crate) fn push_cookie(&mut self, pair: &str) {
        if !self.cookies.is_empty() {
            self.cookies.push_str("; ");
        }
        self.cookies.push_str(pair);
    }
}

/// Paths, queries and cookies may hold secrets.
impl fmt::Debug for RequestParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = f.debug_struct("RequestParts");
        parts
            .field("operation", &self.spec.name)
            .field("body", &self.body);
        parts.finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{CookieStyle, FormField, HeaderStyle, PathStyle, QueryStyle};
    use super::*;
    use crate::client::Method;
    use serde_json::json;

    fn parts() -> RequestParts {
        static SPEC: OperationSpec = OperationSpec::new("Op", Method::GET, "/a");
        RequestParts::new(&SPEC)
    }

    fn sent<'a>(parts: &'a RequestParts, name: &str) -> &'a HeaderValue {
        &parts
            .headers
            .iter()
            .find(|(known, _)| known == name)
            .unwrap()
            .1
    }

    #[test]
    fn headers_hold_no_line_breaks_and_errors_no_values() {
        let mut parts = parts();
        let error = parts.header("X-Trace", "hunter2\r\nX-Evil: 1").unwrap_err();
        assert!(error.to_string().contains("X-Trace") && !error.to_string().contains("hunter2"));
        assert!(parts.header("X Trace", "a").is_err());
        parts.header("X-List", &[1, 2]).unwrap();
        parts.header("X-None", &None::<i32>).unwrap();
        parts
            .header_as(
                "X-Map",
                HeaderStyle::SimpleExploded,
                &json!({"a": 1, "b": 2}),
            )
            .unwrap();
        assert_eq!(sent(&parts, "x-list"), "1,2");
        assert_eq!(sent(&parts, "x-map"), "a=1,b=2");
        assert!(!parts.has_header("x-none"));
    }

    #[test]
    fn a_query_in_the_path_is_always_sent() {
        static SPEC: OperationSpec = OperationSpec::new("Op", Method::GET, "/a?b=c");
        let mut parts = RequestParts::new(&SPEC);
        assert_eq!(parts.query, "b=c");
        parts.query("d", "e f").unwrap();
        assert_eq!(parts.query, "b=c&d=e%20f");
    }

    #[test]
    fn secrets_are_noted_and_marked() {
        let mut parts = parts();
        parts.header("X-Key", &Secret::from("hunter2")).unwrap();
        parts.json(&json!({"a": 1})).unwrap();
        assert!(sent(&parts, "x-key").is_sensitive());
        assert_eq!(parts.secrets, [Secret::from("hunter2")]);
        assert!(!format!("{parts:?}").contains("hunter2"));
    }

    #[test]
    fn cookies_and_forms_are_pairs() {
        let mut parts = parts();
        parts.cookie("a", &["x;", "y"]).unwrap();
        parts.cookie_as("b", CookieStyle::Form, &[1, 2]).unwrap();
        assert_eq!(parts.cookies, "a=x%3B; a=y; b=1,2");
        let body = json!({"a": "x y", "b": [1, 2.0], "c": {"d": 1.0}, "e": [3, 4], "f": [{"g": [1]}], "h": ["/"]});
        let fields = [
            FormField::new("e", QueryStyle::PipeDelimited),
            FormField::new("f", QueryStyle::DeepObject),
            FormField::new("h", QueryStyle::Form { explode: true }).allow_reserved(),
        ];
        parts
            .form("application/x-www-form-urlencoded", &body, &fields)
            .unwrap();
        let text = parts.body.as_bytes().unwrap();
        assert_eq!(
            text,
            b"a=x%20y&b=1&b=2&c=%7B%22d%22%3A1%7D&e=3%7C4&f%5B0%5D%5Bg%5D%5B%5D=1&h=/"
        );
    }

    #[test]
    fn what_is_empty_is_no_header_and_no_path_but_the_last() {
        static SPEC: OperationSpec = OperationSpec::new("Op", Method::GET, "/a/{id}/b/{last}?c=d");
        let mut parts = RequestParts::new(&SPEC);
        parts.header("X-List", &[0; 0]).unwrap();
        parts
            .header_as("X-Map", HeaderStyle::SimpleExploded, &json!({}))
            .unwrap();
        assert!(!parts.has_header("x-list") && !parts.has_header("x-map"));
        assert!(parts.header("X-List", &["a,b", "c"]).is_err());
        parts
            .header_as("X-Json", HeaderStyle::Json, &json!({"a": [2.0, "é😀,"]}))
            .unwrap();
        assert_eq!(sent(&parts, "x-json"), r#"{"a":[2,"\u00e9\ud83d\ude00,"]}"#);
        let error = parts.path("id", "").unwrap_err();
        assert!(error.to_string().contains("minLength: 0"), "{error}");
        parts.path_or_empty("id", PathStyle::Simple, "").unwrap();
        parts.path("last", "").unwrap();
        assert_eq!(
            super::super::expand("/a/{id}/b/{last}", &parts.path_values).unwrap(),
            "/a//b/"
        );
    }
}
