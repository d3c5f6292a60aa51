//! The products, and what is told of a provider whichever product it is of.

use std::fmt;

use clap::ValueEnum;
use serde::Serialize;

/// A product that has MFA providers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Product {
    /// Appgate SDP.
    Appgate,
    /// Parallels RAS.
    Ras,
    /// Strata Cloud Manager.
    Strata,
}

impl Product {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Appgate, Self::Ras, Self::Strata];

    /// The variables of the environment that it takes to sign in.
    pub(crate) const fn variables(self) -> [&'static str; 3] {
        match self {
            Self::Appgate => ["APPGATE_URL", "APPGATE_USERNAME", "APPGATE_PASSWORD"],
            Self::Ras => ["RAS_URL", "RAS_USERNAME", "RAS_PASSWORD"],
            Self::Strata => ["STRATA_TSG_ID", "STRATA_CLIENT_ID", "STRATA_CLIENT_SECRET"],
        }
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Appgate => "appgate",
            Self::Ras => "ras",
            Self::Strata => "strata",
        })
    }
}

/// An MFA provider. What a product does not tell is absent; secrets are not among what is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Provider {
    /// Whose it is.
    pub(crate) product: Product,
    /// The name that administrators use.
    pub(crate) name: String,
    /// The kind of service, in the product's own word.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// Whether it is in use.
    pub(crate) enabled: Option<bool>,
    /// The servers that it asks.
    pub(crate) servers: Vec<String>,
    /// Where in the product it is defined: a site, a folder, a snippet or a device.
    pub(crate) scope: Option<String>,
    /// When it was last changed, as the product writes it.
    pub(crate) changed: Option<String>,
    /// The name in the product.
    pub(crate) id: Option<String>,
}
