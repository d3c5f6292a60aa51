//! `cargo xtask outline`: what a reviewer of documents reads.

use crate::console::{self, Console};
use crate::failure::Failure;
use crate::generate;
use crate::workspace::Workspace;

/// Prints the outlines of the APIs that are named, or of all.
pub(crate) fn run(named: &[String]) -> Result<(), Failure> {
    let workspace = Workspace::find();
    let apis = workspace.chosen(named)?;
    let outcomes = generate::outcomes(&workspace, &apis, Console::Quiet)?;
    for generated in outcomes
        .iter()
        .filter_map(|outcome| outcome.generated.as_ref())
    {
        console::print(generated.outline());
    }
    Ok(())
}
