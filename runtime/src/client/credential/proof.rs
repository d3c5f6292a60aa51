//! A credential as one request carries it, and how it gets there.

use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::scheme::{KeyPlace, Scheme, SchemeKind};
use super::token::{CachedToken, TokenCache};
use crate::Secret;
use crate::client::access::Signer;
use crate::client::body::{Body, BoxError};
use crate::client::error::{CredentialError, Fault};
use crate::client::request::RequestError;

/// A credential as one request carries it.
pub(crate) struct Proof {
    pub(super) scheme: Scheme,
    /// None: it travels elsewhere, or HTTP does not allow such a header.
    pub(super) header: Option<HeaderValue>,
    pub(super) secret: Arc<Secret<String>>,
    /// A password that does not travel as it is, but that a server may repeat.
    pub(super) password: Option<Arc<Secret<String>>>,
    pub(super) held: Option<(Arc<TokenCache>, CachedToken)>,
    pub(super) way: Way,
}

/// The way in which a request comes to carry a credential.
pub(super) enum Way {
    /// It is written into it.
    Written,
    /// It is made of the whole request.
    Signed(Signer),
    /// It answers a challenge.
    #[cfg(feature = "digest")]
    Digest(Arc<super::digest::Digest>),
}

impl Proof {
    /// The secrets that errors must not show.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = Arc<Secret<String>>> {
        let written = [Arc::clone(&self.secret)].into_iter();
        let written = written.filter(|secret| !secret.expose().is_empty());
        self.password.clone().into_iter().chain(written)
    }

    /// Signs a request that is complete otherwise.
    pub(crate) fn sign(&self, request: &mut http::Request<Body>) -> Result<(), Fault> {
        let failed = |error: BoxError| {
            let error = CredentialError::new(self.scheme.name(), error, false);
            Fault::Credential(Box::new(error))
        };
        match &self.way {
            Way::Written => Ok(()),
            Way::Signed(signer) => (signer.0)(request).map_err(failed),
            #[cfg(feature = "digest")]
            Way::Digest(digest) => digest.answer(request).map_err(failed),
        }
    }

    /// Writes it into a request's headers or query.
    pub(crate) fn write(&self, headers: &mut HeaderMap, query: &mut String) -> Result<(), Fault> {
        if !matches!(self.way, Way::Written) {
            return Ok(());
        }
        let secret = self.secret.expose().as_str();
        match self.scheme.kind() {
            SchemeKind::ApiKey(KeyPlace::Header(name)) => {
                insert(headers, header_name(name)?, self.header.clone())
            }
            SchemeKind::ApiKey(KeyPlace::Query(name)) => {
                let pair = url::form_urlencoded::Serializer::new(String::new())
                    .append_pair(name, secret)
                    .finish();
                if !query.is_empty() {
                    query.push('&');
                }
                query.push_str(&pair);
                Ok(())
            }
            SchemeKind::ApiKey(KeyPlace::Cookie(name)) => {
                let held = headers.get(COOKIE).and_then(|held| held.to_str().ok());
                let pairs = held.map_or_else(String::new, |held| format!("{held}; "));
                let value = percent_encoding::utf8_percent_encode(secret, COOKIE_VALUE).to_string();
                let cookies = format!("{pairs}{name}={value}");
                insert(headers, COOKIE, sensitive(cookies))
            }
            SchemeKind::MutualTls => Ok(()),
            SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::Http(_) => {
                insert(headers, AUTHORIZATION, self.header.clone())
            }
        }
    }
}

/// The characters that RFC 6265 does not allow in a cookie's value.
const COOKIE_VALUE: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b',')
    .add(b';')
    .add(b'\\')
    .add(b'%');

/// A header that is wiped once the last request that carries it is gone.
pub(super) fn sensitive(text: String) -> Option<HeaderValue> {
    let text = Bytes::from_owner(Zeroizing::new(text.into_bytes()));
    let mut value = HeaderValue::from_maybe_shared(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn header_name(name: &str) -> Result<HeaderName, Fault> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused(name))
}

fn refused(name: &str) -> Fault {
    Fault::Request(RequestError::Header {
        name: name.to_owned(),
    })
}

fn insert(
    headers: &mut HeaderMap,
    name: HeaderName,
    value: Option<HeaderValue>,
) -> Result<(), Fault> {
    let value = value.ok_or_else(|| refused(name.as_str()))?;
    headers.insert(name, value);
    Ok(())
}
