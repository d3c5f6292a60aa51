//! `countersign gen`: the crates of APIs.

use std::collections::BTreeMap;
use std::fs;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use countersign_codegen::diagnostic::Severity;
use countersign_codegen::ir::{OmittedKind, Stats};

use super::document::{Crates, Document};
use crate::console::{Console, counted};
use crate::failure::Failure;
use crate::job::Outcome;
use crate::measure;
use crate::output::Written;
use crate::project::{Api, Files, Project, notes, outcomes};
use crate::record::Records;
use crate::summary::Summary;

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
    /// List what is left out, and the extensions of other tools that are not read.
    #[arg(long, conflicts_with = "quiet")]
    verbose: bool,
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
        } else if self.verbose {
            Console::Verbose
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
    let (mut kept, mut expected) = (Vec::new(), Vec::new());
    for (api, job) in chosen.iter().zip(project.jobs(&chosen)?) {
        let unchanged = records.as_ref().filter(|_| trusts);
        match unchanged.and_then(|records| records.unchanged(api.name(), api.out(), &job)) {
            Some(files) => kept.push((*api, files)),
            None => expected.push(*api),
        }
    }
    let outcomes = outcomes(&project, &expected, console, |outcomes| {
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
    for (api, outcome) in expected.iter().zip(outcomes.iter()) {
        tell(api, outcome, console);
    }
    let is_all = options.apis.is_empty();
    let files = Files::of(&project, is_all, &kept, &expected, &mut outcomes)?;
    if options.check {
        return files.check(console);
    }
    let mut written = files.apply(&project)?;
    written.unchanged += kept.iter().map(|(_, files)| files).sum::<usize>();
    for (api, outcome) in expected.iter().zip(outcomes.iter()) {
        let Some(records) = &records else { continue };
        if let Err(error) = records.keep(api.name(), outcome) {
            let what = "the next run will generate it again";
            let name = api.name();
            console.say(format_args!("warning: {name}: no record: {error}; {what}"));
        }
    }
    console.say(summary(written, started));
    for note in notes(&project) {
        console.say(note);
    }
    Ok(())
}

fn write_summary(file: &Path, summary: &Summary) -> Result<(), Failure> {
    let failed = |what: String| Failure::Failed(format!("{}: {what}", file.display()));
    let text = serde_json::to_string(summary).map_err(|error| failed(error.to_string()))?;
    fs::write(file, text + "\n").map_err(|error| failed(error.to_string()))
}

fn tell(api: &Api, outcome: &Outcome, console: Console) {
    let Some(generated) = &outcome.generated else {
        return;
    };
    let stats = &generated.api.stats;
    let left_out = stats.left_out.len();
    let operations = stats.operations.saturating_sub(left_out + stats.unselected);
    let unselected = match stats.unselected {
        0 => String::new(),
        count => format!(", {count} not selected"),
    };
    console.say(format_args!(
        "{}: {} ({left_out} left out{unselected}), {}, {}: {} fell back to raw JSON, {} without a schema; {}",
        api.name(),
        counted(operations, "operation"),
        counted(generated.api.types.len(), "type"),
        counted(stats.values, "value"),
        stats.raw_json.len(),
        stats.untyped,
        counted(outcome.report.count(Severity::Warning), "warning"),
    ));
    for (operation, why) in &stats.left_out {
        let line = format!("  left out: {}: {}", operation.text(), why.text());
        console.say(legible(&line));
    }
    tell_parts(stats, console);
    tell_unread(outcome.report.unread_extensions(), console);
}

/// Text of a document on one line, as it is but for characters that are not shown.
fn legible(text: &str) -> String {
    let shown = |letter: char| match letter {
        '\'' | '"' | '\\' => letter.to_string(),
        letter => letter.escape_debug().to_string(),
    };
    text.chars().map(shown).collect()
}

/// Counts the parts of operations that are left out, and whole objects for which nothing is generated.
fn tell_parts(stats: &Stats, console: Console) {
    let counts: Vec<String> = OmittedKind::ALL
        .into_iter()
        .map(|kind| (kind, stats.omitted_of(kind)))
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| kind.counted(count))
        .collect();
    if counts.is_empty() {
        return;
    }
    console.say(format_args!("  not generated: {}", counts.join(", ")));
    if console == Console::Verbose {
        for part in &stats.omitted {
            let what = part.kind.counted(1);
            let what = what.trim_start_matches("1 ");
            let (line, name) = (part.origin.line, part.name.text());
            let line = format!("    {what} {name}, line {line}");
            console.say(legible(&line));
        }
    }
}

/// Counts the extensions of other tools that are not read.
fn tell_unread(unread: &BTreeMap<String, usize>, console: Console) {
    if unread.is_empty() {
        return;
    }
    let uses: usize = unread.values().sum();
    let names = match unread.len() {
        1 => "1 key of another tool is not read".to_owned(),
        count => format!("{count} keys of other tools are not read"),
    };
    let places = if uses == 1 {
        "1 place"
    } else {
        &format!("{uses} places")
    };
    let hint = match console {
        Console::Verbose => "",
        _ => "; --verbose lists them",
    };
    console.say(format_args!("  {names}, in {places}{hint}"));
    if console == Console::Verbose {
        for (key, uses) in unread {
            console.say(format_args!("    {}: {uses}", key.escape_debug()));
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
    let written = counted(written, "file");
    format!("{written} written, {removed} removed, {unchanged} unchanged, in {milliseconds} ms")
}
