//! Which operation a request is for.

use std::any::TypeId;

use crate::played::Served;
use crate::problem::Reason;
use countersign_runtime::inbound::{Pairs, captured, segments};
use countersign_runtime::{Accept, ApiSpec, OperationSpec, ServerSpec, essence};

/// An operation as it is found by method and path.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    pub(crate) spec: &'static OperationSpec,
    id: fn() -> TypeId,
}

/// Values of path parameters, as they were sent.
pub(crate) type PathValues = Vec<(&'static str, String)>;

/// A route that a path is of.
struct Found<'r> {
    route: &'r Route,
    values: PathValues,
    /// The number of its segments, and of the pairs in its query, that are not parameters: `/a/b` goes before `/a/{id}`.
    literal: usize,
}

impl Route {
    /// The route of an operation.
    pub const fn of<O: Served>() -> Self {
        Self {
            spec: const { &O::SPEC },
            id: TypeId::of::<O>,
        }
    }

    pub(crate) fn id(&self) -> TypeId {
        (self.id)()
    }

    fn find<'r>(&'r self, api: &ApiSpec, path: &str, query: &Pairs) -> Option<Found<'r>> {
        let (template, fixed) = self.spec.path_and_query();
        let fixed = Pairs::of_query(fixed);
        if !query.has_all(&fixed) {
            return None;
        }
        let servers = self.spec.servers.iter().chain(api.servers);
        let prefixes = servers.flat_map(prefixes).chain([String::new()]);
        prefixes
            .filter_map(|prefix| matched(&prefix, template, path))
            .max_by_key(|(_, literal)| *literal)
            .map(|(values, literal)| Found {
                route: self,
                values,
                literal: literal.saturating_add(fixed.count()),
            })
    }
}

/// The route of a request, and the values of its path parameters. Of two that fit alike, the one that `is_answered`.
pub(crate) fn find<'r>(
    api: &ApiSpec,
    routes: &'r [Route],
    request: &http::request::Parts,
    is_answered: impl Fn(&Route) -> bool,
) -> Result<(&'r Route, PathValues), Reason> {
    let path = request.uri.path();
    let query = Pairs::of_query(request.uri.query().unwrap_or_default());
    let found: Vec<Found<'_>> = routes
        .iter()
        .filter_map(|route| route.find(api, path, &query))
        .collect();
    let other = || {
        let mut methods = Vec::new();
        for found in &found {
            let method = found.route.spec.method.to_http();
            methods.extend(method.filter(|method| !methods.contains(method)));
        }
        match methods.is_empty() {
            true => Reason::Path,
            false => Reason::Method(methods),
        }
    };
    let otherwise = other();
    let fitting = found
        .into_iter()
        .filter(|found| found.route.spec.method == request.method);
    // Of equals, the last one is the greatest: the first in the document should be.
    let ordered: Vec<Found<'_>> = fitting.collect();
    ordered
        .into_iter()
        .rev()
        .max_by_key(|found| {
            let asked = is_asked_for(found.route.spec, &request.headers);
            (found.literal, asked, is_answered(found.route))
        })
        .map(|found| (found.route, found.values))
        .ok_or(otherwise)
}

/// Whether a request names what the operation is answered with: it tells a stream from a single value.
fn is_asked_for(spec: &OperationSpec, headers: &http::HeaderMap) -> bool {
    let accepted = headers.get(http::header::ACCEPT);
    let accepted = accepted.and_then(|accepted| accepted.to_str().ok());
    match (spec.accept, accepted) {
        (Accept::Only(media), Some(accepted)) => media.split(", ").all(|media| {
            let mut listed = accepted.split(',').map(essence);
            listed.any(|listed| listed.eq_ignore_ascii_case(essence(media)))
        }),
        _ => false,
    }
}

/// The path of a server's URL: with its variables open, and with their defaults.
fn prefixes(server: &ServerSpec) -> [String; 2] {
    let filled = server
        .variables
        .iter()
        .fold(server.url.to_owned(), |url, variable| {
            let name = format!("{{{}}}", variable.name);
            url.replace(&name, variable.default.unwrap_or_default())
        });
    [path_of(server.url).to_owned(), path_of(&filled).to_owned()]
}

/// The path of a server of an API, its variables filled in, without a slash at its end.
pub(crate) fn base_path(api: &ApiSpec) -> String {
    let first = api.servers.first().map(prefixes);
    first.map_or_else(String::new, |[_, path]| {
        path.trim_end_matches('/').to_owned()
    })
}

/// The path of a URL, which may have no more than that.
pub(crate) fn path_of(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else {
        return url;
    };
    rest.find('/')
        .and_then(|at| rest.get(at..))
        .unwrap_or_default()
}

/// The values of a template's parameters in a path, and how many segments have none.
fn matched(prefix: &str, template: &'static str, path: &str) -> Option<(PathValues, usize)> {
    let mut rest = segments(path);
    let mut literal = 0_usize;
    for segment in segments(prefix.trim_end_matches('/')) {
        captured(segment, rest.next()?)?;
        literal = literal.saturating_add(1);
    }
    let mut values = PathValues::new();
    for segment in segments(template) {
        let found = captured(segment, rest.next()?)?;
        literal = literal.saturating_add(usize::from(found.is_empty()));
        let found = found.into_iter();
        values.extend(found.map(|(name, value)| (name, value.to_owned())));
    }
    rest.next().is_none().then_some((values, literal))
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_runtime::Method;

    #[test]
    fn a_query_in_the_path_tells_operations_apart() {
        static PLAIN: OperationSpec = OperationSpec::new("Plain", Method::POST, "/items/{id}");
        static MERGE: OperationSpec =
            OperationSpec::new("Merge", Method::POST, "/items/{id}?action=merge");
        static DEEP: OperationSpec =
            OperationSpec::new("Deep", Method::POST, "/items/{id}?action=merge&deep");
        let routes = [&PLAIN, &MERGE, &DEEP].map(|spec| Route {
            spec,
            id: TypeId::of::<()>,
        });
        let found = |uri: &str| {
            let request = http::Request::post(uri).body(()).unwrap();
            let (head, ()) = request.into_parts();
            let api = ApiSpec::new("items", "1");
            find(&api, &routes, &head, |_| true).map(|(route, _)| route.spec.name)
        };
        assert_eq!(found("/items/1?x=1"), Ok("Plain"));
        assert_eq!(found("/items/1?action=split"), Ok("Plain"));
        assert_eq!(found("/items/1?x=1&action=%6Derge"), Ok("Merge"));
        assert_eq!(found("/items/1?deep&action=merge"), Ok("Deep"));
    }

    #[test]
    fn a_path_may_have_a_prefix() {
        let values = vec![("id", "7".to_owned())];
        assert_eq!(
            matched("/admin", "/a/{id}", "/admin/a/7"),
            Some((values.clone(), 2))
        );
        assert_eq!(matched("", "/a/{id}", "/a/7"), Some((values.clone(), 1)));
        assert_eq!(
            matched("/{t}/v1", "/a/{id}", "/x/v1/a/7"),
            Some((values, 3))
        );
        let empty = vec![("id", String::new())];
        assert_eq!(matched("", "/a/{id}", "/a/"), Some((empty, 1)));
        for other in ["/a/7/", "/a", "/b/7", "/admin/a/7"] {
            assert_eq!(matched("", "/a/{id}", other), None, "{other}");
        }
        assert_eq!(path_of("https://h.example:1/a/b"), "/a/b");
        assert_eq!(path_of("https://{host}"), "");
        assert_eq!(path_of("/v2"), "/v2");
    }
}
