//! The files in the folders of generated crates now.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use countersign_codegen::write::Tree;

/// The files of some crates; paths are relative to the folder that the crates stand in.
#[derive(Debug, Default)]
pub(super) struct OnDisk {
    /// Regular files and their texts.
    pub(super) files: Tree,
    /// Links, pipes and the like, never followed and never opened; and files that are no text.
    pub(super) irregular: BTreeSet<String>,
    /// Folders, each after the one it stands in.
    pub(super) folders: Vec<String>,
}

impl OnDisk {
    /// Looks at the folders `crates` below `folder`; one that is not there has no files.
    pub(super) fn of<'a>(
        folder: &Path,
        crates: impl IntoIterator<Item = &'a String>,
    ) -> io::Result<Self> {
        let mut on_disk = Self::default();
        for name in crates {
            match fs::symlink_metadata(folder.join(name)) {
                Ok(found) => on_disk.visit(folder, name.clone(), &found)?,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(on_disk)
    }

    fn visit(&mut self, folder: &Path, path: String, found: &fs::Metadata) -> io::Result<()> {
        if found.is_dir() {
            let top = !path.contains('/');
            let inside = folder.join(&path);
            self.folders.push(path.clone());
            let mut entries = fs::read_dir(inside)?.collect::<io::Result<Vec<_>>>()?;
            entries.sort_by_key(fs::DirEntry::file_name);
            for entry in entries {
                let name = entry.file_name();
                let name = name.to_string_lossy();
                // What cargo makes where a crate is built by itself is none of our business.
                if top && (name == "target" || name == "Cargo.lock") {
                    continue;
                }
                self.visit(folder, format!("{path}/{name}"), &entry.metadata()?)?;
            }
        } else if found.is_file() {
            match String::from_utf8(fs::read(folder.join(&path))?) {
                Ok(text) => {
                    self.files.insert(path, text);
                }
                Err(_) => {
                    self.irregular.insert(path);
                }
            }
        } else {
            self.irregular.insert(path);
        }
        Ok(())
    }

    /// Whether nothing stands there.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.irregular.is_empty()
    }
}
