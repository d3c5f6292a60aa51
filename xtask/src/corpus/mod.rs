//! `cargo xtask corpus`: the generator on every document of a folder, each by itself, and what came of it.

mod compile;
mod entries;
mod format;
mod page;
mod run;
#[cfg(feature = "samples")]
mod samples;
mod table;
mod tally;

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use clap::Args;

use countersign::console::{self, Console};
use countersign::failure::Failure;
use countersign::project::{Project, STANDALONE};

use compile::Compiler;
use run::Run;
use table::Row;
use tally::Tally;

/// The folders of the crates of an API.
fn crates_of(api: &str) -> [String; 2] {
    [format!("{api}-model"), format!("{api}-client")]
}

/// `corpus`.
#[derive(Args, Debug)]
pub(crate) struct Corpus {
    /// The folder: its documents are those in the first column of `INDEX.tsv`, or each file that says its version of
    /// OpenAPI.
    dir: PathBuf,
    /// Number of documents at once; as many as there are cores if left out.
    #[arg(long)]
    jobs: Option<NonZeroUsize>,
    /// Only documents whose paths contain this.
    #[arg(long, default_value = "", hide_default_value = true)]
    only: String,
    /// Compile what came out.
    #[arg(long)]
    check: bool,
    /// Compile it, look at it with clippy and count the files that rustfmt would change.
    #[arg(long, conflicts_with = "check")]
    clippy: bool,
    /// Send samples of the component schemas through the models and back.
    #[cfg(feature = "samples")]
    #[arg(long)]
    samples: bool,
    /// Where the crates and the tables go; `target/corpus` if left out.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Runs the generator on every document and writes the tables. Fails only if the run itself can't go on: what became of
/// the documents is what the tables are for.
pub(crate) fn run(options: &Corpus) -> Result<(), Failure> {
    let project = Project::find()?;
    let runtime = project.runtime().ok_or_else(|| {
        Failure::Usage("countersign.toml names no folder of the runtime".to_owned())
    })?;
    let entries = entries::entries(&options.dir, &options.only)?;
    if entries.is_empty() {
        return Err(Failure::Usage(format!(
            "no documents in {}",
            options.dir.display()
        )));
    }
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| project.target().join("corpus"));
    prepare(&project, &out, &options.manifest())?;
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let jobs = options.jobs.map_or(cores, NonZeroUsize::get);
    let runs = run::all(&options.dir, &out, &runtime, &entries, jobs)?;
    let compiled = match options.compiler() {
        Some(compiler) => Some(compile::all(
            compiler,
            &out,
            &names(&runs),
            Console::Normal,
        )?),
        None => None,
    };
    let changed = match options.clippy {
        true => Some(format::all(&out, &names(&runs))?),
        false => None,
    };
    let mut tallies = options.tallies(&out, &runtime, &runs)?;
    let rows: Vec<Row> = runs
        .into_iter()
        .map(|run| {
            let samples = tallies.remove(&run.entry.name);
            let changed = changed.as_ref().and_then(|all| all.get(&run.entry.name));
            Row::new(run, compiled.as_ref())
                .with_samples(samples)
                .with_changed(changed.copied())
        })
        .collect();
    let summary = page::markdown(&rows);
    write(&out.join("corpus.tsv"), &table::tsv(&rows))?;
    write(&out.join("corpus.md"), &summary)?;
    let samples = page::all_samples(&rows);
    if samples.components > 0 {
        write(&out.join("lost.tsv"), &table::lost(&samples))?;
    }
    console::print(&summary);
    Ok(())
}

impl Corpus {
    fn compiler(&self) -> Option<Compiler> {
        if self.clippy {
            Some(Compiler::Clippy)
        } else {
            self.check.then_some(Compiler::Check)
        }
    }

    /// The results of samples, by the names of the crates; nothing if there are to be none.
    #[cfg(feature = "samples")]
    fn tallies(
        &self,
        out: &Path,
        runtime: &Path,
        runs: &[Run],
    ) -> Result<BTreeMap<String, Tally>, Failure> {
        if self.samples {
            samples::all(&self.dir, out, runtime, runs)
        } else {
            Ok(BTreeMap::new())
        }
    }

    #[cfg(not(feature = "samples"))]
    #[allow(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "as with the feature"
    )]
    fn tallies(&self, _: &Path, _: &Path, _: &[Run]) -> Result<BTreeMap<String, Tally>, Failure> {
        Ok(BTreeMap::new())
    }

    /// The manifest of the workspace around all crates.
    fn manifest(&self) -> String {
        #[cfg(feature = "samples")]
        if self.samples {
            return crate::program::workspace(STANDALONE);
        }
        STANDALONE.to_owned()
    }
}

/// The names of what was generated.
fn names(runs: &[Run]) -> Vec<String> {
    let generated = runs.iter().filter(|run| run.is_generated());
    generated.map(|run| run.entry.name.clone()).collect()
}

/// Makes a workspace for all crates, so that what they depend on is built once and in the versions of this one.
fn prepare(project: &Project, out: &Path, manifest: &str) -> Result<(), Failure> {
    fs::create_dir_all(out)
        .map_err(|error| Failure::Failed(format!("{}: {error}", out.display())))?;
    write(&out.join("Cargo.toml"), manifest)?;
    if let Ok(lock) = fs::read_to_string(project.root().join("Cargo.lock")) {
        write(&out.join("Cargo.lock"), &lock)?;
    }
    Ok(())
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    fs::write(file, text).map_err(|error| Failure::Failed(format!("{}: {error}", file.display())))
}
