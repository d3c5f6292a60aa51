//! The content of packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use countersign::failure::Failure;
use toml::Table;

use super::{done, failed, version};

/// Files that each package has.
const FILES: [&str; 4] = ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "src/lib.rs"];

/// Keys that each package has.
const KEYS: [&str; 7] = [
    "categories",
    "description",
    "keywords",
    "license",
    "metadata",
    "readme",
    "rust-version",
];

/// Unpacks archives into an empty folder.
pub(super) fn unpack(archives: &[PathBuf], folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| failed(folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    for archive in archives {
        let mut tar = Command::new("tar");
        tar.arg("xzf").arg(archive).current_dir(folder);
        done(&mut tar, folder)?;
    }
    Ok(())
}

/// Says what a package lacks.
pub(super) fn check(unpacked: &Path, name: &str) -> Result<(), Failure> {
    let folder = unpacked.join(format!("{name}-{}", version()));
    let lacks = |what: &str| Failure::Failed(format!("the package of {name} {what}"));
    for file in FILES {
        let path = folder.join(file);
        let found = fs::symlink_metadata(&path).map_err(|error| failed(&path, &error))?;
        if !found.is_file() || found.len() == 0 {
            return Err(lacks(&format!("has no text in {file}")));
        }
    }
    let path = folder.join("Cargo.toml");
    let text = fs::read_to_string(&path).map_err(|error| failed(&path, &error))?;
    let manifest: Table = text.parse().map_err(|_| lacks("has a broken manifest"))?;
    let package = manifest
        .get("package")
        .and_then(|package| package.as_table());
    for key in KEYS {
        if !package.is_some_and(|package| package.contains_key(key)) {
            return Err(lacks(&format!("has no `{key}`")));
        }
    }
    for table in ["dependencies", "build-dependencies"] {
        let dependencies = manifest.get(table).and_then(|table| table.as_table());
        for (dependency, value) in dependencies.into_iter().flatten() {
            if value.get("path").is_some() {
                return Err(lacks(&format!("has a path for {dependency}")));
            }
        }
    }
    leaves(&folder, name)
}

/// Fails if there is a link in the package.
fn leaves(folder: &Path, name: &str) -> Result<(), Failure> {
    let mut work = vec![folder.to_owned()];
    while let Some(next) = work.pop() {
        for entry in fs::read_dir(&next).map_err(|error| failed(&next, &error))? {
            let path = entry.map_err(|error| failed(&next, &error))?.path();
            let found = fs::symlink_metadata(&path).map_err(|error| failed(&path, &error))?;
            if found.is_symlink() {
                let what = format!("{name} has a link: {}", path.display());
                return Err(Failure::Failed(what));
            }
            if found.is_dir() {
                work.push(path);
            }
        }
    }
    Ok(())
}
