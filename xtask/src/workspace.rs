//! Where things are in this workspace.

use std::path::{Path, PathBuf};

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// The names of the APIs: folders of `spec/` with an entry document, in alphabetical order.
///
/// # Errors
/// When `spec/` can't be listed.
pub(crate) fn apis(root: &Path) -> Result<Vec<String>, String> {
    let spec = root.join("spec");
    let listing = std::fs::read_dir(&spec)
        .map_err(|error| format!("error: {}: {error}\n", spec.display()))?;
    let mut names: Vec<String> = listing
        .filter_map(Result::ok)
        .filter(|folder| folder.path().join("openapi.yaml").is_file())
        .filter_map(|folder| folder.file_name().into_string().ok())
        .collect();
    names.sort();
    Ok(names)
}
