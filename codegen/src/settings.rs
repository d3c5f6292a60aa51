//! What the caller of the generator decides; nothing of it comes from a document.

use crate::ir::External;

/// How crates are generated.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The stem of the crates' names: `appgate-sdp` gives `appgate-sdp-model` and `appgate-sdp-client`.
    pub name: String,
    /// How the folder of the documents is shown: `spec/appgate-sdp/`.
    pub prefix: String,
    /// The command that generates the crates again, as it is shown in them.
    pub command: String,
    /// Where generated crates find the runtime.
    pub runtime: Runtime,
    /// How their manifests are written.
    pub manifest: Manifest,
    /// Rust types that stand in for formats.
    pub types: Vec<External>,
}

/// Where generated crates find the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// In the workspace that they are members of.
    Workspace,
    /// In a folder.
    Path(String),
    /// In a registry, by version.
    Version(String),
}

/// How the manifests of generated crates are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manifest {
    /// As members of a workspace that sets version, edition, licence and lints.
    Member,
    /// Complete in themselves.
    Standalone,
}
