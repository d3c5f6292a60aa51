//! Where things are in this workspace.

use std::fs;
use std::path::{Path, PathBuf};

use countersign_codegen::Strictness;
use countersign_codegen::settings::{Manifest, Runtime, Settings};

use crate::failure::Failure;
use crate::job::Job;

/// The manifest around crates that stand in no workspace.
pub const STANDALONE: &str = "# So that the crates here compile where they stand. Written once; yours to change.\n\n\
     [workspace]\nresolver = \"3\"\nmembers = [\"*-model\", \"*-client\"]\n";

/// The workspace that the command belongs to.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The one around this crate: where cargo says the crate is, or where it was built.
    pub fn find() -> Self {
        let built = || Path::new(env!("CARGO_MANIFEST_DIR")).to_owned();
        let xtask = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(built, PathBuf::from);
        let root = xtask.parent().unwrap_or(&xtask).to_owned();
        Self { root }
    }

    /// Its root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the generated crates.
    pub fn generated(&self) -> PathBuf {
        self.root.join("generated")
    }

    /// The folder of the runtime.
    pub fn runtime(&self) -> PathBuf {
        self.root.join("runtime")
    }

    /// The folder of what cargo builds here.
    pub fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// Which versions of other crates are used here.
    pub fn lock(&self) -> PathBuf {
        self.root.join("Cargo.lock")
    }

    /// The folder of the documents of an API.
    pub fn documents(&self, api: &str) -> PathBuf {
        self.root.join("spec").join(api)
    }

    /// The file of levels and waivers.
    pub fn waivers(&self) -> PathBuf {
        self.root.join("spec/waivers.toml")
    }

    /// The APIs: folders of `spec/` with an entry document, in alphabetical order.
    pub fn apis(&self) -> Result<Vec<String>, Failure> {
        let all = folders(&self.root.join("spec"))?;
        let is_api = |name: &String| self.documents(name).join("openapi.yaml").is_file();
        Ok(all.into_iter().filter(is_api).collect())
    }

    /// The APIs that a caller names, or all.
    pub fn chosen(&self, named: &[String]) -> Result<Vec<String>, Failure> {
        let all = self.apis()?;
        if let Some(unknown) = named.iter().find(|name| !all.contains(name)) {
            let all = all.join(", ");
            let what = format!("there is no spec/{unknown}/openapi.yaml; the APIs are {all}");
            return Err(Failure::Usage(what));
        }
        let is_chosen = |name: &String| named.is_empty() || named.contains(name);
        Ok(all.into_iter().filter(is_chosen).collect())
    }

    /// The generated crates that stand on disk, whether or not they have an API.
    pub fn crates(&self) -> Result<Vec<String>, Failure> {
        let folder = self.generated();
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let names = folders(&folder)?;
        let is_crate = |name: &String| name.ends_with("-model") || name.ends_with("-client");
        Ok(names.into_iter().filter(is_crate).collect())
    }
}

/// The names of the folders in a folder, in alphabetical order.
pub fn folders(folder: &Path) -> Result<Vec<String>, Failure> {
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

/// A run on an API of the workspace.
pub fn job(workspace: &Workspace, api: &str) -> Result<Job, Failure> {
    let root = workspace.documents(api);
    let job = Job::new(
        &root,
        &root.join("openapi.yaml"),
        settings(api),
        Strictness::DenyWarnings,
    );
    job.map(Job::recorded)
}

/// How the crates of an API are generated.
pub fn settings(api: &str) -> Settings {
    Settings {
        name: api.to_owned(),
        prefix: format!("spec/{api}/"),
        command: "cargo xtask gen".to_owned(),
        runtime: Runtime::Workspace,
        manifest: Manifest::Member,
        types: Vec::new(),
    }
}

/// The folders of the crates of an API.
pub fn crates_of(api: &str) -> [String; 2] {
    [format!("{api}-model"), format!("{api}-client")]
}
