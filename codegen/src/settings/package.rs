//! Manifests of generated crates: what they take from a workspace, and what their owner adds.

use std::collections::BTreeSet;

/// The keys and tables that a workspace has for its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inherited {
    /// Keys of `workspace.package`.
    pub package: BTreeSet<String>,
    /// Names in `workspace.dependencies`; none if all that are needed are there.
    pub dependencies: Option<BTreeSet<String>>,
    /// Whether there are `workspace.lints`.
    pub lints: bool,
}

impl Default for Inherited {
    /// All that a member can take.
    fn default() -> Self {
        let package = ["version", "edition", "rust-version", "license", "publish"];
        Self {
            package: package.map(str::to_owned).into(),
            dependencies: None,
            lints: true,
        }
    }
}

impl Inherited {
    /// Whether a dependency is in the workspace's own table.
    pub(crate) fn has(&self, dependency: &str) -> bool {
        let dependencies = self.dependencies.as_ref();
        dependencies.is_none_or(|dependencies| dependencies.contains(dependency))
    }
}

/// A value in a manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Metadata {
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
    /// `true` or `false`.
    Flag(bool),
}
