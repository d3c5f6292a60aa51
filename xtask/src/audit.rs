//! `cargo xtask audit`: what is from which page, and what each keyword is to the generator.

use std::collections::BTreeMap;

use countersign_codegen::audit::Audit;

use crate::cli::Tables;
use crate::console;
use crate::failure::Failure;
use crate::job::{self, Job};
use crate::workspace::Workspace;
use crate::{generate, policy};

/// Prints the audits of the APIs that are named, or of all, and fails if something is amiss.
pub(crate) fn run(named: &[String], format: Tables) -> Result<(), Failure> {
    let workspace = Workspace::find();
    let apis = workspace.chosen(named)?;
    let policy = policy::of_workspace(&workspace)?;
    let jobs: Vec<Job> = apis
        .iter()
        .map(|api| generate::job(&workspace, api))
        .collect::<Result<_, _>>()?;
    let jobs = policy::admitting(&policy, &apis, jobs);
    let outcomes = job::each(&jobs, Job::audit)?;
    let audits = apis
        .iter()
        .zip(&outcomes)
        .filter_map(|(api, (audit, _))| Some((api.as_str(), audit.as_ref()?)));
    print(audits, format);
    let said: String = jobs
        .iter()
        .zip(&outcomes)
        .map(|(job, (_, report))| report.render(job.shown()))
        .collect();
    if said.is_empty() {
        return Ok(());
    }
    let end = "error: something is amiss, see above\n";
    Err(Failure::Rendered(said + end))
}

fn print<'a>(audits: impl Iterator<Item = (&'a str, &'a Audit)>, format: Tables) {
    match format {
        Tables::Text => {
            let texts: Vec<String> = audits.map(|(api, audit)| audit.text(api)).collect();
            console::print(texts.join("\n"));
        }
        Tables::Markdown => audits.for_each(|(api, audit)| console::print(audit.markdown(api))),
        Tables::Json => {
            let all: BTreeMap<&str, &Audit> = audits.collect();
            // Nothing in an audit can fail to be written.
            let text = serde_json::to_string_pretty(&all).unwrap_or_default();
            console::print(format_args!("{text}\n"));
        }
    }
}
