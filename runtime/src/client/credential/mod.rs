//! Credentials, by the security schemes of a document.

#[cfg(feature = "digest")]
mod digest;
mod oauth;
mod proof;
mod refusal;
mod scheme;
mod scopes;
mod token;

use std::fmt;
use std::sync::Arc;

use http::header::HeaderValue;

#[cfg(feature = "loopback")]
pub use self::oauth::Loopback;
#[cfg(feature = "token-file")]
pub use self::oauth::TokenFile;
#[cfg(feature = "token-keyring")]
pub use self::oauth::TokenKeyring;
#[cfg(feature = "browser")]
pub use self::oauth::open_browser;
#[cfg(feature = "oauth")]
pub use self::oauth::{Authorization, DeviceAuthorization, MemoryTokens, OAuth, TokenStore};
pub use self::oauth::{ClientAuth, ClientCredentials, OAuthError, OAuthFlow, Tokens};
pub(crate) use self::proof::Proof;
use self::proof::{Way, sensitive};
pub(crate) use self::refusal::Refusal;
pub use self::scheme::{KeyPlace, Scheme, SchemeKind};
use self::scopes::ScopedTokens;
pub use self::token::Token;
pub(crate) use self::token::{CachedToken, TokenCache};
use super::access::Signer;
use super::body::{Body, BoxError};
use super::core::Core;
use crate::{Base64, Secret};

/// The credential of a client for one security scheme.
#[derive(Clone)]
pub struct Credential {
    scheme: Scheme,
    source: Source,
    /// The header that it travels in, where that is always the same one.
    header: Option<HeaderValue>,
}

#[derive(Clone)]
enum Source {
    /// A key or a token that the caller has.
    Fixed(Arc<Secret<String>>),
    /// User and password as they travel, and the password as errors may meet it.
    Basic(Arc<Secret<String>>, Arc<Secret<String>>),
    /// A token that is fetched, kept, and fetched again.
    Fetched(Arc<TokenCache>),
    /// Such a token for each set of scopes.
    Scoped(Arc<ScopedTokens>),
    /// A hook that signs requests.
    Signer(Signer),
    /// A user and a password that answer challenges.
    #[cfg(feature = "digest")]
    Digest(Arc<digest::Digest>),
}

impl Credential {
    /// A key or a token that the caller has.
    pub fn new(scheme: Scheme, secret: impl Into<Secret<String>>) -> Self {
        let secret = secret.into();
        Self {
            scheme,
            header: header_of(scheme, secret.expose()),
            source: Source::Fixed(Arc::new(secret)),
        }
    }

    /// A user's name and password.
    pub fn basic(
        scheme: Scheme,
        user: impl AsRef<str>,
        password: impl Into<Secret<String>>,
    ) -> Self {
        let password = password.into();
        let pair = Secret::new(format!("{}:{}", user.as_ref(), password.expose()));
        let travelling = Secret::new(Base64::from(pair.expose().as_bytes()).to_string());
        Self {
            scheme,
            header: header_of(scheme, travelling.expose()),
            source: Source::Basic(Arc::new(travelling), Arc::new(password)),
        }
    }

    /// Tokens by the OAuth 2.0 client credentials grant: fetched at the first call, kept, and fetched again ahead of
    /// expiry, once however many calls wait. They have the scopes that the grant names; where it names none, those of
    /// the operation, with a token for each set of them.
    pub fn client_credentials(scheme: Scheme, grant: ClientCredentials) -> Self {
        Self {
            scheme,
            source: Source::Scoped(Arc::new(ScopedTokens::new(scheme.name(), grant))),
            header: None,
        }
    }

    /// Tokens by a call of the API's own, such as a sign-in. The closure gets a client core without credentials.
    ///
    /// It is called at the first call that needs the token, ahead of expiry (where the token says when that is), and
    /// once more when the server answers 401; one call at a time, however many wait for it.
    pub fn sign_in<S, F>(scheme: Scheme, sign_in: S) -> Self
    where
        S: Fn(Core) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Token, BoxError>> + Send + 'static,
    {
        let cache = TokenCache::new(scheme.name(), move |core| Box::pin(sign_in(core)));
        Self {
            scheme,
            source: Source::Fetched(Arc::new(cache)),
            header: None,
        }
    }

    /// Tokens of OAuth 2.0 that are kept in a store: renewed by their refresh token ahead of expiry, and once more when
    /// the server answers 401. Where there are none, or the refresh token has ended, the call fails.
    #[cfg(feature = "oauth")]
    pub fn oauth(scheme: Scheme, oauth: OAuth, store: impl TokenStore) -> Self {
        Self::renewing(scheme, oauth::Renewing::new(oauth, Box::new(store), None))
    }

    /// The same, with a sign-in where there are no tokens that can be renewed: by password, by device, in a browser.
    #[cfg(feature = "oauth")]
    pub fn oauth_or_sign_in<S, F>(
        scheme: Scheme,
        oauth: OAuth,
        store: impl TokenStore,
        sign_in: S,
    ) -> Self
    where
        S: Fn(Core, OAuth) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Tokens, OAuthError>> + Send + 'static,
    {
        let sign_in = Box::new(move |core, oauth| {
            Box::pin(sign_in(core, oauth)) as crate::client::BoxFuture<'static, _>
        });
        let store = Box::new(store);
        Self::renewing(scheme, oauth::Renewing::new(oauth, store, Some(sign_in)))
    }

    #[cfg(feature = "oauth")]
    fn renewing(scheme: Scheme, renewing: Arc<oauth::Renewing>) -> Self {
        Self::sign_in(scheme, move |core| Arc::clone(&renewing).token(core))
    }

    /// A signature of each request: the hook sees it at each attempt, complete but for the signature, and adds what the
    /// scheme asks for. For signatures of AWS and HTTP Message Signatures (RFC 9421), say.
    pub fn signing<S>(scheme: Scheme, signer: S) -> Self
    where
        S: Fn(&mut http::Request<Body>) -> Result<(), BoxError> + Send + Sync + 'static,
    {
        Self {
            scheme,
            source: Source::Signer(Signer(Arc::new(signer))),
            header: None,
        }
    }

    /// A user's name and password by HTTP Digest (RFC 7616): the first request is answered with a challenge, and sent
    /// once more.
    #[cfg(feature = "digest")]
    pub fn digest(
        scheme: Scheme,
        user: impl Into<String>,
        password: impl Into<Secret<String>>,
    ) -> Self {
        Self {
            scheme,
            source: Source::Digest(Arc::new(digest::Digest::new(user.into(), password.into()))),
            header: None,
        }
    }

    /// The security scheme that it is for.
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether a call can take it as it is: it was given, or has been fetched and is still good. Clones share what is
    /// fetched, so a program that ends its session can ask this first, and does not sign in to sign out.
    pub fn is_ready(&self) -> bool {
        match &self.source {
            Source::Fetched(cache) => cache.is_ready(),
            Source::Scoped(tokens) => tokens.is_ready(),
            _ => true,
        }
    }

    /// The credential for the next request of an operation with these scopes; else the place to fetch it.
    pub(crate) fn proof(&self, scopes: &[&'static str]) -> Result<Proof, Arc<TokenCache>> {
        let (secret, password, way) = match &self.source {
            Source::Fixed(secret) => (Arc::clone(secret), None, Way::Written),
            Source::Basic(secret, password) => {
                (Arc::clone(secret), Some(Arc::clone(password)), Way::Written)
            }
            Source::Fetched(cache) => return Err(Arc::clone(cache)),
            Source::Scoped(tokens) => return Err(tokens.cache(scopes)),
            Source::Signer(signer) => (nothing(), None, Way::Signed(signer.clone())),
            #[cfg(feature = "digest")]
            Source::Digest(digest) => {
                let way = Way::Digest(Arc::clone(digest));
                (nothing(), Some(digest.password()), way)
            }
        };
        Ok(Proof {
            scheme: self.scheme,
            header: self.header.clone(),
            secret,
            password,
            held: None,
            way,
        })
    }

    /// The header for the next request, made of a token.
    pub(crate) fn proof_by(&self, cache: Arc<TokenCache>, held: CachedToken) -> Proof {
        let secret = held.secret();
        Proof {
            scheme: self.scheme,
            header: header_of(self.scheme, secret.expose()),
            secret,
            password: None,
            held: Some((cache, held)),
            way: Way::Written,
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credential({}, [redacted])", self.scheme.name())
    }
}

/// The secret of a credential that travels in no one place.
fn nothing() -> Arc<Secret<String>> {
    Arc::new(Secret::from(""))
}

/// The header of a scheme that has one.
fn header_of(scheme: Scheme, secret: &str) -> Option<HeaderValue> {
    sensitive(match scheme.kind() {
        SchemeKind::ApiKey(KeyPlace::Header(_)) => secret.to_owned(),
        SchemeKind::Basic => ["Basic ", secret].concat(),
        SchemeKind::Bearer => ["Bearer ", secret].concat(),
        SchemeKind::Http(scheme) => [scheme, " ", secret].concat(),
        SchemeKind::ApiKey(_) | SchemeKind::MutualTls => return None,
    })
}
