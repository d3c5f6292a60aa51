//! A document that no `countersign.toml` describes: a project of one API, made of options.

use std::path::{Path, PathBuf};

use clap::Args;
use countersign_codegen::settings::{ApiSettings, ReadingSettings, Runtime, Settings};

use crate::config::{self, TypeChoice};
use crate::failure::Failure;
use crate::project::{Api, Project, external};
use crate::{name, place, policy};

/// The document, and how it is judged.
#[derive(Args, Debug)]
pub(crate) struct Document {
    /// Any OpenAPI document: 3.0, 3.1, 3.2 or Swagger 2.0, YAML or JSON.
    #[arg(long, value_name = "FILE", conflicts_with = "apis")]
    pub(crate) spec: Option<PathBuf>,
    /// The folder that no reference may leave; the document's own if left out.
    #[arg(long, value_name = "DIR", requires = "spec")]
    root: Option<PathBuf>,
    /// An OpenAPI overlay to apply to the document, below the root. May be repeated.
    #[arg(long = "overlay", value_name = "FILE", requires = "spec")]
    overlays: Vec<PathBuf>,
    /// File that lists levels and findings to suppress.
    #[arg(long, value_name = "FILE", requires = "spec")]
    waivers: Option<PathBuf>,
    /// Treat warnings as errors.
    #[arg(long, requires = "spec")]
    pub(crate) deny_warnings: bool,
}

/// The settings of the crates of a document.
#[derive(Args, Debug)]
pub(crate) struct Crates {
    /// The folder for the two crates.
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// Names of the crates: NAME-model and NAME-client. Made from the file's name if left out.
    #[arg(long, requires = "spec")]
    name: Option<String>,
    /// The folder of `countersign-runtime`.
    #[arg(
        long,
        value_name = "DIR",
        requires = "spec",
        conflicts_with = "runtime_version"
    )]
    runtime_path: Option<PathBuf>,
    /// Write the source of `countersign-runtime` beside the crates.
    #[arg(long, requires = "spec", conflicts_with_all = ["runtime_path", "runtime_version"])]
    vendored: bool,
    /// The version of `countersign-runtime` in a registry.
    #[arg(long, value_name = "VERSION", requires = "spec")]
    runtime_version: Option<String>,
    /// A Rust type for a format: `--type date-time=jiff::Timestamp`. May be repeated.
    #[arg(long = "type", value_name = "FORMAT=TYPE", requires = "spec")]
    types: Vec<String>,
}

impl Document {
    /// The project of the document in `spec`, or the one around the current folder if there is none. Nothing is written.
    pub(crate) fn project(&self) -> Result<Project, Failure> {
        let Some(spec) = &self.spec else {
            return Project::find();
        };
        let mut settings = Settings::of_documents(place::prefix(self.root(spec)));
        let file = std::path::absolute(spec).unwrap_or_else(|_| spec.clone());
        settings.name = name::of_file(&file).unwrap_or(settings.name);
        settings.api.reading.otherwise = config::reading_of(self.deny_warnings);
        self.project_with(spec, Path::new(""), settings)
    }

    /// A project of the document in `spec`, of which crates are made.
    pub(crate) fn project_of(&self, spec: &Path, crates: &Crates) -> Result<Project, Failure> {
        let out = crates.out.as_deref();
        let out = out.ok_or_else(|| Failure::Usage("--spec needs --out".to_owned()))?;
        let out = place::absolute(out)
            .map_err(|error| Failure::Failed(format!("{}: {error}", out.display())))?;
        let name = match &crates.name {
            Some(name) => name::checked(name)?,
            None => name::of_file(&std::path::absolute(spec).unwrap_or_else(|_| spec.to_owned()))?,
        };
        let types = crates.types.iter().map(|text| {
            let (format, path) = text.split_once('=').unwrap_or((text, ""));
            let TypeChoice { path, krate } = TypeChoice::of_path(path);
            external(format, &path, krate)
        });
        let settings = Settings {
            runtime: crates.runtime(&out.join(format!("{name}-model")))?,
            name,
            command: "countersign gen --spec".to_owned(),
            types: types.collect::<Result<_, _>>()?,
            api: ApiSettings {
                reading: ReadingSettings {
                    otherwise: config::reading_of(self.deny_warnings),
                    ..ReadingSettings::default()
                },
                ..ApiSettings::default()
            },
            // Crates say where in the root folder a document is, and not where that is on this machine.
            ..Settings::of_documents(String::new())
        };
        self.project_with(spec, &out, settings)
    }

    fn project_with(
        &self,
        spec: &Path,
        out: &Path,
        settings: Settings,
    ) -> Result<Project, Failure> {
        let policy = policy::of_file(self.waivers.as_deref())?;
        let api = Api::of_document(spec, self.root(spec), out, settings, self.deny_warnings);
        let api = api.overlaid(self.overlays.clone());
        Ok(Project::of_one(api, policy))
    }

    fn root<'a>(&'a self, spec: &'a Path) -> &'a Path {
        let folder = spec.parent();
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
        self.root.as_deref().or(folder).unwrap_or(Path::new("."))
    }
}

impl Crates {
    /// Where crates find the runtime: by the way from their folders, so that all may be moved together. If the command
    /// line does not say, it is where the project around finds it, else in a registry.
    fn runtime(&self, from: &Path) -> Result<Runtime, Failure> {
        if let Some(version) = &self.runtime_version {
            return Ok(Runtime::Version(version.clone()));
        }
        if self.vendored {
            return Ok(Runtime::Vendored("..".to_owned()));
        }
        let around = || Project::find().ok()?.runtime();
        let Some(given) = self.runtime_path.clone().or_else(around) else {
            return Ok(Runtime::Version(crate::config::RUNTIME.to_owned()));
        };
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
}
