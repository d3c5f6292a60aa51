//! `cargo xtask diff`: what the documents of `spec/` say otherwise than at a revision, and what that means.

mod revision;
mod versions;

use std::thread;

use clap::{Args, ValueEnum};
use countersign_codegen::Strictness;
use countersign_codegen::compare::render::{Subject, json, markdown, text};
use countersign_codegen::compare::{Comparison, added, compare, removed};
use countersign_codegen::diagnostic::Report;
use countersign_codegen::ir::Api;
use countersign_codegen::source::{DocumentPath, Files, Sources};

use crate::console;
use crate::disk::Disk;
use crate::failure::Failure;
use crate::job::STACK;
use crate::policy;
use crate::project::Workspace;

pub(crate) use revision::Revision;
pub(crate) use versions::Versions;

/// `diff`.
#[derive(Args, Debug)]
pub struct Diff {
    /// A revision that git knows, or a folder with the documents as they were; where this branch left `main` if none
    /// is named.
    #[arg(value_name = "REV")]
    pub(crate) revision: Option<String>,
    /// How it is told.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How a comparison is told.
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
    /// Its folder below `spec/`.
    pub(crate) name: String,
    /// What was found.
    pub(crate) comparison: Comparison,
}

/// Tells what is different. What it comes to makes no difference to the exit status.
pub(crate) fn run(options: &Diff) -> Result<(), Failure> {
    let workspace = Workspace::find();
    let revision = Revision::find(&workspace, options.revision.as_deref())?;
    let compared = comparisons(&workspace, &revision)?;
    let versions = Versions::find(&workspace);
    let told = |told: fn(Subject<'_>) -> String| -> String {
        let texts: Vec<String> = compared
            .iter()
            .map(|compared| versions.subject(&compared.name, &compared.comparison, told))
            .collect();
        texts.join("\n")
    };
    match options.format {
        Format::Text => console::print(told(text)),
        Format::Markdown => console::print(told(markdown)),
        Format::Json => {
            let apis: Vec<_> = compared
                .iter()
                .map(|compared| versions.subject(&compared.name, &compared.comparison, json))
                .collect();
            let all = serde_json::json!({ "since": revision.shown(), "apis": apis });
            console::print(format_args!("{all:#}\n"));
        }
    }
    Ok(())
}

/// Compares each API of `spec/` with what it was, those that are gone or new among them.
pub(crate) fn comparisons(
    workspace: &Workspace,
    revision: &Revision,
) -> Result<Vec<Compared>, Failure> {
    let (before, now) = (revision.apis()?, workspace.apis()?);
    let policy = policy::of_workspace(workspace)?;
    let mut names: Vec<String> = before.iter().chain(&now).cloned().collect();
    names.sort();
    names.dedup();
    let mut said = String::new();
    let mut compared = Vec::new();
    for name in names {
        let old = before.contains(&name).then(|| {
            let prefix = format!("{}spec/{name}/", revision.prefix());
            let old = revision.documents(&name);
            read(&old, &prefix, Strictness::Lenient, Report::default())
        });
        let new = now.contains(&name).then(|| {
            let root = workspace.documents(&name);
            let unreadable = |error| format!("error: {}: {error}\n", root.display());
            let disk = Disk::below(&root).map_err(unreadable)?;
            let prefix = format!("spec/{name}/");
            let waivers = policy
                .as_ref()
                .map(|policy| policy.waivers_below(&format!("{name}/")));
            let report = Report::admitting(waivers.unwrap_or_default());
            read(&disk, &prefix, Strictness::DenyWarnings, report)
        });
        match (old.transpose(), new.transpose()) {
            (Ok(old), Ok(new)) => {
                let comparison = match (&old, &new) {
                    (Some(old), Some(new)) => compare(old, new),
                    (None, Some(new)) => added(new),
                    (Some(old), None) => removed(old),
                    (None, None) => continue,
                };
                compared.push(Compared { name, comparison });
            }
            (old, new) => said.extend([old.err(), new.err()].into_iter().flatten()),
        }
    }
    if said.is_empty() {
        Ok(compared)
    } else {
        let end = "error: nothing was compared, because of the mistakes above\n";
        Err(Failure::Rendered(said + end))
    }
}

/// What the documents of an API say, or what is wrong with them.
fn read(
    files: &(dyn Files + Sync),
    prefix: &str,
    strictness: Strictness,
    mut report: Report,
) -> Result<Api, String> {
    let entry = DocumentPath::new("openapi.yaml").map_err(|error| format!("error: {error}\n"))?;
    let run = move || {
        let entry = &entry;
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
