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
    /// The device authorization flow of OAuth 2.0 (RFC 8628).
    pub device: Option<DeviceFlow>,
    /// The URL at which the authorization server describes itself (RFC 8414).
    pub metadata_url: Option<SpecStr>,
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
    /// OAuth 2.0; the client credentials flow if the document has it, else a bearer token from elsewhere.
    OAuth2(Option<OAuthFlow>),
    /// OpenID Connect: a bearer token from elsewhere.
    OpenIdConnect,
    /// `Authorization` with another scheme, of this name: the caller has all that follows it.
    Http(SpecStr),
    /// Mutual TLS: a client certificate.
    MutualTls,
    /// Something that the caller alone knows how to do.
    Unknown,
}

/// The client credentials flow.
#[derive(Clone, Debug, PartialEq)]
pub struct OAuthFlow {
    /// Where tokens are asked for.
    pub token_url: SpecStr,
    /// Scopes and what they allow.
    pub scopes: Vec<(SpecStr, SpecStr)>,
}

/// The device authorization flow.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceFlow {
    /// Where a device asks for a code.
    pub device_authorization_url: SpecStr,
    /// Where it asks for tokens.
    pub token_url: SpecStr,
    /// Where it asks for others.
    pub refresh_url: Option<SpecStr>,
    /// Scopes and what they allow.
    pub scopes: Vec<(SpecStr, SpecStr)>,
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
