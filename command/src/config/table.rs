//! The tables of the file as TOML has them.

use std::collections::BTreeMap;

use countersign_codegen::diagnostic::{LevelTable, WaiverTables};
use countersign_codegen::settings::{Filter, GitReference, Metadata, Runtime, Selection};
use serde::Deserialize;
use toml::Spanned;

use super::names::NamesTable;
use super::paging::PagingTable;
use super::reading::ReadingTable;

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
    #[serde(default)]
    pub(super) names: NamesTable,
    #[serde(default)]
    pub(super) paging: PagingTable,
    #[serde(default)]
    pub(super) reading: ReadingTable,
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
        let lists =
            lists.flat_map(|(list, entries)| entries.iter().map(move |entry| (list, entry)));
        let reading = self.reading.operations();
        lists.chain(reading.map(|id| ("reading.operations", id)))
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
    #[serde(default)]
    pub(super) layout: LayoutTable,
    #[serde(default)]
    pub(super) package: PackageTable,
}

/// `layout` of `[output]`.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LayoutTable {
    /// A model crate and a client crate.
    #[default]
    Crates,
    /// One crate, with the modules `model` and `client`.
    Crate,
    /// Modules of a crate that is there already.
    Module,
}

/// `[output.package]`: keys of the packages in manifests.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PackageTable {
    version: Option<String>,
    description: Option<String>,
    license: Option<String>,
    repository: Option<String>,
    homepage: Option<String>,
    documentation: Option<String>,
    authors: Option<Vec<String>>,
    keywords: Option<Vec<String>>,
    categories: Option<Vec<String>>,
    publish: Option<bool>,
}

impl PackageTable {
    /// The keys that are there.
    pub(super) fn metadata(&self) -> Vec<(String, Metadata)> {
        let texts = [
            ("version", &self.version),
            ("description", &self.description),
            ("license", &self.license),
            ("repository", &self.repository),
            ("homepage", &self.homepage),
            ("documentation", &self.documentation),
        ];
        let lists = [
            ("authors", &self.authors),
            ("keywords", &self.keywords),
            ("categories", &self.categories),
        ];
        let texts = texts.map(|(key, text)| (key, text.clone().map(Metadata::Text)));
        let lists = lists.map(|(key, list)| (key, list.clone().map(Metadata::List)));
        let publish = ("publish", self.publish.map(Metadata::Flag));
        let all = texts.into_iter().chain(lists).chain([publish]);
        all.filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect()
    }
}

/// `[runtime]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RuntimeTable {
    version: Option<String>,
    path: Option<String>,
    workspace: Option<bool>,
    vendored: Option<bool>,
    fake: Option<bool>,
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
