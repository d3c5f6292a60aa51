//! Documents on disk, all below one folder.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use countersign_codegen::source::{DocumentPath, Files};

/// The largest document that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// A folder, and all that is below it once links are followed.
pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    /// A folder that exists.
    ///
    /// # Errors
    /// When it does not.
    pub(crate) fn new(root: &Path) -> Result<Self, String> {
        let root = root
            .canonicalize()
            .map_err(|error| format!("error: {}: {error}\n", root.display()))?;
        Ok(Self { root })
    }

    /// The path of a file below the folder.
    ///
    /// # Errors
    /// When it does not exist or is elsewhere.
    pub(crate) fn document(&self, file: &Path) -> Result<DocumentPath, String> {
        let full = file
            .canonicalize()
            .map_err(|error| format!("error: {}: {error}\n", file.display()))?;
        let below = full.strip_prefix(&self.root).map_err(|_| {
            format!(
                "error: {} is not below {}\n  = help: name a folder that holds it with --root\n",
                full.display(),
                self.root.display()
            )
        })?;
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        let text = parts
            .ok_or_else(|| format!("error: {}: its path is not UTF-8\n", file.display()))?
            .join("/");
        DocumentPath::new(&text).map_err(|error| format!("error: {}: {error}\n", file.display()))
    }
}

impl Files for Folder {
    fn read(&self, path: &DocumentPath) -> Result<Vec<u8>, String> {
        let full = self
            .root
            .join(path.as_str())
            .canonicalize()
            .map_err(|error| error.to_string())?;
        if !full.starts_with(&self.root) {
            return Err("a link leads out of the root folder".to_owned());
        }
        let file = File::open(&full).map_err(|error| error.to_string())?;
        let kind = file.metadata().map_err(|error| error.to_string())?;
        if !kind.is_file() {
            return Err("it is no regular file".to_owned());
        }
        let mut bytes = Vec::new();
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| error.to_string())?;
        if bytes.len() as u64 > LARGEST {
            return Err("it is larger than 64 MiB".to_owned());
        }
        Ok(bytes)
    }
}
