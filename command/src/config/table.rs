//! The tables of the file as TOML has them.

use std::collections::BTreeMap;

use countersign_codegen::diagnostic::{LevelTable, WaiverTables};
use countersign_codegen::settings::{Filter, Metadata, Selection};
use serde::Deserialize;
use toml::Spanned;

use super::access::CredentialTable;
use super::derives::{Crates, Derives};
use super::names::NamesTable;
use super::newtypes::NewtypesTable;
use super::paging::PagingTable;
use super::polling::PollingTable;
use super::reading::ReadingTable;
use super::runtime::RuntimeTable;

/// The APIs that a repository generates, from which documents, how, and where to.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    /// the command that generates the crates again, as they show it; `countersign gen` if left out
    pub(super) command: Option<String>,
    /// `true`: warnings are errors; `false` if left out
    pub(super) deny_warnings: Option<bool>,
    /// the layout and the place of what is generated
    #[serde(default)]
    pub(super) output: OutputTable,
    /// where the crates find `countersign-runtime`
    #[cfg_attr(test, schemars(with = "Option<RuntimeTable>"))]
    pub(super) runtime: Option<Spanned<RuntimeTable>>,
    /// Rust types for formats
    #[cfg_attr(test, schemars(with = "BTreeMap<String, TypeTable>"))]
    #[serde(default)]
    pub(super) types: BTreeMap<String, Spanned<TypeTable>>,
    /// further traits of types, by the cargo features that they are behind
    #[cfg_attr(
        test,
        schemars(with = "BTreeMap<String, super::derives::DeriveChoice>")
    )]
    #[serde(default)]
    pub(super) derives: Derives,
    /// crates that documents may name types of, by `x-rust-type`
    #[cfg_attr(test, schemars(with = "BTreeMap<String, super::derives::CrateChoice>"))]
    #[serde(default)]
    pub(super) crates: Crates,
    /// the APIs, by the stems of the names of their crates
    #[cfg_attr(test, schemars(with = "BTreeMap<String, ApiTable>"))]
    #[serde(default)]
    pub(super) api: BTreeMap<String, Spanned<ApiTable>>,
    /// levels of rules, for all APIs or for one
    #[cfg_attr(test, schemars(with = "BTreeMap<String, super::schema::Level>"))]
    #[serde(default)]
    pub(super) levels: LevelTable,
    /// findings that are suppressed
    #[cfg_attr(test, schemars(with = "Vec<super::schema::Waiver>"))]
    #[serde(default)]
    pub(super) waiver: WaiverTables,
}

/// `[api.NAME]`.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ApiTable {
    /// the entry document; required
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) document: Spanned<String>,
    /// the folder that no reference may leave; the document's own if left out
    pub(super) root: Option<String>,
    /// overlays of the entry document, below `root`, see below
    #[serde(default)]
    pub(super) overlays: Vec<String>,
    /// as for all APIs, but for this one
    pub(super) deny_warnings: Option<bool>,
    /// as for all APIs, but for this one
    pub(super) output: Option<OutputTable>,
    /// as for all APIs, but for this one
    #[cfg_attr(test, schemars(with = "Option<RuntimeTable>"))]
    pub(super) runtime: Option<Spanned<RuntimeTable>>,
    /// as for all APIs; adds to those
    #[cfg_attr(test, schemars(with = "BTreeMap<String, TypeTable>"))]
    #[serde(default)]
    pub(super) types: BTreeMap<String, Spanned<TypeTable>>,
    /// as for all APIs; adds to those
    #[cfg_attr(
        test,
        schemars(with = "BTreeMap<String, super::derives::DeriveChoice>")
    )]
    #[serde(default)]
    pub(super) derives: Derives,
    /// as for all APIs; adds to those
    #[cfg_attr(test, schemars(with = "BTreeMap<String, super::derives::CrateChoice>"))]
    #[serde(default)]
    pub(super) crates: Crates,
    /// the operations that are generated, see below
    #[serde(default)]
    pub(super) select: SelectTable,
    /// the operations that are not, see below
    #[serde(default)]
    pub(super) leave_out: LeaveOutTable,
    /// the names of operations, see below
    #[serde(default)]
    pub(super) names: NamesTable,
    /// plain values that are types of their own, see below
    #[serde(default)]
    pub(super) newtypes: NewtypesTable,
    /// which operations are lists in pages, and how, see below
    #[serde(default)]
    pub(super) paging: PagingTable,
    /// operations that say how far something is, see [polling.md](polling.md)
    #[serde(default)]
    pub(super) polling: PollingTable,
    /// the reading of answers that are not what the document says, see below
    #[serde(default)]
    pub(super) reading: ReadingTable,
    /// credentials of operations that document none, see [credentials.md](credentials.md)
    #[serde(default)]
    pub(super) credential: Vec<CredentialTable>,
}

/// `[api.NAME.select]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct SelectTable {
    /// tags
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    tags: Vec<Spanned<String>>,
    /// paths as the document has them; `*` is any part of a segment, `**` any number of segments
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    paths: Vec<Spanned<String>>,
    /// values of `operationId`
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    operations: Vec<Spanned<String>>,
    /// methods, in any case
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    methods: Vec<Spanned<String>>,
}

/// `[api.NAME.leave-out]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct LeaveOutTable {
    /// tags
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    tags: Vec<Spanned<String>>,
    /// paths as the document has them; `*` is any part of a segment, `**` any number of segments
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    paths: Vec<Spanned<String>>,
    /// values of `operationId`
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    operations: Vec<Spanned<String>>,
    /// methods, in any case
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    methods: Vec<Spanned<String>>,
    /// `true` leaves out deprecated operations
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
        let reading = self.reading.entries();
        let credentials = self.credential.iter().flat_map(CredentialTable::entries);
        lists
            .chain(reading)
            .chain(credentials)
            .chain(self.newtypes.entries())
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct OutputTable {
    /// the folder of the crates, within the project; the file's own if left out
    pub(super) folder: Option<String>,
    /// `true`: the crates take version, edition, licence, lints and shared dependencies from the workspace around, if it
    /// has them; `false`, the default: each manifest is complete in itself
    pub(super) member: Option<bool>,
    /// `"crates"`, the default: `NAME-model` and `NAME-client`; `"crate"`: one crate `NAME` with the modules `model` and
    /// `client`; `"module"`: modules in the folder `NAME` of a crate that is there, whose `src` is `folder` or above it
    #[serde(default)]
    pub(super) layout: LayoutTable,
    /// keys of the packages in manifests, see below
    #[serde(default)]
    pub(super) package: PackageTable,
}

/// `layout` of `[output]`.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PackageTable {
    /// the version
    version: Option<String>,
    /// the description
    description: Option<String>,
    /// the licence, as an SPDX expression
    license: Option<String>,
    /// the URL of the repository
    repository: Option<String>,
    /// the URL of the homepage
    homepage: Option<String>,
    /// the URL of the documentation
    documentation: Option<String>,
    /// the authors
    authors: Option<Vec<String>>,
    /// keywords of a registry
    keywords: Option<Vec<String>>,
    /// categories of a registry
    categories: Option<Vec<String>>,
    /// whether cargo may publish the crates
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

/// A value of `[types]`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct CrateTable {
    /// the path of the type
    pub(super) path: Option<String>,
    /// the crate that the manifest is to have for it
    #[serde(rename = "crate")]
    pub(super) krate: Option<String>,
    /// the version of the crate
    pub(super) version: Option<String>,
    /// features of the crate
    #[serde(default)]
    pub(super) features: Vec<String>,
    /// `true`: every format of the preset that the key names; `version` and `features` may be added
    #[serde(default)]
    pub(super) preset: bool,
}
