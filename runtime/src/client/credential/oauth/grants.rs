//! A client of an authorization server, and the grants that need no more than a form.

use super::client_credentials::ClientAuth;
use super::code::Authorization;
use super::device::DeviceAuthorization;
use super::discovery;
use super::error::OAuthError;
use super::flow::OAuthFlow;
use super::form::{ClientId, Form};
use super::tokens::Tokens;
use crate::Secret;
use crate::client::core::Core;

/// A client of an authorization server: its endpoints, and who asks.
///
/// URLs may be relative to the base URL of the API's client. Each grant takes the core of that client
/// (`client.as_ref()`), whose transport and limits it has; no credential is sent.
#[derive(Clone, Debug)]
pub struct OAuth {
    pub(super) client: ClientId,
    pub(super) token_url: String,
    pub(super) authorization_url: Option<String>,
    pub(super) device_url: Option<String>,
    refresh_url: Option<String>,
    pub(super) scopes: String,
    pub(super) fields: Vec<(String, String)>,
}

impl OAuth {
    /// A public client: one without a secret.
    pub fn new(client_id: impl Into<String>, token_url: impl Into<String>) -> Self {
        Self {
            client: ClientId {
                id: client_id.into(),
                secret: None,
                auth: ClientAuth::default(),
            },
            token_url: token_url.into(),
            authorization_url: None,
            device_url: None,
            refresh_url: None,
            scopes: String::new(),
            fields: Vec::new(),
        }
    }

    /// A public client of the server that a document describes: `security::PETS_AUTH_AUTHORIZATION_CODE`.
    pub fn from_flow(client_id: impl Into<String>, flow: OAuthFlow) -> Self {
        let url = |url: Option<&str>| url.map(str::to_owned);
        let mut oauth = Self::new(client_id, flow.token_url());
        oauth.authorization_url = url(flow.authorization_url());
        oauth.device_url = url(flow.device_authorization_url());
        oauth.refresh_url = url(flow.refresh_url());
        oauth
    }

    /// A client of the server that describes itself at `ISSUER/.well-known/openid-configuration`, by OpenID Connect
    /// Discovery; or at `/.well-known/oauth-authorization-server`, by RFC 8414.
    ///
    /// # Errors
    /// When there is no such description, or it is of another issuer.
    pub async fn discover(
        core: &Core,
        issuer: &str,
        client_id: impl Into<String>,
    ) -> Result<Self, OAuthError> {
        let found = discovery::find(core, issuer).await?;
        let mut oauth = Self::new(client_id, found.token_endpoint);
        oauth.authorization_url = found.authorization_endpoint;
        oauth.device_url = found.device_authorization_endpoint;
        Ok(oauth)
    }

    /// Sets the secret of a confidential client.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<Secret<String>>) -> Self {
        self.client.secret = Some(secret.into());
        self
    }

    /// Sets how the secret is sent.
    #[must_use]
    pub const fn auth(mut self, auth: ClientAuth) -> Self {
        self.client.auth = auth;
        self
    }

    /// Sets where users sign in.
    #[must_use]
    pub fn authorization_url(mut self, url: impl Into<String>) -> Self {
        self.authorization_url = Some(url.into());
        self
    }

    /// Sets where devices ask for codes.
    #[must_use]
    pub fn device_authorization_url(mut self, url: impl Into<String>) -> Self {
        self.device_url = Some(url.into());
        self
    }

    /// Sets where fresh tokens are asked for, if not where the first ones are.
    #[must_use]
    pub fn refresh_url(mut self, url: impl Into<String>) -> Self {
        self.refresh_url = Some(url.into());
        self
    }

    /// Sets the scopes that are asked for.
    #[must_use]
    pub fn scopes<S: AsRef<str>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        let scopes: Vec<String> = scopes
            .into_iter()
            .map(|scope| scope.as_ref().to_owned())
            .collect();
        self.scopes = scopes.join(" ");
        self
    }

    /// Adds a field to what is sent for a grant, such as an audience.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// Begins the authorization code grant with PKCE: the user signs in at [`Authorization::url`], and is sent to
    /// `redirect` with a code.
    ///
    /// # Errors
    /// When the URL for signing in is not set or not a URL, or there is no chance to draw from.
    pub fn authorize(&self, core: &Core, redirect: &str) -> Result<Authorization, OAuthError> {
        let missing = "the URL for signing in is not set: `OAuth::authorization_url`";
        let url = self.authorization_url.as_deref();
        let url = core.resolve(url.ok_or(OAuthError::Missing(missing))?);
        let url = url.map_err(|error| OAuthError::Kept(Box::new(error)))?;
        Authorization::begin(self.clone(), url, redirect)
    }

    /// Begins the device grant (RFC 8628): the user enters a code elsewhere.
    ///
    /// # Errors
    /// When the URL for it is not set, or the server refuses.
    pub async fn device(&self, core: &Core) -> Result<DeviceAuthorization, OAuthError> {
        DeviceAuthorization::begin(self.clone(), core).await
    }

    /// The resource owner password grant, for servers that document it and nothing better.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn password(
        &self,
        core: &Core,
        user: &str,
        password: impl Into<Secret<String>>,
    ) -> Result<Tokens, OAuthError> {
        let form = Form::of("password").field("username", user.to_owned());
        self.send(form.field("password", password), core).await
    }

    /// The token exchange grant (RFC 8693): a token of another kind for one of this server. `kind` is the URI of the
    /// kind: `urn:ietf:params:oauth:token-type:jwt`.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn exchange(
        &self,
        core: &Core,
        token: impl Into<Secret<String>>,
        kind: &str,
    ) -> Result<Tokens, OAuthError> {
        let form = Form::of("urn:ietf:params:oauth:grant-type:token-exchange");
        let form = form.field("subject_token", token);
        let form = form.field("subject_token_type", kind.to_owned());
        self.send(form, core).await
    }

    /// Fresh tokens for a refresh token. Where the server gives no other refresh token, this one stays.
    ///
    /// # Errors
    /// When the server refuses: [`OAuthError::needs_sign_in`] says whether the user has to sign in once more.
    pub async fn refresh(&self, core: &Core, token: &Secret<String>) -> Result<Tokens, OAuthError> {
        let form = Form::of("refresh_token").field("refresh_token", token.clone());
        // The scopes stay those that were granted.
        let url = self.refresh_url.as_deref().unwrap_or(&self.token_url);
        let mut tokens = self.send_plain(form, core, url).await?;
        tokens.refresh_token.get_or_insert_with(|| token.clone());
        Ok(tokens)
    }

    pub(super) async fn send(&self, form: Form, core: &Core) -> Result<Tokens, OAuthError> {
        self.send_plain(self.with_scopes(form), core, &self.token_url)
            .await
    }

    pub(super) fn with_scopes(&self, form: Form) -> Form {
        match self.scopes.as_str() {
            "" => form,
            scopes => form.field("scope", scopes.to_owned()),
        }
    }

    pub(super) async fn send_plain(
        &self,
        form: Form,
        core: &Core,
        url: &str,
    ) -> Result<Tokens, OAuthError> {
        let form = self
            .fields
            .iter()
            .fold(form, |form, (name, value)| form.field(name, value.clone()));
        form.send(core, url, &self.client).await
    }
}
