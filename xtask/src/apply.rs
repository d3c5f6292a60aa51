//! Putting trees on disk: only what changes is touched, and each file is whole at any moment.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use countersign_codegen::write::{Drift, Tree, drift};

/// The files below the crate folders of a tree, as they are on disk.
///
/// # Errors
/// When a folder can't be listed or a file can't be read; or a link stands where a file or a folder is due.
pub(crate) fn read(out: &Path, crates: &[String]) -> io::Result<Tree> {
    let mut tree = Tree::new();
    for name in crates {
        let folder = out.join(name);
        if fs::symlink_metadata(&folder).is_ok() {
            collect(&folder, name, &mut tree)?;
        }
    }
    Ok(tree)
}

fn collect(folder: &Path, path: &str, tree: &mut Tree) -> io::Result<()> {
    refuse_link(folder)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if name == "target" || name == "Cargo.lock" {
            continue;
        }
        let below = format!("{path}/{name}");
        refuse_link(&entry.path())?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &below, tree)?;
        } else {
            let bytes = fs::read(entry.path())?;
            tree.insert(below, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(())
}

fn refuse_link(path: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path)?.file_type().is_symlink() {
        let message = format!(
            "{} is a link; what is generated must be in place",
            path.display()
        );
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    }
    Ok(())
}

/// Brings the disk to what `expected` says, and tells what was different.
///
/// All new text is first written to files beside their targets; only when all of it is there are they renamed, so that
/// a full disk or a lost permission leaves every old file as it was.
///
/// # Errors
/// Those of the file system.
pub(crate) fn apply(out: &Path, crates: &[String], expected: &Tree) -> io::Result<Drift> {
    let actual = read(out, crates)?;
    let drift = drift(expected, &actual);
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    let written = stage(out, expected, &drift, &mut staged);
    if let Err(error) = written {
        for (temporary, _) in &staged {
            _ = fs::remove_file(temporary);
        }
        return Err(error);
    }
    for (temporary, target) in &staged {
        fs::rename(temporary, target)?;
    }
    for path in &drift.orphaned {
        fs::remove_file(out.join(path))?;
    }
    Ok(drift)
}

fn stage(
    out: &Path,
    expected: &Tree,
    drift: &Drift,
    staged: &mut Vec<(PathBuf, PathBuf)>,
) -> io::Result<()> {
    for path in drift.missing.iter().chain(&drift.stale) {
        let Some(text) = expected.get(path) else {
            continue;
        };
        let target = out.join(path);
        let folder = target.parent().unwrap_or(out);
        fs::create_dir_all(folder)?;
        let name = target
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or("file");
        let temporary = folder.join(format!(".{name}.{}.new", std::process::id()));
        staged.push((temporary.clone(), target));
        fs::write(temporary, text)?;
    }
    Ok(())
}
