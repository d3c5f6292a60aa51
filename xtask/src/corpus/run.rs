//! The generator on each document in a child of its own, so that none can take the others down with it.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use countersign::console;
use countersign::failure::Failure;
use countersign::summary::Summary;

use super::entries::Entry;

/// The time limit of a document.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// The memory limit, in MiB.
const MEMORY_LIMIT: &str = "2048";
/// The interval at which a child is asked whether it is done.
const PAUSE: Duration = Duration::from_millis(5);

/// The result for a document.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// The document.
    pub(super) entry: Entry,
    /// The end of the run.
    pub(super) end: End,
    /// From start to end.
    pub(super) wall: Duration,
}

/// The end of a run.
#[derive(Clone, Debug)]
pub(super) enum End {
    /// It says itself what came out.
    Told(Box<Summary>),
    /// It took too long and was stopped.
    TimedOut,
    /// It stopped at a fault: a panic, too little memory, an overflow of the stack.
    Crashed(String),
}

impl Run {
    /// Whether crates came out.
    pub(super) fn is_generated(&self) -> bool {
        matches!(&self.end, End::Told(summary) if summary.generated)
    }
}

/// Runs all documents, `jobs` at once. The runs are in the order of `entries`.
pub(super) fn all(
    folder: &Path,
    out: &Path,
    runtime: &Path,
    entries: &[Entry],
    jobs: usize,
) -> Result<Vec<Run>, Failure> {
    let scratch = out.join(".runs");
    fs::create_dir_all(&scratch)
        .map_err(|error| Failure::Failed(format!("{}: {error}", scratch.display())))?;
    let next = AtomicUsize::new(0);
    let runs = Mutex::new(Vec::new());
    let work = || {
        while let Some((at, entry)) = take(&next, entries) {
            let run = one(folder, out, runtime, &scratch, entry);
            console::complain(format_args!(
                "{}/{} {}\n",
                at + 1,
                entries.len(),
                entry.path
            ));
            if let Ok(mut runs) = runs.lock() {
                runs.push((at, run));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(work);
        }
    });
    let _ = fs::remove_dir_all(&scratch);
    let mut runs = runs.into_inner().unwrap_or_default();
    runs.sort_by_key(|(at, _)| *at);
    runs.into_iter().map(|(_, run)| run).collect()
}

fn take<'e>(next: &AtomicUsize, entries: &'e [Entry]) -> Option<(usize, &'e Entry)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    Some((at, entries.get(at)?))
}

fn one(
    folder: &Path,
    out: &Path,
    runtime: &Path,
    scratch: &Path,
    entry: &Entry,
) -> Result<Run, Failure> {
    let failed = |error: std::io::Error| Failure::Failed(format!("{}: {error}", entry.path));
    let summary = scratch.join(format!("{}.json", entry.name));
    let said = scratch.join(format!("{}.txt", entry.name));
    // What an earlier run left must not be taken for this one's.
    let _ = fs::remove_file(&summary);
    let started = Instant::now();
    let mut child = Command::new(std::env::current_exe().map_err(failed)?)
        .args([
            "gen",
            "--quiet",
            "--name",
            &entry.name,
            "--memory-limit",
            MEMORY_LIMIT,
        ])
        .arg("--spec")
        .arg(folder.join(&entry.path))
        .arg("--root")
        .arg(entry.root(folder))
        .arg("--runtime-path")
        .arg(runtime)
        .arg("--out")
        .arg(out)
        .arg("--summary-json")
        .arg(&summary)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(&said).map_err(failed)?)
        .spawn()
        .map_err(failed)?;
    let status = wait(&mut child, started).map_err(failed)?;
    let wall = started.elapsed();
    let end = match status {
        None => End::TimedOut,
        Some(status) => {
            told(&summary, status).unwrap_or_else(|| End::Crashed(fault(&said, status)))
        }
    };
    Ok(Run {
        entry: entry.clone(),
        end,
        wall,
    })
}

/// Waits for a child and stops it when its time is up; none in that case.
fn wait(child: &mut Child, started: Instant) -> std::io::Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() > TIME_LIMIT {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(PAUSE);
    }
}

/// The child's own report, if it got that far and ended as it says.
fn told(summary: &Path, status: ExitStatus) -> Option<End> {
    let summary: Summary = serde_json::from_slice(&fs::read(summary).ok()?).ok()?;
    (status.success() == summary.generated).then(|| End::Told(Box::new(summary)))
}

/// The line in which a child said what its fault was.
fn fault(said: &Path, status: ExitStatus) -> String {
    let said = fs::read(said).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let telling = |line: &&str| {
        [
            "panicked at",
            "overflowed its stack",
            "memory allocation",
            "error:",
        ]
        .iter()
        .any(|words| line.contains(words))
    };
    let mut lines = said.lines().skip_while(|line| !telling(line));
    match (lines.next(), lines.next()) {
        // The message of a panic stands below its place.
        (Some(place), Some(message)) if place.ends_with(':') => format!("{place} {message}"),
        (Some(line), _) => line.to_owned(),
        (None, _) => format!("{status}"),
    }
}
