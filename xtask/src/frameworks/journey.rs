//! Journeys: the generated crates of a document, and a program that calls every operation.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use countersign::failure::Failure;
use countersign::project::STANDALONE;

use super::Place;

/// A program that is compiled.
#[derive(Debug)]
pub(crate) struct Journey<'p> {
    place: &'p Place,
    program: PathBuf,
}

/// Generates the crates of a document and compiles the journey with them.
pub(crate) fn compile(place: &Place) -> Result<Journey<'_>, Failure> {
    let crates = place.out.join("crates");
    write(place, &crates)?;
    generate(place, &crates)?;
    let mut build = cargo(place);
    build.args(["build", "--quiet"]).current_dir(&crates);
    finish(
        place,
        build.arg("--package").arg(name(place)),
        "its journey does not compile",
    )?;
    Ok(Journey {
        place,
        program: program(place, &name(place)),
    })
}

impl Journey<'_> {
    /// Calls every operation of a server, and gives what the program said.
    pub(crate) fn run(&self, url: &str) -> Result<String, Failure> {
        let output = Command::new(&self.program)
            .arg(url)
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| self.place.failed(error))?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        match output.status.success() {
            true => Ok(said),
            false => Err(self.place.failed(format!("a call is wrong\n{said}"))),
        }
    }
}

fn name(place: &Place) -> String {
    format!("{}-journey", place.name)
}

fn generate(place: &Place, crates: &Path) -> Result<(), Failure> {
    let this = std::env::current_exe().map_err(|error| place.failed(error))?;
    let mut generate = Command::new(this);
    let settings = place.source.join("settings.toml");
    if settings.is_file() {
        configure(place, &settings, crates)?;
        generate.args(["gen", "--quiet"]).current_dir(&place.out);
        return finish(place, &mut generate, "its document is not generated");
    }
    generate
        .args(["gen", "--quiet", "--name", &place.stem, "--spec"])
        .arg(&place.document)
        .arg("--out")
        .arg(crates)
        .arg("--runtime-path")
        .arg(place.root.join("runtime"));
    if place.denies_warnings {
        generate.arg("--deny-warnings");
    }
    let waivers = place.source.join("waivers.toml");
    if waivers.is_file() {
        generate.arg("--waivers").arg(waivers);
    }
    finish(place, &mut generate, "its document is not generated")
}

/// Writes a `countersign.toml` with the settings of a journey, which are those of its API.
fn configure(place: &Place, settings: &Path, crates: &Path) -> Result<(), Failure> {
    let failed = |error: std::io::Error| place.failed(error);
    let settings = fs::read_to_string(settings).map_err(failed)?;
    let document = place.document.file_name().unwrap_or_default();
    let folder = crates.file_name().unwrap_or_default();
    let text = format!(
        "[output]\nfolder = {:?}\n\n[runtime]\npath = {:?}\n\n[api.{}]\ndocument = {:?}\n\n{settings}",
        folder.display().to_string(),
        place.root.join("runtime").display().to_string(),
        place.stem,
        document.display().to_string(),
    );
    fs::write(place.out.join("countersign.toml"), text).map_err(failed)
}

/// The features of the runtime that a journey needs beside those of its client.
fn features(place: &Place) -> Result<String, Failure> {
    let file = place.source.join("features.txt");
    if !file.is_file() {
        return Ok(String::new());
    }
    let text = fs::read_to_string(&file).map_err(|error| place.failed(error))?;
    let names: Vec<String> = text.lines().map(|name| format!("{name:?}")).collect();
    Ok(format!(", features = [{}]", names.join(", ")))
}

/// Writes the workspace around the crates, with the versions that this project has.
fn write(place: &Place, crates: &Path) -> Result<(), Failure> {
    let folder = crates.join("journey");
    let journey = place.source.join("journey.rs");
    let features = features(place)?;
    let manifest = format!(
        "[package]\nname = {:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [[bin]]\nname = {:?}\npath = {:?}\n\n[dependencies]\n\
         countersign-runtime = {{ path = {:?}{features} }}\n\
         {stem}-client = {{ path = \"../{stem}-client\" }}\n\
         {stem}-model = {{ path = \"../{stem}-model\", features = [\"symmetric\"] }}\n\
         http-body = \"1\"\nserde = \"1\"\nserde_json = {{ version = \"1\", features = [\"float_roundtrip\"] }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\", \"time\"] }}\n",
        name(place),
        name(place),
        journey.display().to_string(),
        place.root.join("runtime").display().to_string(),
        stem = place.stem,
    );
    let workspace = STANDALONE.replace("\"*-client\"", "\"*-client\", \"journey\"");
    let put = |file: PathBuf, text: &str| {
        fs::write(&file, text).map_err(|error| place.failed(format!("{}: {error}", file.display())))
    };
    fs::create_dir_all(&folder).map_err(|error| place.failed(error))?;
    put(folder.join("Cargo.toml"), &manifest)?;
    put(crates.join("Cargo.toml"), &workspace)?;
    let lock = crates.join("Cargo.lock");
    if !lock.is_file() {
        fs::copy(place.root.join("Cargo.lock"), lock).map_err(|error| place.failed(error))?;
    }
    Ok(())
}

/// Cargo with one target folder for all frameworks. Nothing is optimised and nothing is for debuggers: it runs once.
pub(super) fn cargo(place: &Place) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "0")
        .env("CARGO_TARGET_DIR", target(place))
        .stdin(Stdio::null());
    cargo
}

/// A program that was compiled.
pub(super) fn program(place: &Place, name: &str) -> PathBuf {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    target(place).join("debug").join(file)
}

fn target(place: &Place) -> PathBuf {
    place.out.with_file_name("target")
}

fn finish(place: &Place, command: &mut Command, otherwise: &str) -> Result<(), Failure> {
    let status = command.status();
    match status.map_err(|error| place.failed(format!("{otherwise}: {error}")))? {
        status if status.success() => Ok(()),
        _ => Err(place.failed(otherwise)),
    }
}
