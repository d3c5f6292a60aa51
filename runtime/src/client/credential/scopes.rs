//! Tokens by their scopes: one is kept for each set of scopes that operations ask for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::oauth::ClientCredentials;
use super::token::TokenCache;

/// The tokens of a grant.
pub(crate) struct ScopedTokens {
    scheme: &'static str,
    grant: ClientCredentials,
    caches: Mutex<BTreeMap<Vec<&'static str>, Arc<TokenCache>>>,
}

impl ScopedTokens {
    pub(super) fn new(scheme: &'static str, grant: ClientCredentials) -> Self {
        Self {
            scheme,
            grant,
            caches: Mutex::default(),
        }
    }

    /// Whether there is a token of any scopes that has not expired.
    pub(super) fn is_ready(&self) -> bool {
        let caches = self.caches.lock().unwrap_or_else(PoisonError::into_inner);
        caches.values().any(|cache| cache.is_ready())
    }

    /// Where the token for an operation with these scopes is kept. A grant with scopes of its own has one token for all.
    pub(super) fn cache(&self, scopes: &[&'static str]) -> Arc<TokenCache> {
        let mut set = match self.grant.names_scopes() {
            true => Vec::new(),
            false => scopes.to_vec(),
        };
        set.sort_unstable();
        set.dedup();
        let mut caches = self.caches.lock().unwrap_or_else(PoisonError::into_inner);
        let cache = caches.entry(set).or_insert_with_key(|set| {
            let grant = self.grant.clone().scopes(set);
            let cache = TokenCache::new(self.scheme, move |core| {
                let grant = grant.clone();
                Box::pin(async move { grant.fetch(&core).await })
            });
            Arc::new(cache)
        });
        Arc::clone(cache)
    }
}
