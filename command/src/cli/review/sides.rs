//! Both sides of a comparison: each API as it was and as it is.

use std::collections::{BTreeMap, BTreeSet};

use countersign_codegen::compare;
use countersign_codegen::compare::{Comparison, added, removed};
use countersign_codegen::settings::Settings;
use countersign_codegen::source::{DocumentPath, Files};
use countersign_codegen::{Generated, Strictness};

use crate::cli::diff::{DOCUMENT, Document, Revision, Was, today};
use crate::disk::Disk;
use crate::failure::Failure;
use crate::job::{self, Job};
use crate::project::{Api, Project};

/// Documents, and what is generated from them.
pub(super) struct Side {
    files: Box<dyn Files + Send + Sync>,
    /// Its entry document.
    pub(super) entry: DocumentPath,
    pub(super) generated: Generated,
    /// The settings of its crates.
    pub(super) settings: Settings,
}

/// An API on both sides.
pub(super) struct Compared {
    /// Its name.
    pub(super) name: String,
    /// The text before the paths of its documents.
    pub(super) prefix: String,
    /// The same for the old ones.
    pub(super) old_prefix: String,
    /// The text before the paths of its crates.
    pub(super) crates_shown: String,
    pub(super) old: Option<Side>,
    pub(super) new: Option<Side>,
    pub(super) comparison: Comparison,
}

/// Generates every API as it was and as it is.
pub(super) fn all(project: &Project, revision: &Revision) -> Result<Vec<Compared>, Failure> {
    let before = revision.apis(project)?;
    let old: Vec<&String> = before.keys().collect();
    let old = sides(&old, |name| {
        let was = before.get(name.as_str()).ok_or_else(gone)?;
        let (entry, files) = (was.entry.clone(), was.documents.clone());
        let job = Job::over(
            Box::new(files.clone()),
            entry,
            was.settings.clone(),
            Strictness::Lenient,
        );
        let shown = format!("{}{}", revision.prefix(), was.prefix());
        let job = job.overlaid(was.overlays.clone());
        Ok((job.shown_below(shown), Box::new(files)))
    });
    let apis: Vec<&Api> = project.apis().iter().collect();
    let new = sides(&apis, |api| {
        let job = project.jobs(&[api])?.pop().ok_or_else(gone)?;
        let disk = Disk::below(api.root())
            .map_err(|error| Failure::Failed(format!("{}: {error}", api.root().display())))?;
        Ok((job, Box::new(disk)))
    });
    let (old, new) = match (old, new) {
        (Ok(old), Ok(new)) => (old, new),
        (Err(Failure::Rendered(old)), Err(Failure::Rendered(new))) => {
            return Err(Failure::Rendered(old + &new));
        }
        (Err(failure), _) | (_, Err(failure)) => return Err(failure),
    };
    let (mut old, mut new) = (named(old), named(new));
    let names: BTreeSet<String> = old.keys().chain(new.keys()).cloned().collect();
    let compared = names.into_iter().filter_map(|name| {
        let (old, new) = (old.remove(&name), new.remove(&name));
        let comparison = match (&old, &new) {
            (Some(old), Some(new)) => compare(&old.generated, &new.generated, today()),
            (None, Some(new)) => added(&new.generated.api),
            (Some(old), None) => removed(&old.generated.api),
            (None, None) => return None,
        };
        let api = project.api(&name);
        let was = before.get(&name).map(Was::prefix);
        let prefix = api.map(|api| api.shown().to_owned()).or(was);
        let prefix = prefix.unwrap_or_default();
        Some(Compared {
            old_prefix: prefix.clone(),
            prefix,
            crates_shown: api.map_or_else(String::new, |api| api.out_shown().to_owned()),
            name,
            old,
            new,
            comparison,
        })
    });
    Ok(compared.collect())
}

/// Generates two documents that need no project around them.
pub(super) fn documents(old: &str, new: &str) -> Result<Vec<Compared>, Failure> {
    let documents = [Document::find(old)?, Document::find(new)?];
    let found = sides(&documents, |document| {
        let files = document.files.clone();
        let settings = Settings {
            name: DOCUMENT.to_owned(),
            ..Settings::of_documents(String::new())
        };
        let job = Job::over(
            Box::new(files.clone()),
            document.entry.clone(),
            settings,
            Strictness::Lenient,
        );
        Ok((job.shown_below(document.prefix.clone()), Box::new(files)))
    })?;
    let [old_document, new_document] = documents;
    let mut found = found.into_iter().map(|(_, side)| side);
    let (Some(old), Some(new)) = (found.next(), found.next()) else {
        return Err(gone());
    };
    let comparison = compare(&old.generated, &new.generated, today());
    Ok(vec![Compared {
        name: DOCUMENT.to_owned(),
        prefix: new_document.prefix,
        old_prefix: old_document.prefix,
        crates_shown: String::new(),
        old: Some(old),
        new: Some(new),
        comparison,
    }])
}

fn named(sides: Vec<(String, Side)>) -> BTreeMap<String, Side> {
    sides.into_iter().collect()
}

fn gone() -> Failure {
    Failure::Failed("an API went away meanwhile".to_owned())
}

type Source = (Job, Box<dyn Files + Send + Sync>);

/// Generates some APIs, or reports what is wrong with all of them.
fn sides<T>(
    apis: &[T],
    source: impl Fn(&T) -> Result<Source, Failure>,
) -> Result<Vec<(String, Side)>, Failure> {
    let sources: Vec<Source> = apis.iter().map(source).collect::<Result<_, _>>()?;
    let (jobs, files): (Vec<Job>, Vec<_>) = sources.into_iter().unzip();
    let mut errors = String::new();
    let mut sides = Vec::new();
    for ((job, files), outcome) in jobs.iter().zip(files).zip(job::run(&jobs)?) {
        match outcome.generated {
            Some(generated) => {
                let settings = job.settings.clone();
                let side = Side {
                    files,
                    entry: job.sources().entry.clone(),
                    generated,
                    settings,
                };
                sides.push((job.settings.name.clone(), side));
            }
            None => errors.push_str(&outcome.report.render(&outcome.prefix)),
        }
    }
    if errors.is_empty() {
        Ok(sides)
    } else {
        let end = "error: there is no page, because of the errors above\n";
        Err(Failure::Rendered(errors + end))
    }
}

impl Side {
    /// The text of a document.
    pub(super) fn text(&self, path: &DocumentPath) -> String {
        let bytes = self.files.read(path).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
