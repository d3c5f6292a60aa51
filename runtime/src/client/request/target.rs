//! Where a request goes: the base URL and the operation's path, joined and checked.

use bytes::Bytes;
use http::Uri;
use url::{Position, Url};

use super::RequestError;

/// Joins a base URL (whose path is a prefix, without its trailing slash) with a path and a query, both encoded.
///
/// Scheme, host and port are those of the base URL, for what follows them starts with a slash. The rest is checked against
/// what a URL parser would change: dot segments in any spelling, characters that end the path or the query, and any that
/// it would encode. Whatever a parameter holds, it cannot change the path around it, and a transport that reads the URL
/// again reads the same one.
pub(crate) fn join(base: &Url, path: &str, query: &str) -> Result<Uri, RequestError> {
    let prefix = base.path().trim_end_matches('/');
    let slash = if path.is_empty() || path.starts_with('/') {
        ""
    } else {
        "/"
    };
    let origin = &base[..Position::BeforePath];
    let mark = if query.is_empty() { "" } else { "?" };
    let refused = |why| Err(RequestError::Target(why));
    if !path.bytes().all(is_path_byte) || has_dot_segment(path) {
        return refused("has another path than the document describes");
    }
    if !query.bytes().all(is_query_byte) {
        return refused("has another query than the document describes");
    }
    let text = [origin, prefix, slash, path, mark, query].concat();
    Uri::from_maybe_shared(Bytes::from(text)).or_else(|_| refused("is too long or not valid"))
}

/// Adds pairs to the query of a URL.
pub(crate) fn extend_query(uri: &Uri, pairs: &str) -> Result<Uri, RequestError> {
    let mark = if uri.query().is_some() { '&' } else { '?' };
    let text = format!("{uri}{mark}{pairs}");
    Uri::from_maybe_shared(Bytes::from(text))
        .map_err(|_| RequestError::Target("is too long or not valid"))
}

/// The characters of a path that stay as they are: the unreserved and sub-delimiters, `:`, `@`, `/` and escapes.
const fn is_path_byte(byte: u8) -> bool {
    matches!(
        byte,
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&'
            | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' | b'/' | b'%'
    )
}

/// In a query also `?`, `[`, `]` and `|`, which URL parsers leave alone.
const fn is_query_byte(byte: u8) -> bool {
    is_path_byte(byte) && byte != b'\'' || matches!(byte, b'?' | b'[' | b']' | b'|')
}

/// Most paths have neither dots nor escapes.
fn has_dot_segment(path: &str) -> bool {
    path.bytes().any(|byte| matches!(byte, b'.' | b'%')) && path.split('/').any(is_dot_segment)
}

/// `.` and `..`, as they are or percent-encoded, which URL parsers fold alike.
fn is_dot_segment(segment: &str) -> bool {
    let mut rest = segment;
    let mut dots = 0_u32;
    while !rest.is_empty() {
        let escaped = rest
            .get(..3)
            .filter(|escape| escape.eq_ignore_ascii_case("%2e"));
        let Some(after) = rest
            .strip_prefix('.')
            .or_else(|| rest.strip_prefix(escaped?))
        else {
            return false;
        };
        rest = after;
        dots = dots.saturating_add(1);
    }
    matches!(dots, 1 | 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(base: &str, path: &str, query: &str) -> Result<String, RequestError> {
        let uri = join(&Url::parse(base).unwrap(), path, query)?.to_string();
        // A URL parser finds nothing to change.
        assert_eq!(Url::parse(&uri).unwrap().as_str(), uri);
        Ok(uri)
    }

    #[test]
    fn a_prefix_is_kept_and_slashes_make_no_difference() {
        for base in [
            "https://h.example/admin",
            "https://h.example/admin/",
            "https://h.example/admin//",
        ] {
            assert_eq!(
                joined(base, "/a/b", "c=1").unwrap(),
                "https://h.example/admin/a/b?c=1"
            );
            assert_eq!(
                joined(base, "a/b", "").unwrap(),
                "https://h.example/admin/a/b"
            );
        }
        assert_eq!(
            joined("https://H.example:443", "/a", "").unwrap(),
            "https://h.example/a"
        );
        assert_eq!(
            joined("https://h.example:8443", "", "").unwrap(),
            "https://h.example:8443/"
        );
    }

    #[test]
    fn nothing_in_the_path_can_leave_it() {
        for path in [
            "/a/../b",
            "/a/%2e%2e/b",
            "/a/./b",
            "/a\\b",
            "/a#b",
            "/a?b",
            "/a\tb",
            "/a/.%2E",
            "/..",
            "..",
            "/a b",
            "/é",
        ] {
            assert!(joined("https://h.example", path, "").is_err(), "{path}");
        }
        for query in ["b#c", "a b", "a\"", "a\nb"] {
            assert!(joined("https://h.example", "/a", query).is_err(), "{query}");
        }
        // Two slashes after the authority stay a path.
        assert_eq!(
            joined("https://h.example", "//evil.example/a", "").unwrap(),
            "https://h.example//evil.example/a"
        );
    }

    #[test]
    fn every_byte_that_is_let_through_stays_as_it_is() {
        let bytes = |allowed: fn(u8) -> bool| -> String {
            (0..=127)
                .filter(|byte| allowed(*byte) && *byte != b'%')
                .map(char::from)
                .collect()
        };
        let (path, query) = (bytes(is_path_byte), bytes(is_query_byte));
        assert!(
            joined("https://h.example", &path, &query)
                .unwrap()
                .ends_with(&query)
        );
    }

    #[test]
    fn pairs_are_added_to_a_query() {
        let add = |uri: &'static str| {
            extend_query(&Uri::from_static(uri), "k=v")
                .unwrap()
                .to_string()
        };
        assert_eq!(add("https://h.example/a"), "https://h.example/a?k=v");
        assert_eq!(
            add("https://h.example/a?b=1"),
            "https://h.example/a?b=1&k=v"
        );
    }
}
