//! The text of a reference, taken apart.

/// The target that a reference names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference<'a> {
    /// Something on another host, or by a scheme that names no file.
    Remote,
    /// A place in a document.
    Local {
        /// The document, relative to the one that holds the reference; empty for that one.
        file: &'a str,
        /// A JSON pointer, which is empty or starts with `/`, or the name of an anchor.
        fragment: &'a str,
    },
}

impl<'a> Reference<'a> {
    /// Takes `text` apart.
    pub(crate) fn parse(text: &'a str) -> Self {
        let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
        if has_scheme(file) || file.starts_with("//") {
            return Self::Remote;
        }
        Self::Local { file, fragment }
    }
}

/// Whether `text` starts with a scheme of two letters or more: one letter is a drive.
pub(super) fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Whether the value of a discriminator's mapping is a reference rather than the name of a schema.
pub(crate) fn is_reference(value: &str) -> bool {
    value.contains(['/', '#'])
        || [".yaml", ".yml", ".json"]
            .iter()
            .any(|end| value.ends_with(end))
}
