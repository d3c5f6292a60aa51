//! Responses of XML.

use serde::de::DeserializeOwned;

use super::reply::{Reply, Undecoded};
use super::{charset, media};
use crate::xml::{self, Node};

impl Reply {
    /// Decodes a body of XML.
    ///
    /// # Errors
    /// When there is no body, it has another media type, or it is not what the document says.
    pub fn xml<T: DeserializeOwned>(
        &mut self,
        media: &'static str,
        root: &Node,
    ) -> Result<T, Undecoded> {
        if self.has_no_body() {
            return self.without_body();
        }
        let found = self.content_type();
        if found.is_some_and(|found| !media::fits(found, media) && !is_xml(found)) {
            return Err(self.unexpected(media));
        }
        let named = found.is_some_and(|found| found.to_ascii_lowercase().contains("charset"));
        let body = match named {
            true => charset::utf8(&self.body, found),
            // The document declares its own encoding.
            false => self.body.as_ref().into(),
        };
        let text = match named {
            true => String::from_utf8_lossy(&body),
            false => xml::decoded(&body),
        };
        match xml::from_str(&text, root) {
            Ok(value) => {
                self.read = true;
                Ok(value)
            }
            Err(error) => Err(self.unreadable(error.path(), error.message().to_owned())),
        }
    }

    /// Decodes a body of JSON, or of XML where the server answers with that.
    ///
    /// # Errors
    /// When there is no body, it has another media type, or it is not what the document says.
    pub fn json_or_xml<T: DeserializeOwned>(
        &mut self,
        media: &'static str,
        root: &Node,
    ) -> Result<T, Undecoded> {
        match self.content_type().is_some_and(is_xml) {
            true => self.xml(media, root),
            false => self.json_as(media),
        }
    }

    /// Decodes a body of XML that says why the operation failed.
    ///
    /// # Errors
    /// When there is no body, it has another media type, or it is not what the document says.
    pub fn xml_error<T: DeserializeOwned, S, F>(
        &mut self,
        media: &'static str,
        root: &Node,
        failure: fn(T) -> F,
    ) -> Result<Result<S, F>, Undecoded> {
        match self.xml(media, root) {
            Ok(body) => Ok(Err(failure(body))),
            Err(undecoded) => Err(self.undocumented_failure(undecoded)),
        }
    }

    /// Decodes a body of JSON or XML that says why the operation failed.
    ///
    /// # Errors
    /// When there is no body, it has another media type, or it is not what the document says.
    pub fn json_or_xml_error<T: DeserializeOwned, S, F>(
        &mut self,
        media: &'static str,
        root: &Node,
        failure: fn(T) -> F,
    ) -> Result<Result<S, F>, Undecoded> {
        match self.content_type().is_some_and(is_xml) {
            true => self.xml_error(media, root, failure),
            false => self.json_error_as(media, failure),
        }
    }
}

fn is_xml(media: &str) -> bool {
    let essence = media::essence(media).to_ascii_lowercase();
    let subtype = essence.split_once('/').map(|(_, subtype)| subtype);
    subtype.is_some_and(|subtype| subtype == "xml" || subtype.ends_with("+xml"))
}
