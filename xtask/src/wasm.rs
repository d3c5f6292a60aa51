//! `cargo xtask wasm`: the crates compiled for browsers.
//!
//! The compiler is that of rustup where it has the target. Elsewhere it is Debian's, with the source of the standard library,
//! which cargo compiles as well. Both are downloaded into a folder below `target`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use countersign::Project;
use countersign::console;
use countersign::failure::Failure;

use crate::debian;

const TARGET: &str = "wasm32-unknown-unknown";

/// A document with streams, uploads, headers and unions, which a framework has written.
const DOCUMENT: &str = "tests/frameworks/fastapi/openapi.json";

/// Debian's compiler of today, and the source of its standard library.
const COMPILER: [&str; 3] = ["rustc-web", "libstd-rust-web-dev", "rust-web-src"];

/// Compiles them.
pub(crate) fn run() -> Result<(), Failure> {
    let project = Project::find()?;
    let (root, out) = (project.root(), project.root().join("target/wasm"));
    let compiler = match rustup() {
        true => Compiler::Rustup,
        false => match debian::lacking() {
            Some(program) => {
                let what = format!(
                    "left out: neither the target {TARGET} (rustup target add {TARGET}) nor `{program}` is here\n"
                );
                console::print(what);
                return Ok(());
            }
            None => Compiler::Debian(download(&out)?),
        },
    };
    let mut crates = Vec::new();
    let generated = root.join("generated");
    for entry in fs::read_dir(&generated).map_err(|error| failed(&generated, &error))? {
        let folder = entry.map_err(|error| failed(&generated, &error))?.path();
        let name = folder.file_name().filter(|_| folder.is_dir());
        crates.extend(name.map(|name| name.to_string_lossy().into_owned()));
    }
    crates.sort();
    check(&compiler, root, &out, &crates)?;
    let streams = out.join("streams");
    let this = std::env::current_exe().map_err(|error| failed(&out, &error))?;
    let mut generate = Command::new(this);
    generate.args(["gen", "--quiet", "--name", "streams", "--spec"]);
    generate.arg(root.join(DOCUMENT)).arg("--out").arg(&streams);
    generate.arg("--runtime-path").arg(root.join("runtime"));
    finish(&mut generate, &streams)?;
    check(&compiler, &streams, &out, &["streams-client".to_owned()])?;
    console::print("all crates compile for browsers\n");
    Ok(())
}

enum Compiler {
    Rustup,
    /// The root that the packages are unpacked in.
    Debian(PathBuf),
}

/// Whether the compiler in use has the target.
fn rustup() -> bool {
    let mut ask = Command::new("rustc");
    let output = ask
        .args(["--print", "target-libdir", "--target", TARGET])
        .output();
    output.is_ok_and(|output| {
        let folder = String::from_utf8_lossy(&output.stdout);
        Path::new(folder.trim()).is_dir()
    })
}

/// Downloads the compiler, unless it is there.
fn download(out: &Path) -> Result<PathBuf, Failure> {
    let root = out.join("root");
    // Written last, so that a download that was cut off is made again.
    let whole = out.join("unpacked");
    if whole.is_file() {
        return Ok(root);
    }
    console::print("downloading Debian's compiler\n");
    let libraries = debian::needs(COMPILER[0], &["libstd-rust-web-", "libllvm"]);
    let libraries = libraries.map_err(|error| failed(out, &error))?;
    let libraries = libraries.iter().map(String::as_str);
    let own = libraries.filter(|name| !COMPILER.contains(name));
    debian::unpack(out, COMPILER.into_iter().chain(own)).map_err(|error| failed(out, &error))?;
    fs::write(&whole, "").map_err(|error| failed(out, &error))?;
    Ok(root)
}

/// Checks crates, with all operations and without the transport of their own.
fn check(compiler: &Compiler, from: &Path, out: &Path, crates: &[String]) -> Result<(), Failure> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args([
        "check",
        "--target",
        TARGET,
        "--no-default-features",
        "--features",
        "all",
    ]);
    for name in crates {
        cargo.args(["--package", name]);
    }
    if let Compiler::Debian(root) = compiler {
        // `-Z build-std` is not stable.
        cargo
            .arg("-Zbuild-std=std,panic_abort")
            .env("RUSTC_BOOTSTRAP", "1");
        cargo.env("RUSTC", root.join("usr/bin/rustc"));
        cargo.env("LD_LIBRARY_PATH", libraries(root));
    }
    cargo.env_remove("RUSTFLAGS").env_remove("RUSTUP_TOOLCHAIN");
    cargo
        .env("CARGO_TARGET_DIR", out.join("build"))
        .current_dir(from);
    finish(&mut cargo, from)
}

/// The folder of the compiler's own libraries: `usr/lib/x86_64-linux-gnu`.
fn libraries(root: &Path) -> PathBuf {
    let folder = root.join("usr/lib");
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    let mut folders = entries.map(|entry| entry.path());
    let found = folders.find(|path| path.to_string_lossy().ends_with("-linux-gnu"));
    found.unwrap_or(folder)
}

fn finish(command: &mut Command, place: &Path) -> Result<(), Failure> {
    let status = command.status().map_err(|error| failed(place, &error))?;
    match status.success() {
        true => Ok(()),
        false => Err(Failure::Failed(format!(
            "{}: it does not compile for browsers",
            place.display()
        ))),
    }
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::Failed(format!("{}: {error}", path.display()))
}
