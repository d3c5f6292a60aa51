//! `cargo xtask servers`: generated clients against servers that others wrote.
//!
//! Each folder of `tests/servers` has the pins of a server, a script that prints its document and runs it, and a journey
//! that calls it. It is installed below `target/servers`, the crates are generated from the document as it is published,
//! and what the client is told is compared with what the server holds. `README.md` there says more.

mod install;
mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;
use countersign::console::{self, Console};
use countersign::failure::Failure;
use countersign::project::Project;

use crate::frameworks::{Place, Server, journey};

/// `servers`.
#[derive(Args, Debug)]
pub(crate) struct Servers {
    /// Only these; all of them if none is named.
    names: Vec<String>,
    /// Keep the figures in docs/servers.md, instead of comparing them with those that are kept.
    #[arg(long)]
    update: bool,
}

/// Runs each server that is named, and says which have a call that is wrong.
pub(crate) fn run(options: &Servers) -> Result<(), Failure> {
    let project = Project::find()?;
    let mut wrong = Vec::new();
    for source in folders(&project, &options.names)? {
        let name = source.file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        match one(&project, &name, source, options.update) {
            Ok(said) => console::print(format!("{name}: {}\n", said.trim_end())),
            Err(failure) => {
                console::print(format!("{}\n", failure.message()));
                wrong.push(name);
            }
        }
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(Failure::Failed(format!("wrong: {}", wrong.join(", ")))),
    }
}

/// The folders of the servers that are named, or of all, in the order of their names.
fn folders(project: &Project, names: &[String]) -> Result<Vec<PathBuf>, Failure> {
    let folder = project.root().join("tests/servers");
    let failed = |error| Failure::Failed(format!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let source = entry.map_err(failed)?.path();
        if source.join("journey.rs").is_file() {
            found.push(source);
        }
    }
    found.sort();
    let is = |source: &Path, name: &String| source.ends_with(name);
    if let Some(unknown) = names
        .iter()
        .find(|name| !found.iter().any(|source| is(source, name)))
    {
        let known = found.iter().filter_map(|source| source.file_name());
        let known: Vec<_> = known.map(|name| name.to_string_lossy()).collect();
        return Err(Failure::Usage(format!(
            "`{unknown}` is not in tests/servers; expected one of {}",
            known.join(", ")
        )));
    }
    found.retain(|source| names.is_empty() || names.iter().any(|name| is(source, name)));
    Ok(found)
}

/// Installs, generates, compiles, serves and calls one. Says how many calls were right, or what is lacking.
fn one(project: &Project, name: &str, source: PathBuf, update: bool) -> Result<String, Failure> {
    let out = project.target().join("servers").join(name);
    let failed = |error: std::io::Error| Failure::Failed(format!("{name}: {error}"));
    fs::create_dir_all(&out).map_err(failed)?;
    let mut place = Place {
        name: name.to_owned(),
        document: out.join("openapi.json"),
        stem: name.to_owned(),
        denies_warnings: false,
        source,
        out,
        root: project.root().to_owned(),
    };
    if let Some(lacking) = install::install(&place)? {
        return Ok(format!("skipped: {lacking}"));
    }
    let document = document(&place)?;
    if !document.trim_start().starts_with('{') {
        place.document = place.out.join("openapi.yaml");
    }
    fs::write(&place.document, &document).map_err(|error| place.failed(error))?;
    Console::Normal.say(format_args!("{name}: generating and compiling"));
    let journey = journey::compile(&place)?;
    let server = serve(&place)?;
    let said = journey.run(server.url())?;
    drop(server);
    table::keep(&place, &said, update)?;
    Ok(said)
}

/// The document as it is published: of the package, of the server itself, or a copy of it beside the journey.
fn document(place: &Place) -> Result<String, Failure> {
    let output = script(place, "document").output();
    let output = output.map_err(|error| place.failed(error))?;
    match output.status.success() {
        true => String::from_utf8(output.stdout).map_err(|error| place.failed(error)),
        false => Err(place.failed("its document is not there")),
    }
}

/// Starts it with nothing in it, and waits until it listens.
fn serve(place: &Place) -> Result<Server, Failure> {
    let data = place.out.join("data");
    if data.exists() {
        fs::remove_dir_all(&data).map_err(|error| place.failed(error))?;
    }
    fs::create_dir_all(&data).map_err(|error| place.failed(error))?;
    let log = place.out.join("server.log");
    Server::start(script(place, "serve"), &log).map_err(|why| place.failed(why))
}

/// The script of a server, with the folders that it needs. `serve` prints the URL and then becomes the server.
fn script(place: &Place, verb: &str) -> Command {
    let mut script = Command::new("bash");
    script
        .arg(place.source.join("server.sh"))
        .arg(verb)
        .env("SOURCE", &place.source)
        .env("ROOT", place.out.join("root"))
        .env("VENV", place.out.join("venv"))
        .env("NODE_MODULES", place.out.join("node_modules"))
        .env("DATA", place.out.join("data"))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    script
}
