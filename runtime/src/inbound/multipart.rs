//! Multipart bodies, cut into their parts.

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::encoded::{Coding, Cut, DecodeError, EncodedValue, Text};
use super::fault::{Fault, Place};
use super::parameters::header_value;
use crate::client::{FilePart, HeaderStyle, essence, is_json};

/// The parts of a multipart body, each taken by the field that it belongs to.
#[derive(Debug)]
pub struct Parts<'a> {
    parts: Vec<Part>,
    faults: &'a mut Vec<Fault>,
}

#[derive(Debug)]
struct Part {
    name: String,
    file: Option<String>,
    media: Option<String>,
    headers: Vec<(String, String)>,
    content: Bytes,
}

impl<'a> Parts<'a> {
    /// Cuts a body at the boundary that its media type has.
    pub(super) fn cut(
        media: &str,
        body: &Bytes,
        faults: &'a mut Vec<Fault>,
    ) -> Result<Self, &'static str> {
        let boundary = attribute(media, "boundary").ok_or("its media type has no boundary")?;
        let mark = format!("\r\n--{boundary}");
        // The first boundary may stand at the very start.
        let text = [b"\r\n", body.as_ref()].concat();
        let text = Bytes::from(text);
        let mut at = find(&text, mark.as_bytes()).ok_or("it has no boundary")?;
        let mut parts = Vec::new();
        loop {
            let start = at.saturating_add(mark.len());
            let rest = text.slice(start.min(text.len())..);
            if rest.starts_with(b"--") {
                return Ok(Self { parts, faults });
            }
            let end = find(&rest, mark.as_bytes()).ok_or("it ends without a boundary")?;
            let named = essence(media).eq_ignore_ascii_case("multipart/form-data");
            let position = (!named).then_some(parts.len());
            parts.push(Part::read(&rest.slice(..end), position)?);
            at = start.saturating_add(end);
        }
    }

    /// Takes a file; one that may be absent: see [`optional_file`](Self::optional_file).
    pub fn file(&mut self, name: &str) -> Option<FilePart> {
        let file = self.optional_file(name)?;
        if file.is_none() {
            self.refuse(name, "is required".to_owned());
        }
        file
    }

    /// Takes a file that may be absent.
    pub fn optional_file(&mut self, name: &str) -> Option<Option<FilePart>> {
        let mut files = self.take(name).into_iter().map(Part::into_file);
        let first = files.next();
        if files.next().is_some() {
            self.refuse(name, "is sent more than once".to_owned());
            return None;
        }
        Some(first)
    }

    /// Takes all files under a name.
    pub fn files(&mut self, name: &str) -> Option<Vec<FilePart>> {
        Some(self.take(name).into_iter().map(Part::into_file).collect())
    }

    /// Takes all parts that nobody else took, by their names.
    pub fn others(&mut self) -> Option<Vec<(String, FilePart)>> {
        let all = std::mem::take(&mut self.parts).into_iter();
        Some(
            all.map(|part| (part.name.clone(), part.into_file()))
                .collect(),
        )
    }

    /// Reads a part that is text, or several under one name; what may be absent as an option.
    pub fn text<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let texts = self.take(name).into_iter().map(|part| {
            String::from_utf8(part.content.to_vec())
                .map(|raw| {
                    EncodedValue::Text(Text {
                        raw,
                        coding: Coding::Plain,
                        cut: Cut::Repeated,
                    })
                })
                .map_err(|_| DecodeError("is not UTF-8".to_owned()))
        });
        let encoded = texts
            .collect::<Result<Vec<_>, _>>()
            .map(|mut texts| match texts.len() {
                0 => EncodedValue::Absent,
                1 => texts.pop().unwrap_or(EncodedValue::Absent),
                _ => EncodedValue::List(texts),
            });
        self.read(name, encoded)
    }

    /// Reads a part as what it is, JSON or text; one that may be absent as an option.
    pub fn json<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let mut parts = self.take(name).into_iter();
        let encoded = match (parts.next(), parts.next()) {
            (None, _) => Ok(EncodedValue::Absent),
            (Some(part), None) => part.value(),
            _ => Err(DecodeError("is sent more than once".to_owned())),
        };
        self.read(name, encoded)
    }

    /// Reads a header of the parts of a name, before they are taken; one that may be absent as an option.
    pub fn header<T: DeserializeOwned>(
        &mut self,
        part: &str,
        name: &str,
        style: HeaderStyle,
    ) -> Option<T> {
        let mut ours = self.parts.iter().filter(|known| known.name == part);
        let raw = ours.find_map(|part| part.header(name)).map(str::to_owned);
        let encoded = match raw {
            Some(raw) => header_value(raw, style),
            None => Ok(EncodedValue::Absent),
        };
        self.read(&format!("{part} {name}"), encoded)
    }

    /// Reads parts that are items of a list, each as what it is; what may be absent as an option.
    pub fn json_items<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let items: Result<Vec<EncodedValue>, DecodeError> =
            self.take(name).into_iter().map(Part::value).collect();
        let encoded = items.map(|items| match items.is_empty() {
            true => EncodedValue::Absent,
            false => EncodedValue::List(items),
        });
        self.read(name, encoded)
    }

    /// Notes parts that nobody took.
    pub(super) fn finish(mut self) {
        for part in std::mem::take(&mut self.parts) {
            self.refuse(&part.name, "is not in the document".to_owned());
        }
    }

    fn take(&mut self, name: &str) -> Vec<Part> {
        let all = std::mem::take(&mut self.parts);
        let (ours, others) = all.into_iter().partition(|part| part.name == name);
        self.parts = others;
        ours
    }

    fn read<T: DeserializeOwned>(
        &mut self,
        name: &str,
        encoded: Result<EncodedValue, DecodeError>,
    ) -> Option<T> {
        match encoded.and_then(|encoded| encoded.read()) {
            Ok(value) => Some(value),
            Err(error) => {
                self.refuse(name, error.0);
                None
            }
        }
    }

    fn refuse(&mut self, name: &str, why: String) {
        self.faults.push(Fault::Parameter {
            place: Place::Part,
            name: name.to_owned(),
            why,
        });
    }
}

impl Part {
    /// Reads a part. Where parts have no names, it is called by its position.
    fn read(text: &Bytes, position: Option<usize>) -> Result<Self, &'static str> {
        let end = find(text, b"\r\n\r\n").ok_or("a part has no end of its headers")?;
        let head = String::from_utf8_lossy(&text.slice(..end)).into_owned();
        let headers = head.lines().filter_map(|line| line.split_once(':'));
        let headers =
            headers.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
        let mut part = Self {
            name: String::new(),
            file: None,
            media: None,
            headers: headers.collect(),
            content: text.slice(end.saturating_add(4).min(text.len())..),
        };
        let disposition = part.header("content-disposition").unwrap_or_default();
        let name = attribute(disposition, "name").or(position.map(|at| at.to_string()));
        let file = attribute(disposition, "filename");
        part.media = part.header("content-type").map(str::to_owned);
        part.name = name.ok_or("a part has no name")?;
        part.file = file;
        Ok(part)
    }

    fn header(&self, wanted: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.as_str())
    }

    /// The value of a part: text, JSON, or a multipart body whose parts are the members of an object.
    fn value(self) -> Result<EncodedValue, DecodeError> {
        let media = self.media.unwrap_or_default();
        // A part without a media type is text, but for JSON that some callers send so.
        let is_nested = self.content.trim_ascii_start().starts_with(b"{")
            || self.content.trim_ascii_start().starts_with(b"[");
        let is_text = match essence(&media) {
            "" => !is_nested,
            media => media.eq_ignore_ascii_case("text/plain"),
        };
        if is_text {
            let raw = String::from_utf8(self.content.to_vec());
            let raw = raw.map_err(|_| DecodeError("is not UTF-8".to_owned()))?;
            return Ok(EncodedValue::Text(Text {
                raw,
                coding: Coding::Plain,
                cut: Cut::Repeated,
            }));
        }
        if !media.to_ascii_lowercase().starts_with("multipart/") {
            return serde_json::from_slice(&self.content)
                .map(EncodedValue::Json)
                .map_err(|error| DecodeError(format!("is not JSON: {error}")));
        }
        let mut faults = Vec::new();
        let inner = Parts::cut(&media, &self.content, &mut faults)
            .map_err(|why| DecodeError(format!("is not a multipart body: {why}")))?;
        let mut members: Vec<(String, Vec<EncodedValue>)> = Vec::new();
        for part in inner.parts {
            let media = part.media.as_deref();
            let value = match media.is_some_and(|media| is_json(essence(media))) {
                true => serde_json::from_slice(&part.content)
                    .map(EncodedValue::Json)
                    .map_err(|error| DecodeError(format!("is not JSON: {error}")))?,
                false => EncodedValue::Text(Text {
                    raw: String::from_utf8(part.content.to_vec())
                        .map_err(|_| DecodeError("is not UTF-8".to_owned()))?,
                    coding: Coding::Plain,
                    cut: Cut::Repeated,
                }),
            };
            match members.iter_mut().find(|(name, _)| *name == part.name) {
                Some((_, values)) => values.push(value),
                None => members.push((part.name, vec![value])),
            }
        }
        let members = members.into_iter().map(|(name, mut values)| {
            let value = match values.len() {
                1 => values.pop().unwrap_or(EncodedValue::Absent),
                _ => EncodedValue::List(values),
            };
            (name, value)
        });
        Ok(EncodedValue::Members(members.collect()))
    }

    fn into_file(self) -> FilePart {
        let mut file = FilePart::new(self.content);
        if let Some(name) = self.file {
            file = file.file_name(name);
        }
        match self.media {
            Some(media) => file.media_type(media),
            None => file,
        }
    }
}

/// An attribute of a header: `name="value"`, with the escapes that browsers use.
fn attribute(header: &str, wanted: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once(';') {
        rest = after.trim_start();
        let (name, value) = rest.split_once('=')?;
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => value.split_at(value.find(';').unwrap_or(value.len())),
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            let plain = value.replace("%22", "\"").replace("%0D", "\r");
            return Some(plain.replace("%0A", "\n").trim_end().to_owned());
        }
        rest = after;
    }
    None
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len().max(1))
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEDIA: &str = "multipart/form-data; boundary=B";

    fn body(text: &str) -> Bytes {
        Bytes::from(text.replace('\n', "\r\n"))
    }

    #[test]
    fn parts_are_taken_by_name() {
        let body = body(
            "--B\nContent-Disposition: form-data; name=\"n\"\n\n1\n\
             --B\nContent-Disposition: form-data; name=\"n\"\n\n2\n\
             --B\nContent-Disposition: form-data; name=\"f\"; filename=\"a%22;b\"\nContent-Type: text/plain\n\n\na--B\n\n\
             --B\nContent-Disposition: form-data; name=j\n\n{\"a\": 1}\n--B--\n",
        );
        let mut faults = Vec::new();
        let mut parts = Parts::cut(MEDIA, &body, &mut faults).unwrap();
        assert_eq!(parts.text("n"), Some(vec![1, 2]));
        assert_eq!(parts.text("none"), Some(None::<String>));
        let expected = FilePart::new("\r\na--B\r\n")
            .file_name("a\";b")
            .media_type("text/plain");
        assert_eq!(parts.file("f"), Some(expected));
        assert_eq!(parts.optional_file("g"), Some(None));
        let json: Option<serde_json::Value> = parts.json("j");
        assert_eq!(json, Some(serde_json::json!({"a": 1})));
        parts.finish();
        assert_eq!(faults, []);
    }

    #[test]
    fn what_is_no_multipart_body_is_refused() {
        for text in ["", "--B\n", "--B\nX: 1\n--B--", "--B\n\n\n--B--"] {
            assert!(
                Parts::cut(MEDIA, &body(text), &mut Vec::new()).is_err(),
                "{text}"
            );
        }
        let one = body("--B\nContent-Disposition: form-data; name=\"n\"\n\n1\n--B--");
        let mut faults = Vec::new();
        let parts = Parts::cut(MEDIA, &one, &mut faults).unwrap();
        parts.finish();
        assert_eq!(faults[0].to_string(), "part `n` is not in the document");
    }
}
