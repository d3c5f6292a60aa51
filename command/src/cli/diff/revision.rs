//! The documents as they were: at a revision that git knows, or in a folder.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use countersign_codegen::source::{DocumentPath, Files};

use crate::disk::{BYTES_AT_MOST, Disk, too_large};
use crate::failure::Failure;
use crate::project::{Workspace, folders};

/// Where the documents as they were are found.
#[derive(Clone, Debug)]
pub(crate) enum Revision {
    /// A commit of the repository in a folder.
    Commit {
        /// The root of the workspace.
        root: PathBuf,
        /// Its hash.
        hash: String,
    },
    /// A folder with a folder for each API.
    Folder(PathBuf),
}

/// The documents of one API as they were.
pub(crate) struct Documents {
    revision: Revision,
    api: String,
}

impl Revision {
    /// The revision or the folder that is named, or where this branch left `main`.
    pub(crate) fn find(workspace: &Workspace, named: Option<&str>) -> Result<Self, Failure> {
        let root = workspace.root().to_owned();
        let Some(named) = named else {
            let hash = merge_base(&root)?;
            return Ok(Self::Commit { root, hash });
        };
        let commit = format!("{named}^{{commit}}");
        let found = git(
            &root,
            &[
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &commit,
            ],
        );
        if let Ok(hash) = found {
            let hash = hash.trim().to_owned();
            return Ok(Self::Commit { root, hash });
        }
        let folder = Path::new(named);
        let below = folder.join("spec");
        match (below.is_dir(), folder.is_dir()) {
            (true, _) => Ok(Self::Folder(below)),
            (false, true) => Ok(Self::Folder(folder.to_owned())),
            (false, false) => Err(Failure::Usage(format!(
                "`{}` is neither a revision that git knows nor a folder",
                named.escape_debug()
            ))),
        }
    }

    /// How it is named in what people read.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Commit { hash, .. } => hash.clone(),
            Self::Folder(folder) => folder.display().to_string(),
        }
    }

    /// What stands before the path of a document in diagnostics.
    pub(crate) fn prefix(&self) -> String {
        match self {
            Self::Commit { hash, .. } => format!("{}:", hash.get(..12).unwrap_or(hash)),
            Self::Folder(_) => "before:".to_owned(),
        }
    }

    /// The APIs that there were, in alphabetical order.
    pub(crate) fn apis(&self) -> Result<Vec<String>, Failure> {
        match self {
            Self::Commit { root, hash } => {
                let listed = git(
                    root,
                    &["ls-tree", "-r", "-z", "--name-only", hash, "--", "spec/"],
                )
                .map_err(Failure::Failed)?;
                let entries = listed.split('\0').filter_map(|path| {
                    let name = path.strip_prefix("spec/")?.strip_suffix("/openapi.yaml")?;
                    (!name.contains('/')).then(|| name.to_owned())
                });
                let mut apis: Vec<String> = entries.collect();
                apis.sort();
                Ok(apis)
            }
            Self::Folder(folder) => {
                let is_api = |name: &String| folder.join(name).join("openapi.yaml").is_file();
                Ok(folders(folder)?.into_iter().filter(is_api).collect())
            }
        }
    }

    /// The documents of an API as they were.
    pub(crate) fn documents(&self, api: &str) -> Documents {
        Documents {
            revision: self.clone(),
            api: api.to_owned(),
        }
    }
}

impl Files for Documents {
    fn read(&self, path: &DocumentPath) -> Result<Vec<u8>, String> {
        match &self.revision {
            Revision::Commit { root, hash } => {
                let object = format!("{hash}:./spec/{}/{}", self.api, path.as_str());
                blob(root, &object)
            }
            Revision::Folder(folder) => {
                let disk =
                    Disk::below(&folder.join(&self.api)).map_err(|error| error.to_string())?;
                disk.read(path)
            }
        }
    }
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

/// What git says, or why it says nothing.
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
fn blob(root: &Path, object: &str) -> Result<Vec<u8>, String> {
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
