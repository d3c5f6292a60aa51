//! A response that has come and is to be decoded.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode, Uri};
use serde::de::DeserializeOwned;

use super::media;
use super::success::Response;
use super::text::Text;
use crate::Secret;
use crate::client::Body;
use crate::client::credential::Proof;
use crate::client::error::{
    DecodeError, Error, Failed, Fault, Redactor, Redirect, TooLarge, Trouble,
    UnexpectedContentType, locate,
};
use crate::client::operation::{Operation, OperationSpec};
use crate::client::stream::Streaming;

/// The result of [`Operation::decode`]: a documented success, a documented failure, or a response that is neither.
pub type Decoded<O> =
    Result<Result<<O as Operation>::Success, <O as Operation>::Failure>, Undecoded>;

/// A response that is not what the document says.
#[derive(Debug)]
pub struct Undecoded(Box<Fault>);

impl Undecoded {
    pub(crate) fn into_fault(self) -> Fault {
        *self.0
    }
}

impl From<Fault> for Undecoded {
    fn from(fault: Fault) -> Self {
        Self(Box::new(fault))
    }
}

/// The secrets of a request that errors must not show. Made into a [`Redactor`] only when there is an error.
#[derive(Default)]
pub(crate) struct Sent {
    pub(crate) proofs: Vec<Proof>,
    pub(crate) written: Vec<Secret<String>>,
    pub(crate) names: &'static [&'static str],
}

impl Sent {
    fn redactor(&self) -> Redactor {
        let written = self.written.iter().cloned().map(Arc::new);
        Redactor::new(
            self.proofs.iter().flat_map(Proof::secrets).chain(written),
            self.names,
        )
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// The media type of JSON where the document says no other.
const JSON: &str = "application/json";

/// The greatest depth of JSON.
const DEPTH: usize = 128;

/// A response, its body read (unless the operation streams it) and not yet decoded.
#[derive(Debug)]
pub struct Reply {
    pub(crate) spec: &'static OperationSpec,
    /// Where the answer is from.
    pub(crate) uri: Uri,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The unread body, because the operation streams this status.
    pub(crate) stream: Option<Body>,
    pub(crate) attempts: u32,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) sent: Sent,
    pub(crate) streaming: Streaming,
}

impl Reply {
    /// The status, to be matched.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Decodes a body of the media type `application/json`.
    ///
    /// # Errors
    /// When there is no body, it has another media type, or it is not what the document says.
    pub fn json<T: DeserializeOwned>(&mut self) -> Result<T, Undecoded> {
        self.json_as(JSON)
    }

    /// Decodes a JSON body of this media type.
    ///
    /// # Errors
    /// When there is no body, it has another media type, or it is not what the document says.
    pub fn json_as<T: DeserializeOwned>(&mut self, media: &'static str) -> Result<T, Undecoded> {
        let body = self.checked(media)?;
        serde_json::from_slice(body).map_err(|_| self.undecodable(body, locate::<T>))
    }

    /// Decodes a body of the media type `application/json` that says why the operation failed.
    ///
    /// # Errors
    /// When there is no body, it has another media type, or it is not what the document says.
    pub fn json_error<T: DeserializeOwned, S, F>(
        &mut self,
        failure: fn(T) -> F,
    ) -> Result<Result<S, F>, Undecoded> {
        self.json_error_as(JSON, failure)
    }

    /// Decodes a JSON body of this media type that says why the operation failed.
    ///
    /// # Errors
    /// When there is no body, it has another media type, or it is not what the document says.
    pub fn json_error_as<T: DeserializeOwned, S, F>(
        &mut self,
        media: &'static str,
        failure: fn(T) -> F,
    ) -> Result<Result<S, F>, Undecoded> {
        self.json_as(media).map(|body| Err(failure(body)))
    }

    /// Decodes a JSON body, where there may be none.
    ///
    /// # Errors
    /// When it has another media type, or it is not what the document says.
    pub fn optional_json<T: DeserializeOwned>(
        &mut self,
        media: &'static str,
    ) -> Result<Option<T>, Undecoded> {
        if self.body.trim_ascii().is_empty() {
            Ok(None)
        } else {
            self.json_as(media).map(Some)
        }
    }

    /// Takes a body as text.
    ///
    /// # Errors
    /// When it has another media type or is not UTF-8.
    pub fn text(&mut self, media: &'static str) -> Result<String, Undecoded> {
        self.check_media(media)?;
        let text = std::str::from_utf8(&self.body)
            .map(|text| text.trim_start_matches('\u{feff}').to_owned());
        text.map_err(|error| self.unreadable("$", error.to_string()))
    }

    /// Takes a body as bytes.
    ///
    /// # Errors
    /// When it has another media type.
    pub fn bytes(&mut self, media: &'static str) -> Result<Bytes, Undecoded> {
        self.check_media(media)?;
        Ok(self.body.clone())
    }

    /// Hands the body over unread; the status must be among [`OperationSpec::streamed`], else it is in memory.
    ///
    /// # Errors
    /// When it has another media type.
    pub fn stream(&mut self, media: &'static str) -> Result<Body, Undecoded> {
        self.check_media(media)?;
        Ok(self
            .stream
            .take()
            .unwrap_or_else(|| self.body.clone().into()))
    }

    /// For a response without a body; one that is there all the same is not looked at.
    ///
    /// # Errors
    /// None today; like the others so that generated code reads alike.
    pub fn empty(&mut self) -> Result<(), Undecoded> {
        Ok(())
    }

    /// Reads a header that must be there.
    ///
    /// # Errors
    /// When it is absent or of another type.
    pub fn header<T: DeserializeOwned>(&self, name: &'static str) -> Result<T, Undecoded> {
        let header = self.optional_header(name)?;
        header.ok_or_else(|| self.unreadable(name, "the header is absent".to_owned()))
    }

    /// Reads a header that may be there.
    ///
    /// # Errors
    /// When it is of another type.
    pub fn optional_header<T: DeserializeOwned>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, Undecoded> {
        let Some(text) = self.header_text(name) else {
            return Ok(None);
        };
        let value = T::deserialize(Text(&text)).map(Some);
        value.map_err(|error| self.unreadable(name, error.to_string()))
    }

    /// A status that the document does not have.
    ///
    /// # Errors
    /// Always.
    pub fn undocumented<T>(&mut self) -> Result<T, Undecoded> {
        Err(self.undocumented_status())
    }

    fn undocumented_status(&self) -> Undecoded {
        if !self.status.is_redirection() {
            return Fault::Undocumented(Box::new(self.failed())).into();
        }
        let location = self.header_text("location");
        let host = location.and_then(|to| Some(url::Url::parse(&to).ok()?.host_str()?.to_owned()));
        Fault::Redirect(Box::new(Redirect {
            host,
            response: self.failed(),
        }))
        .into()
    }

    /// The response with the value that its body turned out to be.
    pub(crate) fn respond<T>(self, value: T) -> Response<T> {
        Response::new(value, self.status, self.headers, self.attempts)
    }

    pub(crate) fn failed(&self) -> Failed {
        Failed {
            operation: self.spec.name,
            status: self.status,
            headers: self.headers.clone(),
            body: self.body.clone(),
            attempts: self.attempts,
            retry_after: self.retry_after,
            redactor: self.sent.redactor(),
        }
    }

    /// The lines of a repeated header are one list.
    fn header_text(&self, name: &str) -> Option<String> {
        let mut lines = self
            .headers
            .get_all(name)
            .iter()
            .filter_map(|line| line.to_str().ok());
        let first = lines.next()?.to_owned();
        Some(lines.fold(first, |all, line| all + "," + line))
    }

    /// The body, where it has the media type and is there. A byte order mark is passed over.
    fn checked(&self, media: &'static str) -> Result<&[u8], Undecoded> {
        if self.body.trim_ascii().is_empty() {
            return Err(Fault::EmptyBody(Box::new(self.failed())).into());
        }
        self.check_media(media)?;
        let text = self.body.strip_prefix(b"\xef\xbb\xbf");
        Ok(text.unwrap_or(&self.body))
    }

    fn check_media(&self, media: &'static str) -> Result<(), Undecoded> {
        self.check_kin(media, media::fits)
    }

    /// A response that does not name its type is read as what is documented.
    pub(crate) fn check_kin(
        &self,
        media: &'static str,
        fits: fn(&str, &str) -> bool,
    ) -> Result<(), Undecoded> {
        let Some(found) = self.headers.get(CONTENT_TYPE) else {
            return Ok(());
        };
        if found.to_str().is_ok_and(|found| fits(found, media)) {
            return Ok(());
        }
        let found = String::from_utf8_lossy(found.as_bytes());
        let error = UnexpectedContentType {
            expected: media.to_owned(),
            found: Some(found.into_owned()),
            response: self.failed(),
        };
        Err(Error::UnexpectedContentType(Box::new(error)).into())
    }

    fn undecodable(&self, body: &[u8], locate: fn(&[u8]) -> Trouble) -> Undecoded {
        if too_deep(body) {
            let error = TooLarge {
                limit: DEPTH,
                unit: "levels",
                response: self.failed(),
            };
            return Fault::TooLarge(Box::new(error)).into();
        }
        self.decode_error(locate(body))
    }

    /// Something that is not JSON could not be read.
    fn unreadable(&self, path: &str, message: String) -> Undecoded {
        self.decode_error(Trouble {
            path: path.to_owned(),
            message,
            position: (0, 0),
            rust_type: "",
        })
    }

    fn decode_error(&self, trouble: Trouble) -> Undecoded {
        let error = DecodeError {
            path: trouble.path,
            message: self.sent.redactor().values(&trouble.message).into_owned(),
            position: trouble.position,
            rust_type: trouble.rust_type,
            document: self.spec.described(self.status()),
            response: self.failed(),
        };
        Fault::Decode(Box::new(error)).into()
    }
}

/// Whether JSON nests deeper than it is read.
fn too_deep(body: &[u8]) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth = depth.saturating_add(1),
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth >= DEPTH {
            return true;
        }
    }
    false
}
