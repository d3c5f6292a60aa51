//! `countersign audit`: what is from which page, and what each keyword is to the generator.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use countersign_codegen::audit;

use crate::console;
use crate::failure::Failure;
use crate::job::{self, Job};
use crate::project::Project;

/// `audit`.
#[derive(Args, Debug)]
pub struct Audit {
    /// APIs of `countersign.toml`; all of them if none is named.
    apis: Vec<String>,
    /// Format of the tables.
    #[arg(long, value_enum, default_value_t = Tables::Text)]
    format: Tables,
}

/// The format of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Tables {
    /// Aligned, for a terminal.
    Text,
    /// For a pull request; with the deviations.
    Markdown,
    /// Everything, for machines.
    Json,
}

/// Prints the audits of the APIs that are named, or of all, and fails if one has errors.
pub(crate) fn run(options: &Audit) -> Result<(), Failure> {
    let project = Project::find()?;
    let apis = project.chosen(&options.apis)?;
    let jobs = project.jobs(&apis)?;
    let outcomes = job::each(&jobs, Job::audit)?;
    let audits = apis
        .iter()
        .zip(&outcomes)
        .filter_map(|(api, (audit, _))| Some((api.name(), audit.as_ref()?)));
    print(audits, options.format);
    let said: String = jobs
        .iter()
        .zip(&outcomes)
        .map(|(job, (_, report))| report.render(job.shown()))
        .collect();
    if said.is_empty() {
        return Ok(());
    }
    let end = "error: the audit failed; see the findings above\n";
    Err(Failure::Rendered(said + end))
}

fn print<'a>(audits: impl Iterator<Item = (&'a str, &'a audit::Audit)>, format: Tables) {
    match format {
        Tables::Text => {
            let texts: Vec<String> = audits.map(|(api, audit)| audit.text(api)).collect();
            console::print(texts.join("\n"));
        }
        Tables::Markdown => audits.for_each(|(api, audit)| console::print(audit.markdown(api))),
        Tables::Json => {
            let all: BTreeMap<&str, &audit::Audit> = audits.collect();
            // Nothing in an audit can fail to be written.
            let text = serde_json::to_string_pretty(&all).unwrap_or_default();
            console::print(format_args!("{text}\n"));
        }
    }
}
