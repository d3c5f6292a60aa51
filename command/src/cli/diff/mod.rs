//! `countersign diff`: the changes between two documents, or of a project's documents since a revision, classified.

mod documents;
mod revision;
mod versions;

use std::collections::BTreeSet;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use countersign_codegen::compare;
use countersign_codegen::compare::render::{Subject, json, markdown, text};
use countersign_codegen::compare::{Comparison, Date, Effect, Level, added, removed};
use countersign_codegen::diagnostic::Report;
use countersign_codegen::settings::Settings;
use countersign_codegen::source::{DocumentPath, Files, Sources};
use countersign_codegen::{Lowered, Strictness, lowered_of};

use crate::console;
use crate::failure::Failure;
use crate::job::STACK;
use crate::project::Project;

pub(crate) use documents::Document;
pub(crate) use revision::{Revision, Was};
pub(crate) use versions::Versions;

/// The name of an API of two documents, which no settings name.
pub(crate) const DOCUMENT: &str = "api";

/// `diff`.
#[derive(Args, Debug)]
pub struct Diff {
    /// A revision that git knows, or a folder with the documents as they were; by default where this branch left
    /// `main`. With NEW: the old document, as a file, a folder or REV:PATH.
    #[arg(value_name = "REV|OLD")]
    pub(crate) revision: Option<String>,
    /// The new document, as a file, a folder or REV:PATH. Needs no repository and no settings.
    #[arg(value_name = "NEW", requires = "revision")]
    new: Option<String>,
    /// The format of the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with status 3 if there is a change of at least this weight.
    #[arg(long, value_name = "WEIGHT", value_enum)]
    fail_on: Option<Weight>,
}

/// The weight of a change, for `--fail-on`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Weight {
    /// Callers that follow the old document can break.
    Breaking,
    /// A crate needs a new major version.
    Major,
    /// A crate needs at least a new minor version.
    Minor,
}

impl Weight {
    fn is_reached(self, comparison: &Comparison) -> bool {
        let verdict = comparison.verdict;
        let level = verdict.model.max(verdict.client);
        match self {
            Self::Breaking => {
                let mut changes = comparison.changes.iter();
                changes.any(|change| change.wire.callers == Effect::Breaking)
            }
            Self::Major => level == Level::Major,
            Self::Minor => level >= Level::Minor,
        }
    }
}

/// The format of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal.
    Text,
    /// For a pull request.
    Markdown,
    /// For machines.
    Json,
}

/// An API, and how it differs from what it was.
#[derive(Debug)]
pub(crate) struct Compared {
    /// Its name.
    pub(crate) name: String,
    /// The text before the paths of its documents.
    pub(crate) prefix: String,
    /// The same for the old ones.
    old_prefix: String,
    /// The findings.
    pub(crate) comparison: Comparison,
}

/// Reports every change.
///
/// # Errors
/// If a document can't be read or is invalid, and, with `--fail-on`, if a change has that weight.
pub(crate) fn run(options: &Diff) -> Result<(), Failure> {
    if let (Some(old), Some(new)) = (&options.revision, &options.new) {
        let compared = documents(old, new)?;
        options.report(&Versions::default(), old, std::slice::from_ref(&compared));
        return options.judge(std::slice::from_ref(&compared));
    }
    let project = Project::find()?;
    let revision = Revision::find(&project, options.revision.as_deref())?;
    let (compared, invalid) = comparisons(&project, &revision)?;
    options.report(&Versions::find(&project), &revision.shown(), &compared);
    if !invalid.is_empty() {
        let end = "error: the APIs with the errors above were not compared\n";
        return Err(Failure::Rendered(invalid + end));
    }
    options.judge(&compared)
}

/// Compares two documents that need no project around them.
fn documents(old: &str, new: &str) -> Result<Compared, Failure> {
    let read = |named: &str| -> Result<(Lowered, String), Failure> {
        let document = Document::find(named)?;
        let (files, entry) = (&*document.files, &document.entry);
        let report = Report::default();
        let (prefix, settings) = (&document.prefix, Settings::of_documents(String::new()));
        let lowered = read(
            files,
            (entry, &[]),
            &settings,
            prefix,
            Strictness::Lenient,
            report,
        );
        Ok((lowered.map_err(Failure::Rendered)?, document.prefix))
    };
    match (read(old), read(new)) {
        (Ok((old, old_prefix)), Ok((new, prefix))) => Ok(Compared {
            name: DOCUMENT.to_owned(),
            prefix,
            old_prefix,
            comparison: compare(&old, &new, today()),
        }),
        (Err(Failure::Rendered(old)), Err(Failure::Rendered(new))) => {
            Err(Failure::Rendered(old + &new))
        }
        (Err(failure), _) | (_, Err(failure)) => Err(failure),
    }
}

impl Diff {
    /// Prints comparisons.
    fn report(&self, versions: &Versions, since: &str, compared: &[Compared]) {
        fn all<T>(
            versions: &Versions,
            compared: &[Compared],
            render: impl Fn(Subject<'_>) -> T,
        ) -> Vec<T> {
            let each = compared.iter().map(|compared| {
                let Compared {
                    name,
                    prefix,
                    old_prefix,
                    comparison,
                } = compared;
                versions.subject(name, (old_prefix, prefix), comparison, &render)
            });
            each.collect()
        }
        match self.format {
            Format::Text => console::print(all(versions, compared, text).join("\n")),
            Format::Markdown => console::print(all(versions, compared, markdown).join("\n")),
            Format::Json => {
                let apis = all(versions, compared, json);
                let document = serde_json::json!({ "since": since, "apis": apis });
                console::print(format_args!("{document:#}\n"));
            }
        }
    }

    /// Fails if a change has the weight of `--fail-on`.
    fn judge(&self, compared: &[Compared]) -> Result<(), Failure> {
        let Some(weight) = self.fail_on else {
            return Ok(());
        };
        let mut comparisons = compared.iter().map(|compared| &compared.comparison);
        if comparisons.any(|comparison| weight.is_reached(comparison)) {
            let name = weight.to_possible_value();
            let name = name.as_ref().map_or("", |value| value.get_name());
            return Err(Failure::Weight(format!("there is a change that is {name}")));
        }
        Ok(())
    }
}

/// The day on which this is run, by which an `x-sunset` has come or not.
pub(crate) fn today() -> Date {
    const DAY: u64 = 24 * 60 * 60;
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.map_or(0, |since| since.as_secs() / DAY);
    Date::from_days(u32::try_from(days).unwrap_or(u32::MAX))
}

/// Compares each API with what it was, those that are gone or new among them; the second: the errors of those that can't
/// be compared.
fn comparisons(project: &Project, revision: &Revision) -> Result<(Vec<Compared>, String), Failure> {
    let before = revision.apis(project)?;
    let names: BTreeSet<&str> = before
        .keys()
        .map(String::as_str)
        .chain(project.apis().iter().map(|api| api.name()))
        .collect();
    let mut errors = String::new();
    let mut compared = Vec::new();
    for name in names {
        let was = before.get(name);
        let old = was.map(|was| {
            let shown = format!("{}{}", revision.prefix(), was.prefix());
            let report = Report::default();
            read(
                &was.documents,
                (&was.entry, &was.overlays),
                &was.settings,
                &shown,
                Strictness::Lenient,
                report,
            )
        });
        let api = project.api(name);
        let new = api.map(|api| {
            let waivers = project.policy.as_ref();
            let waivers = waivers.map(|policy| policy.waivers_below(api.waivers_below()));
            let report = Report::admitting(waivers.unwrap_or_default());
            let (disk, entry) = api.documents().map_err(|failure| failure.to_string())?;
            let overlays = api.overlays().map_err(|failure| failure.to_string())?;
            read(
                &disk,
                (&entry, &overlays),
                api.settings(),
                api.shown(),
                api.strictness(),
                report,
            )
        });
        match (old.transpose(), new.transpose()) {
            (Ok(old), Ok(new)) => {
                let comparison = match (&old, &new) {
                    (Some(old), Some(new)) => compare(old, new, today()),
                    (None, Some(new)) => added(&new.api),
                    (Some(old), None) => removed(&old.api),
                    (None, None) => continue,
                };
                let prefix = api.map(|api| api.shown().to_owned());
                let prefix = prefix.or_else(|| was.map(Was::prefix)).unwrap_or_default();
                compared.push(Compared {
                    name: name.to_owned(),
                    old_prefix: prefix.clone(),
                    prefix,
                    comparison,
                });
            }
            (old, new) => errors.extend([old.err(), new.err()].into_iter().flatten()),
        }
    }
    Ok((compared, errors))
}

/// The API of an entry document and its overlays, or the findings that forbid one.
fn read(
    files: &(dyn Files + Sync),
    (entry, overlays): (&DocumentPath, &[DocumentPath]),
    settings: &Settings,
    prefix: &str,
    strictness: Strictness,
    mut report: Report,
) -> Result<Lowered, String> {
    let run = move || {
        let sources = Sources {
            overlays,
            entry,
            files,
        };
        let lowered = lowered_of(&sources, settings, strictness, &mut report);
        lowered.ok_or_else(|| report.render(prefix))
    };
    // Nested documents take room, and only what is used of it is taken from the system.
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let running = thread.spawn_scoped(scope, run);
        let running = running.map_err(|error| format!("error: no thread: {error}\n"))?;
        running.join().unwrap_or_else(|_| {
            Err("error: the generator stopped at a fault of its own\n".to_owned())
        })
    })
}
