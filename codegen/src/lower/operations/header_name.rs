//! Names of headers as documents write them, with more around them than a name.

use super::parameter::is_token;

/// The meaning of text that stands for the name of a header, and is more than that.
#[derive(Debug, PartialEq)]
pub(super) enum HeaderName {
    /// A name with a colon or white space around it.
    Key(String),
    /// `Authorization` with a scheme behind it, as in `Authorization: Bearer <token>`.
    Http(String),
}

impl HeaderName {
    /// The one meaning of `text`; nothing if it has none, or several.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let (name, rest) = text
            .split_once(|c: char| c == ':' || c.is_whitespace())
            .unwrap_or((text, ""));
        let rest = rest.trim_matches(|c: char| c == ':' || c.is_whitespace());
        if !is_token(name) {
            return None;
        }
        if rest.is_empty() {
            return Some(Self::Key(name.to_owned()));
        }
        let (scheme, value) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let value = value.trim();
        let is_placeholder = value.is_empty()
            || [('<', '>'), ('{', '}'), ('[', ']')]
                .iter()
                .any(|(open, close)| value.starts_with(*open) && value.ends_with(*close));
        let is_scheme = is_token(scheme) && is_placeholder;
        (is_scheme && name.eq_ignore_ascii_case("authorization"))
            .then(|| Self::Http(scheme.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::HeaderName;

    #[test]
    fn names_of_headers_are_read_where_they_have_one_meaning() {
        let key = |name: &str| Some(HeaderName::Key(name.to_owned()));
        let http = |scheme: &str| Some(HeaderName::Http(scheme.to_owned()));
        for (text, expected) in [
            ("X-API-Key ", key("X-API-Key")),
            ("X-API-Key:", key("X-API-Key")),
            ("Authorization: Bearer", http("Bearer")),
            ("authorization: Token <token>", http("Token")),
            ("Authorization Bearer {token}", http("Bearer")),
            ("Authorization: Bearer : ", http("Bearer")),
            ("Authorization: Bearer or Token", None),
            ("X-API-Key: secret", None),
            ("the key", None),
            ("", None),
        ] {
            assert_eq!(HeaderName::of(text), expected, "{text}");
        }
    }
}
