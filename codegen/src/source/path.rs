//! Paths of documents below the root of a run.

use std::fmt;
use std::sync::Arc;

/// The path of a document below the root of a run: `/`-separated, normalised, never absolute, never with `..`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentPath(Arc<str>);

/// Why text names no document below the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathError {
    /// It names nothing: it is empty or the root itself.
    Empty,
    /// It starts at the root of a file system or names a drive.
    Absolute,
    /// Its `..` lead out of the root.
    Escapes,
    /// It holds a backslash, which is a separator on some machines and part of a name on others.
    Backslash,
    /// It holds a NUL or another control character.
    Control,
    /// A percent sign is not followed by two hexadecimal digits, or what they spell is not UTF-8.
    Percent,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it names no file",
            Self::Absolute => "it is absolute",
            Self::Escapes => "it leads out of the root folder",
            Self::Backslash => "it holds a backslash",
            Self::Control => "it holds a control character",
            Self::Percent => "its percent-encoding is broken",
        })
    }
}

impl std::error::Error for PathError {}

impl DocumentPath {
    /// Takes a path as a file system spells it and normalises it.
    ///
    /// # Errors
    /// If it is empty, absolute, leads out of the root, or holds a backslash or a control character.
    pub fn new(path: &str) -> Result<Self, PathError> {
        Self::normalise("", path)
    }

    /// The document that `reference`, the part of a reference before `#`, names when it stands in this document.
    ///
    /// # Errors
    /// Like [`DocumentPath::new`], or if its percent-encoding is broken.
    pub fn join(&self, reference: &str) -> Result<Self, PathError> {
        let path = percent_decoded(reference).ok_or(PathError::Percent)?;
        let folder = self.0.rfind('/').map_or("", |at| &self.0[..at]);
        Self::normalise(folder, &path)
    }

    fn normalise(folder: &str, path: &str) -> Result<Self, PathError> {
        if path.contains('\\') {
            return Err(PathError::Backslash);
        }
        if path.chars().any(char::is_control) {
            return Err(PathError::Control);
        }
        if path.starts_with('/') || is_drive(path) {
            return Err(PathError::Absolute);
        }
        let mut segments: Vec<&str> = Vec::new();
        for segment in folder.split('/').chain(path.split('/')) {
            match segment {
                "" | "." => {}
                ".." => {
                    segments.pop().ok_or(PathError::Escapes)?;
                }
                name => segments.push(name),
            }
        }
        if segments.is_empty() || path.is_empty() {
            return Err(PathError::Empty);
        }
        Ok(Self(segments.join("/").into()))
    }

    /// The path, `/`-separated.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file's name without its folder and its last extension: `mfa_provider` of `spec/mfa_provider.yaml`.
    pub fn stem(&self) -> &str {
        let name = self.0.rsplit('/').next().unwrap_or_default();
        match name.rfind('.') {
            Some(at) if at > 0 => &name[..at],
            _ => name,
        }
    }
}

fn is_drive(path: &str) -> bool {
    let mut chars = path.chars();
    chars
        .next()
        .is_some_and(|letter| letter.is_ascii_alphabetic())
        && chars.next() == Some(':')
}

/// `text` with each `%` and two hexadecimal digits replaced by the byte they spell; none if that is no UTF-8.
pub(crate) fn percent_decoded(text: &str) -> Option<std::borrow::Cow<'_, str>> {
    if !text.contains('%') {
        return Some(text.into());
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let (high, low) = (digit()?, digit()?);
            decoded.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    String::from_utf8(decoded).ok().map(Into::into)
}
