//! How parameters are written.

use serde::Serialize;
use serde_json::Value;

use super::flattened::{Flattened, flatten};
use super::form::{self, Encoding};
use super::{CookieStyle, HeaderStyle, PathStyle, QueryStyle, RequestError, RequestParts, path};

impl RequestParts {
    /// Writes a path parameter: lists separated by commas.
    ///
    /// # Errors
    /// When the value is absent or would change the path (`""`, `.`, `..`), or this style cannot spell it.
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
    /// When the value is absent or would change the path (`""`, `.`, `..`), or its style cannot spell it.
    pub fn path_as<T: Serialize + ?Sized>(
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

    /// Writes a query parameter, one of the same name for each item of a list; `None` and `null` are left out.
    ///
    /// # Errors
    /// When this style cannot spell the value.
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
    /// When its style cannot spell the value.
    pub fn query_as<T: Serialize + ?Sized>(
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

    /// Writes a header, lists separated by commas; `None` and `null` are left out.
    ///
    /// # Errors
    /// When HTTP does not allow the name or the value, or this style cannot spell it.
    pub fn header<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), RequestError> {
        self.header_as(name, HeaderStyle::Simple, value)
    }

    /// Writes a header in another style; `None` and `null` are left out.
    ///
    /// # Errors
    /// When HTTP does not allow the name or the value, or its style cannot spell it.
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
    /// When this style cannot spell the value.
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
    /// When its style cannot spell the value.
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
        };
        // Form spelling separates by `&`, cookies by `; `: no value has either, both are encoded.
        let mut pairs = String::new();
        form::append(&mut pairs, name, style, value, Encoding::Strict)?;
        for pair in pairs.split('&').filter(|pair| !pair.is_empty()) {
            self.push_cookie(pair);
        }
        Ok(())
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
        Flattened::Absent => None,
        Flattened::One(text) => Some(text),
        Flattened::List(items) => Some(items.join(",")),
        Flattened::Pairs(pairs) => {
            let pairs = pairs
                .into_iter()
                .map(|(key, value)| format!("{key}{pair}{value}"));
            Some(pairs.collect::<Vec<_>>().join(","))
        }
    })
}
