//! Calls that send a parameter or a body otherwise than its type says.

use serde::Serialize;

use super::body::Body;
use super::call::Call;

impl<O> Call<'_, O> {
    /// Sends a query parameter with this text, in place of what the operation sends under that name. It may be given
    /// several times, and the document need not have it.
    pub fn query_text(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        let overrides = &mut self.options.overrides;
        overrides.query(name.into(), text.into());
        self
    }

    /// Sends this value as JSON, in place of the body that the operation has. The document need not have one.
    pub fn json_body<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        self.options.overrides.json_body(value);
        self
    }

    /// Sends this body in place of the one that the operation has. The document need not have one. Its media type is that
    /// of the operation's body, or the header `Content-Type` of [`header`](Self::header).
    pub fn raw_body(mut self, body: impl Into<Body>) -> Self {
        self.options.overrides.raw_body(body.into());
        self
    }

    /// Sends this text for a parameter of the path, percent-encoded, in place of what the operation sends for it.
    pub fn path_segment(mut self, name: impl Into<String>, text: &str) -> Self {
        self.options.overrides.segment(name.into(), text);
        self
    }

    /// Sends this text for a parameter of the path as it is: it may have slashes and escapes of its own. What no path
    /// can have, and what would lead out of it (`..`), is refused when the call is sent.
    pub fn raw_path_segment(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        let overrides = &mut self.options.overrides;
        overrides.raw_segment(name.into(), text.into());
        self
    }
}
