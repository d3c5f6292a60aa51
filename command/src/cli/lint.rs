//! `cargo xtask lint`: what is wrong or poor about documents.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::{self, Finding, Level, Levels, Report, Severity};
use countersign_codegen::settings::{Manifest, Runtime, Settings};

use crate::console;
use crate::failure::Failure;
use crate::job::{self, Job};
use crate::project::{self, Workspace};
use crate::{place, policy};

/// `lint`.
#[derive(Args, Debug)]
pub struct Lint {
    /// Folders below `spec/`; all of them if none is named.
    #[arg(value_name = "API")]
    pub(crate) apis: Vec<String>,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Another level for a rule: `--level derived-name=off`. May be repeated.
    #[arg(long = "level", value_name = "RULE=LEVEL")]
    pub(crate) levels: Vec<String>,
    /// Any OpenAPI document instead of the APIs in `spec/`.
    #[arg(long, value_name = "FILE", conflicts_with = "apis")]
    pub(crate) spec: Option<PathBuf>,
    /// The folder that no reference may leave; the document's own if left out.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) root: Option<PathBuf>,
    /// A file of levels and waivers. For the APIs in `spec/` it is `spec/waivers.toml`.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) waivers: Option<PathBuf>,
    /// Fail if anything at all is found. Always so for the APIs in `spec/`.
    #[arg(long, requires = "spec")]
    pub(crate) deny_warnings: bool,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with excerpts.
    Text,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// A list of findings.
    Json,
}

/// Says what is found, and fails if it is too much.
pub(crate) fn run(options: &Lint) -> Result<(), Failure> {
    match &options.spec {
        Some(spec) => foreign(options, spec),
        None => own(options),
    }
}

fn own(options: &Lint) -> Result<(), Failure> {
    let workspace = Workspace::find();
    let apis = workspace.chosen(&options.apis)?;
    let policy = policy::of_workspace(&workspace)?;
    let jobs: Vec<Job> = apis
        .iter()
        .map(|api| project::job(&workspace, api))
        .collect::<Result<_, _>>()?;
    let jobs = policy::admitting(&policy, &apis, jobs);
    let mut levels = Vec::with_capacity(apis.len());
    for api in &apis {
        let of_api = policy.as_ref().map(|policy| policy.levels(Some(api)));
        levels.push(with_options(of_api.unwrap_or_default(), options)?);
    }
    let reports = checked(&jobs, &levels)?;
    show(&jobs, &reports, options.format);
    // Documents that can't be read need none of their waivers.
    if !reports.iter().any(Report::has_errors) {
        policy::check(&policy, &apis, reports.iter(), |_| true)?;
    }
    verdict(&reports, Strictness::DenyWarnings)
}

fn foreign(options: &Lint, spec: &Path) -> Result<(), Failure> {
    let folder = spec
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let root = options.root.as_deref().or(folder).unwrap_or(Path::new("."));
    let policy = policy::of_file(options.waivers.as_deref())?;
    let levels = policy.as_ref().map(|policy| policy.levels(None));
    let levels = with_options(levels.unwrap_or_default(), options)?;
    // Nothing is generated, so that all but the documents is of no account.
    let settings = Settings {
        name: "document".to_owned(),
        prefix: place::prefix(root),
        command: "cargo xtask lint".to_owned(),
        runtime: Runtime::Workspace,
        manifest: Manifest::Standalone,
        types: Vec::new(),
    };
    let job = Job::new(root, spec, settings, Strictness::Lenient)?;
    let waivers = policy.as_ref().map(|policy| policy.waivers_below(""));
    let jobs = [job.admitting(waivers.unwrap_or_default())];
    let reports = checked(&jobs, &[levels])?;
    show(&jobs, &reports, options.format);
    for report in reports.iter().filter(|report| !report.has_errors()) {
        policy::check_file(&policy, report, |_| true)?;
    }
    let strictness = if options.deny_warnings {
        Strictness::DenyWarnings
    } else {
        Strictness::Lenient
    };
    verdict(&reports, strictness)
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

/// Fails if there is an error, or anything at all where that is denied.
fn verdict(reports: &[Report], strictness: Strictness) -> Result<(), Failure> {
    let count = |severity| -> usize { reports.iter().map(|report| report.count(severity)).sum() };
    let [errors, warnings, notes] = Severity::ALL.map(count);
    let denied = match strictness {
        Strictness::Lenient => errors,
        Strictness::DenyWarnings => errors + warnings + notes,
    };
    if denied == 0 {
        return Ok(());
    }
    Err(Failure::Failed(format!(
        "the documents are not as they should be: {errors} errors, {warnings} warnings, {notes} notes"
    )))
}
