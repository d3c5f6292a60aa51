//! `cargo xtask packages`: what would be published, packaged, and a repository that has it from there.

mod archive;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use countersign::console;
use countersign::failure::Failure;

/// The crates that are published, each after those that it needs.
const CRATES: [&str; 5] = [
    "countersign-derive",
    "countersign-runtime",
    "countersign-fake",
    "countersign-codegen",
    "countersign",
];

/// Packages, looks at what is in the packages, and uses them.
pub(crate) fn run() -> Result<(), Failure> {
    let root = workspace()?;
    let folder = root.join("target/packages");
    let archives = package(&root, &folder)?;
    let unpacked = folder.join("unpacked");
    archive::unpack(&archives, &unpacked)?;
    for name in CRATES {
        archive::check(&unpacked, name)?;
    }
    let own = folder.join("own-repository");
    copy(&root.join("examples/own-repository"), &own)?;
    patch(&own, &unpacked)?;
    // The versions that all else is tested with.
    let lock = root.join("Cargo.lock");
    fs::copy(&lock, own.join("Cargo.lock")).map_err(|error| failed(&lock, &error))?;
    say("own-repository/.ci/run");
    done(Command::new("bash").arg(".ci/run").current_dir(&own), &own)?;
    vendored(&folder, &own)?;
    say("packages are whole");
    Ok(())
}

/// A repository that needs nothing of ours from a registry: the command has the source of the runtime in it.
fn vendored(folder: &Path, own: &Path) -> Result<(), Failure> {
    let here = folder.join("vendored");
    if here.exists() {
        fs::remove_dir_all(&here).map_err(|error| failed(&here, &error))?;
    }
    fs::create_dir_all(&here).map_err(|error| failed(&here, &error))?;
    let document = own.join("spec/pets.yaml");
    fs::copy(&document, here.join("pets.yaml")).map_err(|error| failed(&document, &error))?;
    let lock = own.join("Cargo.lock");
    let mut build = Command::new(cargo());
    build.args([
        "build",
        "--package",
        "countersign",
        "--features",
        "cli,vendored",
    ]);
    // The command itself, from its package.
    let manifest = folder.join(format!("unpacked/countersign-{}/Cargo.toml", version()));
    build.arg("--manifest-path").arg(&manifest);
    say("countersign with the source of the runtime");
    done(patched(&mut build, &folder.join("unpacked")), folder)?;
    let program = own.join("target/debug/countersign");
    for arguments in [
        &["init", "pets.yaml", "--vendored"][..],
        &["gen"],
        &["gen", "--check"],
    ] {
        done(
            Command::new(&program).args(arguments).current_dir(&here),
            &here,
        )?;
    }
    let client = here.join("generated/pets-client");
    fs::copy(&lock, client.join("Cargo.lock")).map_err(|error| failed(&lock, &error))?;
    let mut check = Command::new(cargo());
    check.args(["check", "--all-features"]).current_dir(&client);
    say("a client with the source of the runtime beside it");
    done(check.env("CARGO_TARGET_DIR", own.join("target")), &client)
}

fn package(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut command = Command::new(cargo());
    command.args(["package", "--no-verify", "--allow-dirty", "--quiet"]);
    command.arg("--target-dir").arg(folder);
    for name in CRATES {
        command.args(["--package", name]);
    }
    say("cargo package");
    done(command.current_dir(root), root)?;
    let version = version();
    let archives = CRATES.map(|name| folder.join(format!("package/{name}-{version}.crate")));
    Ok(archives.into())
}

/// Has a workspace take our crates from where they were unpacked, as if a registry had them.
fn patch(own: &Path, unpacked: &Path) -> Result<(), Failure> {
    let file = own.join(".cargo/config.toml");
    let mut text = fs::read_to_string(&file).map_err(|error| failed(&file, &error))?;
    text.push_str("\n[patch.crates-io]\n");
    for name in CRATES {
        let path = unpacked.join(format!("{name}-{}", version()));
        text.push_str(&format!(
            "{name} = {{ path = {:?} }}\n",
            path.display().to_string()
        ));
    }
    fs::write(&file, text).map_err(|error| failed(&file, &error))
}

/// The same for the build of the command, which has one crate of ours from a registry.
fn patched<'c>(command: &'c mut Command, unpacked: &Path) -> &'c mut Command {
    let name = "countersign-codegen";
    let path = unpacked.join(format!("{name}-{}", version()));
    let path = path.display().to_string();
    command.args(["--config", &format!("patch.crates-io.{name}.path={path:?}")]);
    let target = unpacked.with_file_name("own-repository").join("target");
    command.env("CARGO_TARGET_DIR", target)
}

/// Copies the files of a folder. What was built there before stays, so that it need not be built again.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(|error| failed(to, &error))?;
    let entries = fs::read_dir(from).map_err(|error| failed(from, &error))?;
    for entry in entries {
        let entry = entry.map_err(|error| failed(from, &error))?;
        let (path, name) = (entry.path(), entry.file_name());
        if name == "target" {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name)).map_err(|error| failed(&path, &error))?;
        }
    }
    Ok(())
}

fn workspace() -> Result<PathBuf, Failure> {
    Ok(countersign::Project::find()?.root().to_owned())
}

fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn say(what: &str) {
    console::print(format_args!("{what}\n"));
}

/// Runs a command to its end.
fn done(command: &mut Command, place: &Path) -> Result<(), Failure> {
    // Settings of the build of this program are not for others.
    for variable in [
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "RUSTC_WORKSPACE_WRAPPER",
    ] {
        command.env_remove(variable);
    }
    let status = command.status().map_err(|error| failed(place, &error))?;
    if status.success() {
        return Ok(());
    }
    let what = format!("{}: {command:?}: {status}", place.display());
    Err(Failure::Failed(what))
}

fn failed(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("{}: {error}", path.display()))
}
