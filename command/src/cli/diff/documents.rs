//! Two documents to compare, wherever they are: files, folders, or files at a revision.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use countersign_codegen::diagnostic::{Code, Report};
use countersign_codegen::source::{DocumentPath, Files, Sources};
use countersign_codegen::{load, resolve};

use super::revision;
use crate::disk::Disk;
use crate::failure::Failure;
use crate::job;

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
pub(crate) struct Document {
    pub(crate) files: Arc<dyn Files + Send + Sync>,
    pub(crate) entry: DocumentPath,
    /// The path of its folder, as people read it.
    pub(crate) prefix: String,
}

impl Document {
    /// The document that a caller names: a file, a folder with an entry document, or `REV:PATH`.
    pub(crate) fn find(named: &str) -> Result<Self, Failure> {
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
        let here = Path::new(".");
        if is_below(file, here) {
            return Self::below(here, file);
        }
        // Elsewhere nobody says where the documents end: as far up as their references lead.
        let own = file.parent().unwrap_or(here);
        let mut folder = own.to_owned();
        for _ in 0..WIDENED_AT_MOST {
            let document = Self::below(&folder, file)?;
            let wider = wider(&folder).filter(|wider| is_below(file, wider));
            match wider {
                Some(wider) if document.leaves_its_folder()? => folder = wider,
                _ => return Ok(document),
            }
        }
        Self::below(own, file)
    }

    /// Whether a reference leads out of the folder that the documents are read from.
    fn leaves_its_folder(&self) -> Result<bool, Failure> {
        job::deeply(|| {
            let sources = Sources {
                entry: &self.entry,
                overlays: &[],
                files: &*self.files,
            };
            let mut report = Report::default();
            if let Some(documents) = load::documents(&sources, &mut report) {
                resolve::references(&documents, &mut report);
            }
            let mut found = report.diagnostics().iter();
            found.any(|found| found.code == Code::EscapingReference)
        })
    }

    fn below(folder: &Path, file: &Path) -> Result<Self, Failure> {
        let failed =
            |what: &dyn std::fmt::Display| Failure::Failed(format!("{}: {what}", file.display()));
        let disk = Disk::below(folder).map_err(|error| failed(&error))?;
        let entry = disk.path_of(file).map_err(|error| failed(&error))?;
        let entry = entry.ok_or_else(|| failed(&"it is a link out of its folder"))?;
        Ok(Self {
            files: Arc::new(disk),
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
            files: Arc::new(AtRevision { root, hash, folder }),
            entry,
            prefix,
        }))
    }
}

/// The number of folders above a document that its references may lead to.
const WIDENED_AT_MOST: usize = 8;

/// Whether a file is below a folder that is not the whole machine.
fn is_below(file: &Path, folder: &Path) -> bool {
    let (Ok(file), Ok(folder)) = (file.canonicalize(), folder.canonicalize()) else {
        return false;
    };
    folder.parent().is_some() && file.starts_with(folder)
}

/// The folder around a folder, written like it.
fn wider(folder: &Path) -> Option<PathBuf> {
    match folder.components().next_back()? {
        Component::Normal(_) => Some(folder.parent()?.to_owned()),
        Component::ParentDir => Some(folder.join("..")),
        _ => None,
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
