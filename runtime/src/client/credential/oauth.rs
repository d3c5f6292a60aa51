//! OAuth 2.0 client credentials (RFC 6749, section 4.4).

use std::time::Duration;

use crate::client::Method;
use serde::Deserialize;

use super::Token;
use crate::client::body::BoxError;
use crate::client::core::Core;
use crate::client::operation::{Accept, Idempotency, Operation, OperationSpec};
use crate::client::request::{RequestError, RequestParts};
use crate::client::response::{Decoded, Reply};
use crate::{Base64, Secret, read};

/// The grant of a client that acts for itself.
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    token_url: String,
    client_id: String,
    client_secret: Secret<String>,
    fields: Vec<(String, String)>,
    auth: ClientAuth,
}

/// The authentication of the client at the token server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClientAuth {
    /// With `Authorization: Basic`, which every server must accept.
    #[default]
    Basic,
    /// With fields of the form.
    Form,
}

impl ClientCredentials {
    /// A grant at this URL, absolute or relative to the client's base URL.
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret<String>>,
    ) -> Self {
        Self {
            token_url: token_url.into(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            fields: Vec::new(),
            auth: ClientAuth::Basic,
        }
    }

    /// Asks for these scopes, whatever the operation. Without them, tokens are asked for with the scopes that the
    /// document names for each operation, and one is kept for each set of them.
    #[must_use]
    pub fn scopes<S: AsRef<str>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        let scopes: Vec<_> = scopes
            .into_iter()
            .map(|scope| scope.as_ref().to_owned())
            .collect();
        if scopes.is_empty() {
            self
        } else {
            self.field("scope", scopes.join(" "))
        }
    }

    /// Adds a field to the form, such as an audience.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// The authentication of the client.
    #[must_use]
    pub const fn auth(mut self, auth: ClientAuth) -> Self {
        self.auth = auth;
        self
    }

    /// Whether it says which scopes to ask for.
    pub(super) fn names_scopes(&self) -> bool {
        self.fields.iter().any(|(name, _)| name == "scope")
    }

    pub(super) async fn fetch(self, core: &Core) -> Result<Token, BoxError> {
        let url = core.resolve(&self.token_url)?;
        let answer = core
            .call(FetchToken { grant: self })
            .at(url)
            .send()
            .await
            .map_err(crate::AnyError::from)?;
        let answer = answer.into_inner();
        if !answer
            .token_type
            .is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"))
        {
            return Err("the token server gave a token that is not a bearer token".into());
        }
        let token = Token::new(answer.access_token);
        let life = answer.expires_in.map(Duration::from_secs);
        Ok(life.map_or(token.clone(), |life| token.expires_in(life)))
    }
}

/// The request for a token.
struct FetchToken {
    grant: ClientCredentials,
}

/// The answer of the token server.
#[derive(Deserialize)]
struct TokenAnswer {
    access_token: Secret<String>,
    #[serde(default)]
    token_type: Option<String>,
    #[serde(default, deserialize_with = "read::numeric")]
    expires_in: Option<u64>,
}

impl Operation for FetchToken {
    type Success = TokenAnswer;
    /// `error` and `error_description` say no more than the excerpt of the body does.
    type Failure = std::convert::Infallible;

    // Asking for another token harms nobody.
    const SPEC: OperationSpec = OperationSpec::new("FetchToken", Method::POST, "")
        .accept(Accept::Only("application/json"))
        .idempotency(Idempotency::Idempotent);

    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError> {
        let ClientCredentials {
            client_id,
            client_secret,
            fields,
            auth,
            ..
        } = &self.grant;
        request.secrets.push(client_secret.clone());
        let mut form =
            url::form_urlencoded::Serializer::new("grant_type=client_credentials".to_owned());
        form.extend_pairs(fields);
        match auth {
            ClientAuth::Basic => {
                let encode = |text: &str| {
                    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>()
                };
                let pair = format!("{}:{}", encode(client_id), encode(client_secret.expose()));
                let basic = Base64::from(pair.as_bytes()).to_string();
                request.set_header("authorization", &format!("Basic {basic}"), true)?;
                request.secrets.push(basic.into());
            }
            ClientAuth::Form => {
                form.append_pair("client_id", client_id)
                    .append_pair("client_secret", client_secret.expose());
            }
        }
        request.text("application/x-www-form-urlencoded", &form.finish())
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        match reply.status() {
            200..=299 => reply.json().map(Ok),
            _ => reply.undocumented(),
        }
    }
}
