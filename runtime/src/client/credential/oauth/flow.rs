//! Flows of OAuth 2.0, as documents describe them.

/// A flow of OAuth 2.0: the URLs that a document has for it. Generated crates have one for each flow in which a user takes part.
///
/// URLs may be relative to the base URL of the API's client. `OAuth::from_flow`, of the feature `oauth`, makes a client of the
/// authorization server from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OAuthFlow {
    token_url: &'static str,
    authorization_url: Option<&'static str>,
    device_authorization_url: Option<&'static str>,
    refresh_url: Option<&'static str>,
}

impl OAuthFlow {
    /// A flow whose tokens are asked for at this URL.
    pub const fn new(token_url: &'static str) -> Self {
        Self {
            token_url,
            authorization_url: None,
            device_authorization_url: None,
            refresh_url: None,
        }
    }

    /// Sets where users sign in.
    #[must_use]
    pub const fn authorization(mut self, url: &'static str) -> Self {
        self.authorization_url = Some(url);
        self
    }

    /// Sets where devices ask for codes.
    #[must_use]
    pub const fn device_authorization(mut self, url: &'static str) -> Self {
        self.device_authorization_url = Some(url);
        self
    }

    /// Sets where fresh tokens are asked for, if not where the first ones are.
    #[must_use]
    pub const fn refresh(mut self, url: &'static str) -> Self {
        self.refresh_url = Some(url);
        self
    }

    /// Where tokens are asked for.
    pub const fn token_url(self) -> &'static str {
        self.token_url
    }

    /// Where users sign in, in the authorization code flow.
    pub const fn authorization_url(self) -> Option<&'static str> {
        self.authorization_url
    }

    /// Where devices ask for codes, in the device authorization flow.
    pub const fn device_authorization_url(self) -> Option<&'static str> {
        self.device_authorization_url
    }

    /// Where fresh tokens are asked for, if not where the first ones are.
    pub const fn refresh_url(self) -> Option<&'static str> {
        self.refresh_url
    }
}
