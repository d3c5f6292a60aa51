//! One run of the generator: the documents below a root, and how crates are made of them.

use std::io;
use std::path::Path;
use std::thread;

use countersign_codegen::audit::{self, Audit, Extent};
use countersign_codegen::diagnostic::{Levels, Report, Waiver};
use countersign_codegen::explain::{self, Answer};
use countersign_codegen::lint;
use countersign_codegen::settings::Settings;
use countersign_codegen::source::{DocumentPath, Files, Sources};
use countersign_codegen::{Generated, Strictness};

use crate::disk::Disk;
use crate::failure::Failure;
use crate::inputs::{Digest, Documents, Recorded};

/// The stack of a run, for nested documents, in bytes. Only the used part is taken from the system.
pub const STACK: usize = 64 << 20;

/// The input of a run.
pub struct Job {
    files: Box<dyn Files + Send + Sync>,
    entry: DocumentPath,
    overlays: Vec<DocumentPath>,
    /// The settings of the crates.
    pub settings: Settings,
    strictness: Strictness,
    // How the root is shown in what people read.
    shown: String,
    // Places where findings are admitted.
    waivers: Vec<Waiver>,
    // Whether the outcome says what was read.
    is_recorded: bool,
}

/// The outcome of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The crates, unless something in the documents forbids them.
    pub generated: Option<Generated>,
    /// The findings.
    pub report: Report,
    /// The shown prefix of documents.
    pub prefix: String,
    /// The documents that were asked for, if the job was to say so.
    pub(crate) documents: Option<Documents>,
    /// The hash of all else that decided what came out, apart from the generator.
    pub(crate) fingerprint: Digest,
}

impl Job {
    /// A run on the document in `file` and what it refers to below `root`.
    pub fn new(
        root: &Path,
        file: &Path,
        settings: Settings,
        strictness: Strictness,
    ) -> Result<Self, Failure> {
        let (disk, entry) = documents(root, file)?;
        Ok(Self::over(Box::new(disk), entry, settings, strictness))
    }

    /// A run on the document `entry` of `files` and what it refers to there.
    pub fn over(
        files: Box<dyn Files + Send + Sync>,
        entry: DocumentPath,
        settings: Settings,
        strictness: Strictness,
    ) -> Self {
        let shown = settings.prefix.clone();
        Self {
            files,
            entry,
            overlays: Vec::new(),
            settings,
            strictness,
            shown,
            waivers: Vec::new(),
            is_recorded: false,
        }
    }

    /// The same, with overlays of the entry document.
    pub fn overlaid(mut self, overlays: Vec<DocumentPath>) -> Self {
        self.overlays = overlays;
        self
    }

    /// The same, with an outcome that says what was read.
    pub fn recorded(mut self) -> Self {
        self.is_recorded = true;
        self
    }

    /// The same, with places where findings are admitted.
    pub fn admitting(mut self, waivers: Vec<Waiver>) -> Self {
        self.waivers = waivers;
        self
    }

    /// The same with another text before the paths of documents in what people read.
    pub fn shown_below(mut self, prefix: String) -> Self {
        self.shown = prefix;
        self
    }

    /// The hash of all that decides what comes out besides the documents and the generator.
    pub(crate) fn fingerprint(&self) -> Digest {
        let fingerprint = (&self.settings, self.strictness, &self.entry, &self.waivers);
        let mut fingerprint = format!("{fingerprint:?}");
        if !self.overlays.is_empty() {
            fingerprint.push_str(&format!("{:?}", self.overlays));
        }
        Digest::of(fingerprint.as_bytes())
    }

    /// The hash of the document at `path` as it is now; none if it can't be read.
    pub(crate) fn digest(&self, path: &DocumentPath) -> Option<Digest> {
        self.files.read(path).ok().map(|bytes| Digest::of(&bytes))
    }

    /// The sources of the job.
    pub fn sources(&self) -> Sources<'_> {
        Sources {
            overlays: &self.overlays,
            entry: &self.entry,
            files: &*self.files,
        }
    }

    /// The shown prefix of documents.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Says what is wrong or poor about the documents.
    pub fn lint(&self, levels: &Levels) -> Report {
        let mut report = Report::admitting(self.waivers.clone());
        lint::check(&self.sources(), &self.settings.types, levels, &mut report);
        report
    }

    /// Proves that the documents are what their pages say; the report has the faults.
    pub fn audit(&self, extent: Extent) -> (Option<Audit>, Report) {
        let mut report = Report::admitting(self.waivers.clone());
        let audit = audit::check(&self.sources(), extent, &mut report);
        (audit, report)
    }

    /// Explains an item; the report says why nothing can be generated, if so.
    pub fn explain(&self, path: &str) -> (Option<Answer>, Report) {
        let mut report = Report::admitting(self.waivers.clone());
        let answers = explain::explain(&self.sources(), &self.settings, &[path], &mut report);
        (answers.and_then(|mut answers| answers.pop()), report)
    }

    /// Generates.
    fn run(&self) -> Outcome {
        let recorded = Recorded::new(&*self.files);
        let files: &dyn Files = match self.is_recorded {
            true => &recorded,
            false => &*self.files,
        };
        let sources = Sources {
            overlays: &self.overlays,
            entry: &self.entry,
            files,
        };
        let mut report = Report::admitting(self.waivers.clone());
        let generated =
            countersign_codegen::generate(&sources, &self.settings, self.strictness, &mut report);
        Outcome {
            generated,
            report,
            prefix: self.shown.clone(),
            documents: self.is_recorded.then(|| recorded.into_documents()),
            fingerprint: self.fingerprint(),
        }
    }
}

/// The documents below `root`, and the one in `file` among them.
pub(crate) fn documents(root: &Path, file: &Path) -> Result<(Disk, DocumentPath), Failure> {
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
    Ok((disk, entry))
}

/// Runs all of `jobs` at once; the outcomes are in their order.
pub fn run(jobs: &[Job]) -> Result<Vec<Outcome>, Failure> {
    each(jobs, Job::run)
}

/// Does something where documents may nest deeply.
pub(crate) fn deeply<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, work);
        let thread = thread.map_err(|error| Failure::Failed(format!("no thread: {error}")))?;
        thread
            .join()
            .map_err(|_| Failure::Failed("the generator stopped at a fault of its own".to_owned()))
    })
}

/// Does something with all of `jobs` at once, where documents may nest deeply; the outcomes are in their order.
pub fn each<T: Send>(jobs: &[Job], work: impl Fn(&Job) -> T + Sync) -> Result<Vec<T>, Failure> {
    let work = &work;
    thread::scope(|scope| {
        let running: Vec<_> = jobs
            .iter()
            .map(|job| {
                thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, move || work(job))
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
