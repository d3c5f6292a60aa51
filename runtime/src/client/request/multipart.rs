//! Multipart bodies: values and files, streamed.

use serde::Serialize;
use serde_json::Value;

use super::file_part::FilePart;
use super::flattened::{Nested, text, value};
use super::parameters::spell_header;
use super::part::Part;
use super::{HeaderStyle, RequestError};
use crate::client::Body;
use crate::client::chance;
use crate::{Secret, json, wire};

/// A multipart body under construction.
#[derive(Debug, Default)]
pub struct Multipart {
    parts: Vec<Part>,
    secrets: Vec<Secret<String>>,
    /// Parts are told apart by their positions, and have no names.
    positional: bool,
    /// Headers of parts that are still to be added, by the names of the parts.
    headers: Vec<(String, (String, String))>,
}

impl Multipart {
    /// A body without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// A body whose parts are told apart by their positions: `multipart/mixed` and its kin.
    pub fn positional() -> Self {
        Self {
            positional: true,
            ..Self::default()
        }
    }

    pub(super) fn add_secrets(&mut self, secrets: Vec<Secret<String>>) {
        self.secrets.extend(secrets);
    }

    /// Adds a plain value as text; `None` and `null` are left out, a list becomes a part for each item. What is nested
    /// is JSON.
    ///
    /// # Errors
    /// When the value has no JSON form.
    pub fn text<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        field: &T,
    ) -> Result<(), RequestError> {
        self.text_as(name, None, field)
    }

    /// Adds a plain value as text of a media type.
    ///
    /// # Errors
    /// When the value has no JSON form.
    pub fn text_as<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        media: Option<&str>,
        field: &T,
    ) -> Result<(), RequestError> {
        let (json, secrets) = value(name, field)?;
        self.secrets.extend(secrets);
        let items = match json {
            Value::Array(items) => items,
            one => vec![one],
        };
        for item in items {
            let media = match &item {
                Value::Array(_) | Value::Object(_) => media.or(Some("application/json")),
                _ => media,
            };
            if let Some(text) = text(name, item, Nested::Json)? {
                self.push(name, None, media.map(str::to_owned), text.into());
            }
        }
        Ok(())
    }

    /// Gives a header to each part of this name that is added after it; `None`, `null` and what is empty are left out.
    ///
    /// # Errors
    /// When HTTP does not allow the value, it is nested, or an item has a comma.
    pub fn header<T: Serialize + ?Sized>(
        &mut self,
        part: &str,
        name: &str,
        style: HeaderStyle,
        field: &T,
    ) -> Result<(), RequestError> {
        let (json, secrets) = value(name, field)?;
        self.secrets.extend(secrets);
        if let Some(text) = spell_header(name, style, json)? {
            self.headers
                .push((part.to_owned(), (name.to_owned(), text)));
        }
        Ok(())
    }

    /// Adds a value as what it is: a plain one as text, all else as JSON; `None` and `null` are left out.
    ///
    /// # Errors
    /// When the value has no JSON form.
    pub fn json<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        field: &T,
    ) -> Result<(), RequestError> {
        let (json, secrets) = value(name, field)?;
        self.secrets.extend(secrets);
        self.push_value(name, json)
    }

    /// Adds a part for each item of a list, a plain one as text, all else as JSON; `None` and `null` are left out.
    ///
    /// # Errors
    /// When the value has no JSON form.
    pub fn items<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        items: &T,
    ) -> Result<(), RequestError> {
        let (json, secrets) = value(name, items)?;
        self.secrets.extend(secrets);
        match json {
            Value::Array(items) => {
                let mut items = items.into_iter();
                items.try_for_each(|item| self.push_value(name, item))
            }
            one => self.push_value(name, one),
        }
    }

    fn push_value(&mut self, name: &str, value: Value) -> Result<(), RequestError> {
        let media = match &value {
            Value::Array(_) | Value::Object(_) => Some("application/json".to_owned()),
            _ => None,
        };
        if let Some(text) = text(name, value, Nested::Json)? {
            self.push(name, None, media, text.into());
        }
        Ok(())
    }

    /// Adds a value as JSON of a media type of its own.
    ///
    /// # Errors
    /// When the value has no JSON form.
    pub fn json_as<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        media: &str,
        field: &T,
    ) -> Result<(), RequestError> {
        let (json, secrets) = wire::collecting(|| json::to_vec(field));
        self.secrets.extend(secrets);
        let json = json.map_err(|error| RequestError::Body(error.to_string()))?;
        if json != b"null" {
            self.push(name, None, Some(media.to_owned()), json.into());
        }
        Ok(())
    }

    /// Adds a part of this media type for each item of a list, as JSON; `None` and `null` are left out.
    ///
    /// # Errors
    /// When the value has no JSON form.
    pub fn json_items<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        media: &str,
        items: &T,
    ) -> Result<(), RequestError> {
        let (json, secrets) = value(name, items)?;
        self.secrets.extend(secrets);
        let items = match json {
            Value::Array(items) => items,
            Value::Null => Vec::new(),
            one => vec![one],
        };
        for item in items {
            let text = json::text(&item);
            self.push(name, None, Some(media.to_owned()), text.into());
        }
        Ok(())
    }

    /// Adds a file.
    pub fn file(&mut self, name: &str, file: &FilePart) {
        self.file_as(name, "application/octet-stream", file);
    }

    /// Adds a file, of the media type `media` unless it has one of its own.
    pub fn file_as(&mut self, name: &str, media: &str, file: &FilePart) {
        let media = file.media.clone().unwrap_or_else(|| media.to_owned());
        let file_name = file.name.clone().unwrap_or_else(|| name.to_owned());
        self.push(name, Some(file_name), Some(media), file.body.clone());
        self.head(&file.headers);
    }

    /// Adds content that the caller has written, of the media type `media` unless it has one of its own.
    pub fn raw(&mut self, name: &str, media: &str, content: &FilePart) {
        let media = content.media.clone().unwrap_or_else(|| media.to_owned());
        self.push(
            name,
            content.name.clone(),
            Some(media),
            content.body.clone(),
        );
        self.head(&content.headers);
    }

    /// Adds a part of which the document does not say what it is: a file if it has a file's name, else of the media type
    /// that it has, else plain text.
    pub fn part(&mut self, name: &str, part: &FilePart) {
        self.part_as(name, "application/octet-stream", part);
    }

    /// The same, where a file is of the media type `media` unless it has one of its own.
    pub fn part_as(&mut self, name: &str, media: &str, part: &FilePart) {
        let of_file = || part.name.is_some().then(|| media.to_owned());
        let media = part.media.clone().or_else(of_file);
        self.push(name, part.name.clone(), media, part.body.clone());
        self.head(&part.headers);
    }

    /// Gives headers to the part that was added last.
    fn head(&mut self, headers: &[(String, String)]) {
        if let Some(part) = self.parts.last_mut() {
            part.headers.extend_from_slice(headers);
        }
    }

    pub(super) fn push(
        &mut self,
        name: &str,
        file: Option<String>,
        media: Option<String>,
        body: Body,
    ) {
        let headers = self.headers.iter().filter(|(part, _)| part == name);
        self.parts.push(Part {
            name: name.to_owned(),
            file,
            media,
            headers: headers.map(|(_, header)| header.clone()).collect(),
            body,
        });
    }

    /// The whole body, with its media type.
    pub(super) fn finish(
        self,
        media: &'static str,
    ) -> Result<(String, Body, Vec<Secret<String>>), RequestError> {
        let boundary = format!("countersign-{:016x}{:016x}", chance::bits(), chance::bits());
        let mut bodies = Vec::with_capacity(self.parts.len().saturating_mul(3));
        for part in self.parts {
            bodies.push(Body::from(part.head(&boundary, self.positional)?));
            bodies.push(part.body);
            bodies.push(Body::from("\r\n"));
        }
        bodies.push(Body::from(format!("--{boundary}--\r\n")));
        let body = match bodies
            .iter()
            .map(Body::as_bytes)
            .collect::<Option<Vec<_>>>()
        {
            Some(in_memory) => Body::from(in_memory.concat()),
            None => Body::chain(bodies),
        };
        // A boundary in the document is an example of one; all else that it says of the type is kept.
        let told = media.split(';').map(str::trim);
        let told = told.filter(|part| !part.to_ascii_lowercase().starts_with("boundary="));
        let told: Vec<&str> = told.filter(|part| !part.is_empty()).collect();
        let media = format!("{}; boundary={boundary}", told.join("; "));
        Ok((media, body, self.secrets))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_written_in_order() {
        let mut form = Multipart::new();
        form.text("n", &[1, 2]).unwrap();
        form.text("none", &None::<i32>).unwrap();
        form.json("j", &serde_json::json!({"a": 1})).unwrap();
        form.file(
            "f",
            &FilePart::new("abc")
                .file_name("a\"\r\nb.txt")
                .media_type("text/plain")
                .header("X-Part", "1"),
        );
        form.json_items("o", "application/json", &[serde_json::json!({"b": 2.0})])
            .unwrap();
        form.part("p", &FilePart::new("plain"));
        form.part("q", &FilePart::new("named").file_name("q.bin"));
        form.part_as("r", "image/png", &FilePart::new("plain"));
        form.part_as("r", "image/png", &FilePart::new("x").file_name("r.png"));
        let (media, body, _) = form.finish("multipart/form-data; boundary=x").unwrap();
        let boundary = media
            .strip_prefix("multipart/form-data; boundary=")
            .unwrap();
        let text = String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap();
        let expected = "--B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n\
             --B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n2\r\n\
             --B\r\nContent-Disposition: form-data; name=\"j\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a%22%0D%0Ab.txt\"\r\nContent-Type: text/plain\r\nX-Part: 1\r\n\r\nabc\r\n\
             --B\r\nContent-Disposition: form-data; name=\"o\"\r\nContent-Type: application/json\r\n\r\n{\"b\":2}\r\n\
             --B\r\nContent-Disposition: form-data; name=\"p\"\r\n\r\nplain\r\n\
             --B\r\nContent-Disposition: form-data; name=\"q\"; filename=\"q.bin\"\r\nContent-Type: application/octet-stream\r\n\r\nnamed\r\n\
             --B\r\nContent-Disposition: form-data; name=\"r\"\r\n\r\nplain\r\n\
             --B\r\nContent-Disposition: form-data; name=\"r\"; filename=\"r.png\"\r\nContent-Type: image/png\r\n\r\nx\r\n\
             --B--\r\n";
        assert_eq!(text.replace(boundary, "B"), expected);
    }

    #[test]
    fn a_streamed_file_keeps_the_length_known() {
        let mut form = Multipart::new();
        form.file(
            "f",
            &FilePart::new(Body::from_source(|| Body::from("abc")).with_length(3)),
        );
        let (_, body, _) = form.finish("multipart/form-data").unwrap();
        assert!(body.as_bytes().is_none());
        assert!(body.length().is_some_and(|length| length > 3));
        for bad in [
            FilePart::new("x").media_type("a\r\nb"),
            FilePart::new("x").header("X-Part", "a\r\nb"),
            FilePart::new("x").header("X Part", "a"),
        ] {
            let mut form = Multipart::new();
            form.file("f", &bad);
            assert!(form.finish("multipart/form-data").is_err());
        }
    }
}
