//! Who calls: credentials beyond those that the document asks for, and calls without any.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE};

use super::BoxFuture;
use super::body::{Body, BoxError};
use super::cookies::Cookies;
use super::credential::{KeyPlace, Scheme, SchemeKind};
use super::error::{MissingCredential, TransportError, TransportErrorKind};
use super::transport::Transport;

/// The settings of a client for who calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Access {
    /// Whether credentials are left out.
    pub(crate) anonymous: bool,
    /// Credentials for operations of which the document says nothing.
    pub(crate) attached: Vec<Attached>,
    pub(crate) signer: Option<Signer>,
    pub(crate) cookies: Option<Arc<Cookies>>,
    /// Whether layers see requests, and may add credentials.
    pub(crate) layered: bool,
}

/// A credential for operations of which the document says nothing.
#[derive(Clone, Debug)]
pub(crate) struct Attached {
    /// A pattern of their paths.
    pub(crate) paths: String,
    pub(crate) scheme: Scheme,
}

impl Attached {
    /// Whether it is for the operation at a path.
    pub(crate) fn fits(&self, path: &str) -> bool {
        let parts = |path: &'_ str| -> Vec<String> { path.split('/').map(str::to_owned).collect() };
        is_path(&parts(&self.paths), &parts(path))
    }
}

/// Whether a path fits a pattern. Where it may end so far is told for each of its segments.
fn is_path(pattern: &[String], path: &[String]) -> bool {
    let mut ends = vec![false; path.len().saturating_add(1)];
    if let Some(first) = ends.first_mut() {
        *first = true;
    }
    for part in pattern {
        let mut next = vec![false; ends.len()];
        if part == "**" {
            let mut reached = false;
            for (to, from) in next.iter_mut().zip(&ends) {
                reached |= *from;
                *to = reached;
            }
        } else {
            let steps = next.iter_mut().skip(1).zip(ends.iter().zip(path));
            for (to, (from, segment)) in steps {
                *to = *from && is_segment(part, segment);
            }
        }
        ends = next;
    }
    ends.last().copied().unwrap_or_default()
}

/// Whether a segment fits a pattern in which `*` is any part.
fn is_segment(pattern: &str, segment: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = segment.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    true
}

/// A hook that signs requests.
#[derive(Clone)]
pub(crate) struct Signer(pub(crate) Arc<Sign>);

type Sign = dyn Fn(&mut http::Request<Body>) -> Result<(), BoxError> + Send + Sync;

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer")
    }
}

/// Whether a request carries what a scheme asks for, whoever put it there.
pub(crate) fn carries(headers: &HeaderMap, query: &str, scheme: &Scheme) -> bool {
    match scheme.kind() {
        SchemeKind::ApiKey(KeyPlace::Header(name)) => headers.contains_key(name),
        SchemeKind::ApiKey(KeyPlace::Query(name)) => {
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            pairs.any(|(key, _)| key == name)
        }
        SchemeKind::ApiKey(KeyPlace::Cookie(name)) => {
            let lines = headers.get_all(COOKIE).into_iter();
            let lines = lines.filter_map(|line| line.to_str().ok());
            let mut pairs = lines.flat_map(|line| line.split(';'));
            pairs.any(|pair| pair.trim().split('=').next() == Some(name))
        }
        SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::Http(_) => {
            headers.contains_key(AUTHORIZATION)
        }
        SchemeKind::MutualTls => false,
    }
}

/// The credential that a request lacks, unless a layer gives it one.
#[derive(Clone, Debug)]
pub(crate) struct Needed {
    pub(crate) alternatives: &'static [&'static [Scheme]],
    pub(crate) missing: MissingCredential,
}

/// A transport below layers, which refuses requests without the credential that they need.
pub(crate) struct Guarded(pub(crate) Arc<dyn Transport>);

impl Transport for Guarded {
    fn send(
        &self,
        mut request: http::Request<Body>,
    ) -> BoxFuture<'static, Result<http::Response<Body>, TransportError>> {
        if let Some(needed) = request.extensions_mut().remove::<Needed>() {
            let query = request.uri().query().unwrap_or_default();
            let carries = |scheme: &Scheme| carries(request.headers(), query, scheme);
            let mut alternatives = needed.alternatives.iter();
            if !alternatives.any(|set| set.iter().all(carries)) {
                let missing = Box::new(needed.missing);
                let error = TransportError::from_box(missing, TransportErrorKind::Other);
                return Box::pin(std::future::ready(Err(error)));
            }
        }
        self.0.send(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_fit_patterns_by_segments() {
        let fits = |pattern: &str, path: &str| {
            let scheme = Scheme::bearer("b");
            let paths = pattern.to_owned();
            Attached { paths, scheme }.fits(path)
        };
        for (pattern, path) in [
            ("/**", "/"),
            ("/**", "/a/b/{id}"),
            ("/v1/*", "/v1/pets"),
            ("/v*/pets", "/v12/pets"),
            ("/**/pets", "/a/b/pets"),
            ("/a*c*e", "/abcde"),
            ("/pets", "/pets"),
        ] {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in [
            ("/v1/*", "/v1/pets/1"),
            ("/v1/**", "/v2/pets"),
            ("/pets", "/pets/"),
            ("/a*c", "/ab"),
            ("/pets*", "/a/pets"),
        ] {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn what_a_scheme_asks_for_is_known_wherever_it_is() {
        let mut headers = HeaderMap::new();
        headers.insert("x-key", "k".parse().unwrap());
        headers.insert(COOKIE, "a=1; sid=2".parse().unwrap());
        let query = "x=1&a%20key=2";
        let has = |scheme| carries(&headers, query, &scheme);
        assert!(has(Scheme::header_key("s", "X-Key")));
        assert!(has(Scheme::cookie_key("s", "sid")));
        assert!(has(Scheme::query_key("s", "a key")));
        assert!(!has(Scheme::cookie_key("s", "id")));
        assert!(!has(Scheme::query_key("s", "key")));
        assert!(!has(Scheme::bearer("s")));
    }
}
