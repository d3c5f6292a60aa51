//! Manifests as data.

use std::collections::BTreeMap;

use crate::settings::{GitReference, Inherited, Manifest, Metadata};

/// A crate's manifest.
#[derive(Clone, Debug)]
pub struct CrateManifest {
    /// The package's name.
    pub name: String,
    /// The description: the generator's words.
    pub description: String,
    /// The way it is written.
    pub style: Manifest,
    /// The keys and tables that it takes from the workspace around it, if it is a member.
    pub inherited: Inherited,
    /// More keys of the package.
    pub metadata: Vec<(String, Metadata)>,
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
    pub features: Vec<String>,
    /// Whether it is only there behind a feature.
    pub optional: bool,
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
    /// A git repository.
    Git {
        /// Its URL.
        url: String,
        /// The branch, tag or commit.
        at: Option<(GitReference, String)>,
    },
}
