//! `countersign diff`: the changes of the documents since a revision, classified.

mod revision;
mod versions;

use std::collections::BTreeSet;
use std::thread;

use clap::{Args, ValueEnum};
use countersign_codegen::Strictness;
use countersign_codegen::compare;
use countersign_codegen::compare::render::{Subject, json, markdown, text};
use countersign_codegen::compare::{Comparison, added, removed};
use countersign_codegen::diagnostic::Report;
use countersign_codegen::ir::Api;
use countersign_codegen::source::{DocumentPath, Files, Sources};

use crate::console;
use crate::failure::Failure;
use crate::job::STACK;
use crate::project::Project;

pub(crate) use revision::{Revision, Was};
pub(crate) use versions::Versions;

/// `diff`.
#[derive(Args, Debug)]
pub struct Diff {
    /// A revision that git knows, or a folder with the documents as they were; where this branch left `main` if none
    /// is named.
    #[arg(value_name = "REV")]
    pub(crate) revision: Option<String>,
    /// Format of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
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
    /// The findings.
    pub(crate) comparison: Comparison,
}

/// Reports every change. Its verdict makes no difference to the exit status.
pub(crate) fn run(options: &Diff) -> Result<(), Failure> {
    let project = Project::find()?;
    let revision = Revision::find(&project, options.revision.as_deref())?;
    let compared = comparisons(&project, &revision)?;
    let versions = Versions::find(&project);
    fn told<T>(
        versions: &Versions,
        compared: &[Compared],
        render: impl Fn(Subject<'_>) -> T,
    ) -> Vec<T> {
        let each = compared.iter().map(|compared| {
            let Compared {
                name,
                prefix,
                comparison,
            } = compared;
            versions.subject(name, prefix, comparison, &render)
        });
        each.collect()
    }
    match options.format {
        Format::Text => console::print(told(&versions, &compared, text).join("\n")),
        Format::Markdown => console::print(told(&versions, &compared, markdown).join("\n")),
        Format::Json => {
            let apis = told(&versions, &compared, json);
            let all = serde_json::json!({ "since": revision.shown(), "apis": apis });
            console::print(format_args!("{all:#}\n"));
        }
    }
    Ok(())
}

/// Compares each API with what it was, those that are gone or new among them.
fn comparisons(project: &Project, revision: &Revision) -> Result<Vec<Compared>, Failure> {
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
                &was.entry,
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
            read(&disk, &entry, api.shown(), api.strictness(), report)
        });
        match (old.transpose(), new.transpose()) {
            (Ok(old), Ok(new)) => {
                let comparison = match (&old, &new) {
                    (Some(old), Some(new)) => compare(old, new),
                    (None, Some(new)) => added(new),
                    (Some(old), None) => removed(old),
                    (None, None) => continue,
                };
                let prefix = api.map(|api| api.shown().to_owned());
                let prefix = prefix.or_else(|| was.map(Was::prefix)).unwrap_or_default();
                compared.push(Compared {
                    name: name.to_owned(),
                    prefix,
                    comparison,
                });
            }
            (old, new) => errors.extend([old.err(), new.err()].into_iter().flatten()),
        }
    }
    if errors.is_empty() {
        Ok(compared)
    } else {
        let end = "error: nothing was compared, because of the errors above\n";
        Err(Failure::Rendered(errors + end))
    }
}

/// The API of the documents, or the findings that forbid one.
fn read(
    files: &(dyn Files + Sync),
    entry: &DocumentPath,
    prefix: &str,
    strictness: Strictness,
    mut report: Report,
) -> Result<Api, String> {
    let run = move || {
        let sources = Sources { entry, files };
        let api = countersign_codegen::api(&sources, &[], strictness, &mut report);
        api.ok_or_else(|| report.render(prefix))
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
