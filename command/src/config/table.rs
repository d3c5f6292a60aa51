//! The tables of the file as TOML has them.

use std::collections::BTreeMap;

use countersign_codegen::diagnostic::{LevelTable, WaiverTables};
use countersign_codegen::settings::Runtime;
use serde::Deserialize;
use toml::Spanned;

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    pub(super) command: Option<String>,
    pub(super) deny_warnings: Option<bool>,
    #[serde(default)]
    pub(super) output: OutputTable,
    pub(super) runtime: Option<Spanned<RuntimeTable>>,
    #[serde(default)]
    pub(super) types: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) api: BTreeMap<String, Spanned<ApiTable>>,
    #[serde(default)]
    pub(super) levels: LevelTable,
    #[serde(default)]
    pub(super) waiver: WaiverTables,
}

/// `[api.NAME]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ApiTable {
    pub(super) document: String,
    pub(super) root: Option<String>,
    pub(super) deny_warnings: Option<bool>,
    pub(super) output: Option<OutputTable>,
    pub(super) runtime: Option<Spanned<RuntimeTable>>,
    #[serde(default)]
    pub(super) types: BTreeMap<String, String>,
}

/// `[output]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OutputTable {
    pub(super) folder: Option<String>,
    pub(super) member: Option<bool>,
}

/// `[runtime]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RuntimeTable {
    version: Option<String>,
    path: Option<String>,
    workspace: Option<bool>,
}

impl RuntimeTable {
    /// Where the crates find the runtime.
    pub(super) fn runtime(&self) -> Result<Runtime, &'static str> {
        match (&self.version, &self.path, self.workspace) {
            (Some(version), None, None) => Ok(Runtime::Version(version.clone())),
            (None, Some(path), None) => Ok(Runtime::Path(path.clone())),
            (None, None, Some(true)) => Ok(Runtime::Workspace),
            _ => Err("expected one of `version`, `path` and `workspace = true`"),
        }
    }
}
