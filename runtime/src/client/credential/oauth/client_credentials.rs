//! OAuth 2.0 client credentials (RFC 6749, section 4.4).

use super::form::{ClientId, Form};
use crate::Secret;
use crate::client::body::BoxError;
use crate::client::core::Core;
use crate::client::credential::Token;

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
    pub(in crate::client::credential) fn names_scopes(&self) -> bool {
        self.fields.iter().any(|(name, _)| name == "scope")
    }

    pub(in crate::client::credential) async fn fetch(self, core: &Core) -> Result<Token, BoxError> {
        let mut form = Form::of("client_credentials");
        for (name, value) in self.fields {
            form = form.field(&name, value);
        }
        let client = ClientId {
            id: self.client_id,
            secret: Some(self.client_secret),
            auth: self.auth,
        };
        let tokens = form.send(core, &self.token_url, &client).await?;
        Ok(tokens.token())
    }
}
