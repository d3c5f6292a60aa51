//! A part of a multipart body.

use http::header::{HeaderName, HeaderValue};

use super::RequestError;
use crate::client::Body;

/// A part, and what its head says.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) file: Option<String>,
    pub(super) media: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Body,
}

impl Part {
    /// The lines before its content.
    pub(super) fn head(&self, boundary: &str, positional: bool) -> Result<String, RequestError> {
        // A field of a form is plain text unless it says otherwise, and some servers take no other media type for one.
        let unsaid = if positional {
            "text/plain; charset=utf-8"
        } else {
            ""
        };
        let media = self.media.as_deref().unwrap_or(unsaid);
        if media.bytes().any(|byte| byte.is_ascii_control()) {
            return Err(RequestError::Body(
                "a part's media type has control characters".to_owned(),
            ));
        }
        let mut headers = String::new();
        for (name, value) in &self.headers {
            let is_legal = HeaderName::from_bytes(name.as_bytes()).is_ok()
                && HeaderValue::from_str(value).is_ok();
            if !is_legal {
                return Err(RequestError::Header { name: name.clone() });
            }
            headers.extend([name, ": ", value, "\r\n"]);
        }
        let file = match &self.file {
            Some(file) => format!("; filename=\"{}\"", quoted(file)),
            None => String::new(),
        };
        let name = quoted(&self.name);
        let own_file = self.file.as_ref().is_some_and(|file| *file != self.name);
        let disposition = match positional {
            true if own_file => format!("Content-Disposition: attachment{file}\r\n"),
            true => String::new(),
            false => format!("Content-Disposition: form-data; name=\"{name}\"{file}\r\n"),
        };
        let media = match media {
            "" => String::new(),
            media => format!("Content-Type: {media}\r\n"),
        };
        Ok(format!("--{boundary}\r\n{disposition}{media}{headers}\r\n"))
    }
}

/// The escapes that browsers use for names in `Content-Disposition`.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
