//! `cargo xtask gen`: the APIs of `spec/`, into `generated/`.

use std::collections::BTreeSet;
use std::time::Instant;

use clap::Args;
use countersign_codegen::write::Tree;

use super::foreign::{self, Foreign};
use crate::console::{self, Console};
use crate::failure::Failure;
use crate::job::{self, Job, Outcome};
use crate::output::{WritePlan, Written};
use crate::policy;
use crate::project::{Workspace, crates_of, job};
use crate::record::Records;

/// `gen`.
#[derive(Args, Debug)]
pub struct Gen {
    /// Folders below `spec/`; all of them if none is named.
    #[arg(value_name = "API")]
    pub(crate) apis: Vec<String>,
    /// Change nothing; name each missing, stale or orphaned file, and fail if there is one.
    #[arg(long)]
    pub(crate) check: bool,
    /// Generate every API, those that nothing has changed for as well.
    #[arg(long, conflicts_with = "spec")]
    pub(crate) full: bool,
    /// Print errors and nothing else.
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    pub(crate) foreign: Foreign,
}

impl Gen {
    /// How much is said.
    pub(crate) fn console(&self) -> Console {
        if self.quiet {
            Console::Quiet
        } else {
            Console::Normal
        }
    }
}

/// Generates or checks. Nothing is written unless every API is sound.
pub(crate) fn run(options: &Gen) -> Result<(), Failure> {
    match &options.foreign.spec {
        Some(spec) => foreign::run(options, spec),
        None => own(options),
    }
}

fn own(options: &Gen) -> Result<(), Failure> {
    let started = Instant::now();
    let workspace = Workspace::find();
    let console = options.console();
    let (kept, due) = split(&workspace, options)?;
    let outcomes = outcomes(&workspace, &due.apis, console)?;
    for (api, _) in &kept {
        console.say(format_args!("{api}: nothing has changed"));
    }
    let mut crates: BTreeSet<String> = due.apis.iter().flat_map(|api| crates_of(api)).collect();
    if options.apis.is_empty() {
        // Those whose API is gone as well.
        crates.extend(workspace.crates()?);
        for name in kept.iter().flat_map(|(api, _)| crates_of(api)) {
            crates.remove(&name);
        }
    }
    let mut expected = Tree::new();
    for (api, outcome) in due.apis.iter().zip(&outcomes) {
        let Some(generated) = &outcome.generated else {
            continue;
        };
        let operations = generated.api.stats.operations - generated.api.stats.left_out.len();
        console.say(format_args!(
            "{api}: {operations} operations, {} types",
            generated.api.types.len()
        ));
        expected.extend(generated.tree.clone());
    }
    let plan = WritePlan::new(&workspace.generated(), "gen", &crates, expected)?;
    if options.check {
        return check(&plan, "generated/", console);
    }
    let mut written = plan.apply()?;
    written.unchanged += kept.iter().map(|(_, files)| files).sum::<usize>();
    due.keep(&outcomes, console);
    console.say(summary(written, started));
    Ok(())
}

/// APIs that are to be generated.
struct Due {
    apis: Vec<String>,
    records: Records,
}

/// Splits the APIs that were asked for into those that generating would not change, each with the number of its files,
/// and those that are due. A check trusts no record.
fn split(workspace: &Workspace, options: &Gen) -> Result<(Vec<(String, usize)>, Due), Failure> {
    let records = Records::find(workspace);
    let (mut kept, mut apis) = (Vec::new(), Vec::new());
    let chosen = workspace.chosen(&options.apis)?;
    let jobs = jobs(workspace, &policy::of_workspace(workspace)?, &chosen)?;
    for (api, job) in chosen.into_iter().zip(jobs) {
        let unchanged = if options.check || options.full {
            None
        } else {
            records.unchanged(&api, &job)
        };
        match unchanged {
            Some(files) => kept.push((api, files)),
            None => apis.push(api),
        }
    }
    Ok((kept, Due { apis, records }))
}

impl Due {
    /// Keeps records of what was read and written.
    fn keep(&self, outcomes: &[Outcome], console: Console) {
        for (api, outcome) in self.apis.iter().zip(outcomes) {
            if let Err(error) = self.records.keep(api, outcome) {
                let what = "the next run will generate it again";
                console.say(format_args!("warning: {api}: no record: {error}; {what}"));
            }
        }
    }
}

/// Generates APIs in memory; warnings are errors, and the errors of all are said.
pub(crate) fn outcomes(
    workspace: &Workspace,
    apis: &[String],
    console: Console,
) -> Result<Vec<Outcome>, Failure> {
    if !apis.is_empty() {
        console.say(format_args!("Generating {}", apis.join(", ")));
    }
    let policy = policy::of_workspace(workspace)?;
    let outcomes = job::run(&jobs(workspace, &policy, apis)?)?;
    let failed = outcomes
        .iter()
        .filter(|outcome| outcome.generated.is_none());
    let said: String = failed
        .map(|outcome| outcome.report.render(&outcome.prefix))
        .collect();
    if said.is_empty() {
        // What lint alone looks for is not looked for here.
        let used = outcomes.iter().map(|outcome| &outcome.report);
        policy::check(&policy, apis, used, |rule| rule.usual_level().is_none())?;
        Ok(outcomes)
    } else {
        let end = "error: nothing was written, because of the mistakes above\n";
        Err(Failure::Rendered(said + end))
    }
}

/// Runs on APIs of the workspace, with the waivers that are for them.
fn jobs(
    workspace: &Workspace,
    policy: &Option<policy::File>,
    apis: &[String],
) -> Result<Vec<Job>, Failure> {
    let jobs = apis.iter().map(|api| job(workspace, api));
    let jobs = jobs.collect::<Result<_, _>>()?;
    Ok(policy::admitting(policy, apis, jobs))
}

/// Names each file that is not as it is due. `shown` stands before its path.
pub(crate) fn check(plan: &WritePlan, shown: &str, console: Console) -> Result<(), Failure> {
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
    if drift.is_none() && leftover.is_none() {
        console.say("Every file is as it is due");
        return Ok(());
    }
    let what = "what is generated is not what the documents say; run the same without --check";
    Err(Failure::Failed(what.to_owned()))
}

/// What became of the files, in a line.
pub(crate) fn summary(written: Written, started: Instant) -> String {
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
