//! The documents as they were: at a revision that git knows, or in a folder.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use countersign_codegen::settings::Settings;
use countersign_codegen::source::{DocumentPath, Files};

use crate::config::{Config, FILE};
use crate::disk::{BYTES_AT_MOST, Disk, too_large};
use crate::failure::Failure;
use crate::place;
use crate::project::Project;

/// The length of a hash where people read it.
const HASH: usize = 12;

/// Where the documents as they were are found.
#[derive(Clone, Debug)]
pub(crate) enum Revision {
    /// A commit of the repository in a folder.
    Commit {
        /// The root of the project.
        root: PathBuf,
        /// Its hash.
        hash: String,
    },
    /// A folder with the project as it was, or with its documents.
    Folder(PathBuf),
}

/// An API as it was.
#[derive(Debug)]
pub(crate) struct Was {
    /// The folder of its documents, relative to that of the project.
    root: String,
    /// The entry document.
    pub(crate) entry: DocumentPath,
    /// The overlays of it.
    pub(crate) overlays: Vec<DocumentPath>,
    /// The settings that it was generated with.
    pub(crate) settings: Settings,
    /// The documents.
    pub(crate) documents: Documents,
}

impl Was {
    /// The text before the paths of its documents.
    pub(crate) fn prefix(&self) -> String {
        place::prefix(Path::new(&self.root))
    }
}

/// The documents of one API as they were.
#[derive(Clone, Debug)]
pub(crate) enum Documents {
    /// Below a folder of a commit.
    Commit {
        /// The root of the project.
        repository: PathBuf,
        /// The commit and the folder: `hash:./folder`.
        below: String,
    },
    /// Below a folder.
    Folder(PathBuf),
}

impl Revision {
    /// The revision or the folder that is named, or where this branch left `main`.
    pub(crate) fn find(project: &Project, named: Option<&str>) -> Result<Self, Failure> {
        let root = project.root().to_owned();
        let Some(named) = named else {
            let hash = merge_base(&root)?;
            return Ok(Self::Commit { root, hash });
        };
        if let Some(hash) = commit(&root, named) {
            return Ok(Self::Commit { root, hash });
        }
        let folder = Path::new(named);
        if folder.is_dir() {
            return Ok(Self::Folder(folder.to_owned()));
        }
        Err(Failure::Usage(format!(
            "`{}` is neither a revision that git knows nor a folder",
            named.escape_debug()
        )))
    }

    /// The name that people read.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Commit { hash, .. } => hash.clone(),
            Self::Folder(folder) => folder.display().to_string(),
        }
    }

    /// The same, with as much of a hash as people read.
    pub(crate) fn short(&self) -> String {
        match self {
            Self::Commit { hash, .. } => hash.get(..HASH).unwrap_or(hash).to_owned(),
            Self::Folder(_) => self.shown(),
        }
    }

    /// The prefix of the path of a document in diagnostics.
    pub(crate) fn prefix(&self) -> String {
        match self {
            Self::Commit { .. } => format!("{}:", self.short()),
            Self::Folder(_) => "before:".to_owned(),
        }
    }

    /// The APIs that there were, by name. Where there was no `countersign.toml`, they are those of today whose documents
    /// were there.
    pub(crate) fn apis(&self, project: &Project) -> Result<BTreeMap<String, Was>, Failure> {
        let was = self.config()?;
        let Some(config) = was.as_ref().or(project.config()) else {
            return Ok(BTreeMap::new());
        };
        let mut apis = BTreeMap::new();
        for (name, api) in &config.apis {
            if let Some(documents) = self.documents(&api.root, &api.entry) {
                let was = Was {
                    root: api.root.clone(),
                    entry: api.entry.clone(),
                    overlays: api.overlays.clone(),
                    settings: api.settings(name, &config.command)?,
                    documents,
                };
                apis.insert(name.clone(), was);
            }
        }
        Ok(apis)
    }

    /// The `countersign.toml` that there was.
    fn config(&self) -> Result<Option<Config>, Failure> {
        let text = match self {
            Self::Commit { root, hash } => blob(root, &format!("{hash}:./{FILE}")).ok(),
            Self::Folder(folder) => std::fs::read(folder.join(FILE)).ok(),
        };
        let Some(text) = text else { return Ok(None) };
        let text = String::from_utf8_lossy(&text).into_owned();
        Config::parse(text, &self.prefix()).map(Some)
    }

    /// The documents below the folder `below` of the project as it was, if the entry was there. A folder may also stand
    /// for an inner one of the project: `before/pets` has what `spec/pets` had.
    fn documents(&self, below: &str, entry: &DocumentPath) -> Option<Documents> {
        match self {
            Self::Commit { root, hash } => {
                let documents = Documents::Commit {
                    repository: root.clone(),
                    below: format!("{hash}:./{}", place::prefix(Path::new(below))),
                };
                documents.read(entry).is_ok().then_some(documents)
            }
            Self::Folder(folder) => {
                let mut ways = vec![below];
                while let Some((_, inner)) = ways.last().and_then(|way| way.split_once('/')) {
                    ways.push(inner);
                }
                let places = ways.into_iter().map(|way| folder.join(way));
                let mut places = places.filter(|place| place.join(entry.as_str()).is_file());
                places.next().map(Documents::Folder)
            }
        }
    }
}

impl Files for Documents {
    fn read(&self, path: &DocumentPath) -> Result<Vec<u8>, String> {
        match self {
            Self::Commit { repository, below } => {
                blob(repository, &format!("{below}{}", path.as_str()))
            }
            Self::Folder(folder) => {
                let disk = Disk::below(folder).map_err(|error| error.to_string())?;
                disk.read(path)
            }
        }
    }
}

/// The hash of a revision, if git knows it.
pub(super) fn commit(root: &Path, named: &str) -> Option<String> {
    let commit = format!("{named}^{{commit}}");
    let verify = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
    let found = git(root, &[&verify[..], &[&commit]].concat()).ok()?;
    Some(found.trim().to_owned())
}

/// The last commit that this branch and `main` share.
fn merge_base(root: &Path) -> Result<String, Failure> {
    let bases = ["main", "origin/main"];
    let mut found = bases
        .iter()
        .filter_map(|main| git(root, &["merge-base", "HEAD", main]).ok());
    let hash = found.next().map(|hash| hash.trim().to_owned());
    hash.ok_or_else(|| {
        Failure::Usage(
            "git knows no commit that this branch shares with `main`; name a revision".to_owned(),
        )
    })
}

/// The output of git, or the reason why there is none.
fn git(root: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output()
        .map_err(|error| format!("git can't be run: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("git: {}", said.trim()))
    }
}

/// A file at a commit, as long as it is not too large.
pub(super) fn blob(root: &Path, object: &str) -> Result<Vec<u8>, String> {
    let mut running = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(["cat-file", "blob", object])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("git can't be run: {error}"))?;
    let mut bytes = Vec::new();
    let read = match running.stdout.take() {
        Some(out) => out.take(BYTES_AT_MOST + 1).read_to_end(&mut bytes),
        None => Ok(0),
    };
    if bytes.len() as u64 > BYTES_AT_MOST {
        // It may still be writing what nobody reads.
        _ = running.kill();
        _ = running.wait();
        return Err(too_large());
    }
    let status = running.wait().map_err(|error| error.to_string())?;
    read.map_err(|error| error.to_string())?;
    if status.success() {
        Ok(bytes)
    } else {
        Err("there was no such file".to_owned())
    }
}
