//! Encoding of bodies.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use super::form::{self, Encoding};
use super::{FormField, Multipart, QueryStyle, RequestError, RequestParts};
use crate::client::Body;
use crate::json;
use crate::wire;

impl RequestParts {
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
        let (text, secrets) = wire::collecting(|| json::to_vec(body));
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
    /// When the value is not an object, or an item has the delimiter of its style.
    pub fn form<T: Serialize + ?Sized>(
        &mut self,
        media: &'static str,
        body: &T,
        fields: &[FormField],
    ) -> Result<(), RequestError> {
        let Value::Object(members) = self.read("body", body)? else {
            return Err(RequestError::Body("a form must be an object".to_owned()));
        };
        let mut text = String::new();
        for (name, member) in members {
            let (style, encoding) = encoding_of(&name, &member, fields);
            form::append(&mut text, &name, style, member, encoding, self.deep_lists)?;
        }
        self.write(media, text.into());
        Ok(())
    }

    /// Writes XML.
    ///
    /// # Errors
    /// When the value is not as its description says, or has a character that XML does not allow.
    #[cfg(feature = "xml")]
    pub fn xml<T: Serialize + ?Sized>(
        &mut self,
        media: &'static str,
        root: &crate::xml::Node,
        body: &T,
    ) -> Result<(), RequestError> {
        let (text, secrets) = wire::collecting(|| crate::xml::to_string(body, root));
        self.secrets.extend(secrets);
        let text = text.map_err(|error| RequestError::Body(error.to_string()))?;
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

    pub(super) fn write(&mut self, media: &'static str, body: Body) {
        self.body = body;
        // A media type that HTTP does not allow is left out: the generator refuses it.
        if let Ok(media) = HeaderValue::from_maybe_shared(Bytes::from_static(media.as_bytes())) {
            self.put_header(CONTENT_TYPE, media);
        }
    }
}

/// The style and the encoding of a member of a form.
pub(super) fn encoding_of(
    name: &str,
    member: &Value,
    fields: &[FormField],
) -> (QueryStyle, Encoding) {
    let chosen = fields.iter().find(|field| field.name == name);
    let style = chosen.map_or_else(|| form_style(member), |field| field.style);
    let encoding = match chosen {
        Some(field) if field.allow_reserved => Encoding::AllowReserved,
        _ => Encoding::Strict,
    };
    (style, encoding)
}

/// The style of a form member without an encoding: lists are repeated; objects, in lists too, are JSON.
fn form_style(member: &Value) -> QueryStyle {
    match member {
        Value::Object(_) => QueryStyle::Json,
        _ => QueryStyle::Form { explode: true },
    }
}
