//! A response that has come and is to be decoded.

mod json;
mod tolerant;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode, Uri};
use serde::de::DeserializeOwned;

use super::success::Response;
use super::text::Text;
use super::{charset, media};
use crate::Secret;
use crate::client::Body;
use crate::client::credential::Proof;
use crate::client::departures::Rereading;
use crate::client::error::{
    DecodeError, Error, Failed, Fault, Redactor, Redirect, Trouble, UnexpectedContentType,
};
use crate::client::operation::{Operation, OperationSpec};
use crate::client::stream::Streaming;
use crate::tolerance::Departure;

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
    /// The way out, where the server refused it for want of a credential.
    pub(crate) help: Option<&'static str>,
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
    /// Whether the body has been read as what the document says.
    pub(crate) read: bool,
    /// Whether nothing is corrected for now: several documented successes are tried.
    pub(crate) exact: bool,
    pub(crate) rereading: Rereading,
    /// Whether a redirect to the same path with or without a slash was followed, which the document does not have.
    pub(crate) slashed: bool,
    /// Where the body departs from the document.
    pub(crate) departures: Vec<Departure>,
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

    /// Takes a body as text.
    ///
    /// # Errors
    /// When it has another media type, or is not text in its charset.
    pub fn text(&mut self, media: &'static str) -> Result<String, Undecoded> {
        let found = self.content_type();
        let fits = |found: &str| media::fits(found, media) || media::fits(found, "text/plain");
        let documented = found.is_none_or(fits);
        if !documented && !self.takes_as_text(media) {
            let unexpected = self.unexpected(media);
            return Err(match self.is_success() {
                true => unexpected,
                false => self.undocumented_failure(unexpected),
            });
        }
        let text = String::from_utf8(charset::utf8(&self.body, found).into_owned());
        match text {
            Ok(text) => {
                self.read = true;
                Ok(match documented {
                    true => text,
                    false => self.text_of_other(text, media),
                })
            }
            Err(error) => {
                let error = error.utf8_error();
                let message = format!("{error}; `raw` hands out the bytes as they came");
                Err(self.unreadable("$", message))
            }
        }
    }

    /// Takes a body as bytes, whatever its media type.
    ///
    /// # Errors
    /// None today; like the others so that generated code reads alike.
    pub fn bytes(&mut self, media: &'static str) -> Result<Bytes, Undecoded> {
        _ = media;
        self.read = true;
        Ok(self.body.clone())
    }

    /// Hands the body over unread, whatever its media type; the status must be among [`OperationSpec::streamed`], else
    /// it is in memory.
    ///
    /// # Errors
    /// None today; like the others so that generated code reads alike.
    pub fn stream(&mut self, media: &'static str) -> Result<Body, Undecoded> {
        _ = media;
        self.read = true;
        Ok(self
            .stream
            .take()
            .unwrap_or_else(|| self.body.clone().into()))
    }

    /// For a response without a documented body; one that is there all the same is kept as it is:
    /// [`Response::raw_body`].
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
        let Some(location) = self
            .header_text("location")
            .filter(|_| self.status.is_redirection())
        else {
            return Fault::Undocumented(Box::new(self.failed())).into();
        };
        // A relative one leads to the same host.
        let from = url::Url::parse(&self.uri.to_string()).ok();
        let to = match &from {
            Some(from) => from.join(&location).ok(),
            None => url::Url::parse(&location).ok(),
        };
        let within_origin = from.zip(to.clone());
        let within_origin = within_origin.is_some_and(|(from, to)| from.origin() == to.origin());
        let host = to.and_then(|to| Some(to.host_str()?.to_owned()));
        Fault::Redirect(Box::new(Redirect {
            host,
            within_origin,
            response: self.failed(),
        }))
        .into()
    }

    /// Tells whoever wants to know where an answer that was read departs from the document.
    pub(crate) fn tell(&mut self) {
        self.add_of_head();
        self.rereading.tell(&self.departures);
    }

    /// The documented failure that the answer is.
    pub(crate) fn into_api<E>(mut self, failure: E) -> Error<E> {
        self.tell();
        let mut failed = self.failed();
        failed.departures = std::mem::take(&mut self.departures);
        Error::Api(failure, Box::new(failed))
    }

    /// The error of an answer that could not be read; whoever wants to know is told where it departs.
    pub(crate) fn refuse(&self, undecoded: Undecoded) -> Fault {
        let fault = undecoded.into_fault();
        self.rereading.tell(fault.departures());
        fault
    }

    /// The response with the value that its body turned out to be.
    pub(crate) fn respond<T>(self, value: T) -> Response<T> {
        let undecoded = if self.read { Bytes::new() } else { self.body };
        Response::new(value, self.status, self.headers, self.attempts)
            .with_raw_body(undecoded)
            .with_departures(self.departures)
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
            unread: None,
            departures: Vec::new(),
            help: self.sent.help,
        }
    }

    /// The lines of a repeated header are one list.
    fn header_text(&self, name: &str) -> Option<String> {
        super::header::text(&self.headers, name)
    }

    pub(super) fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    pub(super) fn has_no_body(&self) -> bool {
        self.stream.is_none() && self.body.trim_ascii().is_empty()
    }

    /// A response that does not name its type is read as what is documented.
    pub(crate) fn check_kin(
        &self,
        media: &'static str,
        fits: fn(&str, &str) -> bool,
    ) -> Result<(), Undecoded> {
        match self.content_type() {
            Some(found) if !fits(found, media) => Err(self.unexpected(media)),
            _ => Ok(()),
        }
    }

    /// A response of another media type than `media`.
    pub(super) fn unexpected(&self, media: &'static str) -> Undecoded {
        let found = self.headers.get(CONTENT_TYPE);
        let found = found.map(|found| String::from_utf8_lossy(found.as_bytes()).into_owned());
        let error = UnexpectedContentType {
            expected: media.to_owned(),
            found,
            response: self.failed(),
        };
        Error::UnexpectedContentType(Box::new(error)).into()
    }

    /// Something that is not JSON could not be read.
    pub(super) fn unreadable(&self, path: &str, message: String) -> Undecoded {
        self.decode_error(Trouble {
            path: path.to_owned(),
            message,
            position: (0, 0),
            rust_type: "",
        })
    }

    fn decode_error(&self, trouble: Trouble) -> Undecoded {
        self.decode_error_of(trouble, Vec::new())
    }

    fn decode_error_of(&self, trouble: Trouble, departures: Vec<Departure>) -> Undecoded {
        let error = DecodeError {
            path: trouble.path,
            message: self.sent.redactor().values(&trouble.message).into_owned(),
            position: trouble.position,
            rust_type: trouble.rust_type,
            document: self.spec.described(self.status()),
            departures,
            response: self.failed(),
        };
        Fault::Decode(Box::new(error)).into()
    }
}
