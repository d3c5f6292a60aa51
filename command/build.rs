//! Puts the source of the runtime into the command, which writes it into repositories that ask for it.
//!
//! `sources/` leads to the source in this workspace by links; a package has the files themselves in their place.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let mut table = String::from("[\n");
    if env::var_os("CARGO_FEATURE_VENDORED").is_some() {
        let here = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
        list(&here.join("sources"), "", &mut table)?;
    }
    table.push_str("]\n");
    fs::write(Path::new(&variable("OUT_DIR")?).join("sources.rs"), table)
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(io::Error::other)
}

/// Adds the files in a folder to the table, by their paths below `sources/`.
fn list(folder: &Path, below: &str, table: &mut String) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = followed(&entry.path())?;
        let below = format!("{below}{name}");
        if path.is_dir() {
            list(&path, &format!("{below}/"), table)?;
        } else {
            println!("cargo::rerun-if-changed={}", path.display());
            table.push_str(&format!(
                "    ({below:?}, include_str!({:?})),\n",
                path.display().to_string()
            ));
        }
    }
    Ok(())
}

/// The end of a link. Where git makes no links, it leaves files that name their ends.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let full = path.canonicalize()?;
    if full.is_file() && fs::metadata(&full)?.len() < 100 {
        let text = fs::read_to_string(&full)?;
        if let (true, Some(folder)) = (text.starts_with("../"), full.parent()) {
            return folder.join(text.trim_end()).canonicalize();
        }
    }
    Ok(full)
}
