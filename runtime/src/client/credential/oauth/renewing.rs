//! A credential of tokens that are kept, and replaced when they end.

use std::sync::{Arc, Mutex, PoisonError};

use super::error::OAuthError;
use super::grants::OAuth;
use super::store::TokenStore;
use super::tokens::Tokens;
use crate::Secret;
use crate::client::BoxFuture;
use crate::client::body::BoxError;
use crate::client::core::Core;
use crate::client::credential::Token;

type SignIn = dyn Fn(Core, OAuth) -> BoxFuture<'static, Result<Tokens, OAuthError>> + Send + Sync;

/// Tokens of a store, renewed by their refresh token or by a sign-in.
pub(in crate::client::credential) struct Renewing {
    oauth: OAuth,
    store: Box<dyn TokenStore>,
    sign_in: Option<Box<SignIn>>,
    /// The access token that was handed out last: when it is asked for once more, the server has refused it.
    last: Mutex<Option<Secret<String>>>,
}

impl Renewing {
    pub(in crate::client::credential) fn new(
        oauth: OAuth,
        store: Box<dyn TokenStore>,
        sign_in: Option<Box<SignIn>>,
    ) -> Arc<Self> {
        Arc::new(Self {
            oauth,
            store,
            sign_in,
            last: Mutex::default(),
        })
    }

    /// A token that can be used.
    pub(in crate::client::credential) async fn token(
        self: Arc<Self>,
        core: Core,
    ) -> Result<Token, BoxError> {
        let tokens = self.tokens(&core).await?;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some(tokens.access_token.clone());
        Ok(tokens.token())
    }

    async fn tokens(&self, core: &Core) -> Result<Tokens, BoxError> {
        let kept = self.store.load()?;
        if let Some(tokens) = &kept {
            let now = core.clock().wall();
            if tokens.is_good(now) && !self.was_handed_out(tokens) {
                return Ok(tokens.clone());
            }
        }
        let refresh = kept.and_then(|tokens| tokens.refresh_token);
        let refused = match refresh {
            Some(refresh) => match self.oauth.refresh(core, &refresh).await {
                Ok(tokens) => return self.keep(tokens),
                Err(error) if error.needs_sign_in() => {
                    self.store.clear()?;
                    Some(error)
                }
                Err(error) => return Err(error.into()),
            },
            None => None,
        };
        match &self.sign_in {
            Some(sign_in) => self.keep(sign_in(core.clone(), self.oauth.clone()).await?),
            None => Err(refused.map_or_else(
                || "there are no tokens: sign in first, and save them in the store".into(),
                BoxError::from,
            )),
        }
    }

    fn was_handed_out(&self, tokens: &Tokens) -> bool {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.as_ref() == Some(&tokens.access_token)
    }

    fn keep(&self, tokens: Tokens) -> Result<Tokens, BoxError> {
        self.store.save(&tokens)?;
        Ok(tokens)
    }
}
