//! Bodies of a request that is being read.

use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

use super::Inbound;
use super::encoded::DecodeError;
use super::fault::Fault;
use super::multipart::Parts;
use super::pairs::Pairs;
use crate::client::{
    Body, Event, EventData, FormField, Framing, ItemStream, Trouble, essence, is_json, locate,
};

impl Inbound {
    /// Reads a body that may be left out.
    pub fn optional<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        self.reads_body = true;
        if self.body.is_empty() {
            Some(None)
        } else {
            read(self).map(Some)
        }
    }

    /// Which of several kinds of body this is, by its media type.
    pub fn kind(&mut self, kinds: &[&[&'static str]]) -> Option<usize> {
        let found = self.media_type();
        let fitting = |fits: fn(&str, &str) -> bool| {
            let found = found.as_deref()?;
            kinds
                .iter()
                .position(|kind| kind.iter().any(|documented| fits(found, documented)))
        };
        // Ranges come after what is named.
        let kind = fitting(is_documented).or_else(|| fitting(is_covered));
        if kind.is_none() {
            self.refuse_media(kinds.concat());
        }
        kind
    }

    /// Reads a body of the media type `application/json`.
    pub fn json<T: DeserializeOwned>(&mut self) -> Option<T> {
        self.value(&["application/json"])
    }

    /// Reads a form body. Members that the document gives an encoding of their own are named.
    pub fn form<T: DeserializeOwned>(
        &mut self,
        media: &[&'static str],
        fields: &[FormField],
    ) -> Option<T> {
        let found = self.accepted(media)?;
        if is_json(essence(&found)) {
            return self.value(media);
        }
        let text = String::from_utf8_lossy(&self.body);
        let form = Pairs::of_query(&text).into_form(fields);
        match form.and_then(|form| form.read()) {
            Ok(form) => Some(form),
            Err(DecodeError(why)) => self.refuse_body("$", why),
        }
    }

    /// Reads a body that is a value: JSON, or a form.
    pub fn value<T: DeserializeOwned>(&mut self, media: &[&'static str]) -> Option<T> {
        let found = self.accepted(media)?;
        if essence(&found).eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return self.form(media, &[]);
        }
        if !is_json(essence(&found)) && !media.iter().any(|known| known.contains('*')) {
            // XML, say, beside JSON.
            let why = format!("a fake does not read `{}`", found.escape_debug());
            return self.refuse_body("$", why);
        }
        match serde_json::from_slice(&self.body) {
            Ok(value) => Some(value),
            Err(_) => {
                let Trouble { path, message, .. } = locate::<T>(&self.body);
                self.refuse_body(&path, message)
            }
        }
    }

    /// Reads a body of XML.
    #[cfg(feature = "xml")]
    pub fn xml<T: DeserializeOwned>(
        &mut self,
        media: &[&'static str],
        root: &crate::xml::Node,
    ) -> Option<T> {
        self.accepted(media)?;
        match crate::xml::from_slice(&self.body, root) {
            Ok(value) => Some(value),
            Err(error) => self.refuse_body(error.path(), error.message().to_owned()),
        }
    }

    /// Reads a body that is a value or nothing.
    pub fn optional_value<T: DeserializeOwned>(
        &mut self,
        media: &[&'static str],
    ) -> Option<Option<T>> {
        self.optional(|request| request.value::<Option<T>>(media))
            .map(Option::flatten)
    }

    /// Takes a body that is text.
    pub fn text(&mut self, media: &[&'static str]) -> Option<String> {
        self.accepted(media)?;
        match String::from_utf8(self.body.to_vec()) {
            Ok(text) => Some(text),
            Err(_) => self.refuse_body("$", "it is not UTF-8".to_owned()),
        }
    }

    /// Takes a body as it is.
    pub fn bytes(&mut self, media: &[&'static str]) -> Option<Body> {
        self.accepted(media)?;
        Some(self.body.clone().into())
    }

    /// Reads a body item by item.
    pub fn items<T: DeserializeOwned>(
        &mut self,
        media: &[&'static str],
        framing: Framing,
    ) -> Option<ItemStream<T>> {
        let found = self.accepted(media)?;
        match ItemStream::of_json_body(framing, &found, &self.body) {
            Ok(items) => Some(items),
            Err((path, why)) => self.refuse_body(&path, why),
        }
    }

    /// Reads a body of server-sent events.
    pub fn events<T: DeserializeOwned>(
        &mut self,
        media: &[&'static str],
        data: EventData,
    ) -> Option<ItemStream<Event<T>>> {
        self.accepted(media)?;
        match ItemStream::of_event_body(data, &self.body) {
            Ok(events) => Some(events),
            Err((path, why)) => self.refuse_body(&path, why),
        }
    }

    /// Takes a body of no use.
    pub fn nothing(&mut self, media: &[&'static str]) -> Option<()> {
        self.reads_body = true;
        if self.body.is_empty() {
            return Some(());
        }
        self.accepted(media).map(drop)
    }

    /// Reads a multipart body, part by part.
    pub fn multipart<T>(
        &mut self,
        media: &[&'static str],
        read: impl FnOnce(&mut Parts<'_>) -> Option<T>,
    ) -> Option<T> {
        let found = self.accepted(media)?;
        match Parts::cut(&found, &self.body, &mut self.faults) {
            Ok(mut parts) => {
                let form = read(&mut parts);
                parts.finish();
                form
            }
            Err(why) => self.refuse_body("$", why.to_owned()),
        }
    }

    fn media_type(&self) -> Option<String> {
        let found = self.head.headers.get(CONTENT_TYPE)?;
        Some(String::from_utf8_lossy(found.as_bytes()).into_owned())
    }

    /// The media type of the body, where it is documented.
    fn accepted(&mut self, media: &[&'static str]) -> Option<String> {
        self.reads_body = true;
        let found = self.media_type();
        let fits = |found: &String| {
            media
                .iter()
                .any(|documented| is_documented(found, documented) || is_covered(found, documented))
        };
        let accepted = found.filter(fits);
        if accepted.is_none() {
            self.refuse_media(media.to_vec());
        }
        accepted
    }

    fn refuse_media(&mut self, documented: Vec<&'static str>) {
        self.reads_body = true;
        if self.body.is_empty() && self.media_type().is_none() {
            self.refuse_body::<()>("$", "it is required".to_owned());
            return;
        }
        let found = self.media_type();
        self.refuse(Fault::MediaType { found, documented });
    }

    pub(super) fn refuse_body<T>(&mut self, path: &str, why: String) -> Option<T> {
        self.refuse(Fault::Body {
            path: path.to_owned(),
            why,
        });
        None
    }
}

/// Whether a media type is the documented one, with all parameters that the document has.
fn is_documented(found: &str, documented: &str) -> bool {
    let parameters = |media: &str| -> Vec<String> {
        let parameters = media.split(';').skip(1).map(str::trim);
        let encoded = parameters.filter(|parameter| !parameter.is_empty());
        encoded
            .map(|encoded| encoded.replace('"', "").to_ascii_lowercase())
            .collect()
    };
    let sent = parameters(found);
    essence(found).eq_ignore_ascii_case(essence(documented))
        && parameters(documented)
            .iter()
            .filter(|parameter| {
                !parameter.starts_with("boundary=") && !parameter.starts_with("charset=")
            })
            .all(|parameter| sent.contains(parameter))
}

/// Whether a media type is within a documented range.
fn is_covered(found: &str, documented: &str) -> bool {
    match essence(documented).strip_suffix('*') {
        Some("*/") | Some("") => true,
        Some(kind) => found
            .to_ascii_lowercase()
            .starts_with(&kind.to_ascii_lowercase()),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::inbound::tests::request;

    #[test]
    fn media_types_are_as_documented() {
        let documented = &["application/json; api-version=1.0"];
        for (sent, fits) in [
            ("application/json;api-version=1.0; charset=utf-8", true),
            ("application/json; api-version=2.0", false),
            ("application/json", false),
        ] {
            let mut request = request("/", &[("content-type", sent)], "1");
            assert_eq!(request.value::<i32>(documented).is_some(), fits, "{sent}");
        }
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let mut form = request("/", &form, "a=1&b=x");
        let kinds: &[&[_]] = &[
            &["application/json"],
            &["application/x-www-form-urlencoded"],
        ];
        assert_eq!(form.kind(kinds), Some(1));
        let value: Option<serde_json::Value> = form.value(&["application/x-www-form-urlencoded"]);
        assert_eq!(value, Some(json!({"a": 1, "b": "x"})));
    }
}
