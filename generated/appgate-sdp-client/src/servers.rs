//! Where the API is served.

use countersign_runtime::{ServerSpec, ServerVariable};

/// The servers that the document names, the preferred first.
pub const SERVERS: &[ServerSpec] = &[
    ServerSpec {
        url: "https://{host}:{port}/admin",
        description: "The administration interface of a Controller.",
        variables: &[
            ServerVariable {
                name: "host",
                default: "controller.example.com",
                values: &[],
            },
            ServerVariable {
                name: "port",
                default: "8443",
                values: &[],
            },
        ],
    },
];
