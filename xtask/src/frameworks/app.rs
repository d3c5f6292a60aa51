//! Apps: installed from their pins, asked for their document, and run.
//!
//! An app is a program with two verbs: `document` prints the document, `serve` listens on a free port of loopback and
//! prints the URL as its first line.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use countersign::console::Console;
use countersign::failure::Failure;

use super::Place;
use super::server::Server;

/// The Node that apps are written for, and the package of it for machines that have an older one.
const NODE: (u32, &str) = (20, "node@24.11.1");

/// The oldest Python that apps are written for.
const PYTHON: (u32, u32) = (3, 10);

/// The programs that this machine lacks; it says why nothing was run.
pub(crate) type Lacking = String;

/// An app that is installed.
#[derive(Debug)]
pub(super) struct App<'p> {
    place: &'p Place,
    program: PathBuf,
    arguments: Vec<PathBuf>,
}

impl<'p> App<'p> {
    /// Installs an app unless it is there with the same pins.
    ///
    /// # Errors
    /// When what it needs is here, and it can't be installed.
    pub(super) fn install(place: &'p Place) -> Result<Result<Self, Lacking>, Failure> {
        if place.source.join("requirements.txt").is_file() {
            python(place)
        } else if place.source.join("package.json").is_file() {
            node(place)
        } else if place.source.join("Cargo.toml").is_file() {
            rust(place)
        } else {
            let what = "expected requirements.txt, package.json or Cargo.toml beside the journey";
            Err(place.failed(what))
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null());
        command
    }

    /// The document that it emits.
    pub(super) fn document(&self) -> Result<String, Failure> {
        let output = self
            .command()
            .arg("document")
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| self.place.failed(error))?;
        if !output.status.success() {
            return Err(self.place.failed("it emits no document"));
        }
        String::from_utf8(output.stdout).map_err(|error| self.place.failed(error))
    }

    /// Starts it, and waits until it listens.
    pub(super) fn serve(&self) -> Result<Server, Failure> {
        let mut command = self.command();
        command.arg("serve");
        Server::start(command, &self.place.out.join("server.log"))
            .map_err(|why| self.place.failed(why))
    }
}

/// The app in a virtual environment with what `requirements.txt` pins.
fn python(place: &Place) -> Result<Result<App<'_>, Lacking>, Failure> {
    let installed = venv(place, &place.source.join("requirements.txt"))?;
    Ok(installed.map(|program| App {
        place,
        program,
        arguments: vec![place.source.join("app.py")],
    }))
}

/// The Python of a virtual environment with what a file pins.
pub(crate) fn venv(place: &Place, pins: &Path) -> Result<Result<PathBuf, Lacking>, Failure> {
    let found = version("python3").and_then(|text| numbers(&text));
    if found.is_none_or(|found| found < PYTHON) {
        let (major, minor) = PYTHON;
        return Ok(Err(format!("Python {major}.{minor} or newer is not here")));
    }
    let python = place.out.join("venv/bin/python");
    once(place, &[pins], || {
        let venv = place.out.join("venv");
        finish(
            place,
            Command::new("python3").args(["-m", "venv"]).arg(venv),
        )?;
        let install = ["-m", "pip", "install", "--quiet", "--requirement"];
        finish(place, Command::new(&python).args(install).arg(pins))
    })?;
    Ok(Ok(python))
}

/// A folder with what `package.json` pins, and the app beside it. A script `build` is run if there is one.
fn node(place: &Place) -> Result<Result<App<'_>, Lacking>, Failure> {
    let Some(found) = version("node").and_then(|text| numbers(&text)) else {
        return Ok(Err("Node is not here".to_owned()));
    };
    if version("npm").is_none() {
        return Ok(Err("npm is not here".to_owned()));
    }
    let pins = place.source.join("package.json");
    let manifest = fs::read_to_string(&pins).map_err(|error| place.failed(error))?;
    let mut program = PathBuf::from("node");
    if found.0 < oldest(&manifest) {
        let shared = place.out.with_file_name("node");
        program = shared.join("node_modules/node/bin/node");
        if !program.is_file() {
            fs::create_dir_all(&shared).map_err(|error| place.failed(error))?;
            finish(place, npm(&shared, "install").arg(NODE.1))?;
        }
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(&place.source).map_err(|error| place.failed(error))? {
        let file = entry.map_err(|error| place.failed(error))?.path();
        let kind = file.extension().and_then(OsStr::to_str).unwrap_or_default();
        let is_document = file.file_name() == Some(OsStr::new("openapi.json"));
        if matches!(kind, "json" | "js" | "mjs" | "ts" | "mts" | "tsp" | "yaml") && !is_document {
            files.push(file);
        }
    }
    modules(place, &pins)?;
    for file in &files {
        copy(place, file)?;
    }
    if manifest.contains("\"build\":") {
        let mut build = npm(&place.out, "run");
        finish(place, build.arg("build").env("PATH", path_with(&program)))?;
    }
    let main = ["dist/main.js", "main.mjs"];
    let main = main.map(|file| place.out.join(file));
    let main = main.into_iter().find(|file| file.is_file());
    let main = main.ok_or_else(|| {
        place.failed("expected main.mjs, or a script `build` that writes dist/main.js")
    })?;
    Ok(Ok(App {
        place,
        program,
        arguments: vec![main],
    }))
}

/// A folder `node_modules` with what `package.json` pins.
pub(crate) fn modules(place: &Place, pins: &Path) -> Result<(), Failure> {
    once(place, &[pins], || {
        copy(place, pins)?;
        let lock = place.source.join("package-lock.json");
        finish(
            place,
            &mut npm(&place.out, if lock.is_file() { "ci" } else { "install" }),
        )
    })
}

/// A workspace of its own.
fn rust(place: &Place) -> Result<Result<App<'_>, Lacking>, Failure> {
    let manifest = place.source.join("Cargo.toml");
    let mut build = super::journey::cargo(place);
    build.args(["build", "--quiet", "--locked", "--manifest-path"]);
    finish(place, build.arg(manifest))?;
    let program = super::journey::program(place, &format!("{}-app", place.name));
    Ok(Ok(App {
        place,
        program,
        arguments: Vec::new(),
    }))
}

/// Does what is not done yet for these pins.
pub(crate) fn once(
    place: &Place,
    pins: &[&Path],
    install: impl FnOnce() -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut wanted = String::new();
    for file in pins {
        wanted.push_str(&fs::read_to_string(file).map_err(|error| place.failed(error))?);
    }
    let record = place.out.join("installed");
    if fs::read_to_string(&record).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    Console::Normal.say(format_args!("{}: installing", place.name));
    install()?;
    fs::write(record, wanted).map_err(|error| place.failed(error))
}

fn copy(place: &Place, file: &Path) -> Result<(), Failure> {
    let name = file.file_name().unwrap_or_default();
    fs::copy(file, place.out.join(name)).map_err(|error| place.failed(error))?;
    Ok(())
}

fn npm(folder: &Path, verb: &str) -> Command {
    let mut npm = Command::new("npm");
    npm.arg(verb)
        .args(["--no-audit", "--no-fund", "--silent", "--prefix"])
        .arg(folder)
        .current_dir(folder);
    npm
}

/// The search path with the folder of a program before all others.
fn path_with(program: &Path) -> std::ffi::OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let first = program
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let first = first.and_then(|folder| std::path::absolute(folder).ok());
    let folders = first.into_iter().chain(std::env::split_paths(&path));
    std::env::join_paths(folders).unwrap_or(path)
}

/// Runs a command to its end, which has to be a success.
pub(crate) fn finish(place: &Place, command: &mut Command) -> Result<(), Failure> {
    let program = command.get_program().display().to_string();
    let status = command.status();
    match status.map_err(|error| place.failed(format!("{program}: {error}")))? {
        status if status.success() => Ok(()),
        _ => Err(place.failed(format!("{program} failed"))),
    }
}

/// The version of a program, if it is here.
pub(crate) fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}

/// The oldest Node that a `package.json` wants.
fn oldest(manifest: &str) -> u32 {
    let wanted = manifest.split_once("\"node\": \">=");
    let wanted = wanted.and_then(|(_, version)| numbers(version.split('"').next()?));
    wanted.map_or(NODE.0, |(major, _)| major.max(NODE.0))
}

/// The first two numbers of `v20.1.2` or `Python 3.11.7`.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version
        .trim_start_matches(|letter: char| !letter.is_ascii_digit())
        .split('.');
    let major = parts.next()?.trim().parse().ok()?;
    let minor = parts.next().and_then(|text| text.trim().parse().ok());
    Some((major, minor.unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_programs() {
        assert_eq!(numbers("v20.20.2\n"), Some((20, 20)));
        assert_eq!(numbers("Python 3.11.7\n"), Some((3, 11)));
        assert_eq!(numbers("v8\n"), Some((8, 0)));
        assert_eq!(numbers("no such thing"), None);
        assert_eq!(oldest("{ \"engines\": { \"node\": \">=22\" } }"), 22);
        assert_eq!(oldest("{ \"engines\": { \"node\": \">=18.1\" } }"), NODE.0);
        assert_eq!(oldest("{}"), NODE.0);
    }
}
