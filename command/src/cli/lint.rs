//! `countersign lint`: errors and poor style of documents.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::{self, Finding, Level, Levels, Report, Severity};

use super::document::Document;
use super::propose;
use crate::console;
use crate::failure::Failure;
use crate::job::{self, Job};
use crate::policy;
use crate::project::Api;

/// `lint`.
#[derive(Args, Debug)]
pub struct Lint {
    /// APIs of `countersign.toml`; all of them if none is named.
    #[arg(value_name = "API")]
    pub(crate) apis: Vec<String>,
    /// Format of the findings.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Another level for a rule: `--level derived-name=off`. May be repeated.
    #[arg(long = "level", value_name = "RULE=LEVEL")]
    pub(crate) levels: Vec<String>,
    /// Write an OpenAPI overlay that fixes what can be fixed by one.
    #[arg(long, value_name = "FILE")]
    write_overlay: Option<PathBuf>,
    /// A record of departures of a server, as `Departure::lines` writes it, to be fixed as well.
    #[arg(long, value_name = "FILE", requires = "write_overlay")]
    departures: Option<PathBuf>,
    #[command(flatten, next_help_heading = "A document without countersign.toml")]
    document: Document,
}

/// Format of the findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with excerpts.
    Text,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// A list of findings.
    Json,
}

/// Reports what is found, and fails if it is too much.
pub(crate) fn run(options: &Lint) -> Result<(), Failure> {
    let project = options.document.project()?;
    let apis = project.chosen(&options.apis)?;
    let jobs = project.jobs(&apis)?;
    let policy = project.policy.as_ref();
    let mut levels = Vec::with_capacity(apis.len());
    for api in &apis {
        let name = project.config().map(|_| api.name());
        let of_api = policy.map(|policy| policy.levels(name));
        levels.push(with_options(of_api.unwrap_or_default(), options)?);
    }
    if let Some(out) = &options.write_overlay {
        let ([job], [levels]) = (jobs.as_slice(), levels.as_slice()) else {
            return Err(Failure::Usage(
                "an overlay is for one document: name one API".to_owned(),
            ));
        };
        return propose::write(job, levels, options.departures.as_deref(), out);
    }
    let reports = checked(&jobs, &levels)?;
    show(&jobs, &reports, options.format);
    // Documents that can't be read need none of their waivers.
    if !reports.iter().any(Report::has_errors) {
        policy::check(&project.policy, &apis, reports.iter(), |_| true)?;
    }
    verdict(&apis, &reports)
}

fn checked(jobs: &[Job], levels: &[Levels]) -> Result<Vec<Report>, Failure> {
    let of = |job: &Job| {
        let at = jobs.iter().position(|known| std::ptr::eq(known, job));
        at.and_then(|at| levels.get(at))
            .cloned()
            .unwrap_or_default()
    };
    job::each(jobs, |job| job.lint(&of(job)))
}

/// Levels with those of the command line.
fn with_options(levels: Levels, options: &Lint) -> Result<Levels, Failure> {
    options.levels.iter().try_fold(levels, |levels, option| {
        let (rule, level) = option.split_once('=').unwrap_or((option, ""));
        let level = Level::named(level).ok_or_else(|| {
            Failure::Usage(format!(
                "`{}` sets no level; write RULE=off, note, warning or error",
                option.escape_debug()
            ))
        })?;
        levels.with(rule, level).map_err(Failure::Usage)
    })
}

fn show(jobs: &[Job], reports: &[Report], format: Format) {
    let each = || jobs.iter().zip(reports);
    let findings = || -> Vec<Finding> {
        each()
            .flat_map(|(job, report)| report.findings(job.shown()))
            .collect()
    };
    match format {
        Format::Text => {
            for (job, report) in each() {
                console::print(report.render(job.shown()));
            }
        }
        Format::Sarif => console::print(diagnostic::sarif(&findings())),
        Format::Json => {
            // Nothing in a finding can fail to be written.
            let text = serde_json::to_string_pretty(&findings()).unwrap_or_default();
            console::print(format_args!("{text}\n"));
        }
    }
}

/// Fails if there is an error, or anything at all in an API where that is denied.
fn verdict(apis: &[&Api], reports: &[Report]) -> Result<(), Failure> {
    let count = |severity| -> usize { reports.iter().map(|report| report.count(severity)).sum() };
    let [errors, warnings, notes] = Severity::ALL.map(count);
    let fails = |(api, report): (&&Api, &Report)| match api.strictness() {
        Strictness::Lenient => report.has_errors(),
        Strictness::DenyWarnings => Severity::ALL
            .iter()
            .any(|severity| report.count(*severity) > 0),
    };
    if !apis.iter().zip(reports).any(fails) {
        return Ok(());
    }
    let counted = [(errors, "error"), (warnings, "warning"), (notes, "note")];
    let counted = counted.iter().filter(|(count, _)| *count > 0);
    let counted: Vec<String> = counted
        .map(|(count, what)| format!("{count} {what}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    Err(Failure::Failed(format!("found {}", counted.join(", "))))
}
