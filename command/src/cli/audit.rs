//! `countersign audit`: what is from which page, and what each keyword is to the generator.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use countersign_codegen::Strictness;
use countersign_codegen::audit::{self, Audit as Audited, Extent};
use countersign_codegen::diagnostic::Report;

use super::document::Document;
use crate::console;
use crate::failure::Failure;
use crate::job;
use crate::project::Api;

/// `audit`.
#[derive(Args, Debug)]
pub struct Audit {
    /// APIs of `countersign.toml`; all of them if none is named.
    apis: Vec<String>,
    /// Format of the tables.
    #[arg(long, value_enum, default_value_t = Tables::Text)]
    format: Tables,
    #[command(flatten, next_help_heading = "A document without countersign.toml")]
    document: Document,
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

/// Prints the audits of the APIs that are named, or of all, and fails if one has errors. Of a document that no
/// `countersign.toml` describes, the keywords are audited: it need not say which page each part is from.
pub(crate) fn run(options: &Audit) -> Result<(), Failure> {
    let project = options.document.project()?;
    let apis = project.chosen(&options.apis)?;
    let jobs = project.jobs(&apis)?;
    let extent = match options.document.spec {
        Some(_) => Extent::Keywords,
        None => Extent::All,
    };
    let outcomes = job::each(&jobs, |job| job.audit(extent))?;
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
    let fails = |(api, (_, report)): (&&Api, &(Option<Audited>, Report))| match (
        extent,
        api.strictness(),
    ) {
        (Extent::Keywords, Strictness::Lenient) => report.has_errors(),
        _ => !said.is_empty(),
    };
    if !apis.iter().zip(&outcomes).any(fails) {
        console::complain(said);
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
