//! `cargo xtask outline`: what a reviewer of documents reads.

use crate::{generate, workspace};

/// Prints the outline of an API.
///
/// # Errors
/// What is wrong with its documents, rendered.
pub(crate) fn run(api: &str) -> Result<(), String> {
    let generated = generate::generate(&workspace::root(), api)?;
    print!("{}", generated.outline);
    Ok(())
}
