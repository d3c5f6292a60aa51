//! Parameters and bodies that a call sends otherwise than their types say.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::path::encode;
use super::{RequestError, RequestParts};
use crate::Secret;
use crate::client::Body;
use crate::json;
use crate::wire;

/// Parameters and a body that a call sends in place of those that its operation has.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrides {
    /// Names and values of queries, as they are meant.
    queries: Vec<(String, String)>,
    /// Names of path parameters, and what is sent for them.
    segments: Vec<(String, String)>,
    body: Option<GivenBody>,
}

#[derive(Clone)]
enum GivenBody {
    /// A body as JSON, with the secrets in it, or why the value has none.
    Json(Result<(Bytes, Vec<Secret<String>>), String>),
    /// Whatever the caller made.
    Raw(Body),
}

impl fmt::Debug for GivenBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[body]")
    }
}

impl Overrides {
    pub(crate) fn json_body<T: Serialize + ?Sized>(&mut self, value: &T) {
        let (text, secrets) = wire::collecting(|| json::to_vec(value));
        let given = text.map(|text| (text.into(), secrets));
        self.body = Some(GivenBody::Json(given.map_err(|error| error.to_string())));
    }

    pub(crate) fn raw_body(&mut self, body: Body) {
        self.body = Some(GivenBody::Raw(body));
    }

    pub(crate) fn query(&mut self, name: String, text: String) {
        self.queries.push((name, text));
    }

    pub(crate) fn segment(&mut self, name: String, text: &str) {
        self.segments.push((name, encode(text)));
    }

    pub(crate) fn raw_segment(&mut self, name: String, text: String) {
        self.segments.push((name, text));
    }

    /// Puts it in place. `slashed` are the path parameters whose slashes are sent as they are.
    pub(crate) fn apply(
        &self,
        parts: &mut RequestParts,
        slashed: &[String],
    ) -> Result<(), RequestError> {
        for (name, value) in &mut parts.path_values {
            if slashed.iter().any(|known| known == name) {
                *value = value.replace("%2F", "/");
            }
        }
        for (name, text) in &self.segments {
            let known = parts.path_values.iter_mut();
            let mut values = known.filter(|(known, _)| known == name).peekable();
            if values.peek().is_none() {
                return Err(RequestError::PathValue {
                    name: name.clone(),
                    why: "is not in the path",
                });
            }
            values.for_each(|(_, value)| value.clone_from(text));
        }
        match &self.body {
            Some(GivenBody::Json(given)) => {
                let given = given.as_ref();
                let (text, secrets) = given.map_err(|why| RequestError::Body(why.clone()))?;
                parts.secrets.extend(secrets.iter().cloned());
                parts.write("application/json", text.clone().into());
            }
            Some(GivenBody::Raw(body)) => parts.body = body.clone(),
            None => {}
        }
        if self.queries.is_empty() {
            return Ok(());
        }
        let is_replaced = |pair: &&str| {
            let key = pair.split('=').next().unwrap_or_default();
            let key: Cow<'_, str> = percent_decode_str(key).decode_utf8_lossy();
            let nested = |name: &str| {
                let rest = key.strip_prefix(name);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
            };
            self.queries.iter().any(|(name, _)| nested(name))
        };
        let kept = parts.query.split('&').filter(|pair| !pair.is_empty());
        let kept = kept.filter(|pair| !is_replaced(pair)).map(str::to_owned);
        let added = self.queries.iter();
        let added = added.map(|(name, text)| format!("{}={}", encode(name), encode(text)));
        parts.query = kept.chain(added).collect::<Vec<_>>().join("&");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Method;
    use crate::client::operation::OperationSpec;

    fn parts() -> RequestParts {
        static SPEC: OperationSpec =
            OperationSpec::new("Op", Method::GET, "/a/{id}/{path}?fixed=1");
        let mut parts = RequestParts::new(&SPEC);
        parts.path("id", &7).unwrap();
        parts.path("path", "x/y z").unwrap();
        parts.query("limit", &5).unwrap();
        parts.query("limits", &6).unwrap();
        parts
    }

    fn path(parts: &RequestParts) -> String {
        super::super::expand(parts.spec.path_and_query().0, &parts.path_values)
            .unwrap()
            .into_owned()
    }

    #[test]
    fn what_is_given_goes_in_place_of_what_was_there() {
        let mut overrides = Overrides::default();
        overrides.query("limit".to_owned(), "all of&them".to_owned());
        overrides.query("new".to_owned(), "1".to_owned());
        overrides.query("new".to_owned(), "2".to_owned());
        overrides.segment("id".to_owned(), "a/b");
        overrides.raw_segment("path".to_owned(), "c/d%20e".to_owned());
        let mut parts = parts();
        overrides.apply(&mut parts, &[]).unwrap();
        assert_eq!(
            parts.query,
            "fixed=1&limits=6&limit=all%20of%26them&new=1&new=2"
        );
        assert_eq!(path(&parts), "/a/a%2Fb/c/d%20e");
    }

    #[test]
    fn a_body_goes_in_place_of_the_one_that_was_there() {
        let secret = Secret::from("t0ken".to_owned());
        let mut overrides = Overrides::default();
        overrides.json_body(&(1, &secret));
        assert!(!format!("{overrides:?}").contains("t0ken"));
        let mut parts = parts();
        parts.json("before").unwrap();
        overrides.apply(&mut parts, &[]).unwrap();
        assert_eq!(parts.body.as_bytes(), Some(&b"[1,\"t0ken\"]"[..]));
        assert_eq!(parts.secrets, [secret]);
        assert_eq!(parts.headers.len(), 1);
        overrides.raw_body(Body::from("a,b"));
        overrides.apply(&mut parts, &[]).unwrap();
        assert_eq!(parts.body.as_bytes(), Some(&b"a,b"[..]));
        overrides.json_body(&std::collections::BTreeMap::from([((1, 2), 3)]));
        let error = overrides.apply(&mut parts, &[]).unwrap_err();
        assert!(matches!(error, RequestError::Body(_)), "{error}");
    }

    #[test]
    fn slashes_are_kept_where_that_is_set() {
        let mut parts = parts();
        Overrides::default()
            .apply(&mut parts, &["path".to_owned()])
            .unwrap();
        assert_eq!(path(&parts), "/a/7/x/y%20z");
        assert_eq!(parts.query, "fixed=1&limit=5&limits=6");
    }

    #[test]
    fn a_parameter_that_the_path_lacks_is_an_error() {
        let mut overrides = Overrides::default();
        overrides.segment("other".to_owned(), "a");
        let error = overrides.apply(&mut parts(), &[]).unwrap_err();
        assert!(error.to_string().contains("`other` is not in the path"));
    }
}
