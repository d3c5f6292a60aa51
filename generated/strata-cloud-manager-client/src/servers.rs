//! Where the API is served.

use countersign_runtime::{ServerSpec, ServerVariable};

/// The servers that the document names, the preferred first.
pub const SERVERS: &[ServerSpec] = &[
    ServerSpec {
        url: "https://api.strata.paloaltonetworks.com/config/identity/v1",
        description: "Identity services.",
        variables: &[],
    },
];
