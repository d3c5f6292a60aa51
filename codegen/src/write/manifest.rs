//! Manifests, by a serializer: no text of a document reaches them.

use std::collections::BTreeMap;

use serde::Serialize;
use toml::{Table, Value};

use crate::settings::Manifest;

/// A crate's manifest.
#[derive(Clone, Debug)]
pub struct CrateManifest {
    /// The package's name.
    pub name: String,
    /// What it is: the generator's words.
    pub description: String,
    /// How it is written.
    pub style: Manifest,
    /// Dependencies, by name.
    pub dependencies: BTreeMap<String, Dependency>,
    /// Features, by name.
    pub features: BTreeMap<String, Vec<String>>,
    /// Whether examples in its documentation are compiled and run as tests.
    pub doctest: bool,
}

/// A dependency.
#[derive(Clone, Debug)]
pub struct Dependency {
    /// Where it comes from.
    pub origin: Origin,
    /// Whether its default features are on.
    pub default_features: bool,
    /// Features that are switched on.
    pub features: Vec<&'static str>,
}

/// Where a dependency comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The workspace's own table of dependencies.
    Workspace,
    /// A folder.
    Path(String),
    /// A registry, by version requirement.
    Version(String),
}

#[derive(Serialize)]
struct Document {
    package: Table,
    lib: Table,
    features: BTreeMap<String, Vec<String>>,
    dependencies: Table,
    #[serde(skip_serializing_if = "Table::is_empty")]
    lints: Table,
}

impl CrateManifest {
    /// The manifest as text.
    pub fn to_toml(&self) -> String {
        let mut package = Table::new();
        package.insert("name".into(), self.name.clone().into());
        package.insert("description".into(), self.description.clone().into());
        let mut lints = Table::new();
        match self.style {
            Manifest::Member => {
                for key in ["version", "edition", "rust-version", "license", "publish"] {
                    package.insert(key.into(), inherited());
                }
                lints.insert("workspace".into(), true.into());
            }
            Manifest::Standalone => {
                package.insert("version".into(), "0.1.0".into());
                package.insert("edition".into(), "2024".into());
                package.insert("publish".into(), false.into());
            }
        }
        let mut lib = Table::new();
        lib.insert("doctest".into(), self.doctest.into());
        let dependencies = self
            .dependencies
            .iter()
            .map(|(name, dependency)| (name.clone(), dependency.value()))
            .collect();
        let document = Document {
            package,
            lib,
            features: self.features.clone(),
            dependencies,
            lints,
        };
        let text = toml::to_string(&document).unwrap_or_default();
        format!("# Generated, like all of this crate. Change the documents instead.\n\n{text}")
    }
}

impl Dependency {
    fn value(&self) -> Value {
        let mut table = Table::new();
        match &self.origin {
            Origin::Workspace => table.insert("workspace".into(), true.into()),
            Origin::Path(path) => table.insert("path".into(), path.clone().into()),
            Origin::Version(version) => table.insert("version".into(), version.clone().into()),
        };
        if !self.default_features && self.origin != Origin::Workspace {
            table.insert("default-features".into(), false.into());
        }
        if !self.features.is_empty() {
            let features: Vec<Value> = self
                .features
                .iter()
                .map(|feature| (*feature).into())
                .collect();
            table.insert("features".into(), features.into());
        }
        Value::Table(table)
    }
}

fn inherited() -> Value {
    let mut table = Table::new();
    table.insert("workspace".into(), true.into());
    Value::Table(table)
}
