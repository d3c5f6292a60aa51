//! `cargo xtask frameworks`: generated clients against servers that frameworks of others run.
//!
//! Each folder of `tests/frameworks` has the same demanding API, written with one framework. It is installed below
//! `target/frameworks`, its document is emitted and compared with the one that is kept, the crates are generated with
//! warnings denied and compiled, and every operation is called and compared with what the server holds. `README.md`
//! there has the API in words.

pub(crate) mod app;
pub(crate) mod journey;
mod server;
pub(crate) mod table;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use countersign::console::{self, Console};
use countersign::failure::Failure;
use countersign::project::Project;

use self::app::App;
pub(crate) use self::server::Server;

/// `frameworks`.
#[derive(Args, Debug)]
pub(crate) struct Frameworks {
    /// Only these; all of them if none is named.
    names: Vec<String>,
    /// Keep the documents that the frameworks emit and the figures, instead of comparing them with those that are kept.
    #[arg(long)]
    update: bool,
}

/// The folders that a framework or a server is run from.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) name: String,
    /// Its document.
    pub(crate) document: PathBuf,
    /// The stem of the names of the crates that are made from it.
    pub(crate) stem: String,
    /// Whether a warning about the document is an error.
    pub(crate) denies_warnings: bool,
    /// The folder with its pins and its journey.
    pub(crate) source: PathBuf,
    /// The folder below `target` that it is installed in.
    pub(crate) out: PathBuf,
    /// The root of the project.
    pub(crate) root: PathBuf,
}

impl Place {
    pub(crate) fn failed(&self, what: impl std::fmt::Display) -> Failure {
        Failure::Failed(format!("{}: {what}", self.name))
    }
}

/// Runs each framework that is named, and says which have a call that is wrong.
pub(crate) fn run(options: &Frameworks) -> Result<(), Failure> {
    let project = Project::find()?;
    let mut wrong = Vec::new();
    for place in places(&project, &options.names)? {
        let name = place.name.clone();
        match one(&place, options.update) {
            Ok(said) => console::print(format!("{name}: {}\n", said.trim_end())),
            Err(failure) => {
                console::print(format!("{}\n", failure.message()));
                wrong.push(name);
            }
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    Err(Failure::Failed(format!("wrong: {}", wrong.join(", "))))
}

/// The frameworks that are named, or all.
fn places(project: &Project, names: &[String]) -> Result<Vec<Place>, Failure> {
    let folder = project.root().join("tests/frameworks");
    let failed = |error| Failure::Failed(format!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let source = entry.map_err(failed)?.path();
        let name = source.file_name().and_then(|name| name.to_str());
        if let Some(name) = name.filter(|_| source.join("journey.rs").is_file()) {
            found.push(Place {
                name: name.to_owned(),
                document: source.join("openapi.json"),
                stem: "parcels".to_owned(),
                denies_warnings: true,
                out: project.target().join("frameworks").join(name),
                root: project.root().to_owned(),
                source,
            });
        }
    }
    found.sort_by(|left, right| left.name.cmp(&right.name));
    if let Some(unknown) = names
        .iter()
        .find(|name| found.iter().all(|place| place.name != **name))
    {
        let known: Vec<&str> = found.iter().map(|place| place.name.as_str()).collect();
        return Err(Failure::Usage(format!(
            "`{unknown}` is not in tests/frameworks; expected one of {}",
            known.join(", ")
        )));
    }
    found.retain(|place| names.is_empty() || names.contains(&place.name));
    Ok(found)
}

/// Installs, emits, generates, compiles, serves and calls one. Says how many calls were right, or what is lacking.
fn one(place: &Place, update: bool) -> Result<String, Failure> {
    fs::create_dir_all(&place.out).map_err(|error| place.failed(error))?;
    let app = match App::install(place)? {
        Ok(app) => app,
        Err(lacking) => return Ok(format!("skipped: {lacking}")),
    };
    let document = app.document()?;
    if update {
        fs::write(&place.document, document).map_err(|error| place.failed(error))?;
    } else if !is_kept(&document, &place.document) {
        let what = "its document is not the one that is kept; `--update` keeps it";
        return Err(place.failed(what));
    }
    Console::Normal.say(format_args!("{}: generating and compiling", place.name));
    let journey = journey::compile(place)?;
    let server = app.serve()?;
    let said = journey.run(server.url())?;
    drop(server);
    let row = table::row(&place.name, &said);
    let page = place.root.join("docs/frameworks.md");
    let text = fs::read_to_string(&page).map_err(|error| place.failed(error))?;
    let with_row = table::with_row(&text, table::RULE, &place.name, &row);
    if update {
        fs::write(page, with_row).map_err(|error| place.failed(error))?;
    } else if text != with_row {
        let what =
            format!("the figures in docs/frameworks.md are not {row}; `--update` keeps them");
        return Err(place.failed(what));
    }
    Ok(said)
}

fn is_kept(document: &str, file: &Path) -> bool {
    fs::read_to_string(file).is_ok_and(|kept| kept == document)
}
