//! JSON bodies.

use std::sync::Arc;

use serde::de::{DeserializeOwned, IgnoredAny};

use super::super::{charset, media};
use super::tolerant::{Reread, bare};
use super::{Reply, Undecoded};
use crate::client::departures::{tree, trouble};
use crate::client::error::{Failed, Fault, TooLarge, Trouble};
use crate::tolerance::{self, Correction, Found, Rules};

/// The media type of JSON where the document says no other.
const JSON: &str = "application/json";

/// The greatest depth of JSON.
const DEPTH: usize = 128;

impl Reply {
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
        if self.has_no_body() {
            return self.without_body();
        }
        let found = self.content_type();
        let documented = found.is_none_or(|found| media::fits(found, media));
        if !documented && !found.is_some_and(media::may_be_json) {
            return Err(self.unexpected(media));
        }
        let body = charset::utf8(&self.body, found);
        let (read, is_strange) = tolerance::noticing(|| crate::json::from_slice(&body));
        match read {
            Ok(value) => {
                self.read = true;
                if is_strange {
                    let body = body.into_owned();
                    self.keep_strange::<T>(&body);
                }
                if !documented {
                    self.depart_in_media(media, Correction::Json);
                }
                Ok(value)
            }
            Err(_) => {
                let body = body.into_owned();
                self.json_again(&body, documented, media)
            }
        }
    }

    /// Keeps where objects have none of the members that they should have.
    #[cold]
    fn keep_strange<T: DeserializeOwned>(&mut self, body: &[u8]) {
        let (tree, rules) = (tree(body), self.rules());
        // What was read is what the first reading was.
        drop(self.reread::<T>(tree.as_ref(), &rules));
    }

    /// Reads a body that is not what the document says at first sight.
    #[cold]
    fn json_again<T: DeserializeOwned>(
        &mut self,
        body: &[u8],
        documented: bool,
        media: &'static str,
    ) -> Result<T, Undecoded> {
        let tree = tree(body);
        let rules = self.rules();
        // Text may be sent as it is, and then nothing of it is corrected.
        if !documented {
            let exact = self.reread(tree.as_ref(), &Rules::default());
            let read = match exact {
                Reread::Read(value) => Some((value, Correction::Json)),
                _ => {
                    let text = self.bare_text(body, documented);
                    text.map(|value| (value, Correction::Text))
                }
            };
            if let Some((value, correction)) = read {
                self.read = true;
                self.depart_in_media(media, correction);
                return Ok(value);
            }
        }
        let (departures, failures) = match self.reread(tree.as_ref(), &rules) {
            Reread::Read(value) => {
                self.read = true;
                if !documented {
                    self.depart_in_media(media, Correction::Json);
                }
                return Ok(value);
            }
            Reread::Failed(departures, failures) => (departures, failures),
            Reread::NotJson => (Vec::new(), Vec::new()),
        };
        if let Some(value) = self.bare_text(body, documented) {
            self.read = true;
            self.depart("text of JSON", Found::BareText, Correction::Text);
            return Ok(value);
        }
        if !documented && !is_json(body) {
            return Err(self.unexpected(media));
        }
        if too_deep(body) {
            let error = TooLarge {
                limit: DEPTH,
                unit: "levels",
                response: self.failed(),
            };
            return Err(Fault::TooLarge(Box::new(error)).into());
        }
        let mut trouble = trouble::<T>(body, &rules, &failures);
        if tree.is_none() && self.is_success() && has_several(body) {
            let help = "; it has several values one after another, and `read_as::<ItemStream<T>>()` reads each as it comes";
            trouble.message.push_str(help);
        }
        Err(self.decode_error_of(trouble, departures))
    }

    /// Keeps that a body is read as what is documented, although its media type is another.
    fn depart_in_media(&mut self, media: &str, correction: Correction) {
        let expected = format!("the media type {media}");
        self.depart(&expected, Found::MediaType, correction);
    }

    /// A text that is sent as it is where the document has it in JSON's quotes: NestJS sends every text so, as HTML, and
    /// Spring and Litestar send some so, as JSON. What begins as markup does is a page, and what begins as JSON does is
    /// broken JSON.
    fn bare_text<T: DeserializeOwned>(&self, body: &[u8], documented: bool) -> Option<T> {
        let text = std::str::from_utf8(body).ok()?;
        let fits = match documented {
            true => !text.trim_start().starts_with(['<', '"', '{', '[']) && !is_json(body),
            false => {
                !text.trim_start().starts_with('<')
                    && self.content_type().is_some_and(media::may_be_bare_text)
            }
        };
        // What takes a list of lists takes anything.
        let is_text = fits && self.is_success() && serde_json::from_str::<T>("[[]]").is_err();
        is_text.then(|| bare(text))?
    }

    /// A success without a body is one if its type can say so: by null, or by an object of which nothing must be there.
    /// Read tolerantly, so is one whose type is a list, since it has no items.
    pub(in crate::client::response) fn without_body<T: DeserializeOwned>(
        &mut self,
    ) -> Result<T, Undecoded> {
        let lists = self.rules().tolerates_whole();
        let nothing = [
            ("null", Correction::Null),
            ("{}", Correction::Empty),
            ("[]", Correction::Empty),
        ];
        let nothing = nothing
            .into_iter()
            .filter(|_| self.is_success() && self.stream.is_none())
            .filter(|(nothing, _)| lists || *nothing != "[]")
            .find_map(|(nothing, as_)| Some((serde_json::from_str(nothing).ok()?, as_)));
        match nothing {
            Some((value, correction)) => {
                self.depart("a body", Found::Nothing, correction);
                Ok(value)
            }
            None => Err(Fault::EmptyBody(Box::new(self.failed())).into()),
        }
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
        match self.json_as(media) {
            Ok(body) => Ok(Err(failure(body))),
            Err(undecoded) => Err(self.undocumented_failure(undecoded)),
        }
    }

    /// The failure is the same, whatever its body is; but for a page, which is that of something between.
    pub(in crate::client::response) fn undocumented_failure(
        &self,
        undecoded: Undecoded,
    ) -> Undecoded {
        match undecoded.into_fault() {
            Fault::Decode(error) => Fault::Undocumented(Box::new(Failed {
                unread: Some(Arc::from(error)),
                ..self.failed()
            }))
            .into(),
            Fault::EmptyBody(_) => {
                let missing = self.decode_error(Trouble::of("expected a body, found nothing"));
                self.undocumented_failure(missing)
            }
            Fault::UnexpectedContentType(error) if !error.is_page() => {
                Fault::Undocumented(Box::new(error.response)).into()
            }
            other => other.into(),
        }
    }

    /// Decodes a JSON body, where there may be none.
    ///
    /// # Errors
    /// When it has another media type, or it is not what the document says.
    pub fn optional_json<T: DeserializeOwned>(
        &mut self,
        media: &'static str,
    ) -> Result<Option<T>, Undecoded> {
        if self.has_no_body() {
            Ok(None)
        } else {
            self.json_as(media).map(Some)
        }
    }
}

/// Whether a body is JSON of some kind.
fn is_json(body: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(body).is_ok()
}

/// Whether a body has values of JSON one after another, as lines of JSON are.
fn has_several(body: &[u8]) -> bool {
    let values = serde_json::Deserializer::from_slice(body).into_iter::<IgnoredAny>();
    values.take(2).filter_map(Result::ok).count() == 2
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
