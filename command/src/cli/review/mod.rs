//! `countersign review`: one page for whoever reads a change of documents.
//!
//! The page is a function of a plain [`page::Page`]. That is put together from both sides of a comparison: the
//! documents, the outline and the crates as they were and as they are.

mod compose;
mod diff;
mod document;
mod html;
mod outline;
mod page;
mod rust;
mod sides;

use std::fs;
use std::path::PathBuf;

use clap::Args;

use crate::cli::diff::Revision;
use crate::console::{self, Console};
use crate::failure::Failure;
use crate::project::Project;

/// `review`.
#[derive(Args, Debug)]
pub struct Review {
    /// A revision that git knows, or a folder with the documents as they were; where this branch left `main` if none
    /// is named.
    #[arg(value_name = "REV")]
    revision: Option<String>,
    /// Where the page goes; `target/review/index.html` if left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the page. What the change comes to makes no difference to the exit status.
pub(crate) fn run(options: &Review) -> Result<(), Failure> {
    let project = Project::find()?;
    let revision = Revision::find(&project, options.revision.as_deref())?;
    let sides = sides::all(&project, &revision)?;
    let page = compose::page(&project, &revision, &sides);
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| project.target().join("review").join("index.html"));
    let failed = |error| Failure::Failed(format!("{}: {error}", out.display()));
    if let Some(folder) = out.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(&out, html::render(&page)).map_err(failed)?;
    let count = page.apis.iter().map(|api| api.changes.len()).sum::<usize>();
    Console::Normal.say(format_args!("{count} changes since {}", revision.shown()));
    console::print(format_args!("{}\n", out.display()));
    Ok(())
}
