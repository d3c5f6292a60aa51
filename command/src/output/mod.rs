//! Puts generated crates on disk: only files that differ, all of them or none.

mod on_disk;
mod reason;
mod staging;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use countersign_codegen::write::{self, Drift, Tree};

pub(crate) use reason::FoldersOf;

use on_disk::OnDisk;
use staging::Staging;

/// The first line of a manifest of ours. A crate whose manifest lacks it is somebody's own work.
const MARK: &str = "# Generated, like all of this crate.";

/// Why crates can't be put on disk.
#[derive(Debug)]
pub(crate) enum Error {
    /// A folder has the name of a crate but was not written by the generator.
    Foreign(String),
    /// A link is in the place of the folder of a crate.
    Link(String),
    /// Another run writes to the same folder.
    Busy(PathBuf),
    /// Something failed; what stood there before stands there still.
    Io(String, io::Error),
    /// Something failed, and so did putting back what stood there before.
    Torn(String, io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(name) => write!(
                f,
                "`{name}` is there but was not generated: move it, or give the crates another name"
            ),
            Self::Link(name) => write!(f, "`{name}` is a link or a file, not a folder"),
            Self::Busy(path) => write!(f, "another run is writing: it holds {}", path.display()),
            Self::Io(what, error) => write!(f, "{what}: {error}; nothing was changed"),
            Self::Torn(what, error) => write!(
                f,
                "{what}: {error}; what stood there could not all be put back, so generate again"
            ),
        }
    }
}

/// The fate of the files of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// Files that are new or differ.
    pub(crate) written: usize,
    /// Obsolete files.
    pub(crate) removed: usize,
    /// Files that were up to date.
    pub(crate) unchanged: usize,
}

impl std::ops::AddAssign for Written {
    fn add_assign(&mut self, other: Self) {
        self.written += other.written;
        self.removed += other.removed;
        self.unchanged += other.unchanged;
    }
}

/// Whether the crate in a folder was generated, or the modules in it.
pub(crate) fn is_generated(folder: &Path) -> bool {
    let read = |file: &str| std::fs::read_to_string(folder.join(file));
    let is_ours = read("Cargo.toml").map(|manifest| manifest.contains(MARK));
    is_ours.unwrap_or_else(|_| read("mod.rs").is_ok_and(|root| root.starts_with(write::MODULE)))
}

/// The expected files in the folders of some crates, compared with those on disk.
#[derive(Debug)]
pub(crate) struct WritePlan {
    folder: PathBuf,
    // Names the folder that new files wait in.
    key: String,
    expected: Tree,
    // Files outside of the crates, written only where there are none.
    seeds: Tree,
    on_disk: OnDisk,
    drift: Drift,
}

impl WritePlan {
    /// Compares `expected` with what stands in `crates`, folders below `folder`. `key` tells this run from others that
    /// write to the same folder.
    ///
    /// # Errors
    /// If what stands there can't be read, or was not generated and would be lost.
    pub(crate) fn new(
        folder: &Path,
        key: &str,
        crates: &BTreeSet<String>,
        expected: Tree,
    ) -> Result<Self, Error> {
        let unreadable = |error| Error::Io(format!("{} can't be read", folder.display()), error);
        let mut on_disk = OnDisk::default();
        for name in crates {
            let found = OnDisk::of(folder, [name]).map_err(unreadable)?;
            own(name, &found, &expected)?;
            on_disk.files.extend(found.files);
            on_disk.irregular.extend(found.irregular);
            on_disk.folders.extend(found.folders);
        }
        let mut drift = write::drift(&expected, &on_disk.files);
        for path in &on_disk.irregular {
            if !expected.contains_key(path) {
                drift.orphaned.push(path.clone());
            }
        }
        drift.orphaned.sort();
        Ok(Self {
            folder: folder.to_owned(),
            key: key.to_owned(),
            expected,
            seeds: Tree::new(),
            on_disk,
            drift,
        })
    }

    /// The same with a file beside the crates that is written if there is none.
    #[must_use]
    pub(crate) fn with_seed(mut self, path: &str, text: String) -> Self {
        if std::fs::symlink_metadata(self.folder.join(path)).is_err() {
            self.seeds.insert(path.to_owned(), text);
        }
        self
    }

    /// The folder that the crates are in.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The differences between expected files and those on disk.
    pub(crate) fn drift(&self) -> &Drift {
        &self.drift
    }

    /// The folder where an earlier run was cut off, if one was; the files are to be generated again.
    pub(crate) fn leftover(&self) -> Option<String> {
        let name = Staging::name(&self.key);
        std::fs::symlink_metadata(self.folder.join(&name))
            .is_ok()
            .then_some(name)
    }

    /// Makes the files what they are expected to be.
    ///
    /// New files are written beside the crates first; only when all of them are there do they take their places, and
    /// if one can't, the others give theirs back.
    ///
    /// # Errors
    /// If a file can't be written or moved; then all files are what they were before.
    pub(crate) fn apply(mut self) -> Result<Written, Error> {
        let drift = &self.drift;
        let expected = drift.missing.iter().chain(&drift.stale);
        let mut expected: Tree = expected
            .filter_map(|path| self.expected.remove_entry(path))
            .collect();
        let written = Written {
            written: expected.len(),
            removed: drift.orphaned.len(),
            unchanged: self.expected.len(),
        };
        expected.extend(self.seeds);
        if expected.is_empty() && drift.orphaned.is_empty() {
            Staging::sweep(&self.folder, &self.key)?;
            return Ok(written);
        }
        let mut staging = Staging::open(&self.folder, &self.key)?;
        staging.swap(&expected, &drift.orphaned, &self.on_disk.folders)?;
        Ok(written)
    }
}

/// The files that stand in the folders `crates`; none if they can't be read, or if there is anything but files of text.
pub(crate) fn standing(folder: &Path, crates: &BTreeSet<String>) -> Option<Tree> {
    let on_disk = OnDisk::of(folder, crates).ok()?;
    on_disk.irregular.is_empty().then_some(on_disk.files)
}

/// Makes sure that what stands in the folder of a crate may be replaced.
fn own(name: &str, found: &OnDisk, expected: &Tree) -> Result<(), Error> {
    if found.irregular.contains(name) || found.files.contains_key(name) {
        return Err(Error::Link(name.to_owned()));
    }
    let file = |file: &str| found.files.get(&format!("{name}/{file}"));
    let ours = match (file("Cargo.toml"), file("mod.rs")) {
        (Some(manifest), _) => manifest.contains(MARK),
        (None, Some(root)) => root.starts_with(write::MODULE),
        // Half a crate of ours, perhaps: then no other file would be lost.
        (None, None) => {
            let mut paths = found.files.keys().chain(&found.irregular);
            found.is_empty() || paths.all(|path| expected.contains_key(path))
        }
    };
    if ours {
        Ok(())
    } else {
        Err(Error::Foreign(name.to_owned()))
    }
}
