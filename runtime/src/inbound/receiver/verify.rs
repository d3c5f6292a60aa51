//! Checks of who sent a request.

use std::fmt;

use http::request::Parts as Head;

use crate::client::BoxError;

/// Checks who sent a request, by its headers and its raw body: a signature, say.
///
/// A function of both is one. With the feature `standard-webhooks`, so is `standardwebhooks::Webhook`.
pub trait Verify: Send + Sync {
    /// Checks a request.
    ///
    /// # Errors
    /// The sender is not known.
    fn verify(&self, head: &Head, body: &[u8]) -> Result<(), NotVerified>;
}

impl<F> Verify for F
where
    F: Fn(&Head, &[u8]) -> Result<(), NotVerified> + Send + Sync,
{
    fn verify(&self, head: &Head, body: &[u8]) -> Result<(), NotVerified> {
        self(head, body)
    }
}

#[cfg(feature = "standard-webhooks")]
impl Verify for standardwebhooks::Webhook {
    fn verify(&self, head: &Head, body: &[u8]) -> Result<(), NotVerified> {
        Self::verify(self, body, &head.headers).map_err(NotVerified::new)
    }
}

/// The reason why a sender is not known.
#[derive(Debug)]
pub struct NotVerified(BoxError);

impl NotVerified {
    /// For this reason. It is not told to the sender.
    pub fn new(why: impl Into<BoxError>) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for NotVerified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl std::error::Error for NotVerified {}
