//! Who calls: the API's security schemes, and credentials for them.

use countersign_runtime::{Credential, Scheme, Secret};

/// An access token of a service account. Ask for it with the scope `tsg_id:<id>`, where `<id>` is
/// the ID of the tenant service group (TSG). A token is valid for 15 minutes. Few requests for a
/// token may be open at a time, so keep it.
///
/// Source: `spec/strata-cloud-manager/openapi.yaml:51`
pub const OAUTH2: Scheme = Scheme::bearer("oauth2");

/// A credential for [`OAUTH2`].
///
/// Tokens are asked for with the client's own ID and secret, kept, and renewed before they expire.
pub fn oauth2(id: impl Into<String>, secret: impl Into<Secret<String>>) -> Credential {
    Credential::client_credentials(
        OAUTH2,
        "https://auth.apps.paloaltonetworks.com/oauth2/access_token",
        id,
        secret,
    )
}
