//! Responses, written from successes and failures.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use super::breach::Breach;
use crate::client::{Body, HeaderError, fits};
use crate::wire;

/// A status as documents have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// One.
    Code(u16),
    /// All that start with this digit and are not documented by themselves.
    Class(u8),
    /// All others.
    Default,
}

/// The statuses of a list like that of [`OperationSpec::responses`].
///
/// [`OperationSpec::responses`]: crate::client::OperationSpec::responses
fn statuses(list: &'static str) -> impl Iterator<Item = Status> + Clone {
    list.split_ascii_whitespace().map(Status::read)
}

impl Status {
    /// Reads `200`, `4XX` or `default`, without the line that may follow.
    fn read(spelt: &str) -> Self {
        let status = spelt.split(':').next().unwrap_or(spelt);
        match (status.parse(), status.split_once(['X', 'x'])) {
            (Ok(code), _) => Self::Code(code),
            (_, Some((class, _))) => class.parse().map_or(Self::Default, Self::Class),
            (_, None) => Self::Default,
        }
    }

    const fn covers(self, code: u16) -> bool {
        match self {
            Self::Code(own) => own == code,
            // A status has three digits.
            Self::Class(class) => code.wrapping_div(100) == class as u16,
            Self::Default => true,
        }
    }

    /// What of the document a status is: itself, its class, or all others.
    fn of(code: u16, documented: &'static str) -> Option<Self> {
        let rank = |status: &Self| match status {
            Self::Code(_) => 0,
            Self::Class(_) => 1,
            Self::Default => 2,
        };
        let fitting = statuses(documented).filter(|status| status.covers(code));
        fitting.min_by_key(rank)
    }
}

/// Which side of the result is being answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
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
    documented: &'static str,
    side: Side,
    asked: Option<u16>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Body,
    breaches: Vec<Breach>,
}

impl Answer {
    pub(super) fn new(documented: &'static str, side: Side, asked: Option<u16>) -> Self {
        Self {
            documented,
            side,
            asked,
            status: None,
            headers: HeaderMap::new(),
            body: Body::empty(),
            breaches: Vec::new(),
        }
    }

    /// Answers without a body. The statuses are those that the document has for this answer.
    pub fn empty(&mut self, statuses: &'static str) -> &mut Self {
        self.choose(statuses);
        self
    }

    /// Answers with JSON of the media type `application/json`.
    pub fn json<T: Serialize + ?Sized>(&mut self, statuses: &'static str, body: &T) -> &mut Self {
        self.json_as(statuses, "application/json", body)
    }

    /// Answers with JSON of this media type.
    pub fn json_as<T: Serialize + ?Sized>(
        &mut self,
        statuses: &'static str,
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
        statuses: &'static str,
        media: &'static str,
        body: &Option<T>,
    ) -> &mut Self {
        match body {
            Some(body) => self.json_as(statuses, media, body),
            None => self.empty(statuses),
        }
    }

    /// Answers with text.
    pub fn text(&mut self, statuses: &'static str, media: &'static str, body: &str) -> &mut Self {
        self.write(statuses, media, "text/plain", body.to_owned().into())
    }

    /// Answers with bytes, in memory or streamed.
    pub fn bytes(&mut self, statuses: &'static str, media: &'static str, body: Body) -> &mut Self {
        self.write(statuses, media, "application/octet-stream", body)
    }

    /// Holds the headers against those that the document has for some of the statuses.
    pub fn headers<T>(
        &mut self,
        status: &'static str,
        read: impl Fn(&HeaderMap) -> Result<T, HeaderError>,
    ) -> &mut Self {
        let chosen = self.status.map(|status| status.as_u16());
        let concerned = chosen
            .is_some_and(|code| Status::of(code, self.documented) == Some(Status::read(status)));
        match read(&self.headers) {
            Err(error) if concerned => self.refuse(error.to_string()),
            _ => self,
        }
    }

    /// For a success where the document has none.
    pub fn undocumented(&mut self) -> &mut Self {
        self.refuse("the document has no success".to_owned())
    }

    pub(super) fn add_headers(&mut self, headers: &[(String, String)]) {
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
    pub(super) fn finish(self) -> Result<http::Response<Body>, Vec<Breach>> {
        let Some(status) = self.status.filter(|_| self.breaches.is_empty()) else {
            return Err(self.breaches);
        };
        let mut response = http::Response::new(self.body);
        *response.status_mut() = status;
        *response.headers_mut() = self.headers;
        Ok(response)
    }

    /// Writes a body. A range of media types is answered with the usual one, unless the responder chose another.
    fn write(
        &mut self,
        statuses: &'static str,
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
    fn choose(&mut self, list: &'static str) {
        let of_answer = || statuses(list);
        let is_one = |code: u16| {
            let found = Status::of(code, self.documented);
            found.is_some_and(|found| of_answer().any(|status| status == found))
        };
        let code = match (self.asked, of_answer().next()) {
            (Some(code), _) if !is_one(code) => {
                self.refuse(format!(
                    "status {code} is documented otherwise or not at all"
                ));
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
        self.breaches.push(Breach::Answer(why));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &str = "200:12 400 4XX:15 default:18";

    fn status(side: Side, asked: Option<u16>, statuses: &'static str) -> Option<u16> {
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
        assert_eq!(failure(None, "400"), Some(400));
        assert_eq!(failure(None, "4XX"), Some(401));
        assert_eq!(failure(Some(404), "4XX"), Some(404));
        assert_eq!(failure(Some(400), "4XX"), None);
        assert_eq!(failure(Some(500), "4XX"), None);
        assert_eq!(failure(None, "default"), Some(500));
        assert_eq!(failure(Some(503), "default"), Some(503));
        assert_eq!(failure(Some(404), "default"), None);
        assert_eq!(status(Side::Success, None, "default"), Some(201));
    }
}
