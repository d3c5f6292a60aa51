//! Who calls: the API's security schemes, and credentials for them.

use countersign_runtime::{Credential, Scheme, Secret};

/// The token of an administrator's session. It is valid until the time told at sign-in.
///
/// Source: `spec/appgate-sdp/openapi.yaml:68`
pub const BEARER_AUTH: Scheme = Scheme::bearer("bearerAuth");

/// A credential for [`BEARER_AUTH`].
pub fn bearer_auth(token: impl Into<Secret<String>>) -> Credential {
    Credential::token(BEARER_AUTH, token)
}
