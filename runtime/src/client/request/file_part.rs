//! Files in multipart bodies.

use crate::client::Body;

/// A file in a multipart body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FilePart {
    pub(super) body: Body,
    pub(super) name: Option<String>,
    pub(super) media: Option<String>,
    pub(super) headers: Vec<(String, String)>,
}

impl FilePart {
    /// A file with this content.
    pub fn new(content: impl Into<Body>) -> Self {
        Self {
            body: content.into(),
            ..Self::default()
        }
    }

    /// The name that the server is told.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The media type that the server is told.
    #[must_use]
    pub fn media_type(mut self, media: impl Into<String>) -> Self {
        self.media = Some(media.into());
        self
    }

    /// Adds a header of its own to the part.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Its content.
    pub const fn content(&self) -> &Body {
        &self.body
    }

    /// The name that the server is told, if it is told one.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The media type that the server is told, if it is told one.
    pub fn media(&self) -> Option<&str> {
        self.media.as_deref()
    }
}

impl From<Body> for FilePart {
    fn from(body: Body) -> Self {
        Self::new(body)
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(content: Vec<u8>) -> Self {
        Self::new(content)
    }
}
