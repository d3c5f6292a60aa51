//! Documents on disk, below one root that nothing leads out of.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use countersign_codegen::source::{DocumentPath, Files};

/// The greatest size of one document, in bytes.
pub(crate) const BYTES_AT_MOST: u64 = 64 << 20;

/// The folder that documents are read from.
#[derive(Debug)]
pub(crate) struct Disk {
    // Canonical, so that what a link leads to can be compared with it.
    root: PathBuf,
}

impl Disk {
    /// Documents below `root`.
    ///
    /// # Errors
    /// If there is no such folder.
    pub(crate) fn below(root: &Path) -> io::Result<Self> {
        let root = root.canonicalize()?;
        if root.is_dir() {
            Ok(Self { root })
        } else {
            Err(io::Error::from(io::ErrorKind::NotADirectory))
        }
    }

    /// The path of a file relative to the root; none if it lies elsewhere.
    ///
    /// # Errors
    /// If there is no such file.
    pub(crate) fn path_of(&self, file: &Path) -> io::Result<Option<DocumentPath>> {
        let file = file.canonicalize()?;
        let below = file.strip_prefix(&self.root).ok().and_then(Path::to_str);
        Ok(below.and_then(|path| DocumentPath::new(&slashed(path)).ok()))
    }
}

/// A path with `/` between its parts.
fn slashed(path: &str) -> String {
    path.replace(std::path::MAIN_SEPARATOR, "/")
}

impl Files for Disk {
    fn read(&self, path: &DocumentPath) -> Result<Vec<u8>, String> {
        let file = self
            .root
            .join(path.as_str())
            .canonicalize()
            .map_err(|error| said(&error))?;
        if !file.starts_with(&self.root) {
            return Err(
                "it is a link that leads out of the root folder, which `--root` sets".to_owned(),
            );
        }
        // Asked before the file is opened as well: opening a pipe would wait for its other end.
        regular(&fs::metadata(&file).map_err(|error| said(&error))?)?;
        let file = File::open(&file).map_err(|error| said(&error))?;
        let metadata = file.metadata().map_err(|error| said(&error))?;
        regular(&metadata)?;
        let length = usize::try_from(metadata.len()).unwrap_or(0);
        let mut bytes = Vec::with_capacity(length + 1);
        // A file may grow while it is read.
        file.take(BYTES_AT_MOST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| said(&error))?;
        if bytes.len() as u64 > BYTES_AT_MOST {
            return Err(too_large());
        }
        Ok(bytes)
    }
}

fn regular(metadata: &fs::Metadata) -> Result<(), String> {
    if metadata.is_dir() {
        Err("it is a folder".to_owned())
    } else if !metadata.is_file() {
        Err("it is not a regular file".to_owned())
    } else if metadata.len() > BYTES_AT_MOST {
        Err(too_large())
    } else {
        Ok(())
    }
}

/// Why a document is not read.
pub(crate) fn too_large() -> String {
    format!("it is larger than {} MiB", BYTES_AT_MOST >> 20)
}

fn said(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "reading it is not allowed".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(root: &Path, path: &str) -> Result<Vec<u8>, String> {
        let path = DocumentPath::new(path).expect("a path");
        Disk::below(root).expect("a root").read(&path)
    }

    #[test]
    fn files_below_the_root_are_read() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("a.yaml"), "openapi: 3.0.3").expect("written");
        assert_eq!(read(root.path(), "a.yaml"), Ok(b"openapi: 3.0.3".to_vec()));
        assert_eq!(
            read(root.path(), "b.yaml"),
            Err("there is no such file".to_owned())
        );
    }

    #[test]
    fn only_regular_files_of_a_bounded_size_are_read() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir(root.path().join("folder")).expect("created");
        let large = File::create(root.path().join("large.yaml")).expect("created");
        large.set_len(BYTES_AT_MOST + 1).expect("grown");
        assert_eq!(
            read(root.path(), "folder"),
            Err("it is a folder".to_owned())
        );
        assert_eq!(
            read(root.path(), "large.yaml"),
            Err("it is larger than 64 MiB".to_owned())
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_within_the_root_and_never_out_of_it() {
        use std::os::unix::fs::symlink;
        let outer = tempfile::tempdir().expect("a folder");
        let root = outer.path().join("root");
        fs::create_dir(&root).expect("created");
        fs::write(outer.path().join("secret.yaml"), "secret").expect("written");
        fs::write(root.join("a.yaml"), "a").expect("written");
        symlink(outer.path().join("secret.yaml"), root.join("out.yaml")).expect("linked");
        symlink(root.join("a.yaml"), root.join("in.yaml")).expect("linked");
        assert_eq!(read(&root, "in.yaml"), Ok(b"a".to_vec()));
        let refused = read(&root, "out.yaml").expect_err("refused");
        assert!(refused.contains("leads out of the root"), "{refused}");
    }
}
