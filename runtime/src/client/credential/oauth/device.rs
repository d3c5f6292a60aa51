//! The device authorization grant (RFC 8628).

use std::time::Duration;

use serde::Deserialize;
use url::Url;

use super::error::OAuthError;
use super::form::Form;
use super::grants::OAuth;
use super::tokens::{Tokens, seconds};
use crate::Secret;
use crate::client::core::Core;

/// A sign-in that a user ends on another device.
#[derive(Debug)]
pub struct DeviceAuthorization {
    oauth: OAuth,
    answer: Answer,
}

#[derive(Debug, Deserialize)]
struct Answer {
    device_code: Secret<String>,
    user_code: String,
    // Some servers have the older name.
    #[serde(alias = "verification_url")]
    verification_uri: String,
    #[serde(default, alias = "verification_url_complete")]
    verification_uri_complete: Option<String>,
    #[serde(default, deserialize_with = "seconds")]
    expires_in: Option<u64>,
    #[serde(default, deserialize_with = "seconds")]
    interval: Option<u64>,
}

/// The time between two questions, where the server names none.
const INTERVAL: u64 = 5;

/// The time for which a code is good, where the server names none.
const LIFE: u64 = 900;

/// The greatest time between two questions.
const SLOWEST: u64 = 60;

impl DeviceAuthorization {
    pub(super) async fn begin(oauth: OAuth, core: &Core) -> Result<Self, OAuthError> {
        let url = oauth.device_url.clone().ok_or(OAuthError::Missing(
            "the URL for devices is not set: `OAuth::device_authorization_url`",
        ))?;
        let form = oauth.with_scopes(Form::of(""));
        let form = oauth
            .fields
            .iter()
            .fold(form, |form, (name, value)| form.field(name, value.clone()));
        let answer = form.post(core, &url, &oauth.client).await?;
        let answer = serde_json::from_slice(&answer);
        let mut answer: Answer =
            answer.map_err(|_| OAuthError::Answer("has no code for the user"))?;
        // Some servers leave it to the client where they are.
        if let Ok(from) = core.resolve(&url) {
            answer.verification_uri = absolute(&from, answer.verification_uri);
            let complete = answer.verification_uri_complete.take();
            answer.verification_uri_complete = complete.map(|uri| absolute(&from, uri));
        }
        Ok(Self { oauth, answer })
    }

    /// The code that the user enters.
    pub fn user_code(&self) -> &str {
        &self.answer.user_code
    }

    /// Where the user enters it.
    pub fn verification_uri(&self) -> &str {
        &self.answer.verification_uri
    }

    /// The same with the code in it, for a QR code say.
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.answer.verification_uri_complete.as_deref()
    }

    /// Waits until the user has entered the code, and asks for tokens as often as the server allows.
    ///
    /// # Errors
    /// When the user refuses, or the code is not entered in time.
    pub async fn wait(self, core: &Core) -> Result<Tokens, OAuthError> {
        let life = self.answer.expires_in.unwrap_or(LIFE);
        let (mut waited, mut interval) = (0_u64, self.answer.interval.unwrap_or(INTERVAL).max(1));
        loop {
            if waited.saturating_add(interval) > life {
                return Err(OAuthError::Expired);
            }
            core.clock().pause(Duration::from_secs(interval)).await;
            waited = waited.saturating_add(interval);
            let form = Form::of("urn:ietf:params:oauth:grant-type:device_code");
            let form = form.field("device_code", self.answer.device_code.clone());
            let url = &self.oauth.token_url;
            match form.send(core, url, &self.oauth.client).await {
                Err(OAuthError::Refused { code, description }) => match code.as_str() {
                    "authorization_pending" => {}
                    "slow_down" => interval = interval.saturating_add(5).min(SLOWEST),
                    "expired_token" => return Err(OAuthError::Expired),
                    _ => return Err(OAuthError::Refused { code, description }),
                },
                // A question that got lost is asked again.
                Err(OAuthError::Call(error)) if error.is_retryable() => {
                    interval = interval.saturating_mul(2).min(SLOWEST);
                }
                other => return other,
            }
        }
    }
}

/// A URL that may be relative to the one that it was asked for.
fn absolute(from: &Url, uri: String) -> String {
    match (Url::parse(&uri), from.join(&uri)) {
        (Err(_), Ok(url)) => url.into(),
        _ => uri,
    }
}
