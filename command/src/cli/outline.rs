//! `countersign outline`: what a reviewer of documents reads.

use clap::Args;

use super::document::Document;
use crate::console::{self, Console};
use crate::failure::Failure;
use crate::project::outcomes;

/// `outline`.
#[derive(Args, Debug)]
pub struct Outline {
    /// APIs of `countersign.toml`; all of them if none is named.
    apis: Vec<String>,
    #[command(flatten, next_help_heading = "A document without countersign.toml")]
    document: Document,
}

/// Prints the outlines of the APIs that are named, or of all.
pub(crate) fn run(options: &Outline) -> Result<(), Failure> {
    let project = options.document.project()?;
    let apis = project.chosen(&options.apis)?;
    let outcomes = outcomes(&project, &apis, Console::Quiet, |_| Ok(()))?;
    for generated in outcomes
        .iter()
        .filter_map(|outcome| outcome.generated.as_ref())
    {
        console::print(generated.outline());
    }
    Ok(())
}
