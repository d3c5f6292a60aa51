//! Credentials that a server refused.

use http::HeaderMap;

use super::{KeyPlace, Proof, SchemeKind, Way};

/// The way out after the server refused a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Final,
    /// Another can be had.
    Renewable,
    /// The server has said what it wants.
    #[cfg_attr(not(feature = "digest"), allow(dead_code))]
    Challenged,
}

impl Proof {
    /// Forgets a token that the server refused, or takes its challenge.
    #[cfg_attr(not(feature = "digest"), allow(unused_variables))]
    pub(crate) fn refused(&self, headers: &HeaderMap) -> Refusal {
        #[cfg(feature = "digest")]
        if let Way::Digest(digest) = &self.way {
            return match digest.challenged(headers) {
                true => Refusal::Challenged,
                false => Refusal::Final,
            };
        }
        match &self.held {
            Some((cache, held)) => {
                cache.forget(held);
                Refusal::Renewable
            }
            None => Refusal::Final,
        }
    }

    /// Whether it is a key for `Authorization` that is not written as the header is: a scheme, a space and the rest.
    pub(crate) fn lacks_scheme(&self) -> bool {
        let SchemeKind::ApiKey(KeyPlace::Header(name)) = self.scheme.kind() else {
            return false;
        };
        let is_written = matches!(self.way, Way::Written);
        is_written
            && name.eq_ignore_ascii_case("authorization")
            && !self.secret.expose().trim().contains(' ')
    }
}
