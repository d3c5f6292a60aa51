//! From tokens to files: formatting, manifests, and how a tree of files differs from another.

mod drift;
mod format;
mod manifest;
mod syntax_cache;

use crate::package::CrateSource;

pub use crate::package::Tree;
pub use drift::{Drift, drift};

/// The first line of the root of modules that stand in somebody's crate.
pub const MODULE: &str = "// Generated, like all of this folder. Change the documents instead.";

/// Tokens that are no Rust: a fault of the emitters, never of a document's author.
#[derive(Debug)]
pub struct Malformed {
    /// The file.
    pub file: String,
    /// The error of syn.
    pub why: String,
}

/// Formats the files of crates.
///
/// # Errors
/// Tokens that syn does not accept; then nothing at all is returned.
pub fn tree(crates: Vec<CrateSource<'_>>) -> Result<Tree, Malformed> {
    let mut tree = Tree::new();
    let mut formatter = format::Formatter::default();
    for source in crates {
        let folder = source.folder;
        let inner = match &source.manifest {
            Some(manifest) => {
                tree.insert(format!("{folder}/Cargo.toml"), manifest.to_toml());
                tree.insert(format!("{folder}/README.md"), source.readme);
                "src/"
            }
            None => "",
        };
        for file in source.files {
            let path = format!("{folder}/{inner}{}", file.name);
            let text = formatter.file(&path, file)?;
            let text = match inner {
                "" if path.ends_with("/mod.rs") => format!("{MODULE}\n\n{text}"),
                _ => text,
            };
            tree.insert(path, text);
        }
    }
    Ok(tree)
}
