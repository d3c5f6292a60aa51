//! Where tokens are kept between calls, and between runs of a program.

use std::sync::{Mutex, PoisonError};

use super::tokens::Tokens;
use crate::client::BoxError;

/// A place for the tokens of one user at one server.
pub trait TokenStore: Send + Sync + 'static {
    /// The tokens that are kept.
    ///
    /// # Errors
    /// When they can't be read.
    fn load(&self) -> Result<Option<Tokens>, BoxError>;

    /// Keeps tokens, in place of those before.
    ///
    /// # Errors
    /// When they can't be kept.
    fn save(&self, tokens: &Tokens) -> Result<(), BoxError>;

    /// Forgets the tokens.
    ///
    /// # Errors
    /// When they can't be forgotten.
    fn clear(&self) -> Result<(), BoxError>;
}

/// Tokens in memory, which are gone with the program.
#[derive(Debug, Default)]
pub struct MemoryTokens(Mutex<Option<Tokens>>);

impl MemoryTokens {
    /// A place that holds tokens already.
    pub fn new(tokens: Tokens) -> Self {
        Self(Mutex::new(Some(tokens)))
    }
}

impl TokenStore for MemoryTokens {
    fn load(&self) -> Result<Option<Tokens>, BoxError> {
        Ok(self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone())
    }

    fn save(&self, tokens: &Tokens) -> Result<(), BoxError> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(tokens.clone());
        Ok(())
    }

    fn clear(&self) -> Result<(), BoxError> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(())
    }
}
