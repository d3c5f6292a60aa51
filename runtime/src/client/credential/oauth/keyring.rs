//! Tokens in the keyring of the system.

use keyring_core::{Entry, Error};
use zeroize::Zeroize as _;

use super::store::TokenStore;
use super::tokens::Tokens;
use crate::client::BoxError;
use crate::wire;

/// Tokens in a keyring: Keychain, Credential Manager, the Secret Service, whatever the program has chosen by
/// [`set_default_store`](keyring_core::set_default_store).
///
/// A keyring may ask the user to unlock it, and calls wait for that. Some limit what an entry may hold: Windows to 2,560
/// bytes, which a long access token with its refresh token can pass; `save` then fails.
#[derive(Debug)]
pub struct TokenKeyring(Entry);

impl TokenKeyring {
    /// Tokens of a user at a service, the names under which the keyring shows them.
    ///
    /// # Errors
    /// When the program has chosen no keyring, or the keyring does not take these names.
    pub fn new(service: &str, user: &str) -> Result<Self, BoxError> {
        Ok(Self(Entry::new(service, user)?))
    }
}

impl TokenStore for TokenKeyring {
    fn load(&self) -> Result<Option<Tokens>, BoxError> {
        let mut text = match self.0.get_secret() {
            Ok(text) => text,
            Err(Error::NoEntry) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let tokens = serde_json::from_slice(&text);
        text.zeroize();
        // The words of the error could quote a token.
        tokens
            .map(Some)
            .map_err(|_| "the entry of the keyring holds no tokens".into())
    }

    fn save(&self, tokens: &Tokens) -> Result<(), BoxError> {
        let mut text = wire::to_vec(tokens)?;
        let saved = self.0.set_secret(&text);
        text.zeroize();
        Ok(saved?)
    }

    fn clear(&self) -> Result<(), BoxError> {
        match self.0.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}
