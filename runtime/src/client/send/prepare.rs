//! A request, complete but for its credential.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use http::{StatusCode, Uri};
use url::Url;

use super::authorize::{Authorized, authorize, cookies_of_session, help_of_refused};
use crate::Secret;
use crate::client::access::Needed;
use crate::client::body::Body;
use crate::client::call::{Options, Reading};
use crate::client::chance;
use crate::client::core::Core;
use crate::client::credential::{Proof, Scheme};
use crate::client::departures::CallReading;
use crate::client::error::{CredentialError, Error, Fault};
use crate::client::method::Method;
use crate::client::operation::{Accept, Idempotency, OperationSpec};
use crate::client::reconnect::Reconnect;
use crate::client::request::{RequestError, RequestParts, expand, extend_query, join};
use crate::client::response::fits;
use crate::client::retry::Retry;
use crate::client::stream::is_streamed;
use crate::client::timeouts::Settled;

/// A request, complete but for its credential, and how it is sent.
#[derive(Clone)]
pub(super) struct Prepared {
    pub(super) spec: &'static OperationSpec,
    /// The schemes of which the request carries a credential.
    pub(super) schemes: Cow<'static, [Scheme]>,
    /// The credential that only a layer can give it.
    needed: Option<Needed>,
    pub(super) secrets: Vec<Secret<String>>,
    pub(super) retry: Retry,
    /// Of this call alone.
    timeout: Option<Duration>,
    /// The reopening of a stream of events.
    pub(super) reconnect: Option<Reconnect>,
    reading: Reading,
    pub(super) rereading: CallReading,
    method: Method,
    pub(super) uri: Uri,
    body: Body,
    headers: Vec<(HeaderName, HeaderValue)>,
}

pub(super) fn prepare(
    core: &Core,
    mut parts: RequestParts,
    options: &Options,
) -> Result<Prepared, Fault> {
    let spec = parts.spec;
    let overrides = &options.overrides;
    let changed = overrides.apply(&mut parts, &core.inner().slashed);
    changed.map_err(Error::Request)?;
    complete(&mut parts, options).map_err(Error::Request)?;
    let uri = place(core, &parts, options).map_err(Error::Request)?;
    let Authorized { schemes, needed } = authorize(core, &parts, options, &uri)?;
    Ok(Prepared {
        spec,
        schemes,
        needed,
        retry: options.retry.unwrap_or(core.inner().retry),
        timeout: options.timeout,
        reconnect: options.reconnect,
        reading: options.reading,
        rereading: options.rereading.clone(),
        method: spec.method,
        uri,
        secrets: parts.secrets,
        body: parts.body,
        headers: parts.headers,
    })
}

/// The media types of the document, and at a low weight all others: some servers refuse a request with 406 unless it
/// accepts what they have, and answer a failure in a type that the document does not name.
fn accepting(media: &'static str) -> Result<HeaderValue, RequestError> {
    let refused = |_| RequestError::Header {
        name: ACCEPT.to_string(),
    };
    if media.contains("*/*") {
        let media = Bytes::from_static(media.as_bytes());
        return HeaderValue::from_maybe_shared(media).map_err(refused);
    }
    HeaderValue::from_str(&[media, ", */*;q=0.1"].concat()).map_err(refused)
}

/// Adds what the operation itself does not write.
fn complete(parts: &mut RequestParts, options: &Options) -> Result<(), RequestError> {
    for (name, value) in &options.headers {
        parts.set_header(name, value, false)?;
    }
    if let Idempotency::Key(name) = parts.spec.idempotency
        && !parts.has_header(name)
    {
        parts.set_header(name, &chance::uuid(), false)?;
    }
    if !parts.cookies.is_empty() {
        let cookies = std::mem::take(&mut parts.cookies);
        parts.set_header(COOKIE.as_str(), &cookies, true)?;
    }
    Ok(())
}

fn place(core: &Core, parts: &RequestParts, options: &Options) -> Result<Uri, RequestError> {
    if let Some(target) = &options.target {
        let mut base = target.clone();
        base.set_path("");
        return join(&base, target.path(), target.query().unwrap_or_default());
    }
    let path: Cow<'_, str> = expand(parts.spec.path_and_query().0, &parts.path_values)?;
    let base: Cow<'_, Url> = core.base_for(parts.spec)?;
    join(&base, &path, &parts.query)
}

impl Prepared {
    /// The way out of a refusal for want of a credential.
    pub(super) fn help(
        &self,
        core: &Core,
        status: StatusCode,
        proofs: &[Proof],
    ) -> Option<&'static str> {
        matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
            .then(|| help_of_refused(core, self.spec, &self.headers, proofs))
            .flatten()
    }

    /// The request of one attempt.
    pub(super) fn request(
        &self,
        core: &Core,
        proofs: &[Proof],
    ) -> Result<http::Request<Body>, Fault> {
        let common = &core.inner().headers;
        let count = common
            .len()
            .saturating_add(self.headers.len())
            .saturating_add(3);
        let mut headers = HeaderMap::with_capacity(count);
        headers.extend(
            common
                .iter()
                .map(|(name, value)| (name.clone(), value.clone())),
        );
        if let Accept::Only(media) = self.spec.accept {
            headers.insert(ACCEPT, accepting(media).map_err(Error::Request)?);
        }
        // What the operation itself writes wins.
        for (name, value) in &self.headers {
            headers.insert(name.clone(), value.clone());
        }
        let mut query = String::new();
        let access = &core.inner().access;
        if let Some(cookies) = &access.cookies {
            cookies_of_session(cookies, &self.uri, core, &mut headers)?;
        }
        for proof in proofs {
            proof.write(&mut headers, &mut query)?;
        }
        let uri = match query.is_empty() {
            true => self.uri.clone(),
            false => extend_query(&self.uri, &query).map_err(Error::Request)?,
        };
        let mut request = http::Request::new(self.body.for_attempt());
        let method = self.method.to_http();
        *request.method_mut() = method.ok_or(Error::Request(RequestError::Method))?;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        if let Some(needed) = &self.needed {
            request.extensions_mut().insert(needed.clone());
        }
        for proof in proofs {
            proof.sign(&mut request)?;
        }
        if let Some(signer) = &access.signer {
            (signer.0)(&mut request).map_err(|error| {
                let error = CredentialError::new("signature", error, false);
                Error::Credential(Box::new(error))
            })?;
        }
        Ok(request)
    }

    /// Sets a header, in place of one of this name.
    pub(super) fn set_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value));
    }

    /// Whether the body of an answer is read item by item.
    pub(super) fn reads_items(&self, status: StatusCode, headers: &HeaderMap) -> bool {
        match self.reading {
            Reading::AsDocumented => is_streamed(self.spec, status, headers),
            Reading::Items => status.is_success() && status != StatusCode::NO_CONTENT,
            Reading::Whole | Reading::AsItComes => false,
        }
    }

    /// Whether the body of an answer is handed over unread.
    pub(super) fn hands_over(&self, status: StatusCode, headers: &HeaderMap) -> bool {
        match self.reading {
            Reading::Whole => return false,
            Reading::AsItComes => return true,
            Reading::Items => return self.reads_items(status, headers),
            Reading::AsDocumented => {}
        }
        if !self.spec.streams(status.as_u16()) {
            return false;
        }
        let found = headers.get(CONTENT_TYPE);
        let found = found.and_then(|found| found.to_str().ok());
        let read = |documented: &&str| found.is_some_and(|found| fits(found, documented));
        !self.spec.buffered.iter().any(read)
    }

    /// Whether a redirect leads to the same path with a slash more or less at its end, and the same query.
    pub(super) fn leads_to_slash(&self, headers: &HeaderMap) -> bool {
        let location = headers.get(LOCATION).and_then(|to| to.to_str().ok());
        let from = Url::parse(&self.uri.to_string()).ok();
        let to = from.as_ref().zip(location);
        let to = to.and_then(|(from, location)| from.join(location).ok());
        let Some((from, to)) = from.zip(to) else {
            return false;
        };
        let (one, other) = (from.path(), to.path());
        one != other
            && one.trim_end_matches('/') == other.trim_end_matches('/')
            && one.len().abs_diff(other.len()) == 1
            && from.query() == to.query()
    }

    /// Goes where a redirect leads, within the same origin. Whether it may: what is not safe is sent again only where the
    /// status says that nothing of it changes.
    pub(super) fn redirected(&mut self, status: StatusCode, headers: &HeaderMap) -> bool {
        let location = headers.get(LOCATION).and_then(|to| to.to_str().ok());
        let from = Url::parse(&self.uri.to_string()).ok();
        let Some((from, mut to)) = from.zip(location).and_then(|(from, location)| {
            let to = from.join(location).ok()?;
            Some((from, to))
        }) else {
            return false;
        };
        let plain = to.username().is_empty() && to.password().is_none();
        if to.origin() != from.origin() || !plain {
            return false;
        }
        to.set_fragment(None);
        let is_safe = [Method::GET, Method::HEAD].contains(&self.method);
        match status.as_u16() {
            301..=303 if is_safe => {}
            303 => {
                self.method = Method::GET;
                self.body = Body::empty();
                self.headers.retain(|(name, _)| *name != CONTENT_TYPE);
            }
            307 | 308 if is_safe || self.is_replayable() => {}
            _ => return false,
        }
        match to.as_str().parse() {
            Ok(uri) => {
                self.uri = uri;
                true
            }
            Err(_) => false,
        }
    }

    /// The limits on time.
    pub(super) fn timeouts(&self, core: &Core) -> Settled {
        core.inner().timeouts.within(self.timeout)
    }

    /// Whether the body can be sent again.
    pub(super) fn is_replayable(&self) -> bool {
        self.body.is_replayable()
    }

    /// Whether the call may be sent again after it may have reached the server.
    pub(super) fn may_repeat(&self) -> bool {
        self.retry.allows(self.spec) && self.is_replayable()
    }
}
