//! One run of the generator: the documents below a root, and how crates are made of them.

use std::io;
use std::path::Path;
use std::thread;

use countersign_codegen::diagnostic::Report;
use countersign_codegen::settings::Settings;
use countersign_codegen::source::{DocumentPath, Sources};
use countersign_codegen::{Generated, Strictness};

use crate::disk::Disk;
use crate::failure::Failure;

/// How much room a run has for nested documents, in bytes. Only what is used is taken from the system.
const STACK: usize = 64 << 20;

/// What a run starts from.
#[derive(Debug)]
pub(crate) struct Job {
    disk: Disk,
    entry: DocumentPath,
    /// How crates are made.
    pub(crate) settings: Settings,
    strictness: Strictness,
    // How the root is shown in what people read.
    shown: String,
}

/// What came out of a run.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The crates, unless something in the documents forbids them.
    pub(crate) generated: Option<Generated>,
    /// What was found.
    pub(crate) report: Report,
    /// How documents are shown.
    pub(crate) prefix: String,
}

impl Job {
    /// A run on the document in `file` and what it refers to below `root`.
    pub(crate) fn new(
        root: &Path,
        file: &Path,
        settings: Settings,
        strictness: Strictness,
    ) -> Result<Self, Failure> {
        let unreadable =
            |path: &Path, error: io::Error| Failure::Failed(format!("{}: {error}", path.display()));
        let disk = Disk::below(root).map_err(|error| unreadable(root, error))?;
        let entry = disk
            .path_of(file)
            .map_err(|error| unreadable(file, error))?;
        let entry = entry.ok_or_else(|| {
            let (file, root) = (file.display(), root.display());
            Failure::Usage(format!(
                "{file} is not below {root}, the folder that --root names"
            ))
        })?;
        let shown = settings.prefix.clone();
        Ok(Self {
            disk,
            entry,
            settings,
            strictness,
            shown,
        })
    }

    /// The same with another text before the paths of documents in what people read.
    pub(crate) fn shown_below(mut self, prefix: String) -> Self {
        self.shown = prefix;
        self
    }

    /// The documents.
    pub(crate) fn sources(&self) -> Sources<'_> {
        Sources {
            entry: &self.entry,
            files: &self.disk,
        }
    }

    /// Generates.
    fn run(&self) -> Outcome {
        let sources = self.sources();
        let mut report = Report::default();
        let generated =
            countersign_codegen::generate(&sources, &self.settings, self.strictness, &mut report);
        Outcome {
            generated,
            report,
            prefix: self.shown.clone(),
        }
    }
}

/// Runs all of `jobs` at once; the outcomes are in their order.
pub(crate) fn run(jobs: &[Job]) -> Result<Vec<Outcome>, Failure> {
    thread::scope(|scope| {
        let running: Vec<_> = jobs
            .iter()
            .map(|job| {
                thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, || job.run())
            })
            .collect();
        running
            .into_iter()
            .map(|thread| {
                let thread =
                    thread.map_err(|error| Failure::Failed(format!("no thread: {error}")))?;
                thread.join().map_err(|_| {
                    Failure::Failed(
                        "the generator stopped at a fault of its own; nothing was written"
                            .to_owned(),
                    )
                })
            })
            .collect()
    })
}
