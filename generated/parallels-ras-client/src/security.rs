//! Who calls: the API's security schemes, and credentials for them.

use countersign_runtime::{Credential, Scheme, Secret};

/// The token of an administrator's session, sent with every request but the log on that yields it.
/// It becomes invalid when the session has been idle for as long as the farm allows.
///
/// Source: `spec/parallels-ras/openapi.yaml:138`
pub const AUTH_TOKEN: Scheme = Scheme::header_key("authToken", "auth_token");

/// A credential for [`AUTH_TOKEN`].
pub fn auth_token(token: impl Into<Secret<String>>) -> Credential {
    Credential::token(AUTH_TOKEN, token)
}
