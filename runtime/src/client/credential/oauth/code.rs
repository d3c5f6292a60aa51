//! The authorization code grant (RFC 6749, section 4.1) with PKCE (RFC 7636).

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use url::Url;

use super::error::OAuthError;
use super::form::Form;
use super::grants::OAuth;
use super::tokens::Tokens;
use crate::client::core::Core;
use crate::{Base64, Secret};

/// A sign-in that has begun.
#[derive(Debug)]
pub struct Authorization {
    oauth: OAuth,
    url: Url,
    redirect: String,
    state: Secret<String>,
    verifier: Secret<String>,
}

impl Authorization {
    /// Begins a sign-in at this URL.
    pub(super) fn begin(oauth: OAuth, mut url: Url, redirect: &str) -> Result<Self, OAuthError> {
        let (state, verifier) = (random()?, random()?);
        let challenge = url_safe(&Sha256::digest(verifier.expose().as_bytes()));
        {
            let mut query = url.query_pairs_mut();
            query
                .append_pair("response_type", "code")
                .append_pair("client_id", &oauth.client.id)
                .append_pair("redirect_uri", redirect)
                .append_pair("state", state.expose())
                .append_pair("code_challenge", &challenge)
                .append_pair("code_challenge_method", "S256");
            if !oauth.scopes.is_empty() {
                query.append_pair("scope", &oauth.scopes);
            }
            query.extend_pairs(&oauth.fields);
        }
        Ok(Self {
            oauth,
            url,
            redirect: redirect.to_owned(),
            state,
            verifier,
        })
    }

    /// Where the user signs in.
    pub fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Ends the sign-in. `answer` is the URL that the user was sent to, or its query.
    ///
    /// # Errors
    /// When the answer is not for this sign-in, or the server refuses.
    pub async fn finish(self, core: &Core, answer: &str) -> Result<Tokens, OAuthError> {
        let code = self.code(answer)?;
        let form = Form::of("authorization_code")
            .field("code", code)
            .field("redirect_uri", self.redirect)
            .field("code_verifier", self.verifier);
        let url = self.oauth.token_url.clone();
        form.send(core, &url, &self.oauth.client).await
    }

    fn code(&self, answer: &str) -> Result<Secret<String>, OAuthError> {
        let query = answer.split_once('?').map_or(answer, |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let value = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            let found = pairs.find(|(key, _)| key == name);
            found.map(|(_, value)| value.into_owned())
        };
        // Who is sent here with a wrong state may have been sent by somebody else.
        let state = value("state").unwrap_or_default();
        if !bool::from(state.as_bytes().ct_eq(self.state.expose().as_bytes())) {
            return Err(OAuthError::Answer("has another state than the question"));
        }
        if let Some(code) = value("error") {
            return Err(OAuthError::Refused {
                code,
                description: value("error_description"),
            });
        }
        let code = value("code").filter(|code| !code.is_empty());
        code.map(Secret::from)
            .ok_or(OAuthError::Answer("has no code"))
    }
}

/// 256 random bits.
fn random() -> Result<Secret<String>, OAuthError> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| OAuthError::Kept(error.to_string().into()))?;
    Ok(Secret::from(url_safe(&bytes)))
}

/// Base64 for URLs, without padding.
fn url_safe(bytes: &[u8]) -> String {
    let text = Base64::from(bytes).to_string();
    let text = text.trim_end_matches('=');
    text.replace('+', "-").replace('/', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun() -> Authorization {
        let oauth = OAuth::new("me & you", "/token")
            .scopes(["a", "b:c"])
            .field("audience", "api");
        let url = Url::parse("https://id.example/auth?tenant=1").unwrap();
        Authorization::begin(oauth, url, "http://127.0.0.1:8/cb").unwrap()
    }

    #[test]
    fn the_url_asks_for_a_code_with_a_challenge() {
        let begun = begun();
        let url = Url::parse(begun.url()).unwrap();
        let pairs: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
        for (name, value) in [
            ("tenant", "1"),
            ("response_type", "code"),
            ("client_id", "me & you"),
            ("redirect_uri", "http://127.0.0.1:8/cb"),
            ("scope", "a b:c"),
            ("audience", "api"),
            ("code_challenge_method", "S256"),
        ] {
            assert_eq!(pairs[name], value);
        }
        assert_eq!(pairs["code_challenge"].len(), 43);
        assert_eq!(begun.verifier.expose().len(), 43);
        assert!(!begun.url().contains(begun.verifier.expose()));
        assert!(!format!("{begun:?}").contains(begun.verifier.expose()));
        // RFC 7636, appendix B.
        let verifier = b"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(
            url_safe(&Sha256::digest(verifier)),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn only_the_answer_to_this_question_is_taken() {
        let begun = begun();
        let state = begun.state.expose();
        let code = |answer: &str| begun.code(answer).map(|code| code.expose().clone());
        assert_eq!(
            code(&format!("http://x/cb?code=a%2Bb&state={state}#f")).unwrap(),
            "a+b"
        );
        assert_eq!(code(&format!("state={state}&code=c")).unwrap(), "c");
        for answer in ["", "?code=c", "?code=c&state=x", "?code=c&state="] {
            assert!(matches!(code(answer), Err(OAuthError::Answer(why)) if why.contains("state")));
        }
        assert!(matches!(
            code(&format!("?error=access_denied&state={state}")),
            Err(OAuthError::Refused { code, .. }) if code == "access_denied"
        ));
        assert!(code(&format!("?state={state}")).is_err());
    }
}
