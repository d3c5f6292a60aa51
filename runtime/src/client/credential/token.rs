//! Tokens that are fetched, kept, and fetched again.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::Secret;
use crate::client::BoxFuture;
use crate::client::body::BoxError;
use crate::client::core::Core;
use crate::client::error::CredentialError;

/// A token, and for how long it is good.
#[derive(Clone, Debug)]
pub struct Token {
    secret: Secret<String>,
    expires_in: Option<Duration>,
}

impl Token {
    /// A token that is good until the server refuses it.
    pub fn new(secret: impl Into<Secret<String>>) -> Self {
        Self {
            secret: secret.into(),
            expires_in: None,
        }
    }

    /// Says how long it is good for.
    #[must_use]
    pub const fn expires_in(mut self, time: Duration) -> Self {
        self.expires_in = Some(time);
        self
    }

    #[cfg(feature = "inbound")]
    #[doc(hidden)]
    pub const fn secret(&self) -> &Secret<String> {
        &self.secret
    }

    #[cfg(feature = "inbound")]
    #[doc(hidden)]
    pub const fn life(&self) -> Option<Duration> {
        self.expires_in
    }

    /// Says until when it is good.
    #[must_use]
    pub fn expires_at(self, time: std::time::SystemTime) -> Self {
        let left = time.duration_since(std::time::SystemTime::now());
        self.expires_in(left.unwrap_or_default())
    }
}

type Fetch = dyn Fn(Core) -> BoxFuture<'static, Result<Token, BoxError>> + Send + Sync;

/// Fetches a token when there is none that is good, once however many calls wait for it.
pub(crate) struct TokenCache {
    scheme: &'static str,
    fetch: Box<Fetch>,
    held: Mutex<Option<CachedToken>>,
    /// Whoever has this fetches; what it holds is the failure of the last fetch, for those who waited meanwhile.
    turn: tokio::sync::Mutex<Turn>,
}

/// The state of fetching.
#[derive(Default)]
struct Turn {
    fetches: u64,
    failure: Option<CredentialError>,
}

/// A token that is kept.
#[derive(Clone)]
pub(crate) struct CachedToken(Arc<Kept>);

struct Kept {
    secret: Arc<Secret<String>>,
    refresh: Option<Instant>,
    expiry: Option<Instant>,
}

impl CachedToken {
    pub(crate) fn secret(&self) -> Arc<Secret<String>> {
        Arc::clone(&self.0.secret)
    }
}

impl TokenCache {
    pub(crate) fn new(
        scheme: &'static str,
        fetch: impl Fn(Core) -> BoxFuture<'static, Result<Token, BoxError>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            scheme,
            fetch: Box::new(fetch),
            held: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        }
    }

    pub(crate) const fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// Whether there is a token that has not expired.
    pub(super) fn is_ready(&self) -> bool {
        let now = Instant::now();
        self.held(|kept| kept.expiry.is_none_or(|expiry| now < expiry))
            .is_some()
    }

    /// The token, fetched if need be.
    pub(crate) async fn get(&self, core: &Core) -> Result<CachedToken, CredentialError> {
        let now = core.clock().now();
        if let Some(held) = self.held(|kept| kept.refresh.is_none_or(|refresh| now < refresh)) {
            return Ok(held);
        }
        let seen = self.turn.try_lock().map(|turn| turn.fetches).ok();
        let mut turn = self.turn.lock().await;
        let now = core.clock().now();
        if let Some(held) = self.held(|kept| kept.refresh.is_none_or(|refresh| now < refresh)) {
            return Ok(held);
        }
        // Someone else's turn ended while this call waited: its failure is this one's too.
        if seen != Some(turn.fetches)
            && let Some(failure) = &turn.failure
        {
            return Err(failure.clone());
        }
        // If this call is dropped now, whoever comes next must not take an older failure for this one's.
        turn.failure = None;
        let fetched = (self.fetch)(core.without_credentials()).await;
        turn.fetches = turn.fetches.wrapping_add(1);
        match fetched {
            Ok(token) => Ok(self.keep(token, core.clock().now())),
            Err(error) => self
                .held(|kept| kept.expiry.is_some_and(|expiry| now < expiry))
                .ok_or_else(|| {
                    let failure = CredentialError::of_fetching(self.scheme, error);
                    turn.failure = Some(failure.clone());
                    failure
                }),
        }
    }

    /// Forgets a token that the server refused, unless it has been replaced already.
    pub(crate) fn forget(&self, refused: &CachedToken) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held
            .as_ref()
            .is_some_and(|held| Arc::ptr_eq(&held.0, &refused.0))
        {
            *held = None;
        }
    }

    fn held(&self, good: impl Fn(&Kept) -> bool) -> Option<CachedToken> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|held| good(&held.0)).cloned()
    }

    /// Tokens are replaced a minute ahead of expiry, or a tenth of their life if that is less.
    fn keep(&self, token: Token, now: Instant) -> CachedToken {
        let expiry = token.expires_in.and_then(|life| now.checked_add(life));
        let ahead = token
            .expires_in
            .map(|life| life.mul_f64(0.1).min(Duration::from_secs(60)));
        let refresh = expiry
            .zip(ahead)
            .and_then(|(expiry, ahead)| expiry.checked_sub(ahead));
        let held = CachedToken(Arc::new(Kept {
            secret: Arc::new(token.secret),
            refresh,
            expiry,
        }));
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = Some(held.clone());
        held
    }
}
