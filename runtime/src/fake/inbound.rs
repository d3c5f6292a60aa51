//! A request that is being read: the reverse of `RequestParts`.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE};
use http::request::Parts as Head;
use serde::de::DeserializeOwned;

use super::breach::{Breach, Place};
use super::multipart::Parts;
use super::pairs::Pairs;
use super::spelt::{Coding, Cut, Misspelt, Spelt, Text};
use crate::client::{
    Body, CookieStyle, HeaderStyle, PathStyle, QueryStyle, Trouble, essence, is_json, locate,
};

/// A request that is being read. What is wrong with it is noted, all of it at once.
#[derive(Debug)]
pub struct Inbound {
    pub(super) head: Head,
    path: Vec<(&'static str, String)>,
    pub(super) query: Pairs,
    pub(super) cookies: Pairs,
    body: Bytes,
    /// Whether the operation has a body.
    reads_body: bool,
    any_query: bool,
    breaches: Vec<Breach>,
}

impl Inbound {
    pub(super) fn new(head: Head, path: Vec<(&'static str, String)>, body: Bytes) -> Self {
        let text =
            |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let cookies: Vec<String> = head.headers.get_all(COOKIE).iter().map(text).collect();
        Self {
            query: Pairs::of_query(head.uri.query().unwrap_or_default()),
            cookies: Pairs::of_cookies(&cookies.join(";")),
            head,
            path,
            body,
            reads_body: false,
            any_query: false,
            breaches: Vec::new(),
        }
    }

    /// Reads a path parameter.
    pub fn path<T: DeserializeOwned>(&mut self, name: &'static str, style: PathStyle) -> Option<T> {
        let raw = self.path.iter().find(|(known, _)| *known == name);
        let spelt = raw.map_or(Ok(Spelt::Absent), |(_, raw)| in_path(name, raw, style));
        self.read(Place::Path, name, spelt)
    }

    /// Reads a query parameter; one that may be absent as an option.
    pub fn query<T: DeserializeOwned>(&mut self, name: &str, style: QueryStyle) -> Option<T> {
        let spelt = self.query.take(name, style);
        self.read(Place::Query, name, spelt)
    }

    /// Reads an object whose members are query parameters: those that are named, or all that no other parameter takes.
    pub fn query_members<T: DeserializeOwned>(
        &mut self,
        name: &str,
        members: &[&str],
    ) -> Option<T> {
        let spelt = self.query.take_members(members);
        self.read(Place::Query, name, Ok(spelt))
    }

    /// Lets the query have parameters that the document does not have: those of a link to another page are the
    /// server's own.
    pub fn any_query(&mut self) {
        self.any_query = true;
    }

    /// Reads a header; one that may be absent as an option.
    pub fn header<T: DeserializeOwned>(&mut self, name: &str, style: HeaderStyle) -> Option<T> {
        let lines = self.head.headers.get_all(name).iter();
        let lines: Vec<_> = lines
            .map(|line| String::from_utf8_lossy(line.as_bytes()))
            .collect();
        let raw = lines.join(",");
        let text = |cut| {
            Spelt::Text(Text {
                raw: raw.clone(),
                coding: Coding::Plain,
                cut,
            })
        };
        let spelt = match style {
            _ if lines.is_empty() => Ok(Spelt::Absent),
            HeaderStyle::Simple => Ok(text(Cut::Between(&[","]))),
            HeaderStyle::SimpleExploded => Ok(text(Cut::Pairs(&[","]))),
            HeaderStyle::Json => json(&raw),
        };
        self.read(Place::Header, name, spelt)
    }

    /// Reads a cookie; one that may be absent as an option.
    pub fn cookie<T: DeserializeOwned>(&mut self, name: &str, style: CookieStyle) -> Option<T> {
        let style = match style {
            CookieStyle::Form => QueryStyle::Form { explode: false },
            CookieStyle::FormExploded => QueryStyle::Form { explode: true },
            CookieStyle::Json => QueryStyle::Json,
        };
        let spelt = self.cookies.take(name, style);
        self.read(Place::Cookie, name, spelt)
    }

    /// Reads an object whose members are cookies.
    pub fn cookie_members<T: DeserializeOwned>(
        &mut self,
        name: &str,
        members: &[&str],
    ) -> Option<T> {
        let spelt = self.cookies.take_members(members);
        self.read(Place::Cookie, name, Ok(spelt))
    }

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

    /// Reads a body that is a value: JSON, or a form.
    pub fn value<T: DeserializeOwned>(&mut self, media: &[&'static str]) -> Option<T> {
        let found = self.accepted(media)?;
        if essence(&found).eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            let text = String::from_utf8_lossy(&self.body);
            return match Pairs::of_query(&text).into_form().read() {
                Ok(form) => Some(form),
                Err(Misspelt(why)) => self.refuse_body("$", why),
            };
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
        match Parts::cut(&found, &self.body, &mut self.breaches) {
            Ok(mut parts) => {
                let form = read(&mut parts);
                parts.finish();
                form
            }
            Err(why) => self.refuse_body("$", why.to_owned()),
        }
    }

    /// Notes that something is wrong.
    pub(super) fn refuse(&mut self, breach: Breach) {
        self.breaches.push(breach);
    }

    /// Everything that is wrong, with what nobody read.
    pub(super) fn finish(mut self) -> (Head, Vec<Breach>) {
        if !self.any_query {
            let left = self.query.left().map(|name| Breach::Parameter {
                place: Place::Query,
                name: name.to_owned(),
                why: "is not in the document".to_owned(),
            });
            self.breaches.extend(left);
        }
        if !self.reads_body && !self.body.is_empty() {
            self.refuse_body::<()>("$", "the document has no body".to_owned());
        }
        (self.head, self.breaches)
    }

    fn read<T: DeserializeOwned>(
        &mut self,
        place: Place,
        name: &str,
        spelt: Result<Spelt, Misspelt>,
    ) -> Option<T> {
        let read = spelt.and_then(|spelt| spelt.read());
        let refused = read.map_err(|error| {
            self.refuse(Breach::Parameter {
                place,
                name: name.to_owned(),
                why: error.0,
            });
        });
        refused.ok()
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
        self.refuse(Breach::MediaType { found, documented });
    }

    fn refuse_body<T>(&mut self, path: &str, why: String) -> Option<T> {
        self.refuse(Breach::Body {
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
        let spelt = parameters.filter(|parameter| !parameter.is_empty());
        spelt
            .map(|spelt| spelt.replace('"', "").to_ascii_lowercase())
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

fn json(raw: &str) -> Result<Spelt, Misspelt> {
    serde_json::from_str(raw)
        .map(Spelt::Json)
        .map_err(|error| Misspelt(format!("is no JSON: {error}")))
}

/// A path parameter by its style.
fn in_path(name: &str, raw: &str, style: PathStyle) -> Result<Spelt, Misspelt> {
    let text = |raw: &str, cut| {
        Spelt::Text(Text {
            raw: raw.to_owned(),
            coding: Coding::Percent,
            cut,
        })
    };
    let marked = |mark: &str| {
        let rest = raw.strip_prefix(mark);
        rest.ok_or_else(|| Misspelt(format!("does not start with `{mark}`")))
    };
    Ok(match style {
        PathStyle::Simple => text(raw, Cut::Between(&[","])),
        PathStyle::SimpleExploded => text(raw, Cut::Pairs(&[","])),
        PathStyle::Label => text(marked(".")?, Cut::Between(&[","])),
        PathStyle::LabelExploded => text(marked(".")?, Cut::Pairs(&["."])),
        PathStyle::Matrix => text(marked(&format!(";{name}="))?, Cut::Between(&[","])),
        PathStyle::MatrixExploded => return matrix(name, marked(";")?),
        PathStyle::Json => {
            let decoded = Text {
                raw: raw.to_owned(),
                coding: Coding::Percent,
                cut: Cut::Whole,
            };
            return json(&decoded.decoded()?);
        }
    })
}

/// `;name=a;name=b`, or `;k=v;l=w`.
fn matrix(name: &str, raw: &str) -> Result<Spelt, Misspelt> {
    let mut pairs = Pairs::of_matrix(raw);
    match pairs.take(name, QueryStyle::Form { explode: true })? {
        Spelt::Absent => Ok(pairs.take_members(&[])),
        found => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    fn request(uri: &str, headers: &[(&str, &str)], body: &str) -> Inbound {
        let mut request = http::Request::post(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (head, body) = request
            .body(Bytes::from(body.to_owned()))
            .unwrap()
            .into_parts();
        let path = vec![("id", "a%2Fb,c".to_owned()), ("m", ";m=1;m=2".to_owned())];
        Inbound::new(head, path, body)
    }

    #[test]
    fn parameters_are_read_where_they_travel() {
        let headers = [("x-ids", "1, 2"), ("cookie", "a=1; b=2")];
        let mut request = request("/?n=1,2&flag=true&rest=x", &headers, "");
        let list = |items: [&str; 2]| Some(items.map(str::to_owned).to_vec());
        assert_eq!(request.path("id", PathStyle::Simple), list(["a/b", "c"]));
        assert_eq!(
            request.path("m", PathStyle::MatrixExploded),
            Some(vec![1, 2])
        );
        let plain = QueryStyle::Form { explode: false };
        assert_eq!(request.query("n", plain), Some(vec![1, 2]));
        assert_eq!(request.query("flag", plain), Some(true));
        assert_eq!(request.query("none", plain), Some(None::<i32>));
        assert_eq!(
            request.header("X-Ids", HeaderStyle::Simple),
            Some(vec![1, 2])
        );
        assert_eq!(request.cookie("b", CookieStyle::Form), Some(2));
        let rest = BTreeMap::from([("rest".to_owned(), "x".to_owned())]);
        assert_eq!(request.query_members("filter", &[]), Some(rest));
        assert_eq!(request.finish().1, []);
    }

    #[test]
    fn everything_that_is_wrong_is_noted() {
        let mut request = request("/?n=x&m=1", &[], "{}");
        let plain = QueryStyle::Form { explode: true };
        assert_eq!(request.query::<i32>("n", plain), None);
        assert_eq!(request.header::<String>("X-Id", HeaderStyle::Simple), None);
        assert_eq!(request.value::<i32>(&["application/json"]), None);
        let lines: Vec<_> = request.finish().1.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "query parameter `n` is not an integer that fits",
                "header `X-Id` is required",
                "the body is of no media type instead of application/json",
                "query parameter `m` is not in the document",
            ]
        );
    }

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
