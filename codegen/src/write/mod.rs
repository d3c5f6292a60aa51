//! From tokens to files: formatting, manifests, and how a tree of files differs from another.

mod drift;
mod format;
mod manifest;
mod syntax_cache;

use crate::package::CrateSource;

pub use crate::package::Tree;
pub use drift::{Drift, drift};

/// Tokens that are no Rust: a fault of the emitters, never of a document's author.
#[derive(Debug)]
pub struct Malformed {
    /// The file.
    pub file: String,
    /// The error of syn.
    pub why: String,
}

/// Formats the files of crates. The folder of each is its name.
///
/// # Errors
/// Tokens that syn does not accept; then nothing at all is returned.
pub fn tree(crates: Vec<CrateSource<'_>>) -> Result<Tree, Malformed> {
    let mut tree = Tree::new();
    let mut formatter = format::Formatter::default();
    for source in crates {
        let folder = source.manifest.name.clone();
        tree.insert(format!("{folder}/Cargo.toml"), source.manifest.to_toml());
        tree.insert(format!("{folder}/README.md"), source.readme);
        for file in source.files {
            let path = format!("{folder}/src/{}", file.name);
            let text = formatter.file(&path, file)?;
            tree.insert(path, text);
        }
    }
    Ok(tree)
}
