//! Both sides of a comparison: each API as it was and as it is.

use std::collections::BTreeSet;

use countersign_codegen::compare::{Comparison, added, compare, removed};
use countersign_codegen::source::{DocumentPath, Files};
use countersign_codegen::{Generated, Strictness};

use crate::cli::diff::Revision;
use crate::disk::Disk;
use crate::failure::Failure;
use crate::job::{self, Job};
use crate::policy;
use crate::project::{self, Workspace};

/// Documents, and what is generated from them.
pub(super) struct Side {
    pub(super) files: Box<dyn Files + Send + Sync>,
    pub(super) generated: Generated,
}

/// An API on both sides.
pub(super) struct Compared {
    /// Its folder below `spec/`.
    pub(super) name: String,
    pub(super) old: Option<Side>,
    pub(super) new: Option<Side>,
    pub(super) comparison: Comparison,
}

/// Generates every API as it was and as it is.
pub(super) fn all(workspace: &Workspace, revision: &Revision) -> Result<Vec<Compared>, Failure> {
    let (before, now) = (revision.apis()?, workspace.apis()?);
    let old = sides(&before, |name| {
        let job = job(
            Box::new(revision.documents(name)),
            name,
            Strictness::Lenient,
        )?;
        let prefix = format!("{}spec/{name}/", revision.prefix());
        Ok((job.shown_below(prefix), Box::new(revision.documents(name))))
    });
    let policy = policy::of_workspace(workspace)?;
    let new = sides(&now, |name| {
        let job = job(disk(workspace, name)?, name, Strictness::DenyWarnings)?;
        let waivers = policy.as_ref();
        let waivers = waivers.map(|policy| policy.waivers_below(&format!("{name}/")));
        let job = job.admitting(waivers.unwrap_or_default());
        Ok((job, disk(workspace, name)?))
    });
    let (mut old, mut new) = match (old, new) {
        (Ok(old), Ok(new)) => (old.into_iter().peekable(), new.into_iter().peekable()),
        (Err(Failure::Rendered(old)), Err(Failure::Rendered(new))) => {
            return Err(Failure::Rendered(old + &new));
        }
        (Err(failure), _) | (_, Err(failure)) => return Err(failure),
    };
    let names: BTreeSet<&String> = before.iter().chain(&now).collect();
    let compared = names.into_iter().filter_map(|name| {
        let old = old.next_if(|(of, _)| of == name).map(|(_, side)| side);
        let new = new.next_if(|(of, _)| of == name).map(|(_, side)| side);
        let comparison = match (&old, &new) {
            (Some(old), Some(new)) => compare(&old.generated.api, &new.generated.api),
            (None, Some(new)) => added(&new.generated.api),
            (Some(old), None) => removed(&old.generated.api),
            (None, None) => return None,
        };
        let name = name.clone();
        Some(Compared {
            name,
            old,
            new,
            comparison,
        })
    });
    Ok(compared.collect())
}

type Source = (Job, Box<dyn Files + Send + Sync>);

/// Generates some APIs, in alphabetical order, or says what is wrong with all of them.
fn sides(
    names: &[String],
    source: impl Fn(&String) -> Result<Source, Failure>,
) -> Result<Vec<(String, Side)>, Failure> {
    let sources: Vec<Source> = names.iter().map(source).collect::<Result<_, _>>()?;
    let (jobs, files): (Vec<Job>, Vec<_>) = sources.into_iter().unzip();
    let mut said = String::new();
    let mut sides = Vec::new();
    for ((name, files), outcome) in names.iter().zip(files).zip(job::run(&jobs)?) {
        match outcome.generated {
            Some(generated) => sides.push((name.clone(), Side { files, generated })),
            None => said.push_str(&outcome.report.render(&outcome.prefix)),
        }
    }
    sides.sort_by(|(one, _), (other, _)| one.cmp(other));
    if said.is_empty() {
        Ok(sides)
    } else {
        let end = "error: there is no page, because of the mistakes above\n";
        Err(Failure::Rendered(said + end))
    }
}

fn job(
    files: Box<dyn Files + Send + Sync>,
    name: &str,
    strictness: Strictness,
) -> Result<Job, Failure> {
    let entry =
        DocumentPath::new("openapi.yaml").map_err(|error| Failure::Failed(error.to_string()))?;
    Ok(Job::over(files, entry, project::settings(name), strictness))
}

fn disk(workspace: &Workspace, name: &str) -> Result<Box<dyn Files + Send + Sync>, Failure> {
    let root = workspace.documents(name);
    let disk = Disk::below(&root)
        .map_err(|error| Failure::Failed(format!("{}: {error}", root.display())))?;
    Ok(Box::new(disk))
}

impl Side {
    /// The text of a document.
    pub(super) fn text(&self, path: &DocumentPath) -> String {
        let bytes = self.files.read(path).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
