//! `cargo xtask outline`: what a reviewer of documents reads.

use clap::Args;

use super::generate;
use crate::console::{self, Console};
use crate::failure::Failure;
use crate::project::Workspace;

/// `outline`.
#[derive(Args, Debug)]
pub struct Outline {
    /// Folders below `spec/`; all of them if none is named.
    apis: Vec<String>,
}

/// Prints the outlines of the APIs that are named, or of all.
pub(crate) fn run(options: &Outline) -> Result<(), Failure> {
    let workspace = Workspace::find();
    let apis = workspace.chosen(&options.apis)?;
    let outcomes = generate::outcomes(&workspace, &apis, Console::Quiet)?;
    for generated in outcomes
        .iter()
        .filter_map(|outcome| outcome.generated.as_ref())
    {
        console::print(generated.outline());
    }
    Ok(())
}
