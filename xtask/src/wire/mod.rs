//! `cargo xtask wire`: what the runtime sends, read back by implementations that nobody here wrote.
//!
//! A test of the runtime writes a line for each place, style and value into `target/wire/cases.jsonl`: what was sent and
//! what went in. Scripts read the lines with `qs`, Werkzeug and Starlette, build the same requests with
//! `swagger-client`, all of them installed in `target/wire`, and say which values come out otherwise.

use std::path::Path;
use std::process::Command;

use countersign::console::{self, Console};
use countersign::failure::Failure;
use countersign::project::Project;

/// The packages of Node: their folders, and their versions.
const NODE: [(&str, &str); 2] = [("qs", "6.13.0"), ("swagger-client", "3.36.0")];
const PYTHON: [&str; 3] = [
    "werkzeug==3.0.6",
    "starlette==0.41.3",
    "python-multipart==0.0.17",
];

/// Writes the cases, installs the readers if need be, and runs both scripts.
pub(crate) fn run() -> Result<(), Failure> {
    let folder = Project::find()?.target().join("wire");
    std::fs::create_dir_all(&folder)
        .map_err(|error| Failure::Failed(format!("{}: {error}", folder.display())))?;
    let cases = folder.join("cases.jsonl");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut write = Command::new(cargo);
    write
        .args(["test", "--quiet", "--package", "countersign-runtime"])
        .args(["--all-features", "--lib", "--"])
        .args([
            "--ignored",
            "--exact",
            "inbound::agreement::cases::cases_for_others_are_written",
        ])
        .env("WIRE_CASES", &cases);
    finish(&mut write, "the cases can't be written")?;
    let node = read_with_node(&folder, &cases)?;
    let python = read_with_python(&folder, &cases)?;
    if !node || !python {
        console::print(format_args!(
            "wire: a part was skipped: Node or Python is not here\n"
        ));
    }
    Ok(())
}

fn read_with_node(folder: &Path, cases: &Path) -> Result<bool, Failure> {
    if !is_here("node") || !is_here("npm") {
        return Ok(false);
    }
    let is_installed = |name: &str| folder.join("node_modules").join(name).is_dir();
    if !NODE.iter().all(|(name, _)| is_installed(name)) {
        let packages = NODE.map(|(name, version)| format!("{name}@{version}"));
        Console::Normal.say(format_args!("installing {}", packages.join(", ")));
        let mut install = Command::new("npm");
        install
            .args(["install", "--no-audit", "--no-fund", "--silent", "--prefix"])
            .arg(folder)
            .args(packages);
        finish(&mut install, "the packages of Node can't be installed")?;
    }
    for (name, text, otherwise) in [
        (
            "read.cjs",
            include_str!("read.cjs"),
            "qs reads other values than were sent",
        ),
        (
            "build.cjs",
            include_str!("build.cjs"),
            "swagger-client sends other values",
        ),
    ] {
        let script = folder.join(name);
        put(&script, text)?;
        let mut read = Command::new("node");
        read.arg(script).arg(cases);
        finish(&mut read, otherwise)?;
    }
    Ok(true)
}

fn read_with_python(folder: &Path, cases: &Path) -> Result<bool, Failure> {
    if !is_here("python3") {
        return Ok(false);
    }
    let python = folder.join("venv/bin/python");
    if !python.is_file() {
        Console::Normal.say(format_args!("installing {}", PYTHON.join(", ")));
        let mut make = Command::new("python3");
        make.args(["-m", "venv"]).arg(folder.join("venv"));
        finish(&mut make, "no environment for Python can be made")?;
        let mut install = Command::new(&python);
        install
            .args(["-m", "pip", "install", "--quiet"])
            .args(PYTHON);
        finish(&mut install, "Werkzeug and Starlette can't be installed")?;
    }
    let script = folder.join("read.py");
    put(&script, include_str!("read.py"))?;
    let mut read = Command::new(python);
    read.arg(script).arg(cases);
    finish(
        &mut read,
        "Werkzeug or Starlette reads other values than were sent",
    )?;
    Ok(true)
}

fn put(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text)
        .map_err(|error| Failure::Failed(format!("{}: {error}", path.display())))
}

fn is_here(program: &str) -> bool {
    let version = Command::new(program).arg("--version").output();
    version.is_ok_and(|output| output.status.success())
}

fn finish(command: &mut Command, otherwise: &str) -> Result<(), Failure> {
    let status = command
        .status()
        .map_err(|error| Failure::Failed(format!("{otherwise}: {error}")))?;
    match status.success() {
        true => Ok(()),
        false => Err(Failure::Failed(otherwise.to_owned())),
    }
}
