//! The decisions of the caller of the generator; nothing of it comes from a document.

mod access;
mod derives;
mod keyed;
mod layout;
mod naming;
mod newtypes;
mod package;
mod paging;
mod polling;
mod reading;
mod selection;

use crate::ir::{External, ExternalCrate};

pub use self::access::{AccessSettings, Attached};
pub(crate) use self::derives::matches;
pub use self::derives::{Derive, Derived};
pub use self::layout::{Half, Layout, ModulePath};
pub use self::naming::NamingSettings;
pub use self::newtypes::NewtypeSettings;
pub use self::package::{Inherited, Metadata};
pub use self::paging::{PagingChoice, PagingSettings};
pub use self::polling::{PollingChoice, PollingSettings, PollingWords};
pub use self::reading::ReadingSettings;
pub use self::selection::{Candidate, Filter, Selection};
pub use crate::ir::MemberMode;

/// The revision of what generated code expects of the runtime. The runtime's macro `generated` knows it as well: raise
/// both where older generated code no longer compiles or no longer means the same.
pub(crate) const REVISION: u32 = 6;

/// The settings of generated crates.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The stem of the crates' names: `appgate-sdp` gives `appgate-sdp-model` and `appgate-sdp-client`.
    pub name: String,
    /// The shown name of the folder of the documents: `spec/appgate-sdp/`.
    pub prefix: String,
    /// The command that generates the crates again, as it is shown in them.
    pub command: String,
    /// Where generated crates find the runtime.
    pub runtime: Runtime,
    /// Whether clients have fake servers, behind the feature `fake`.
    pub fake: bool,
    /// The layout: two crates, one, or a module of somebody's crate.
    pub layout: Layout,
    /// The style of their manifests.
    pub manifest: Manifest,
    /// The keys and tables that manifests of members take from the workspace around them.
    pub inherited: Inherited,
    /// More keys of their packages.
    pub metadata: Vec<(String, Metadata)>,
    /// Rust types that stand in for formats.
    pub types: Vec<External>,
    /// Further traits of the types.
    pub derives: Vec<Derive>,
    /// The decisions about operations and types.
    pub api: ApiSettings,
}

/// Decisions about operations and types that documents leave open, or that the caller takes otherwise.
#[derive(Clone, Debug, Default)]
pub struct ApiSettings {
    /// The operations that are generated.
    pub selection: Selection,
    /// The names of operations.
    pub naming: NamingSettings,
    /// The paging of operations.
    pub paging: PagingSettings,
    /// The operations that can be waited with.
    pub polling: PollingSettings,
    /// The reading of answers that are not what the document says.
    pub reading: ReadingSettings,
    /// Credentials of operations that document none.
    pub access: AccessSettings,
    /// Plain values that are types of their own.
    pub newtypes: NewtypeSettings,
    /// The crates that documents may name types of, by `x-rust-type`.
    pub crates: Vec<ExternalCrate>,
}

impl ApiSettings {
    /// Entries that match no operation, each with the name of its list.
    pub(crate) fn unmatched(&self, operations: &[Candidate<'_>]) -> Vec<(&'static str, String)> {
        let ids: Vec<Option<&str>> = operations.iter().map(|of| of.id).collect();
        let places: Vec<_> = operations.iter().map(|of| (of.id, of.path)).collect();
        let selection = self.selection.unmatched(operations).into_iter();
        let naming = self.naming.unmatched(&ids);
        let naming = naming.map(|id| ("names.operations", id));
        let paging = keyed::unmatched(&self.paging.operations, &places);
        let paging = paging.into_iter().map(|key| ("paging.operations", key));
        let polling = keyed::unmatched(&self.polling.operations, &places);
        let polling = polling.into_iter().map(|key| ("polling.operations", key));
        let reading = self.reading.unmatched(&ids);
        let all = selection.chain(naming).chain(paging).chain(polling);
        let all = all.chain(reading);
        all.map(|(list, entry)| (list, entry.to_owned())).collect()
    }
}

impl Settings {
    /// Settings for documents that are read and of which nothing is written.
    pub fn of_documents(prefix: String) -> Self {
        Self {
            name: "document".to_owned(),
            prefix,
            command: "countersign gen".to_owned(),
            runtime: Runtime::Workspace,
            fake: true,
            layout: Layout::Crates,
            manifest: Manifest::Standalone,
            inherited: Inherited::default(),
            metadata: Vec::new(),
            types: Vec::new(),
            derives: Vec::new(),
            api: ApiSettings::default(),
        }
    }
}

/// Where generated crates find the runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// In the workspace that they are members of.
    Workspace,
    /// In a folder.
    Path(String),
    /// In the folder `countersign-runtime` of this one, with the crates that go with it beside it: its source is
    /// written there together with the crates.
    Vendored(String),
    /// In a registry, by version.
    Version(String),
    /// In a git repository.
    Git {
        /// Its URL.
        url: String,
        /// The branch, tag or commit; the default branch if there is none.
        at: Option<(GitReference, String)>,
    },
}

/// A kind of reference to a commit, by the name of the key that cargo has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GitReference {
    /// `branch`.
    Branch,
    /// `tag`.
    Tag,
    /// `rev`.
    Rev,
}

impl GitReference {
    /// The key in a manifest.
    pub fn key(self) -> &'static str {
        match self {
            Self::Branch => "branch",
            Self::Tag => "tag",
            Self::Rev => "rev",
        }
    }
}

/// The style of the manifests of generated crates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manifest {
    /// As members of a workspace that sets version, edition, licence and lints.
    Member,
    /// Complete in themselves.
    Standalone,
}
