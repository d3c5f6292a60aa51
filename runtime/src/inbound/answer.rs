//! Responses, written from successes and failures.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use crate::client::{
    Body, Event, EventData, Framing, HeaderError, ItemStream, Status, Statuses, fits,
    framed_media_type,
};
use crate::wire;

/// Which side of the result is being answered with.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Success,
    Failure,
}

impl Side {
    /// Statuses to choose from where the document has no one in particular.
    fn candidates(self) -> impl Iterator<Item = u16> {
        let (first, then) = match self {
            Self::Success => (200..300, 300..600),
            Self::Failure => (500..600, 400..500),
        };
        first.chain(then)
    }
}

/// A response that is being written.
#[derive(Debug)]
pub struct Answer {
    /// The statuses that the document has.
    documented: Statuses,
    side: Side,
    asked: Option<u16>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Body,
    reasons: Vec<String>,
}

impl Answer {
    /// An answer of one side, of a status that is asked for.
    #[doc(hidden)]
    pub fn new(documented: Statuses, side: Side, asked: Option<u16>) -> Self {
        Self {
            documented,
            side,
            asked,
            status: None,
            headers: HeaderMap::new(),
            body: Body::empty(),
            reasons: Vec::new(),
        }
    }

    /// Answers without a body. The statuses are those that the document has for this answer.
    pub fn empty(&mut self, statuses: Statuses) -> &mut Self {
        self.choose(statuses);
        self
    }

    /// Answers with JSON of the media type `application/json`.
    pub fn json<T: Serialize + ?Sized>(&mut self, statuses: Statuses, body: &T) -> &mut Self {
        self.json_as(statuses, "application/json", body)
    }

    /// Answers with JSON of this media type.
    pub fn json_as<T: Serialize + ?Sized>(
        &mut self,
        statuses: Statuses,
        media: &'static str,
        body: &T,
    ) -> &mut Self {
        match wire::to_vec(body) {
            Ok(text) => self.write(statuses, media, "application/json", text.into()),
            Err(error) => self.refuse(format!("it has no JSON form: {error}")),
        }
    }

    /// Answers with JSON, or without a body.
    pub fn optional_json<T: Serialize>(
        &mut self,
        statuses: Statuses,
        media: &'static str,
        body: &Option<T>,
    ) -> &mut Self {
        match body {
            Some(body) => self.json_as(statuses, media, body),
            None => self.empty(statuses),
        }
    }

    /// Answers with XML.
    #[cfg(feature = "xml")]
    pub fn xml<T: Serialize + ?Sized>(
        &mut self,
        statuses: Statuses,
        media: &'static str,
        root: &crate::xml::Node,
        body: &T,
    ) -> &mut Self {
        match crate::xml::to_string(body, root) {
            Ok(text) => self.write(statuses, media, "application/xml", text.into()),
            Err(error) => self.refuse(format!("it has no XML form: {error}")),
        }
    }

    /// Answers with text.
    pub fn text(&mut self, statuses: Statuses, media: &'static str, body: &str) -> &mut Self {
        self.write(statuses, media, "text/plain", body.to_owned().into())
    }

    /// Answers with bytes, in memory or streamed.
    pub fn bytes(&mut self, statuses: Statuses, media: &'static str, body: Body) -> &mut Self {
        self.write(statuses, media, "application/octet-stream", body)
    }

    /// Answers with items of JSON, one after another.
    pub fn items<T: Serialize + 'static>(
        &mut self,
        statuses: Statuses,
        media: &'static str,
        framing: Framing,
        items: &ItemStream<T>,
    ) -> &mut Self {
        if framing == Framing::Parts {
            // Its boundary is part of the media type.
            let media = HeaderValue::from_str(&framed_media_type(framing, media));
            self.headers
                .extend(media.ok().map(|media| (CONTENT_TYPE, media)));
        }
        self.stream(statuses, media, items.json_body(framing))
    }

    /// Answers with server-sent events.
    pub fn events<T: Serialize + 'static>(
        &mut self,
        statuses: Statuses,
        media: &'static str,
        data: EventData,
        events: &ItemStream<Event<T>>,
    ) -> &mut Self {
        self.stream(statuses, media, events.event_body(data))
    }

    fn stream(
        &mut self,
        statuses: Statuses,
        media: &'static str,
        body: Result<Body, String>,
    ) -> &mut Self {
        match body {
            Ok(body) => self.write(statuses, media, media, body),
            Err(error) => self.refuse(format!("an item cannot be written: {error}")),
        }
    }

    /// Checks the headers against those that the document has for some of the statuses.
    pub fn headers(
        &mut self,
        status: Statuses,
        check: impl Fn(&HeaderMap) -> Result<(), HeaderError>,
    ) -> &mut Self {
        let chosen = self.status.map(|status| status.as_u16());
        let found = chosen.and_then(|code| self.documented.status_of(code));
        let concerned = found.is_some_and(|found| status.iter().any(|status| status == found));
        match check(&self.headers) {
            Err(error) if concerned => self.refuse(error.to_string()),
            _ => self,
        }
    }

    /// For a success where the document has none.
    pub fn undocumented(&mut self) -> &mut Self {
        self.refuse("the document has no success".to_owned())
    }

    /// Adds headers.
    #[doc(hidden)]
    pub fn add_headers(&mut self, headers: &[(String, String)]) {
        for (name, value) in headers {
            let read = HeaderName::from_bytes(name.as_bytes())
                .ok()
                .zip(HeaderValue::from_str(value).ok());
            match read {
                Some((name, value)) => _ = self.headers.append(name, value),
                None => {
                    self.refuse(format!(
                        "HTTP does not allow the header `{}`",
                        name.escape_debug()
                    ));
                }
            }
        }
    }

    /// The response; else why it cannot be one.
    ///
    /// # Errors
    /// Each reason why the answer is not in the document.
    #[doc(hidden)]
    pub fn finish(self) -> Result<http::Response<Body>, Vec<String>> {
        let Some(status) = self.status.filter(|_| self.reasons.is_empty()) else {
            return Err(self.reasons);
        };
        let mut response = http::Response::new(self.body);
        *response.status_mut() = status;
        *response.headers_mut() = self.headers;
        Ok(response)
    }

    /// Writes a body. A range of media types is answered with the usual one, unless the responder chose another.
    fn write(
        &mut self,
        statuses: Statuses,
        media: &'static str,
        usual: &'static str,
        body: Body,
    ) -> &mut Self {
        self.choose(statuses);
        self.body = body;
        let media_type = if media.contains('*') { usual } else { media };
        let chosen = self.headers.get(CONTENT_TYPE).map(|chosen| chosen.to_str());
        match (chosen, HeaderValue::from_str(media_type)) {
            (Some(Ok(chosen)), _) if fits(chosen, media) => self,
            (Some(_), _) => self.refuse(format!("its media type is not `{media}`")),
            (None, Ok(media)) => {
                self.headers.insert(CONTENT_TYPE, media);
                self
            }
            (None, Err(_)) => self.refuse("its media type cannot be a header".to_owned()),
        }
    }

    /// The status: the one that was asked for if it is one of these, else the first that is.
    fn choose(&mut self, of_answer: Statuses) {
        let is_one = |code: u16| {
            let found = self.documented.status_of(code);
            found.is_some_and(|found| of_answer.iter().any(|status| status == found))
        };
        let code = match (self.asked, of_answer.iter().next()) {
            (Some(code), _) if !is_one(code) => {
                self.refuse(format!("status {code} is not documented with this body"));
                return;
            }
            (Some(code), _) => Some(code),
            (None, Some(Status::Code(code))) => Some(code),
            (None, Some(Status::Class(class))) => {
                let first = u16::from(class).saturating_mul(100);
                (first..first.saturating_add(100)).find(|code| is_one(*code))
            }
            (None, Some(Status::Default)) => self.side.candidates().find(|code| is_one(*code)),
            (None, None) => None,
        };
        self.status = code.and_then(|code| StatusCode::from_u16(code).ok());
        if self.status.is_none() {
            self.refuse("no status is left for it".to_owned());
        }
    }

    fn refuse(&mut self, why: String) -> &mut Self {
        self.reasons.push(why);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Statuses = Statuses::of(&[400]).and_classes(&[4]).and_default();

    fn status(side: Side, asked: Option<u16>, statuses: Statuses) -> Option<u16> {
        let mut answer = Answer::new(ALL, side, asked);
        answer.empty(statuses);
        answer
            .finish()
            .ok()
            .map(|response| response.status().as_u16())
    }

    #[test]
    fn a_status_is_one_that_the_document_has_for_the_answer() {
        let failure = |asked, of| status(Side::Failure, asked, of);
        let bad_request = Statuses::of(&[400]);
        let client_error = Statuses::NONE.and_classes(&[4]);
        let default = Statuses::NONE.and_default();
        assert_eq!(failure(None, bad_request), Some(400));
        assert_eq!(failure(None, client_error), Some(401));
        assert_eq!(failure(Some(404), client_error), Some(404));
        assert_eq!(failure(Some(400), client_error), None);
        assert_eq!(failure(Some(500), client_error), None);
        assert_eq!(failure(None, default), Some(500));
        assert_eq!(failure(Some(503), default), Some(503));
        assert_eq!(failure(Some(404), default), None);
        assert_eq!(status(Side::Success, None, default), Some(200));
    }
}
