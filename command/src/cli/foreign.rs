//! `cargo xtask gen --spec FILE --out DIR`: any document, into crates that compile where they stand.

use std::collections::BTreeSet;
use std::fs;
use std::mem::{self, ManuallyDrop};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::{Code, Diagnostic, Report, Severity};
use countersign_codegen::ir::External;
use countersign_codegen::settings::{Manifest, Runtime, Settings};
use countersign_codegen::write::Tree;

use super::generate::{self, Gen};
use crate::console::{self, Console};
use crate::failure::Failure;
use crate::job::{self, Job, Outcome};
use crate::output::WritePlan;
use crate::project::{STANDALONE, Workspace, crates_of};
use crate::summary::Summary;
use crate::{measure, name, place, policy};

/// A document from anywhere.
#[derive(Args, Debug)]
pub(crate) struct Foreign {
    /// Any OpenAPI document: 3.0, 3.1 or Swagger 2.0, YAML or JSON.
    #[arg(long, value_name = "FILE", requires = "out", conflicts_with = "apis")]
    pub(crate) spec: Option<PathBuf>,
    /// The folder for the two crates.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) out: Option<PathBuf>,
    /// What the crates are called: NAME-model and NAME-client. Made from the file's name if left out.
    #[arg(long, requires = "spec")]
    pub(crate) name: Option<String>,
    /// The folder that no reference may leave; the document's own if left out.
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub(crate) root: Option<PathBuf>,
    /// The folder of `countersign-runtime`; the one of this workspace if left out.
    #[arg(
        long,
        value_name = "DIR",
        requires = "spec",
        conflicts_with = "runtime_version"
    )]
    pub(crate) runtime_path: Option<PathBuf>,
    /// The version of `countersign-runtime` in a registry.
    #[arg(long, value_name = "VERSION", requires = "spec")]
    pub(crate) runtime_version: Option<String>,
    /// A Rust type for a format: `--type date-time=jiff::Timestamp`. May be repeated.
    #[arg(long = "type", value_name = "FORMAT=TYPE", requires = "spec")]
    pub(crate) types: Vec<String>,
    /// Make errors of warnings. Always so for the APIs in `spec/`.
    #[arg(long, requires = "spec")]
    pub(crate) deny_warnings: bool,
    /// Write what came out to a file, as JSON.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) summary_json: Option<PathBuf>,
    /// A file of waivers: places where findings are admitted. For the APIs in `spec/` it is `spec/waivers.toml`.
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub(crate) waivers: Option<PathBuf>,
    /// Stop when more memory is used than this, in MiB.
    #[arg(long, value_name = "MIB", requires = "spec")]
    pub(crate) memory_limit: Option<u64>,
}

/// Generates the two crates of the document in `spec`, or checks them.
pub(crate) fn run(options: &Gen, spec: &Path) -> Result<(), Failure> {
    let started = Instant::now();
    let (foreign, console) = (&options.foreign, options.console());
    let out = foreign
        .out
        .as_deref()
        .ok_or_else(|| Failure::Usage("--spec needs --out".to_owned()))?;
    let out = place::absolute(out)
        .map_err(|error| Failure::Failed(format!("{}: {error}", out.display())))?;
    if let Some(mib) = foreign.memory_limit {
        measure::limit_memory(mib)
            .map_err(|error| Failure::Failed(format!("memory can't be limited: {error}")))?;
    }
    let policy = policy::of_file(foreign.waivers.as_deref())?;
    let waivers = policy.as_ref().map(|policy| policy.waivers_below(""));
    let job = job(foreign, spec, &out)?.admitting(waivers.unwrap_or_default());
    let name = job.settings.name.clone();
    let outcome = job::run(&[job])?.pop();
    let outcome = outcome.ok_or_else(|| Failure::Failed("nothing came out".to_owned()))?;
    // The process ends soon: to free a large document value by value first is a thirtieth of the time.
    let mut outcome = ManuallyDrop::new(outcome);
    if let Some(file) = &foreign.summary_json {
        write_summary(file, &Summary::of(&outcome))?;
    }
    let rendered = outcome.report.render(&outcome.prefix);
    if outcome.generated.is_none() {
        return Err(Failure::Rendered(rendered + root_help(&outcome.report)));
    }
    console.show(&rendered);
    policy::check_file(&policy, &outcome.report, |rule| {
        rule.usual_level().is_none()
    })?;
    tell(&name, &outcome, console);
    let crates = BTreeSet::from(crates_of(&name));
    let generated = outcome.generated.as_mut();
    let tree = generated.map_or_else(Tree::new, |generated| mem::take(&mut generated.tree));
    let plan = WritePlan::new(&out, &name, &crates, tree)?;
    if options.check {
        return generate::check(&plan, "", console);
    }
    let written = plan
        .with_seed("Cargo.toml", STANDALONE.to_owned())
        .apply()?;
    console.say(generate::summary(written, started));
    Ok(())
}

fn job(foreign: &Foreign, spec: &Path, out: &Path) -> Result<Job, Failure> {
    let folder = spec
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let root = foreign.root.as_deref().or(folder).unwrap_or(Path::new("."));
    let name = match &foreign.name {
        Some(name) => name::checked(name)?,
        None => name::of_file(&std::path::absolute(spec).unwrap_or_else(|_| spec.to_owned()))?,
    };
    let types = externals(&foreign.types)?;
    let settings = Settings {
        runtime: runtime(foreign, &out.join(format!("{name}-model")))?,
        name,
        // Crates say where in the root folder a document is, and not where that is on this machine.
        prefix: String::new(),
        command: "cargo xtask gen --spec".to_owned(),
        manifest: Manifest::Standalone,
        types,
    };
    let strictness = if foreign.deny_warnings {
        Strictness::DenyWarnings
    } else {
        Strictness::Lenient
    };
    Ok(Job::new(root, spec, settings, strictness)?.shown_below(place::prefix(root)))
}

/// The Rust types that stand in for formats.
pub(crate) fn externals(types: &[String]) -> Result<Vec<External>, Failure> {
    types.iter().map(|ty| external(ty)).collect()
}

/// Where crates find the runtime: by the way from their folders, so that all may be moved together.
fn runtime(foreign: &Foreign, from: &Path) -> Result<Runtime, Failure> {
    if let Some(version) = &foreign.runtime_version {
        return Ok(Runtime::Version(version.clone()));
    }
    let given = foreign
        .runtime_path
        .clone()
        .unwrap_or_else(|| Workspace::find().runtime());
    let failed = |what: String| Failure::Failed(format!("{}: {what}", given.display()));
    let found = given
        .canonicalize()
        .map_err(|error| failed(error.to_string()))?;
    if !found.join("Cargo.toml").is_file() {
        return Err(failed("there is no crate".to_owned()));
    }
    let full = || found.to_str().map(str::to_owned);
    let path = place::relative(from, &found).or_else(full);
    path.map(Runtime::Path)
        .ok_or_else(|| failed("its path is not UTF-8".to_owned()))
}

/// A type for a format, as `--type` spells it.
fn external(text: &str) -> Result<External, Failure> {
    let is_path = |path: &str| {
        path.starts_with(|c: char| c.is_ascii_alphabetic() || c == ':' || c == '_')
            && path
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_:<>, ".contains(c))
    };
    match text.split_once('=') {
        Some((format, path)) if !format.is_empty() && is_path(path) => Ok(External {
            format: format.to_owned(),
            path: path.to_owned(),
        }),
        _ => Err(Failure::Usage(format!(
            "--type {}: write FORMAT=RUST::PATH",
            text.escape_debug()
        ))),
    }
}

/// What the library can't say: how the caller widens the root.
fn root_help(report: &Report) -> &'static str {
    let escapes = |found: &Diagnostic| found.code == Code::EscapingReference;
    if report.diagnostics().iter().any(escapes) {
        "help: if the documents belong together, name the folder that holds them all with `--root DIR`\n"
    } else {
        ""
    }
}

fn write_summary(file: &Path, summary: &Summary) -> Result<(), Failure> {
    let failed = |what: String| Failure::Failed(format!("{}: {what}", file.display()));
    let text = serde_json::to_string(summary).map_err(|error| failed(error.to_string()))?;
    fs::write(file, text + "\n").map_err(|error| failed(error.to_string()))
}

fn tell(name: &str, outcome: &Outcome, console: Console) {
    let Some(generated) = &outcome.generated else {
        return;
    };
    let stats = &generated.api.stats;
    let left_out = stats.left_out.len();
    let operations = stats.operations.saturating_sub(left_out);
    console.say(format_args!(
        "{name}: {operations} operations ({left_out} left out), {} types, {} values ({} kept as raw JSON though the \
         document says more, {} of which it says nothing), {} warnings",
        generated.api.types.len(),
        stats.values,
        stats.raw_json.len(),
        stats.untyped,
        outcome.report.count(Severity::Warning),
    ));
    if console == Console::Normal && left_out > 0 {
        for (operation, why) in &stats.left_out {
            let line = format!("  left out: {}: {}", operation.text(), why.text());
            console::complain(format_args!("{}\n", line.escape_debug()));
        }
    }
}
