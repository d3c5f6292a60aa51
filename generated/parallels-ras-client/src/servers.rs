//! Where the API is served.

use countersign_runtime::{ServerSpec, ServerVariable};

/// The servers that the document names, the preferred first.
pub const SERVERS: &[ServerSpec] = &[
    ServerSpec {
        url: "https://{host}:{port}",
        description: "The RAS Web Administration Service of a farm.",
        variables: &[
            ServerVariable {
                name: "host",
                default: "ras.example.com",
                values: &[],
            },
            ServerVariable {
                name: "port",
                default: "20443",
                values: &[],
            },
        ],
    },
];
