//! The credentials of a request: those that the document asks for, those that the client adds, and those that it has by
//! hand.

use std::borrow::Cow;

use http::Uri;
use http::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::client::access::{Needed, carries};
use crate::client::call::Options;
use crate::client::cookies::Cookies;
use crate::client::core::{Core, Inner};
use crate::client::credential::{Proof, Scheme};
use crate::client::error::{Error, Fault, MissingCredential};
use crate::client::operation::OperationSpec;
use crate::client::request::{RequestError, RequestParts};

/// The schemes of which a request carries a credential.
pub(super) struct Authorized {
    pub(super) schemes: Cow<'static, [Scheme]>,
    /// The credential that only a layer can give it.
    pub(super) needed: Option<Needed>,
}

impl Authorized {
    const NOTHING: Self = Self {
        schemes: Cow::Borrowed(&[]),
        needed: None,
    };
}

/// Chooses the first alternative for which the client has all credentials.
pub(super) fn authorize(
    core: &Core,
    parts: &RequestParts,
    options: &Options,
    uri: &Uri,
) -> Result<Authorized, Fault> {
    let inner = core.inner();
    let spec = parts.spec;
    if inner.access.anonymous || options.anonymous {
        return Ok(Authorized::NOTHING);
    }
    if spec.security.is_empty() {
        return Ok(attached(core, spec.path, uri));
    }
    let by_hand = by_hand(core, parts, uri);
    let query = uri.query().unwrap_or_default();
    let given = |scheme: &Scheme| carries(&by_hand, query, scheme);
    let has_all = |set: &&&[Scheme]| set.iter().all(|scheme| core.has(scheme) || given(scheme));
    let complete = || spec.security.iter().filter(has_all);
    // "None at all" is an alternative for those who have nothing better.
    let best = complete()
        .find(|set| !set.is_empty())
        .or_else(|| complete().next());
    match best {
        // What the call itself carries is not sent twice.
        Some(set) if set.iter().any(given) => {
            let schemes = set.iter().filter(|scheme| !given(scheme));
            Ok(Authorized {
                schemes: schemes.copied().collect::<Vec<_>>().into(),
                needed: None,
            })
        }
        Some(set) => Ok(Authorized {
            schemes: Cow::Borrowed(set),
            needed: None,
        }),
        None => {
            let names = |set: &&[Scheme]| set.iter().map(|scheme| scheme.name()).collect();
            let missing = MissingCredential {
                operation: spec.name,
                alternatives: spec.security.iter().map(names).collect(),
            };
            if !inner.access.layered {
                return Err(Error::MissingCredential(missing));
            }
            let alternatives = spec.security;
            Ok(Authorized {
                needed: Some(Needed {
                    alternatives,
                    missing,
                }),
                ..Authorized::NOTHING
            })
        }
    }
}

/// The credentials that the client sends where the document asks for none, to its own server alone.
fn attached(core: &Core, path: &str, uri: &Uri) -> Authorized {
    let inner = core.inner();
    let attached = &inner.access.attached;
    if attached.is_empty() || !core.uses_credentials() {
        return Authorized::NOTHING;
    }
    let to = Url::parse(&uri.to_string()).ok();
    let own = inner.base.as_ref().zip(to);
    let is_own = own.is_some_and(|(base, to)| base.origin() == to.origin());
    let path = path.split('?').next().unwrap_or_default();
    let fitting = attached.iter().filter(|of| is_own && of.fits(path));
    Authorized {
        schemes: fitting.map(|of| of.scheme).collect::<Vec<_>>().into(),
        needed: None,
    }
}

/// The way out, where a server refuses a request of which the document does not say what it needs.
pub(super) fn help_of_refused(
    core: &Core,
    spec: &OperationSpec,
    own: &[(HeaderName, HeaderValue)],
    proofs: &[Proof],
) -> Option<&'static str> {
    if proofs.iter().any(Proof::lacks_scheme) {
        return Some(
            "`Authorization` was sent without the name of a scheme: most servers expect `Bearer` and a space before a token",
        );
    }
    let Inner {
        access, headers, ..
    } = core.inner();
    let carries = |name| headers.contains_key(&name) || own.iter().any(|(own, _)| *own == name);
    let is_open = spec.security.is_empty() && proofs.is_empty() && !access.anonymous;
    let is_by_hand = carries(AUTHORIZATION) || carries(COOKIE);
    let may_be_elsewhere = access.layered || access.signer.is_some() || access.cookies.is_some();
    (is_open && !is_by_hand && !may_be_elsewhere && !is_sign_in(spec.path)).then_some(
        "the document asks for no credential here: if the server does, `Builder::credential_for_all` sends one",
    )
}

/// Whether a path is that of a sign-in, whose refusal means a wrong password.
fn is_sign_in(path: &str) -> bool {
    const WORDS: [&str; 6] = [
        "login",
        "signin",
        "sign-in",
        "authenticate",
        "token",
        "session",
    ];
    let last = path.rsplit('/').next().unwrap_or_default();
    WORDS.iter().any(|word| last.eq_ignore_ascii_case(word))
}

/// The headers that were set by hand: for the client, for the call or by the operation, and the cookies of the session.
fn by_hand(core: &Core, parts: &RequestParts, uri: &Uri) -> HeaderMap {
    let mut headers = core.inner().headers.clone();
    for (name, value) in &parts.headers {
        headers.insert(name.clone(), value.clone());
    }
    if let Some(cookies) = &core.inner().access.cookies
        && let Some(text) = cookies.header(uri, core.clock().wall())
        && let Ok(value) = HeaderValue::from_str(&text)
    {
        headers.append(COOKIE, value);
    }
    headers
}

/// Adds the cookies of a session to those that the operation sends.
pub(super) fn cookies_of_session(
    cookies: &Cookies,
    uri: &Uri,
    core: &Core,
    headers: &mut HeaderMap,
) -> Result<(), Fault> {
    let Some(text) = cookies.header(uri, core.clock().wall()) else {
        return Ok(());
    };
    let refused = || {
        Error::Request(RequestError::Header {
            name: COOKIE.to_string(),
        })
    };
    let own = headers.get(COOKIE).and_then(|own| own.to_str().ok());
    let text = own.map_or_else(|| text.clone(), |own| format!("{own}; {text}"));
    let mut value = HeaderValue::from_str(&text).map_err(|_| refused())?;
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
    Ok(())
}
