//! Encoding of parameters.

use serde::Serialize;
use serde_json::Value;

use super::flattened::{Flattened, Nested, flatten, style as refused};
use super::form::{self, Encoding};
use super::path::{self, Emptiness};
use super::{
    CookieStyle, FormField, HeaderStyle, PathStyle, QueryString, QueryStyle, RequestError,
    RequestParts,
};
use crate::json;

impl RequestParts {
    /// Writes a path parameter: lists separated by commas.
    ///
    /// # Errors
    /// When the value is absent or would change the path: `.`, `..`, and `""` before the last segment.
    pub fn path<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), RequestError> {
        self.path_as(name, PathStyle::Simple, value)
    }

    /// Writes a path parameter in another style.
    ///
    /// # Errors
    /// When the value is absent or would change the path: `.`, `..`, and `""` before the last segment.
    pub fn path_as<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: PathStyle,
        value: &T,
    ) -> Result<(), RequestError> {
        let (path, _) = self.spec.path_and_query();
        let last = path.rsplit('/').next().unwrap_or_default();
        let is_last = last
            .strip_prefix('{')
            .and_then(|last| last.strip_suffix('}'))
            == Some(name);
        let emptiness = match is_last {
            true => Emptiness::Allowed,
            false => Emptiness::Refused,
        };
        self.put_path(name, style, value, emptiness)
    }

    /// Writes a path parameter that the document allows to be empty.
    ///
    /// # Errors
    /// When the value is absent or would change the path: `.`, `..`.
    pub fn path_or_empty<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: PathStyle,
        value: &T,
    ) -> Result<(), RequestError> {
        self.put_path(name, style, value, Emptiness::Allowed)
    }

    /// Writes a path parameter whose reserved characters stay as they are, apart from `/`, `?`, `#` and brackets.
    ///
    /// # Errors
    /// When the value is absent or would change the path: `""`, `.`, `..`.
    pub fn path_allow_reserved<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: PathStyle,
        value: &T,
    ) -> Result<(), RequestError> {
        self.path_as(name, style, value)?;
        if let Some((_, text)) = self.path_values.last_mut() {
            *text = path::keep_reserved(text);
        }
        Ok(())
    }

    /// Writes the query as a whole, with members that have an encoding of their own; `None` and `null` are left out.
    ///
    /// # Errors
    /// When the value cannot be the query in this form.
    pub fn query_string<T: Serialize + ?Sized>(
        &mut self,
        whole: QueryString,
        fields: &[FormField],
        value: &T,
    ) -> Result<(), RequestError> {
        let name = "querystring";
        let text = match (whole, self.read(name, value)?) {
            (_, Value::Null) => return Ok(()),
            (QueryString::Form, Value::Object(members)) => {
                let mut text = String::new();
                for (name, member) in members {
                    let (style, encoding) = super::bodies::encoding_of(&name, &member, fields);
                    form::append(&mut text, &name, style, member, encoding, self.deep_lists)?;
                }
                text
            }
            (QueryString::Json, value) => path::encode(&json::text(&value)),
            (QueryString::Text, Value::String(text)) => path::encode(&text),
            _ => return Err(refused(name, "is neither an object nor a text")),
        };
        if !self.query.is_empty() && !text.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(&text);
        Ok(())
    }

    fn put_path<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: PathStyle,
        value: &T,
        emptiness: Emptiness,
    ) -> Result<(), RequestError> {
        let value = self.read(name, value)?;
        let text = path::spell(name, style, value, emptiness)?;
        self.path_values.push((name, text));
        Ok(())
    }

    /// Writes a query parameter, one of the same name for each item of a list; `None` and `null` are left out.
    ///
    /// # Errors
    /// When the value has no JSON form, or an item has the delimiter of its style.
    pub fn query<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), RequestError> {
        self.query_as(name, QueryStyle::Form { explode: true }, value)
    }

    /// Writes a query parameter in another style; `None` and `null` are left out.
    ///
    /// # Errors
    /// When the value has no JSON form, or an item has the delimiter of its style.
    pub fn query_as<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: QueryStyle,
        value: &T,
    ) -> Result<(), RequestError> {
        let value = self.read(name, value)?;
        self.put_query(name, style, value, Encoding::Strict)
    }

    /// Writes a query parameter whose reserved characters and escapes stay as they are: `%2F` is sent as it is.
    ///
    /// # Errors
    /// When the value has no JSON form, or an item has the delimiter of its style.
    pub fn query_allow_reserved<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: QueryStyle,
        value: &T,
    ) -> Result<(), RequestError> {
        let value = self.read(name, value)?;
        self.put_query(name, style, value, Encoding::AllowReserved)
    }

    fn put_query(
        &mut self,
        name: &str,
        style: QueryStyle,
        value: Value,
        encoding: Encoding,
    ) -> Result<(), RequestError> {
        form::append(
            &mut self.query,
            name,
            style,
            value,
            encoding,
            self.deep_lists,
        )
    }

    /// Writes a header, lists separated by commas; `None`, `null` and what is empty are left out.
    ///
    /// # Errors
    /// When HTTP does not allow the name or the value, it is nested, or an item has a comma.
    pub fn header<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), RequestError> {
        self.header_as(name, HeaderStyle::Simple, value)
    }

    /// Writes a header in another style; `None`, `null` and what is empty are left out.
    ///
    /// # Errors
    /// When HTTP does not allow the name or the value, it is nested, or an item has a comma.
    pub fn header_as<T: Serialize + ?Sized>(
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

    /// Writes a cookie, one of the same name for each item of a list; `None` and `null` are left out.
    ///
    /// # Errors
    /// When the value has no JSON form, or an item has the delimiter of its style.
    pub fn cookie<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), RequestError> {
        self.cookie_as(name, CookieStyle::FormExploded, value)
    }

    /// Writes a cookie in another style; `None` and `null` are left out.
    ///
    /// # Errors
    /// When the value has no JSON form, or an item has the delimiter of its style.
    pub fn cookie_as<T: Serialize + ?Sized>(
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
            CookieStyle::Plain | CookieStyle::PlainExploded => {
                for pair in plain_cookies(name, style == CookieStyle::PlainExploded, value)? {
                    self.push_cookie(&pair);
                }
                return Ok(());
            }
        };
        self.form_cookies(name, style, value, Encoding::Strict)
    }

    /// Writes a cookie whose reserved characters stay as they are, apart from those that end a cookie.
    ///
    /// # Errors
    /// When its style cannot spell the value.
    pub fn cookie_allow_reserved<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        style: CookieStyle,
        value: &T,
    ) -> Result<(), RequestError> {
        let value = self.read(name, value)?;
        let explode = style == CookieStyle::FormExploded;
        let style = QueryStyle::Form { explode };
        self.form_cookies(name, style, value, Encoding::AllowReserved)
    }

    fn form_cookies(
        &mut self,
        name: &str,
        style: QueryStyle,
        value: Value,
        encoding: Encoding,
    ) -> Result<(), RequestError> {
        // Forms separate by `&`, cookies by `; `: no value has either, both are encoded.
        let mut pairs = String::new();
        form::append(&mut pairs, name, style, value, encoding, self.deep_lists)?;
        for pair in pairs.split('&').filter(|pair| !pair.is_empty()) {
            self.push_cookie(&pair.replace(';', "%3B"));
        }
        Ok(())
    }
}

/// Cookies without escapes. A value that would end before its end is refused.
fn plain_cookies(name: &str, explode: bool, value: Value) -> Result<Vec<String>, RequestError> {
    let pair = |name: &str, value: &str| format!("{name}={value}");
    let pairs = match flatten(name, value, Nested::Refused)? {
        Flattened::Absent => Vec::new(),
        Flattened::One(text) => vec![pair(name, &text)],
        Flattened::List(items) if explode => items.iter().map(|item| pair(name, item)).collect(),
        Flattened::List(items) if items.is_empty() => Vec::new(),
        Flattened::List(items) => vec![pair(name, &items.join(","))],
        Flattened::Pairs(pairs) if explode => {
            pairs.iter().map(|(key, text)| pair(key, text)).collect()
        }
        Flattened::Pairs(pairs) if pairs.is_empty() => Vec::new(),
        Flattened::Pairs(pairs) => {
            let flattened = pairs.into_iter().flat_map(|(key, text)| [key, text]);
            vec![pair(name, &flattened.collect::<Vec<_>>().join(","))]
        }
    };
    match pairs.iter().any(|pair| pair.contains(';')) {
        true => Err(refused(name, "has a `;`, which ends a cookie")),
        false => Ok(pairs),
    }
}

pub(super) fn spell_header(
    name: &str,
    style: HeaderStyle,
    value: Value,
) -> Result<Option<String>, RequestError> {
    let pair = match style {
        HeaderStyle::Json => return Ok((!value.is_null()).then(|| ascii_json(&value))),
        HeaderStyle::Simple => ",",
        HeaderStyle::SimpleExploded => "=",
    };
    let items: Vec<String> = match flatten(name, value, Nested::Refused)? {
        Flattened::Absent => return Ok(None),
        Flattened::One(text) => return Ok(Some(text)),
        Flattened::List(items) => items,
        Flattened::Pairs(pairs) if pair == "," => pairs
            .into_iter()
            .flat_map(|(key, value)| [key, value])
            .collect(),
        Flattened::Pairs(pairs) => pairs
            .into_iter()
            .map(|(key, value)| format!("{key}{pair}{value}"))
            .collect(),
    };
    if items.iter().any(|item| item.contains(',')) {
        return Err(refused(
            name,
            "has an item with a comma, which ends an item in a header",
        ));
    }
    Ok((!items.is_empty()).then(|| items.join(",")))
}

/// JSON with all but ASCII escaped, which every server reads alike in a header.
fn ascii_json(value: &Value) -> String {
    let mut text = String::new();
    for character in json::text(value).chars() {
        match character {
            ' '..='~' => text.push(character),
            other => {
                let mut units = [0; 2];
                for unit in other.encode_utf16(&mut units) {
                    text.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    text
}
