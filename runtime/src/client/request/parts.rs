//! What an operation writes its request into.

use std::fmt;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use super::flat::{Flat, flatten, value};
use super::form::{self, Encoding};
use super::{CookieStyle, HeaderStyle, Multipart, PathStyle, QueryStyle, RequestError, path};
use crate::client::Body;
use crate::client::operation::OperationSpec;
use crate::{Secret, wire};

/// The parts of a request, as an operation writes them.
pub struct RequestParts {
    pub(crate) spec: &'static OperationSpec,
    pub(crate) path_values: Vec<(&'static str, String)>,
    pub(crate) query: String,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) cookies: String,
    pub(crate) body: Body,
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
            secrets: Vec::new(),
        }
    }

    /// What the document says of the operation.
    pub const fn spec(&self) -> &'static OperationSpec {
        self.spec
    }

    /// Writes a path parameter.
    ///
    /// # Errors
    /// When the value is absent or would change the path (`""`, `.`, `..`), or its style cannot spell it.
    pub fn path<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: PathStyle,
        value: &T,
    ) -> Result<(), RequestError> {
        let value = self.read(name, value)?;
        self.path_values
            .push((name, path::spell(name, style, value)?));
        Ok(())
    }

    /// Writes a query parameter; `None` and `null` are left out.
    ///
    /// # Errors
    /// When its style cannot spell the value.
    pub fn query<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: QueryStyle,
        value: &T,
    ) -> Result<(), RequestError> {
        let value = self.read(name, value)?;
        form::append(&mut self.query, name, style, value, Encoding::Strict)
    }

    /// Writes a query parameter whose reserved characters stay as they are.
    ///
    /// # Errors
    /// When its style cannot spell the value.
    pub fn query_allow_reserved<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: QueryStyle,
        value: &T,
    ) -> Result<(), RequestError> {
        let value = self.read(name, value)?;
        form::append(&mut self.query, name, style, value, Encoding::AllowReserved)
    }

    /// Writes a header; `None` and `null` are left out.
    ///
    /// # Errors
    /// When HTTP does not allow the name or the value, or its style cannot spell it.
    pub fn header<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: HeaderStyle,
        value: &T,
    ) -> Result<(), RequestError> {
        let known = self.secrets.len();
        let value = self.read(name, value)?;
        let secret = self.secrets.len() > known;
        match spell_header(name, style, value)? {
            Some(text) => self.set_header(name, &text, secret),
            None => Ok(()),
        }
    }

    /// Writes a cookie; `None` and `null` are left out.
    ///
    /// # Errors
    /// When its style cannot spell the value.
    pub fn cookie<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: CookieStyle,
        value: &T,
    ) -> Result<(), RequestError> {
        let value = self.read(name, value)?;
        let style = match style {
            CookieStyle::Form => QueryStyle::Form { explode: false },
            CookieStyle::FormExploded => QueryStyle::Form { explode: true },
            CookieStyle::Json => QueryStyle::Json,
        };
        // Form spelling separates by `&`, cookies by `; `: no value has either, both are encoded.
        let mut pairs = String::new();
        form::append(&mut pairs, name, style, value, Encoding::Strict)?;
        for pair in pairs.split('&').filter(|pair| !pair.is_empty()) {
            self.push_cookie(pair);
        }
        Ok(())
    }

    /// Writes a body of the media type `application/json`.
    ///
    /// # Errors
    /// When the value has no JSON form.
    pub fn json<T: Serialize + ?Sized>(&mut self, body: &T) -> Result<(), RequestError> {
        self.json_as("application/json", body)
    }

    /// Writes a JSON body of this media type.
    ///
    /// # Errors
    /// When the value has no JSON form.
    pub fn json_as<T: Serialize + ?Sized>(
        &mut self,
        media: &'static str,
        body: &T,
    ) -> Result<(), RequestError> {
        let (text, secrets) = wire::collecting(|| serde_json::to_vec(body));
        self.secrets.extend(secrets);
        self.write(
            media,
            text.map_err(|error| RequestError::Body(error.to_string()))?
                .into(),
        );
        Ok(())
    }

    /// Writes an object as a form body. Members that the document gives an encoding of their own are named.
    ///
    /// # Errors
    /// When the value is no object, or a style cannot spell one of its members.
    pub fn form<T: Serialize + ?Sized>(
        &mut self,
        media: &'static str,
        body: &T,
        styles: &[(&str, QueryStyle)],
    ) -> Result<(), RequestError> {
        let Value::Object(members) = self.read("body", body)? else {
            return Err(RequestError::Body("a form is an object".to_owned()));
        };
        let mut text = String::new();
        for (name, member) in members {
            let chosen = styles.iter().find(|(known, _)| *known == name);
            let style = chosen.map_or_else(|| form_style(&member), |(_, style)| *style);
            form::append(&mut text, &name, style, member, Encoding::Strict)?;
        }
        self.write(media, text.into());
        Ok(())
    }

    /// Writes text.
    ///
    /// # Errors
    /// None today; like the others so that generated code reads alike.
    pub fn text(&mut self, media: &'static str, body: &str) -> Result<(), RequestError> {
        self.write(media, body.to_owned().into());
        Ok(())
    }

    /// Writes bytes, in memory or streamed.
    ///
    /// # Errors
    /// None today; like the others so that generated code reads alike.
    pub fn bytes(&mut self, media: &'static str, body: &Body) -> Result<(), RequestError> {
        self.write(media, body.clone());
        Ok(())
    }

    /// Writes a multipart body.
    ///
    /// # Errors
    /// When a part could not be written.
    pub fn multipart(&mut self, media: &'static str, parts: Multipart) -> Result<(), RequestError> {
        let (media, body, secrets) = parts.finish(media)?;
        self.secrets.extend(secrets);
        self.set_header(CONTENT_TYPE.as_str(), &media, false)?;
        self.body = body;
        Ok(())
    }

    fn write(&mut self, media: &'static str, body: Body) {
        self.body = body;
        // A media type that HTTP does not allow is left out: the generator refuses it.
        if let Ok(media) = HeaderValue::from_maybe_shared(Bytes::from_static(media.as_bytes())) {
            self.put_header(CONTENT_TYPE, media);
        }
    }

    fn read<T: Serialize + ?Sized>(
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

    fn put_header(&mut self, name: HeaderName, value: HeaderValue) {
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

fn spell_header(
    name: &str,
    style: HeaderStyle,
    value: Value,
) -> Result<Option<String>, RequestError> {
    let pair = match style {
        HeaderStyle::Json => return Ok((!value.is_null()).then(|| value.to_string())),
        HeaderStyle::Simple => ",",
        HeaderStyle::SimpleExploded => "=",
    };
    Ok(match flatten(name, value)? {
        Flat::Absent => None,
        Flat::One(text) => Some(text),
        Flat::List(items) => Some(items.join(",")),
        Flat::Pairs(pairs) => {
            let pairs = pairs
                .into_iter()
                .map(|(key, value)| format!("{key}{pair}{value}"));
            Some(pairs.collect::<Vec<_>>().join(","))
        }
    })
}

/// What OpenAPI says of form members without an encoding: lists are repeated, objects are JSON.
fn form_style(member: &Value) -> QueryStyle {
    match member {
        Value::Object(_) => QueryStyle::Json,
        Value::Array(items) if items.iter().any(|item| item.is_array() || item.is_object()) => {
            QueryStyle::Json
        }
        _ => QueryStyle::Form { explode: true },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::Method;
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
        let error = parts
            .header("X-Trace", HeaderStyle::Simple, "hunter2\r\nX-Evil: 1")
            .unwrap_err();
        assert!(error.to_string().contains("X-Trace") && !error.to_string().contains("hunter2"));
        assert!(parts.header("X Trace", HeaderStyle::Simple, "a").is_err());
        parts
            .header("X-List", HeaderStyle::Simple, &[1, 2])
            .unwrap();
        parts
            .header("X-None", HeaderStyle::Simple, &None::<i32>)
            .unwrap();
        parts
            .header(
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
        let style = QueryStyle::Form { explode: true };
        parts.query("d", style, "e f").unwrap();
        assert_eq!(parts.query, "b=c&d=e%20f");
    }

    #[test]
    fn secrets_are_noted_and_marked() {
        let mut parts = parts();
        parts
            .header("X-Key", HeaderStyle::Simple, &Secret::from("hunter2"))
            .unwrap();
        parts.json(&json!({"a": 1})).unwrap();
        assert!(sent(&parts, "x-key").is_sensitive());
        assert_eq!(parts.secrets, [Secret::from("hunter2")]);
        assert!(!format!("{parts:?}").contains("hunter2"));
    }

    #[test]
    fn cookies_and_forms_are_pairs() {
        let mut parts = parts();
        parts
            .cookie("a", CookieStyle::FormExploded, &["x;", "y"])
            .unwrap();
        parts.cookie("b", CookieStyle::Form, &[1, 2]).unwrap();
        assert_eq!(parts.cookies, "a=x%3B; a=y; b=1,2");
        let body = json!({"a": "x y", "b": [1, 2], "c": {"d": 1}, "e": [3, 4]});
        let styles = [("e", QueryStyle::PipeDelimited)];
        parts
            .form("application/x-www-form-urlencoded", &body, &styles)
            .unwrap();
        let text = parts.body.as_bytes().unwrap();
        assert_eq!(text, b"a=x%20y&b=1&b=2&c=%7B%22d%22%3A1%7D&e=3|4");
    }
}
