//! Parts of a multipart body that are multipart bodies themselves.

use serde::Serialize;
use serde_json::Value;

use super::RequestError;
use super::flattened::{Nested, text, value};
use super::multipart::Multipart;
use crate::json;

impl Multipart {
    /// Adds an object as a multipart body of its own: a part for each member, of the media type that is given for it,
    /// else JSON for what is nested and text for what is not. `None` and `null` are left out.
    ///
    /// # Errors
    /// When the value is not an object.
    pub fn nested<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        media: &'static str,
        types: &[(&str, &str)],
        field: &T,
    ) -> Result<(), RequestError> {
        let (json, secrets) = value(name, field)?;
        self.add_secrets(secrets);
        let members = match json {
            Value::Null => return Ok(()),
            Value::Object(members) => members,
            _ => return Err(RequestError::Body(format!("`{name}` is not an object"))),
        };
        let mut inner = Self::new();
        for (member, value) in members {
            let given = types.iter().find(|(name, _)| *name == member);
            let given = given.map(|(_, media)| (*media).to_owned());
            let items = match value {
                Value::Array(items) => items,
                one => vec![one],
            };
            for item in items {
                inner.member(&member, given.clone(), item)?;
            }
        }
        let (media, body, _) = inner.finish(media)?;
        self.push(name, None, Some(media), body);
        Ok(())
    }

    fn member(
        &mut self,
        name: &str,
        media: Option<String>,
        item: Value,
    ) -> Result<(), RequestError> {
        let is_json = media.as_deref().is_some_and(|media| media.contains("json"));
        if is_json || matches!(item, Value::Array(_) | Value::Object(_)) {
            let media = media.unwrap_or_else(|| "application/json".to_owned());
            self.push(name, None, Some(media), json::text(&item).into());
        } else if let Some(text) = text(name, item, Nested::Json)? {
            self.push(name, None, media, text.into());
        }
        Ok(())
    }
}
