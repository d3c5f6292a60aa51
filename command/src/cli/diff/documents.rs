//! Two documents to compare, wherever they are: files, folders, or files at a revision.

use std::path::{Path, PathBuf};

use countersign_codegen::source::{DocumentPath, Files};

use super::revision;
use crate::disk::Disk;
use crate::failure::Failure;

/// Names of entry documents, as folders have them.
const ENTRIES: [&str; 6] = [
    "openapi.yaml",
    "openapi.yml",
    "openapi.json",
    "swagger.yaml",
    "swagger.yml",
    "swagger.json",
];

/// An entry document, and what its references are read from.
pub(super) struct Document {
    pub(super) files: Box<dyn Files + Send + Sync>,
    pub(super) entry: DocumentPath,
    /// The path of its folder, as people read it.
    pub(super) prefix: String,
}

impl Document {
    /// The document that a caller names: a file, a folder with an entry document, or `REV:PATH`.
    pub(super) fn find(named: &str) -> Result<Self, Failure> {
        let path = Path::new(named);
        if path.is_dir() {
            return Self::in_folder(path);
        }
        if path.is_file() {
            return Self::on_disk(path);
        }
        if let Some((revision, path)) = named.split_once(':')
            && let Some(document) = Self::at_revision(revision, path)
        {
            return document;
        }
        Err(Failure::Usage(format!(
            "`{}` is not a file, not a folder and not REV:PATH with a revision that git knows",
            named.escape_debug()
        )))
    }

    fn in_folder(folder: &Path) -> Result<Self, Failure> {
        let mut files = ENTRIES.iter().map(|name| folder.join(name));
        match files.find(|file| file.is_file()) {
            Some(file) => Self::on_disk(&file),
            None => Err(Failure::Usage(format!(
                "{} has no entry document: expected {}; or name the file",
                folder.display(),
                ENTRIES.join(", ")
            ))),
        }
    }

    fn on_disk(file: &Path) -> Result<Self, Failure> {
        let failed =
            |what: &dyn std::fmt::Display| Failure::Failed(format!("{}: {what}", file.display()));
        let folder = root(file);
        let disk = Disk::below(folder).map_err(|error| failed(&error))?;
        let entry = disk.path_of(file).map_err(|error| failed(&error))?;
        let entry = entry.ok_or_else(|| failed(&"it is a link out of its folder"))?;
        Ok(Self {
            files: Box::new(disk),
            entry,
            prefix: prefix(folder),
        })
    }

    /// None if git does not know the revision.
    fn at_revision(named: &str, path: &str) -> Option<Result<Self, Failure>> {
        let root = PathBuf::from(".");
        let hash = revision::commit(&root, named)?;
        let path = path.strip_prefix("./").unwrap_or(path);
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let entry = match DocumentPath::new(name) {
            Ok(entry) => entry,
            Err(error) => return Some(Err(Failure::Usage(error.to_string()))),
        };
        let folder = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let prefix = format!("{named}:{folder}");
        Some(Ok(Self {
            files: Box::new(AtRevision { root, hash, folder }),
            entry,
            prefix,
        }))
    }
}

/// The folder that no reference may leave: the current one if the file is below it, else that of the file.
fn root(file: &Path) -> &Path {
    let here = Path::new(".");
    let below = |folder: &Path| {
        let (file, folder) = (file.canonicalize().ok()?, folder.canonicalize().ok()?);
        Some(file.starts_with(folder))
    };
    let own = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    match below(here) {
        Some(true) => here,
        _ => own.unwrap_or(here),
    }
}

fn prefix(folder: &Path) -> String {
    match folder.display().to_string().as_str() {
        "." => String::new(),
        folder => format!("{}/", folder.trim_end_matches(['/', '\\'])),
    }
}

/// Documents of a folder at a commit.
struct AtRevision {
    root: PathBuf,
    hash: String,
    folder: String,
}

impl Files for AtRevision {
    fn read(&self, path: &DocumentPath) -> Result<Vec<u8>, String> {
        let object = format!("{}:./{}{}", self.hash, self.folder, path.as_str());
        revision::blob(&self.root, &object)
    }
}
