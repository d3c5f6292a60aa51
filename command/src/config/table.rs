//! The tables of the file as TOML has them.

use std::collections::BTreeMap;

use countersign_codegen::diagnostic::{LevelTable, WaiverTables};
use countersign_codegen::settings::{Filter, GitReference, Runtime, Selection};
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
    pub(super) types: BTreeMap<String, Spanned<TypeTable>>,
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
    pub(super) document: Spanned<String>,
    pub(super) root: Option<String>,
    #[serde(default)]
    pub(super) overlays: Vec<String>,
    pub(super) deny_warnings: Option<bool>,
    pub(super) output: Option<OutputTable>,
    pub(super) runtime: Option<Spanned<RuntimeTable>>,
    #[serde(default)]
    pub(super) types: BTreeMap<String, Spanned<TypeTable>>,
    #[serde(default)]
    pub(super) select: SelectTable,
    #[serde(default)]
    pub(super) leave_out: LeaveOutTable,
}

/// `[api.NAME.select]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct SelectTable {
    tags: Vec<Spanned<String>>,
    paths: Vec<Spanned<String>>,
    operations: Vec<Spanned<String>>,
    methods: Vec<Spanned<String>>,
}

/// `[api.NAME.leave-out]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct LeaveOutTable {
    tags: Vec<Spanned<String>>,
    paths: Vec<Spanned<String>>,
    operations: Vec<Spanned<String>>,
    methods: Vec<Spanned<String>>,
    deprecated: bool,
}

/// The name of a list of a selection, and its entries.
type Named<'a> = (&'static str, &'a [Spanned<String>]);

impl ApiTable {
    /// The operations that are generated.
    pub(super) fn selection(&self) -> Selection {
        let [only, without] = self.filters().map(|lists| {
            let [tags, paths, operations, methods] = lists.map(|(_, entries)| {
                let entries = entries.iter();
                entries.map(|entry| entry.get_ref().clone()).collect()
            });
            Filter {
                tags,
                paths,
                operations,
                methods,
            }
        });
        Selection {
            only,
            without_deprecated: self.leave_out.deprecated,
            without,
        }
    }

    /// The places of the entries of a selection, each with its list.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'static str, &Spanned<String>)> {
        let lists = self.filters().into_iter().flatten();
        lists.flat_map(|(list, entries)| entries.iter().map(move |entry| (list, entry)))
    }

    fn filters(&self) -> [[Named<'_>; 4]; 2] {
        let (only, without) = (&self.select, &self.leave_out);
        [
            [
                ("tags", &only.tags),
                ("paths", &only.paths),
                ("operations", &only.operations),
                ("methods", &only.methods),
            ],
            [
                ("tags", &without.tags),
                ("paths", &without.paths),
                ("operations", &without.operations),
                ("methods", &without.methods),
            ],
        ]
    }
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
    git: Option<String>,
    branch: Option<String>,
    tag: Option<String>,
    rev: Option<String>,
}

/// A value of `[types]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "expected the path of a type, or a table with `path`, `crate`, `version`, `features` and `preset`"
)]
pub(super) enum TypeTable {
    /// The path of a type from a crate that the manifest has anyway.
    Path(String),
    /// A path, and the crate that it is from.
    From(CrateTable),
}

/// A type and the crate that it is from; or the formats that a preset has.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct CrateTable {
    pub(super) path: Option<String>,
    #[serde(rename = "crate")]
    pub(super) krate: Option<String>,
    pub(super) version: Option<String>,
    #[serde(default)]
    pub(super) features: Vec<String>,
    #[serde(default)]
    pub(super) preset: bool,
}

impl RuntimeTable {
    /// Where the crates find the runtime.
    pub(super) fn runtime(&self) -> Result<Runtime, &'static str> {
        let references = [
            (GitReference::Branch, &self.branch),
            (GitReference::Tag, &self.tag),
            (GitReference::Rev, &self.rev),
        ];
        let mut at = references
            .into_iter()
            .filter_map(|(kind, name)| Some((kind, name.clone()?)));
        let (at, more) = (at.next(), at.next());
        match (&self.version, &self.path, self.workspace, &self.git) {
            (Some(version), None, None, None) if at.is_none() => {
                Ok(Runtime::Version(version.clone()))
            }
            (None, Some(path), None, None) if at.is_none() => Ok(Runtime::Path(path.clone())),
            (None, None, Some(true), None) if at.is_none() => Ok(Runtime::Workspace),
            (None, None, None, Some(url)) if more.is_none() => Ok(Runtime::Git {
                url: url.clone(),
                at,
            }),
            (None, None, None, Some(_)) => Err("expected one of `branch`, `tag` and `rev`"),
            _ => Err("expected one of `version`, `path`, `git` and `workspace = true`"),
        }
    }
}
