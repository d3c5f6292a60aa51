//! `[runtime]`: where the crates find the runtime.

use countersign_codegen::settings::{GitReference, Runtime};
use serde::Deserialize;

/// `[runtime]`.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RuntimeTable {
    /// in a registry, by version; the default is the version that goes with the command
    version: Option<String>,
    /// in a folder
    path: Option<String>,
    /// `true`: in the table `workspace.dependencies` of the workspace around, which needs `countersign-fake` as well
    workspace: Option<bool>,
    /// `true`: its source is written beside the crates, in `countersign-runtime`, `countersign-derive` and
    /// `countersign-fake`, one copy for all APIs in the `folder` of the table `[output]`; nothing of Countersign is needed
    /// from a registry, and `gen --check` covers the copy
    vendored: Option<bool>,
    /// of any of the others: `false`: clients have no fake servers, and nothing of `countersign-fake` is needed; `true` if
    /// left out
    fake: Option<bool>,
    /// in a git repository, by its URL
    git: Option<String>,
    /// of `git`: the branch
    branch: Option<String>,
    /// of `git`: the tag
    tag: Option<String>,
    /// of `git`: the commit
    rev: Option<String>,
}

impl RuntimeTable {
    /// Where the crates find the runtime; its source is in `folder` if it is written beside them.
    pub(super) fn runtime(&self, folder: &str) -> Result<Runtime, &'static str> {
        let references = [
            (GitReference::Branch, &self.branch),
            (GitReference::Tag, &self.tag),
            (GitReference::Rev, &self.rev),
        ];
        let mut at = references
            .into_iter()
            .filter_map(|(kind, name)| Some((kind, name.clone()?)));
        let (at, more) = (at.next(), at.next());
        let is_flag = |flag: Option<bool>| flag == Some(true);
        let chosen = [
            self.version.is_some(),
            self.path.is_some(),
            is_flag(self.workspace),
            is_flag(self.vendored),
            self.git.is_some(),
        ];
        let one = chosen.iter().filter(|chosen| **chosen).count() == 1;
        match (self, &self.git) {
            (_, Some(_)) if one && more.is_some() => {
                Err("expected one of `branch`, `tag` and `rev`")
            }
            (_, Some(url)) if one => Ok(Runtime::Git {
                url: url.clone(),
                at,
            }),
            // A table that says something else.
            _ if !chosen.contains(&true) && at.is_none() && self.fake.is_some() => {
                Ok(Runtime::Version(super::RUNTIME.to_owned()))
            }
            _ if !one || at.is_some() => Err(
                "expected one of `version`, `path`, `git`, `workspace = true` and `vendored = true`",
            ),
            (
                Self {
                    version: Some(version),
                    ..
                },
                _,
            ) => Ok(Runtime::Version(version.clone())),
            (
                Self {
                    path: Some(path), ..
                },
                _,
            ) => Ok(Runtime::Path(path.clone())),
            _ if is_flag(self.vendored) => Ok(Runtime::Vendored(folder.to_owned())),
            _ => Ok(Runtime::Workspace),
        }
    }

    /// Whether clients have fake servers.
    pub(super) fn fake(&self) -> bool {
        self.fake.unwrap_or(true)
    }
}
