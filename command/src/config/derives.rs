//! `[derives]`: further traits of types; and `[crates]`: the crates that documents may name types of.

use std::collections::BTreeMap;

use countersign_codegen::ir::ExternalCrate;
use countersign_codegen::settings::{Derive, Derived};
use serde::Deserialize;
use toml::Spanned;

use super::crate_name::checked;

/// Features of generated crates that mean something else.
const TAKEN: [&str; 13] = [
    "all",
    "axum",
    "blocking",
    "brotli",
    "client",
    "default",
    "fake",
    "hyper",
    "receivers",
    "standard-webhooks",
    "symmetric",
    "tracing",
    "zstd",
];

/// The traits that the runtime helps with.
const KNOWN: [(&str, Derived); 3] = [
    ("arbitrary", Derived::Arbitrary),
    ("proptest", Derived::Proptest),
    ("schemars", Derived::Schemars),
];

/// A value of `[derives]`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(
    untagged,
    expecting = "expected `true`, or a table with `path`, `crate`, `version`, `features` and `types`"
)]
pub(super) enum DeriveChoice {
    /// Whether a trait that the runtime helps with is there.
    Known(bool),
    /// A derive macro.
    Macro(DeriveTable),
}

/// A derive macro and the crate that it is from.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct DeriveTable {
    /// the path of the macro; left out for `arbitrary`, `proptest` and `schemars`
    path: Option<String>,
    /// the crate that the manifest is to have for it, behind the feature
    #[serde(rename = "crate")]
    krate: Option<String>,
    /// the version of the crate
    version: Option<String>,
    /// features of the crate
    #[serde(default)]
    features: Vec<String>,
    /// the Rust names of the types that have the trait, with `*` for any part of a name; all if left out
    #[serde(default)]
    types: Vec<String>,
}

/// A value of `[crates]`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(
    untagged,
    expecting = "expected a version, or a table with `version` and `features`"
)]
pub(super) enum CrateChoice {
    /// Its version.
    Version(String),
    /// Its version and features.
    Table(VersionTable),
}

/// A version and features.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct VersionTable {
    /// the version of the crate
    version: String,
    /// features of the crate
    #[serde(default)]
    features: Vec<String>,
}

/// A table of derives.
pub(super) type Derives = BTreeMap<String, Spanned<DeriveChoice>>;

/// A table of crates.
pub(super) type Crates = BTreeMap<String, Spanned<CrateChoice>>;

impl DeriveChoice {
    /// The trait behind a feature; none where it is switched off.
    pub(super) fn derive(&self, feature: &str) -> Result<Option<Derive>, String> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let is_feature = feature.starts_with(|c: char| c.is_ascii_alphabetic())
            && feature.chars().all(is_name)
            && !TAKEN.contains(&feature);
        if !is_feature {
            let feature = feature.escape_debug();
            return Err(format!("`{feature}` can't be the name of a feature here"));
        }
        let known = KNOWN.into_iter().find(|(name, _)| *name == feature);
        let known = known.map(|(_, what)| what);
        let table = match self {
            Self::Known(false) => return Ok(None),
            Self::Known(true) => None,
            Self::Macro(table) => Some(table),
        };
        let what = match (known, table) {
            (Some(known), None) => known,
            (Some(known), Some(table)) if table.is_plain() => known,
            (_, Some(table)) => table.derived()?,
            (None, None) => {
                let names = KNOWN.map(|(name, _)| name).join(", ");
                return Err(format!(
                    "`true` is for {names}; others need the `path` of their macro"
                ));
            }
        };
        Ok(Some(Derive {
            feature: feature.to_owned(),
            what,
            types: table.map(|table| table.types.clone()).unwrap_or_default(),
        }))
    }
}

impl DeriveTable {
    /// Whether it names no macro.
    fn is_plain(&self) -> bool {
        self.path.is_none()
            && self.krate.is_none()
            && self.version.is_none()
            && self.features.is_empty()
    }

    fn derived(&self) -> Result<Derived, String> {
        let is_path = |path: &str| {
            let path = path.strip_prefix("::").unwrap_or(path);
            path.split("::").all(|name| {
                name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
                    && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            })
        };
        let path = self.path.as_ref().filter(|path| is_path(path));
        let path = path.ok_or("expected the `path` of a derive macro, such as `ts_rs::TS`")?;
        let krate = match (&self.krate, &self.version) {
            (Some(name), Some(version)) => Some(ExternalCrate {
                name: checked(name)?,
                version: version.clone(),
                features: self.features.clone(),
            }),
            (None, None) if self.features.is_empty() => None,
            _ => return Err("expected `crate` and `version` together".to_owned()),
        };
        Ok(Derived::Macro {
            path: path.clone(),
            krate,
        })
    }
}

impl CrateChoice {
    /// The crate of this name.
    pub(super) fn krate(&self, name: &str) -> Result<ExternalCrate, String> {
        let (version, features) = match self {
            Self::Version(version) => (version, Vec::new()),
            Self::Table(table) => (&table.version, table.features.clone()),
        };
        Ok(ExternalCrate {
            name: checked(name)?,
            version: version.clone(),
            features,
        })
    }
}
