//! A request, complete but for its credential.

use http::Uri;
use http::header::{ACCEPT, COOKIE, HeaderMap, HeaderValue};
use url::Url;

use crate::Secret;
use crate::client::body::Body;
use crate::client::call::Options;
use crate::client::chance;
use crate::client::core::Core;
use crate::client::credential::{Credential, Proof};
use crate::client::error::{Error, Fault, MissingCredential};
use crate::client::operation::{Accept, OperationSpec, Replay};
use crate::client::request::{RequestError, RequestParts, Target, expand, join};
use crate::client::retry::Retry;
use crate::client::timeouts::Settled;

/// A request, complete but for its credential, and how it is sent.
pub(super) struct Prepared<'c> {
    pub(super) spec: &'static OperationSpec,
    pub(super) credentials: Vec<&'c Credential>,
    pub(super) secrets: Vec<Secret<String>>,
    pub(super) retry: Retry,
    pub(super) timeouts: Settled,
    pub(super) body: Body,
    base: Url,
    path: String,
    query: String,
    target: Target,
    headers: HeaderMap,
}

pub(super) fn prepare<'c>(
    core: &'c Core,
    mut parts: RequestParts,
    options: &Options,
) -> Result<Prepared<'c>, Fault> {
    let spec = parts.spec;
    let credentials = choose(core, spec)?;
    for (name, value) in &options.headers {
        parts
            .set_header(name, value, false)
            .map_err(Error::Request)?;
    }
    let headers = headers(core, &mut parts).map_err(Error::Request)?;
    let (base, path, query) = place(core, &parts, options).map_err(Error::Request)?;
    let target = join(&base, &path, &query).map_err(Error::Request)?;
    Ok(Prepared {
        spec,
        credentials,
        secrets: parts.secrets,
        retry: options.retry.unwrap_or(core.inner().retry),
        timeouts: core.inner().timeouts.within(options.timeout),
        body: parts.body,
        base,
        path,
        query,
        target,
        headers,
    })
}

/// The first alternative for which the client has all credentials.
fn choose<'c>(core: &'c Core, spec: &OperationSpec) -> Result<Vec<&'c Credential>, Fault> {
    if spec.security.is_empty() {
        return Ok(Vec::new());
    }
    let mut complete = spec.security.iter().filter_map(|set| {
        let found: Option<Vec<_>> = set.iter().map(|scheme| core.credential(scheme)).collect();
        found
    });
    // "None at all" is an alternative for those who have nothing better.
    let best = complete
        .clone()
        .find(|found| !found.is_empty())
        .or_else(|| complete.next());
    best.ok_or_else(|| {
        let names =
            |set: &&[crate::client::Scheme]| set.iter().map(|scheme| scheme.name()).collect();
        let alternatives = spec.security.iter().map(names).collect();
        Error::MissingCredential(MissingCredential {
            operation: spec.name,
            alternatives,
        })
    })
}

/// The operation's headers, and those that all requests have; the operation's own win.
fn headers(core: &Core, parts: &mut RequestParts) -> Result<HeaderMap, RequestError> {
    let mut headers = core.inner().headers.clone();
    let accept = match parts.spec.accept {
        Accept::Api => core.inner().accept.clone(),
        Accept::Only(media) => HeaderValue::from_str(media).map_err(|_| RequestError::Header {
            name: ACCEPT.to_string(),
        })?,
    };
    headers.insert(ACCEPT, accept);
    if let Replay::Key(name) = parts.spec.replay
        && !parts.headers.contains_key(name)
    {
        parts.set_header(name, &chance::uuid(), false)?;
    }
    if !parts.cookies.is_empty() {
        let cookies = std::mem::take(&mut parts.cookies);
        parts.set_header(COOKIE.as_str(), &cookies, true)?;
    }
    headers.extend(std::mem::take(&mut parts.headers));
    Ok(headers)
}

/// Base URL, path and query.
fn place(
    core: &Core,
    parts: &RequestParts,
    options: &Options,
) -> Result<(Url, String, String), RequestError> {
    let Some(target) = &options.target else {
        let path = expand(parts.spec.path, &parts.path_values)?;
        return Ok((core.base_for(parts.spec)?, path, parts.query.clone()));
    };
    let mut base = target.clone();
    base.set_path("");
    base.set_query(None);
    Ok((
        base,
        target.path().to_owned(),
        target.query().unwrap_or_default().to_owned(),
    ))
}

impl Prepared<'_> {
    /// The request of one attempt.
    pub(super) fn request(&self, proofs: &[Proof]) -> Result<http::Request<Body>, Fault> {
        let mut headers = self.headers.clone();
        let mut uri = self.target.uri.clone();
        let mut query = String::new();
        if proofs.iter().any(Proof::is_in_query) {
            query.clone_from(&self.query);
        }
        for proof in proofs {
            proof.write(&mut headers, &mut query)?;
        }
        if !query.is_empty() {
            uri = join(&self.base, &self.path, &query)
                .map_err(Error::Request)?
                .uri;
        }
        let mut request = http::Request::new(self.body.for_attempt());
        *request.method_mut() = self.spec.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(request)
    }

    /// Where the request goes, but for a key in the query.
    pub(super) const fn uri(&self) -> &Uri {
        &self.target.uri
    }

    /// Whether the call may be sent again after it may have reached the server.
    pub(super) fn may_repeat(&self) -> bool {
        self.retry.allows(self.spec) && self.body.is_replayable()
    }
}
