//! An API of a project.

use std::path::{Path, PathBuf};

use countersign_codegen::Strictness;
use countersign_codegen::ir::{External, ExternalCrate};
use countersign_codegen::settings::{Inherited, Runtime, Settings};
use countersign_codegen::source::DocumentPath;

use crate::config::{ApiConfig, Places};
use crate::disk::Disk;
use crate::failure::Failure;
use crate::inputs::Digest;
use crate::job::{self, Job, Outcome};
use crate::lock::{self, Lock};
use crate::{place, workspace};

/// An API: its documents, and how and where its crates are made.
#[derive(Clone, Debug)]
pub struct Api {
    root: PathBuf,
    document: PathBuf,
    overlays: Vec<PathBuf>,
    shown: String,
    waivers_below: String,
    out: PathBuf,
    out_shown: String,
    settings: Settings,
    strictness: Strictness,
    // The hash of all that its file says of its crates; none of a document that the command line names.
    digest: Option<Digest>,
    // Where its file says all that; none of a document that the command line names.
    places: Option<Places>,
}

impl Api {
    /// One that a `countersign.toml` in the folder `project` describes.
    pub(super) fn configured(
        project: &Path,
        name: &str,
        config: &ApiConfig,
        command: &str,
    ) -> Result<Self, Failure> {
        let prefix = place::prefix(Path::new(&config.root));
        let out = project.join(&config.folder);
        let mut settings = config.settings(name, command)?;
        if let Some(workspace) = workspace::around(&out) {
            settings.inherited = workspace.inherited();
        }
        let Inherited { package, lints, .. } = &settings.inherited;
        let text = format!("{}{package:?}{lints}", config.text);
        let digest = Digest::of(text.as_bytes());
        Ok(Self {
            root: project.join(&config.root),
            document: project.join(&config.document),
            overlays: config
                .overlays
                .iter()
                .map(|path| project.join(&config.root).join(path.as_str()))
                .collect(),
            shown: prefix.clone(),
            waivers_below: prefix,
            settings,
            out,
            out_shown: place::prefix(Path::new(&config.folder)),
            strictness: strictness(config.denies_warnings),
            digest: Some(digest),
            places: Some(config.places.clone()),
        })
    }

    /// The same with overlays of its document.
    pub(crate) fn overlaid(mut self, overlays: Vec<PathBuf>) -> Self {
        self.overlays = overlays;
        self
    }

    /// One of a document that the command line names, below `root`; its crates go to `out`.
    pub(crate) fn of_document(
        document: &Path,
        root: &Path,
        out: &Path,
        settings: Settings,
        denies_warnings: bool,
    ) -> Self {
        Self {
            root: root.to_owned(),
            document: document.to_owned(),
            overlays: Vec::new(),
            shown: place::prefix(root),
            waivers_below: String::new(),
            out: out.to_owned(),
            out_shown: String::new(),
            settings,
            strictness: strictness(denies_warnings),
            digest: None,
            places: None,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Its entry document.
    pub fn document(&self) -> &Path {
        &self.document
    }

    /// The folder that its documents are read from.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The text before the paths of its documents in what people read.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    /// The text before the paths of its documents in waivers.
    pub(crate) fn waivers_below(&self) -> &str {
        &self.waivers_below
    }

    /// The folder that its crates are in.
    pub(crate) fn out(&self) -> &Path {
        &self.out
    }

    /// The text before the paths of its files in what people read.
    pub(crate) fn out_shown(&self) -> &str {
        &self.out_shown
    }

    /// The record of a run on it, and where it stands; none for a document that the command line names.
    pub(crate) fn lock(&self, outcome: &Outcome) -> Option<(String, Lock)> {
        let (generated, documents) = (outcome.generated.as_ref()?, outcome.documents.as_ref()?);
        let below = &self.settings.prefix;
        let lock = Lock::new(self.digest.as_ref()?, documents, below, &generated.tree);
        let folder = self.settings.folders().into_iter().next()?;
        Some((format!("{folder}/{}", lock::FILE), lock))
    }

    /// The settings of its crates.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where its `countersign.toml` says what it says of it.
    pub(crate) fn places(&self) -> Option<&Places> {
        self.places.as_ref()
    }

    /// Whether warnings are errors.
    pub(crate) fn strictness(&self) -> Strictness {
        self.strictness
    }

    /// Its documents, and the entry among them.
    pub(crate) fn documents(&self) -> Result<(Disk, DocumentPath), Failure> {
        if let Some(places) = &self.places
            && matches!(self.document.try_exists(), Ok(false))
        {
            let shown = self.settings.prefix.clone();
            let below = self.document.strip_prefix(&self.root);
            let below = below.unwrap_or(&self.document).display();
            let what = places.without_document(&format!("{shown}{below}"));
            return Err(Failure::Rendered(what));
        }
        job::documents(&self.root, &self.document)
    }

    /// The overlays of its entry document.
    pub(crate) fn overlays(&self) -> Result<Vec<DocumentPath>, Failure> {
        let overlays = self.overlays.iter();
        let overlays = overlays.map(|file| Ok(job::documents(&self.root, file)?.1));
        overlays.collect()
    }

    /// A run on it, without waivers.
    pub(crate) fn job(&self) -> Result<Job, Failure> {
        let settings = self.settings.clone();
        let (disk, entry) = self.documents()?;
        let job = Job::over(Box::new(disk), entry, settings, self.strictness);
        let job = job.shown_below(self.shown.clone());
        let job = job.overlaid(self.overlays()?);
        Ok(if self.digest.is_some() {
            job.recorded()
        } else {
            job
        })
    }
}

impl ApiConfig {
    /// The settings of the crates of an API.
    pub(crate) fn settings(&self, name: &str, command: &str) -> Result<Settings, Failure> {
        let types = self.types.iter();
        let types = types.map(|(format, ty)| external(format, &ty.path, ty.krate.clone()));
        let crates = match &self.around {
            Some(around) => format!("/{around}"),
            None => format!("/{}/{name}-model", self.folder),
        };
        Ok(Settings {
            name: name.to_owned(),
            prefix: place::prefix(Path::new(&self.root)),
            command: command.to_owned(),
            runtime: match &self.runtime {
                Runtime::Path(path) if Path::new(path).is_absolute() => Runtime::Path(path.clone()),
                Runtime::Path(path) => Runtime::Path(place::between(&crates, &format!("/{path}"))),
                Runtime::Vendored(folder) => {
                    Runtime::Vendored(place::between(&crates, &format!("/{folder}")))
                }
                other => other.clone(),
            },
            fake: self.fake,
            layout: self.layout.clone(),
            inherited: Inherited::default(),
            metadata: self.metadata.clone(),
            manifest: self.manifest,
            types: types.collect::<Result<_, _>>()?,
            derives: self.derives.clone(),
            api: self.api.clone(),
        })
    }
}

/// A Rust type for a format, from a crate that the manifest has already or is to have.
pub(crate) fn external(
    format: &str,
    path: &str,
    krate: Option<ExternalCrate>,
) -> Result<External, Failure> {
    let is_path = |path: &str| {
        path.starts_with(|c: char| c.is_ascii_alphabetic() || c == ':' || c == '_')
            && path
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_:<>, ".contains(c))
    };
    if format.is_empty() || !is_path(path) {
        return Err(Failure::Usage(format!(
            "expected a format and the path of a Rust type, found `{}={}`",
            format.escape_debug(),
            path.escape_debug()
        )));
    }
    Ok(External::new(format, path, krate))
}

fn strictness(denies_warnings: bool) -> Strictness {
    if denies_warnings {
        Strictness::DenyWarnings
    } else {
        Strictness::Lenient
    }
}
