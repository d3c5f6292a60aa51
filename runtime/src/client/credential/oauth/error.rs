//! Why there are no tokens.

use std::fmt;

use crate::client::error::AnyError;

/// Why an authorization server gave no tokens.
#[derive(Debug)]
#[non_exhaustive]
pub enum OAuthError {
    /// It refused, and said why.
    Refused {
        /// The code of RFC 6749: `invalid_grant`, say.
        code: String,
        /// Its words, if it had any.
        description: Option<String>,
    },
    /// The answer to a sign-in is not for the question that was asked, or has no code.
    Answer(&'static str),
    /// A setting is missing: the URL of an endpoint, say.
    Missing(&'static str),
    /// A code that a user was to enter was not entered in time.
    Expired,
    /// The call failed.
    Call(AnyError),
    /// Tokens could not be kept or read, or there is no chance to draw from.
    Kept(crate::client::BoxError),
}

impl OAuthError {
    /// Whether the server says that a token or a code is no longer good, so that the user has to sign in once more.
    pub fn needs_sign_in(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if code == "invalid_grant")
            || matches!(self, Self::Expired)
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { code, description } => {
                write!(
                    f,
                    "the authorization server refused: {}",
                    code.escape_debug()
                )?;
                match description {
                    Some(description) => write!(f, ": {}", description.escape_debug()),
                    None => Ok(()),
                }
            }
            Self::Answer(why) => write!(f, "the answer to the sign-in {why}"),
            Self::Missing(what) => write!(f, "{what}"),
            Self::Expired => f.write_str("the code was not entered in time"),
            Self::Call(error) => write!(f, "{error}"),
            Self::Kept(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for OAuthError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => Some(error),
            Self::Kept(error) => Some(&**error),
            _ => None,
        }
    }
}

impl From<AnyError> for OAuthError {
    fn from(error: AnyError) -> Self {
        Self::Call(error)
    }
}
