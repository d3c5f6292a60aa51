//! `countersign gen`: the crates of APIs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::mem::{self, ManuallyDrop};
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use countersign_codegen::diagnostic::{Code, Diagnostic, Severity};
use countersign_codegen::write::Tree;

use super::document::{Crates, Document};
use crate::console::{self, Console};
use crate::failure::Failure;
use crate::job::{self, Job, Outcome};
use crate::output::{WritePlan, Written};
use crate::project::{Api, Project, STANDALONE, crates_of};
use crate::record::Records;
use crate::summary::Summary;
use crate::{measure, policy};

/// `gen`.
#[derive(Args, Debug)]
pub struct Gen {
    /// APIs of `countersign.toml`; all of them if none is named.
    #[arg(value_name = "API")]
    apis: Vec<String>,
    /// Change nothing; name each missing, stale or orphaned file, and fail if there is one.
    #[arg(long)]
    check: bool,
    /// Regenerate every API, even unchanged ones.
    #[arg(long, conflicts_with = "spec")]
    full: bool,
    /// Print errors and nothing else.
    #[arg(long)]
    quiet: bool,
    #[command(flatten, next_help_heading = "A document without countersign.toml")]
    document: Document,
    #[command(flatten, next_help_heading = "A document without countersign.toml")]
    crates: Crates,
    /// Write what came out to a file, as JSON.
    #[arg(long, value_name = "FILE", requires = "spec")]
    summary_json: Option<PathBuf>,
    /// Stop when more memory is used than this, in MiB.
    #[arg(long, value_name = "MIB")]
    memory_limit: Option<u64>,
}

impl Gen {
    fn console(&self) -> Console {
        if self.quiet {
            Console::Quiet
        } else {
            Console::Normal
        }
    }

    fn project(&self) -> Result<Project, Failure> {
        match &self.document.spec {
            Some(spec) => self.document.project_of(spec, &self.crates),
            None => Project::find(),
        }
    }
}

/// Generates or checks. Nothing is written unless every API is sound.
pub(crate) fn run(options: &Gen) -> Result<(), Failure> {
    let started = Instant::now();
    let console = options.console();
    if let Some(mib) = options.memory_limit {
        measure::limit_memory(mib)
            .map_err(|error| Failure::Failed(format!("memory can't be limited: {error}")))?;
    }
    let project = options.project()?;
    let records = Records::find(&project);
    let chosen = project.chosen(&options.apis)?;
    // A check trusts no record.
    let trusts = !options.check && !options.full;
    let (mut kept, mut due) = (Vec::new(), Vec::new());
    for (api, job) in chosen.iter().zip(project.jobs(&chosen)?) {
        let unchanged = records.as_ref().filter(|_| trusts);
        match unchanged.and_then(|records| records.unchanged(api.name(), api.out(), &job)) {
            Some(files) => kept.push((*api, files)),
            None => due.push(*api),
        }
    }
    let outcomes = outcomes(&project, &due, console, |outcomes| {
        match (&options.summary_json, outcomes) {
            (Some(file), [outcome]) => write_summary(file, &Summary::of(outcome)),
            _ => Ok(()),
        }
    })?;
    // The process ends soon: to free a large document value by value first is a thirtieth of the time.
    let mut outcomes = ManuallyDrop::new(outcomes);
    for (api, _) in &kept {
        console.say(format_args!("{}: nothing has changed", api.name()));
    }
    for (api, outcome) in due.iter().zip(outcomes.iter()) {
        tell(api, outcome, console);
    }
    let is_all = options.apis.is_empty();
    let files = Files::of(&project, is_all, &kept, &due, &mut outcomes)?;
    if options.check {
        return files.check(console);
    }
    let mut written = files.apply(&project)?;
    written.unchanged += kept.iter().map(|(_, files)| files).sum::<usize>();
    for (api, outcome) in due.iter().zip(outcomes.iter()) {
        let Some(records) = &records else { continue };
        if let Err(error) = records.keep(api.name(), outcome) {
            let what = "the next run will generate it again";
            let name = api.name();
            console.say(format_args!("warning: {name}: no record: {error}; {what}"));
        }
    }
    console.say(summary(written, started));
    Ok(())
}

/// Generates APIs in memory. The errors of all are printed; warnings of APIs that may have some are shown. `look` sees
/// what came out before it is judged.
pub(super) fn outcomes(
    project: &Project,
    apis: &[&Api],
    console: Console,
    look: impl FnOnce(&[Outcome]) -> Result<(), Failure>,
) -> Result<Vec<Outcome>, Failure> {
    if project.config().is_some() && !apis.is_empty() {
        let names: Vec<&str> = apis.iter().map(|api| api.name()).collect();
        console.say(format_args!("Generating {}", names.join(", ")));
    }
    let jobs: Vec<Job> = project.jobs(apis)?;
    let outcomes = job::run(&jobs)?;
    look(&outcomes)?;
    let render = |outcome: &Outcome| outcome.report.render(&outcome.prefix) + root_help(outcome);
    let failed = outcomes
        .iter()
        .filter(|outcome| outcome.generated.is_none());
    let errors: String = failed.map(render).collect();
    if !errors.is_empty() {
        let end = "error: nothing was written, because of the errors above\n";
        return Err(Failure::Rendered(errors + end));
    }
    for outcome in &outcomes {
        console.show(&outcome.report.render(&outcome.prefix));
    }
    // What lint alone looks for is not looked for here.
    let used = outcomes.iter().map(|outcome| &outcome.report);
    policy::check(&project.policy, apis, used, |rule| {
        rule.usual_level().is_none()
    })?;
    Ok(outcomes)
}

/// Advice that the library can't give: the way to widen the root.
fn root_help(outcome: &Outcome) -> &'static str {
    let escapes = |found: &Diagnostic| found.code == Code::EscapingReference;
    if outcome.report.diagnostics().iter().any(escapes) {
        "help: if the documents belong together, name the folder that holds them all: `root` in countersign.toml, or \
         `--root DIR`\n"
    } else {
        ""
    }
}

fn write_summary(file: &Path, summary: &Summary) -> Result<(), Failure> {
    let failed = |what: String| Failure::Failed(format!("{}: {what}", file.display()));
    let text = serde_json::to_string(summary).map_err(|error| failed(error.to_string()))?;
    fs::write(file, text + "\n").map_err(|error| failed(error.to_string()))
}

/// The files of some APIs, by the folders of their crates.
struct Files {
    plans: Vec<(String, WritePlan)>,
}

impl Files {
    /// Compares what came out with what is on disk. Where `is_all` APIs are meant, crates whose API is gone are
    /// obsolete.
    fn of(
        project: &Project,
        is_all: bool,
        kept: &[(&Api, usize)],
        due: &[&Api],
        outcomes: &mut [Outcome],
    ) -> Result<Self, Failure> {
        let mut folders: BTreeMap<&Path, (&Api, BTreeSet<String>, Tree)> = BTreeMap::new();
        for (api, outcome) in due.iter().zip(outcomes) {
            let (_, crates, tree) = folders
                .entry(api.out())
                .or_insert_with(|| (api, BTreeSet::new(), Tree::new()));
            crates.extend(crates_of(api.name()));
            // Records need the files as well.
            let generated = outcome.generated.as_mut();
            let files = generated.map_or_else(Tree::new, |generated| match project.config() {
                Some(_) => generated.tree.clone(),
                None => mem::take(&mut generated.tree),
            });
            tree.extend(files);
        }
        if is_all {
            for (api, _) in kept {
                folders
                    .entry(api.out())
                    .or_insert_with(|| (api, BTreeSet::new(), Tree::new()));
            }
            for (folder, (_, crates, _)) in &mut folders {
                crates.extend(project.crates_in(folder)?);
            }
            for (api, _) in kept {
                if let Some((_, crates, _)) = folders.get_mut(api.out()) {
                    crates_of(api.name())
                        .iter()
                        .for_each(|name| _ = crates.remove(name));
                }
            }
        }
        let plans = folders.into_iter().map(|(folder, (api, crates, tree))| {
            let key = match project.config() {
                Some(_) => "gen",
                None => api.name(),
            };
            let plan = WritePlan::new(folder, key, &crates, tree)?;
            Ok((api.out_shown().to_owned(), plan))
        });
        Ok(Self {
            plans: plans.collect::<Result<_, Failure>>()?,
        })
    }

    /// Names each file that is not up to date.
    fn check(&self, console: Console) -> Result<(), Failure> {
        let mut is_sound = true;
        for (shown, plan) in &self.plans {
            let drift = plan.drift();
            let kinds = [
                ("missing", &drift.missing),
                ("stale", &drift.stale),
                ("orphaned", &drift.orphaned),
            ];
            for (kind, paths) in kinds {
                for path in paths {
                    console::print(format_args!("{kind}: {shown}{path}\n"));
                }
            }
            let leftover = plan.leftover();
            if let Some(name) = &leftover {
                console::print(format_args!("orphaned: {shown}{name}\n"));
            }
            is_sound &= drift.is_none() && leftover.is_none();
        }
        if is_sound {
            console.say("All generated files are up to date");
            return Ok(());
        }
        let what = "generated files are out of date; rerun without `--check`";
        Err(Failure::Failed(what.to_owned()))
    }

    /// Puts the files on disk.
    fn apply(self, project: &Project) -> Result<Written, Failure> {
        let mut all = Written::default();
        for (_, plan) in self.plans {
            let plan = match project.config() {
                Some(_) => plan,
                None => plan.with_seed("Cargo.toml", STANDALONE.to_owned()),
            };
            all += plan.apply()?;
        }
        Ok(all)
    }
}

fn tell(api: &Api, outcome: &Outcome, console: Console) {
    let Some(generated) = &outcome.generated else {
        return;
    };
    let stats = &generated.api.stats;
    let left_out = stats.left_out.len();
    let operations = stats.operations.saturating_sub(left_out);
    console.say(format_args!(
        "{}: {operations} operations ({left_out} left out), {} types, {} values: {} fell back to raw JSON, {} without \
         a schema; {} warnings",
        api.name(),
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

/// The fate of the files, in a line.
fn summary(written: Written, started: Instant) -> String {
    let milliseconds = started.elapsed().as_millis();
    let Written {
        written,
        removed,
        unchanged,
    } = written;
    format!(
        "{written} files written, {removed} removed, {unchanged} unchanged, in {milliseconds} ms"
    )
}
