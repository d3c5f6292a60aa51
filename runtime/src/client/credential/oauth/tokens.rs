//! Tokens, and the answers of token servers as they write them.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::Secret;
use crate::client::credential::Token;

/// The tokens of a grant.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tokens {
    /// The token that calls carry.
    pub access_token: Secret<String>,
    /// The token by which others are had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret<String>>,
    /// The token that says who signed in, where OpenID Connect was asked for. It is not verified here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_token: Option<Secret<String>>,
    /// The scopes, where they are others than were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// When it ends, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<u64>,
    /// Whether it is sent as a bearer token.
    #[serde(skip, default = "yes")]
    pub(super) is_bearer: bool,
}

const fn yes() -> bool {
    true
}

/// Tokens that have less time left than this are replaced.
const SPARE: Duration = Duration::from_secs(30);

impl Tokens {
    /// Tokens that were had elsewhere.
    pub fn new(access_token: impl Into<Secret<String>>) -> Self {
        Self {
            access_token: access_token.into(),
            refresh_token: None,
            id_token: None,
            scope: None,
            expires_at: None,
            is_bearer: true,
        }
    }

    /// Sets the token by which others are had.
    #[must_use]
    pub fn refresh_token(mut self, token: impl Into<Secret<String>>) -> Self {
        self.refresh_token = Some(token.into());
        self
    }

    /// Sets when the access token ends.
    #[must_use]
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        let since = time.duration_since(SystemTime::UNIX_EPOCH);
        self.expires_at = Some(since.unwrap_or_default().as_secs());
        self
    }

    /// When the access token ends, where the server said so.
    pub fn expiry(&self) -> Option<SystemTime> {
        let since = Duration::from_secs(self.expires_at?);
        SystemTime::UNIX_EPOCH.checked_add(since)
    }

    /// Whether the access token can still be used.
    pub fn is_good(&self, now: SystemTime) -> bool {
        let spare = now.checked_add(SPARE).unwrap_or(now);
        self.expiry().is_none_or(|expiry| spare < expiry)
    }

    /// The token for a credential.
    pub(super) fn token(&self) -> Token {
        let token = Token::new(self.access_token.clone());
        match self.expiry() {
            Some(expiry) => token.expires_at(expiry),
            None => token,
        }
    }
}

/// The answer of a token server: tokens, or an error.
#[derive(Deserialize)]
pub(super) struct TokenAnswer {
    #[serde(default)]
    access_token: Option<Secret<String>>,
    #[serde(default)]
    refresh_token: Option<Secret<String>>,
    #[serde(default)]
    id_token: Option<Secret<String>>,
    #[serde(default, deserialize_with = "text")]
    token_type: Option<String>,
    #[serde(default, deserialize_with = "text")]
    scope: Option<String>,
    #[serde(default, deserialize_with = "seconds")]
    expires_in: Option<u64>,
    #[serde(default, deserialize_with = "text")]
    pub(super) error: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) error_description: Option<String>,
}

impl TokenAnswer {
    /// Reads JSON, or the form that some servers answer with whatever they are asked for.
    pub(super) fn parse(body: &[u8]) -> Option<Self> {
        if let Ok(answer) = serde_json::from_slice(body) {
            return Some(answer);
        }
        let is_form = body.contains(&b'=') && !body.trim_ascii_start().starts_with(b"<");
        let pairs = url::form_urlencoded::parse(body).filter(|_| is_form);
        let pairs = pairs.map(|(name, value)| (name.into_owned(), Value::from(value.into_owned())));
        let mut answer = Value::Object(pairs.collect());
        let read = Self::deserialize(&answer).ok();
        crate::wire::wipe(&mut answer);
        read.filter(|read| read.access_token.is_some() || read.error.is_some())
    }

    /// The tokens, had at a time; none if the server gave none.
    pub(super) fn tokens(self, now: SystemTime) -> Option<Tokens> {
        let life = self.expires_in.map(Duration::from_secs);
        let expiry = life.and_then(|life| now.checked_add(life));
        // A server that names no type means the only one there is.
        let is_bearer = self
            .token_type
            .is_none_or(|kind| kind.is_empty() || kind.eq_ignore_ascii_case("bearer"));
        let tokens = Tokens {
            access_token: self.access_token?,
            refresh_token: self.refresh_token,
            id_token: self.id_token,
            scope: self.scope,
            expires_at: None,
            is_bearer,
        };
        Some(match expiry {
            Some(expiry) => tokens.expires_at(expiry),
            None => tokens,
        })
    }
}

/// Text, and nothing of what is something else.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text),
        _ => None,
    })
}

/// Whole seconds, however they are written: `3600`, `"3600"`, `3599.87`. What is not a time is none.
pub(super) fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let number = match Value::deserialize(deserializer)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    let number = number.filter(|number: &f64| number.is_finite() && *number >= 0.0);
    Ok(number.map(|number| number as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<(String, Option<u64>, bool)> {
        let tokens = TokenAnswer::parse(body.as_bytes())?.tokens(SystemTime::UNIX_EPOCH)?;
        let token = tokens.access_token.expose().clone();
        Some((token, tokens.expires_at, tokens.is_bearer))
    }

    #[test]
    fn answers_are_read_as_servers_write_them() {
        let good = |life| Some(("t".to_owned(), life, true));
        for (body, expected) in [
            (
                r#"{"access_token":"t","token_type":"Bearer","expires_in":3600}"#,
                good(Some(3600)),
            ),
            (
                r#"{"access_token":"t","expires_in":"3600"}"#,
                good(Some(3600)),
            ),
            (
                r#"{"access_token":"t","expires_in":3599.87,"token_type":""}"#,
                good(Some(3599)),
            ),
            (
                r#"{"access_token":"t","expires_in":"3599.87","scope":["a"]}"#,
                good(Some(3599)),
            ),
            (
                r#"{"access_token":"t","expires_in":null,"refresh_token":null}"#,
                good(None),
            ),
            (
                r#"{"access_token":"t","expires_in":-1,"token_type":null}"#,
                good(None),
            ),
            (
                r#"{"access_token":"t","expires_in":"never","x":{}}"#,
                good(None),
            ),
            (
                "access_token=t&expires_in=60&token_type=bearer",
                good(Some(60)),
            ),
            (
                r#"{"access_token":"t","token_type":"mac"}"#,
                Some(("t".to_owned(), None, false)),
            ),
            (r#"{"error":"invalid_grant"}"#, None),
            ("<html>a=b</html>", None),
            ("", None),
        ] {
            assert_eq!(read(body), expected, "{body}");
        }
        let refused = TokenAnswer::parse(b"error=access_denied&error_description=no").unwrap();
        assert_eq!(refused.error.as_deref(), Some("access_denied"));
    }

    #[test]
    fn tokens_end_a_little_early() {
        let at = |seconds| {
            SystemTime::UNIX_EPOCH
                .checked_add(Duration::from_secs(seconds))
                .unwrap()
        };
        let tokens = Tokens::new("t").expires_at(at(100));
        assert!(tokens.is_good(at(69)) && !tokens.is_good(at(70)));
        assert!(Tokens::new("t").is_good(at(u64::from(u32::MAX))));
    }
}
