//! Projects: APIs, where their documents are, and where their crates go.
//!
//! A project is described by a `countersign.toml`, or it is one document that the command line names. The verbs do not
//! tell the two apart.

pub(crate) mod api;
mod generate;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use countersign_codegen::settings::Runtime;

use crate::config::{Config, FILE};
use crate::failure::Failure;
use crate::job::Job;
use crate::vendored::Vendored;
use crate::{place, policy, workspace};

pub use self::api::Api;
pub(crate) use self::api::external;
pub use self::generate::Generated;
pub(crate) use self::generate::{Files, notes, outcomes};

/// The manifest around crates that stand in no workspace.
pub const STANDALONE: &str = "# Makes the crates in this folder a workspace. Written once; yours to change.\n\n\
     [workspace]\nresolver = \"3\"\nmembers = [\"*-model\", \"*-client\"]\n";

/// A project.
#[derive(Debug)]
pub struct Project {
    root: PathBuf,
    config: Option<Config>,
    apis: Vec<Api>,
    pub(crate) policy: Option<policy::File>,
}

impl Project {
    /// The one whose `countersign.toml` is in the current folder, or in the nearest folder above.
    ///
    /// # Errors
    /// If there is none, or it can't be understood.
    pub fn find() -> Result<Self, Failure> {
        let current = std::env::current_dir()
            .map_err(|error| Failure::Failed(format!("no current folder: {error}")))?;
        let mut folders = current.ancestors();
        let root = folders.find(|folder| folder.join(FILE).is_file());
        let root = root.ok_or_else(|| {
            Failure::Usage(format!(
                "expected a {FILE} in this folder or above; `countersign init DOCUMENT` writes one"
            ))
        })?;
        Self::at(root)
    }

    /// The one whose `countersign.toml` is in a folder.
    ///
    /// # Errors
    /// If it can't be read or understood.
    pub fn at(root: &Path) -> Result<Self, Failure> {
        let file = root.join(FILE);
        let text = fs::read_to_string(&file)
            .map_err(|error| Failure::Failed(format!("{}: {error}", file.display())))?;
        Self::of_text(root, text)
    }

    /// The one that the text of a `countersign.toml` in a folder describes.
    pub(crate) fn of_text(root: &Path, text: String) -> Result<Self, Failure> {
        let mut config = Config::parse(text, "")?;
        let apis = config.apis.iter();
        let apis = apis
            .map(|(name, api)| Api::configured(root, name, api, &config.command))
            .collect::<Result<_, _>>()?;
        let policy = config.policy.take();
        let policy = policy.map(|policy| policy::File::new(policy, String::new()));
        Ok(Self {
            root: root.to_owned(),
            config: Some(config),
            apis,
            policy,
        })
    }

    /// The one that a `countersign.toml` describes, wherever the file is.
    ///
    /// # Errors
    /// If it can't be read or understood.
    pub fn from_file(file: impl AsRef<Path>) -> Result<Self, Failure> {
        let file = file.as_ref();
        let unreadable = |error| Failure::Failed(format!("{}: {error}", file.display()));
        let full = std::path::absolute(file).map_err(unreadable)?;
        match (full.parent(), full.file_name()) {
            (Some(folder), Some(name)) if name == FILE => Self::at(folder),
            _ => Err(Failure::Usage(format!(
                "{} is not called {FILE}",
                file.display()
            ))),
        }
    }

    /// One of a single API, without a `countersign.toml`.
    pub(crate) fn of_one(api: Api, policy: Option<policy::File>) -> Self {
        Self {
            root: api.root().to_owned(),
            config: None,
            apis: vec![api],
            policy,
        }
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The settings in its `countersign.toml`; none for a document that the command line names.
    pub(crate) fn config(&self) -> Option<&Config> {
        self.config.as_ref()
    }

    /// The command that generates its crates again.
    pub(crate) fn command(&self) -> &str {
        let config = self.config.as_ref();
        config.map_or("countersign gen", |config| config.command.as_str())
    }

    /// The folder of what cargo builds here.
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// The folder of the runtime, where the crates of this project find it in one.
    pub fn runtime(&self) -> Option<PathBuf> {
        match &self.config.as_ref()?.runtime {
            Some(Runtime::Path(path)) => Some(self.root.join(path)),
            Some(Runtime::Workspace) => self.runtime_of_workspace(),
            _ => None,
        }
    }

    /// The path that the workspace's own table of dependencies has.
    fn runtime_of_workspace(&self) -> Option<PathBuf> {
        let workspace = workspace::of(&self.root)?;
        Some(self.root.join(workspace.path_of("countersign-runtime")?))
    }

    /// The source of the runtime that is written beside the crates, if it is; and its folder, and as people read it.
    pub(crate) fn vendored(&self) -> Option<(Vendored, PathBuf, String)> {
        if let Some(config) = &self.config {
            let vendored = config.vendored()?;
            let folder = self.root.join(&vendored.folder);
            let shown = place::prefix(Path::new(&vendored.folder));
            return Some((vendored, folder, shown));
        }
        let mut apis = self.apis.iter();
        let is_vendored = |api: &&Api| matches!(api.settings().runtime, Runtime::Vendored(_));
        let api = apis.find(is_vendored)?;
        let vendored = Vendored {
            folder: String::new(),
            fake: api.settings().fake,
        };
        Some((vendored, api.out().to_owned(), String::new()))
    }

    /// The APIs, in alphabetical order.
    pub fn apis(&self) -> &[Api] {
        &self.apis
    }

    /// The API of a name.
    pub(crate) fn api(&self, name: &str) -> Option<&Api> {
        self.apis.iter().find(|api| api.name() == name)
    }

    /// The APIs that a caller names, or all.
    pub(crate) fn chosen(&self, named: &[String]) -> Result<Vec<&Api>, Failure> {
        if let Some(unknown) = named.iter().find(|name| self.api(name).is_none()) {
            let all: Vec<&str> = self.apis.iter().map(Api::name).collect();
            let all = all.join(", ");
            let what = format!("there is no API `{unknown}`; the APIs are {all}");
            return Err(Failure::Usage(what));
        }
        let is_chosen =
            |api: &&Api| named.is_empty() || named.iter().any(|name| api.name() == name);
        Ok(self.apis.iter().filter(is_chosen).collect())
    }

    /// Runs on some APIs, with the waivers that are for them.
    pub(crate) fn jobs(&self, apis: &[&Api]) -> Result<Vec<Job>, Failure> {
        let jobs = apis.iter().map(|api| {
            let waivers = self.policy.as_ref();
            let waivers = waivers.map(|policy| policy.waivers_below(api.waivers_below()));
            Ok(api.job()?.admitting(waivers.unwrap_or_default()))
        });
        jobs.collect()
    }

    /// The generated crates on disk in a folder of output, whether or not they have an API still.
    pub(crate) fn crates_in(&self, folder: &Path) -> Result<BTreeSet<String>, Failure> {
        if self.config.is_none() || !folder.is_dir() {
            return Ok(BTreeSet::new());
        }
        let names = folders(folder)?.into_iter();
        let is_crate = |name: &String| crate::output::is_generated(&folder.join(name));
        Ok(names.filter(is_crate).collect())
    }
}

/// The names of the folders in a folder, in alphabetical order.
fn folders(folder: &Path) -> Result<Vec<String>, Failure> {
    let unreadable = |error| Failure::Failed(format!("{}: {error}", folder.display()));
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if entry.path().is_dir() {
            names.extend(entry.file_name().into_string().ok());
        }
    }
    names.sort();
    Ok(names)
}
