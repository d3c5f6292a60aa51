//! Where a request goes: the base URL and the operation's path, joined and checked.

use http::Uri;
use url::Url;

use super::RequestError;

/// A URL that has been checked against what the document says.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) uri: Uri,
}

/// Joins a base URL (whose path is a prefix, without its trailing slash) with a path and a query, both encoded.
///
/// The result is read again the way a transport would, and compared with what went in: whatever a parameter holds,
/// it cannot change scheme, host, port or the path around it.
pub(crate) fn join(base: &Url, path: &str, query: &str) -> Result<Target, RequestError> {
    let prefix = base.path().trim_end_matches('/');
    let slash = if path.is_empty() || path.starts_with('/') {
        ""
    } else {
        "/"
    };
    let origin = &base[..url::Position::BeforePath];
    let mark = if query.is_empty() { "" } else { "?" };
    let text = format!("{origin}{prefix}{slash}{path}{mark}{query}");
    let read = Url::parse(&text).map_err(|_| RequestError::Target("is not valid"))?;
    let same_origin = read.scheme() == base.scheme()
        && read.host() == base.host()
        && read.port_or_known_default() == base.port_or_known_default()
        && read.username().is_empty()
        && read.password().is_none();
    if !same_origin {
        return Err(RequestError::Target(
            "leads to another server than the base URL",
        ));
    }
    let expected = text
        .get(origin.len()..)
        .and_then(|rest| rest.split('?').next())
        .unwrap_or_default();
    // Without a path, a URL has `/`.
    if read.path() != expected && !(expected.is_empty() && read.path() == "/") {
        return Err(RequestError::Target(
            "has another path than the document describes",
        ));
    }
    if read.query().unwrap_or_default() != query || read.fragment().is_some() {
        return Err(RequestError::Target(
            "has another query than the document describes",
        ));
    }
    let uri = text
        .try_into()
        .map_err(|_| RequestError::Target("is too long or not valid"))?;
    Ok(Target { uri })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(base: &str, path: &str, query: &str) -> Result<String, RequestError> {
        join(&Url::parse(base).unwrap(), path, query).map(|target| target.uri.to_string())
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
            joined("https://h.example:8443", "/a", "").unwrap(),
            "https://h.example:8443/a"
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
        ] {
            assert!(joined("https://h.example", path, "").is_err(), "{path}");
        }
        assert!(joined("https://h.example", "/a", "b#c").is_err());
        // Two slashes after the authority stay a path.
        assert_eq!(
            joined("https://h.example", "//evil.example/a", "").unwrap(),
            "https://h.example//evil.example/a"
        );
    }
}
