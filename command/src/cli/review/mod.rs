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

use crate::cli::diff::{Revision, Versions};
use crate::console::{self, Console};
use crate::failure::Failure;
use crate::project::Project;

/// `review`.
#[derive(Args, Debug)]
pub struct Review {
    /// A revision that git knows, or a folder with the documents as they were; by default where this branch left
    /// `main`. With NEW: the old document, as a file, a folder or REV:PATH.
    #[arg(value_name = "REV|OLD")]
    revision: Option<String>,
    /// The new document, as a file, a folder or REV:PATH. Needs no repository and no settings.
    #[arg(value_name = "NEW", requires = "revision")]
    new: Option<String>,
    /// Where the page goes; `target/review/index.html` if left out, or `review.html` with NEW.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the page. What the change comes to makes no difference to the exit status.
pub(crate) fn run(options: &Review) -> Result<(), Failure> {
    let (page, default) = match (&options.revision, &options.new) {
        (Some(old), Some(new)) => {
            let page = compose::page(&Versions::default(), old, &sides::documents(old, new)?);
            (page, PathBuf::from("review.html"))
        }
        (named, _) => {
            let project = Project::find()?;
            let revision = Revision::find(&project, named.as_deref())?;
            let sides = sides::all(&project, &revision)?;
            let page = compose::page(&Versions::find(&project), &revision.short(), &sides);
            (page, project.target().join("review").join("index.html"))
        }
    };
    let out = options.out.clone().unwrap_or(default);
    let failed = |error| Failure::Failed(format!("{}: {error}", out.display()));
    if let Some(folder) = out.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(&out, html::render(&page)).map_err(failed)?;
    let count = page.apis.iter().map(|api| api.changes.len()).sum::<usize>();
    let since = page.since.raw();
    Console::Normal.say(format_args!("{count} changes since {since}"));
    console::print(format_args!("{}\n", out.display()));
    Ok(())
}
