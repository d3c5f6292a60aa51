//! Security schemes, and the credentials that operations need.

use super::{Docs, Origin};
use crate::names::{FunctionName, TypeName};
use crate::source::SpecStr;

/// A scheme that an operation needs, with the scopes that it asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Credential {
    /// The position of the scheme in [`Api::schemes`](super::Api::schemes).
    pub scheme: usize,
    /// OAuth scopes.
    pub scopes: Vec<SpecStr>,
}

/// A way to say who calls.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// The name of its constructor: `bearer_auth`.
    pub name: FunctionName,
    /// Its name in the document.
    pub wire: SpecStr,
    /// The kind.
    pub kind: SchemeKind,
    /// The sign-in that yields the credential.
    pub sign_in: Option<SignIn>,
    /// The URL at which the issuer of tokens describes itself: by OpenID Connect Discovery, or by RFC 8414.
    pub metadata_url: Option<SpecStr>,
    /// The implicit flow of OAuth 2.0, which is for browsers alone.
    pub implicit: Option<ImplicitFlow>,
    /// Marked `deprecated`.
    pub deprecated: bool,
    /// The purpose.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// Kinds of security schemes.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemeKind {
    /// An API key in a header.
    HeaderKey(SpecStr),
    /// An API key in the query.
    QueryKey(SpecStr),
    /// An API key in a cookie.
    CookieKey(SpecStr),
    /// `Authorization: Bearer ..`
    Bearer,
    /// `Authorization: Basic ..`
    Basic,
    /// OAuth 2.0: a bearer token from one of these flows, or from elsewhere.
    OAuth2(Vec<OAuthFlow>),
    /// OpenID Connect: a bearer token from elsewhere.
    OpenIdConnect,
    /// `Authorization` with another scheme, of this name: the caller has all that follows it.
    Http(SpecStr),
    /// Mutual TLS: a client certificate.
    MutualTls,
    /// Something that the caller alone knows how to do.
    Unknown,
}

/// A flow that gives a token to a browser.
#[derive(Clone, Debug, PartialEq)]
pub struct ImplicitFlow {
    /// Where the user signs in.
    pub authorization_url: SpecStr,
    /// Scopes.
    pub scopes: Vec<SpecStr>,
}

impl Scheme {
    /// The issuer of tokens, if it describes itself at a well-known path below it.
    pub fn issuer(&self) -> Option<&str> {
        let url = self.metadata_url.as_ref()?.text();
        let paths = [
            "/.well-known/openid-configuration",
            "/.well-known/oauth-authorization-server",
        ];
        let issuer = paths.iter().find_map(|path| url.strip_suffix(path))?;
        (!issuer.is_empty()).then_some(issuer)
    }

    /// The client credentials flow, which needs no user.
    pub fn client_credentials(&self) -> Option<&OAuthFlow> {
        self.flows()
            .iter()
            .find(|flow| flow.grant == Grant::ClientCredentials)
    }

    /// The flows of OAuth 2.0 that the client can go through.
    pub fn flows(&self) -> &[OAuthFlow] {
        match &self.kind {
            SchemeKind::OAuth2(flows) => flows,
            _ => &[],
        }
    }
}

/// A flow of OAuth 2.0 that the client can go through.
#[derive(Clone, Debug, PartialEq)]
pub struct OAuthFlow {
    /// The way to a token.
    pub grant: Grant,
    /// Where tokens are asked for.
    pub token_url: SpecStr,
    /// Where the user signs in, or a device asks for a code.
    pub begins_at: Option<SpecStr>,
    /// Where fresh tokens are asked for, if not where the first ones are.
    pub refresh_url: Option<SpecStr>,
    /// Scopes and what they allow.
    pub scopes: Vec<(SpecStr, SpecStr)>,
}

/// The ways to a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// The program acts for itself.
    ClientCredentials,
    /// A user signs in with a browser.
    AuthorizationCode,
    /// A user signs in on another device (RFC 8628).
    DeviceAuthorization,
    /// The program has the user's password.
    Password,
}

impl Grant {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::ClientCredentials,
        Self::AuthorizationCode,
        Self::DeviceAuthorization,
        Self::Password,
    ];

    /// Its name in a document.
    pub const fn key(self) -> &'static str {
        match self {
            Self::ClientCredentials => "clientCredentials",
            Self::AuthorizationCode => "authorizationCode",
            Self::DeviceAuthorization => "deviceAuthorization",
            Self::Password => "password",
        }
    }

    /// The key of the URL at which it begins, where that is not the one of tokens.
    pub const fn begins_at(self) -> Option<&'static str> {
        match self {
            Self::AuthorizationCode => Some("authorizationUrl"),
            Self::DeviceAuthorization => Some("deviceAuthorizationUrl"),
            Self::ClientCredentials | Self::Password => None,
        }
    }
}

/// A session sign-in: an operation whose success body holds the credential.
#[derive(Clone, Debug, PartialEq)]
pub struct SignIn {
    /// The name of the operation's type.
    pub operation: TypeName,
    /// The way to the token in the success body: a JSON pointer.
    pub token: SpecStr,
    /// The way to the date-time at which it expires.
    pub expires: Option<SpecStr>,
}
