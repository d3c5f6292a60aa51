//! A small program for each document: it reads samples, decodes each into its type, and writes what the type encodes to.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use countersign::failure::Failure;

/// The time limit of a program.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// The protocol of the program: `type, a tab, JSON` in; `ok` or `error`, a tab, JSON out.
const MAIN: &str = r#"
use std::io::{self, BufRead as _, Write as _};

use countersign_runtime::{Validate, wire};
use serde::Serialize;
use serde::de::DeserializeOwned;

type Trip = fn(&str) -> Result<Vec<u8>, String>;

fn trip<T: DeserializeOwned + Serialize>(text: &str) -> Result<Vec<u8>, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    wire::to_vec(&value).map_err(|error| format!("not encoded: {error}"))
}

#[allow(dead_code, reason = "only some types have limits")]
fn checked_trip<T: DeserializeOwned + Serialize + Validate>(text: &str) -> Result<Vec<u8>, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    value.ensure_valid().map_err(|error| format!("not valid: {error}"))?;
    wire::to_vec(&value).map_err(|error| format!("not encoded: {error}"))
}

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (name, text) = line.split_once('\t').unwrap_or_default();
        let found = TYPES.iter().find(|(known, _)| *known == name);
        match found.map_or_else(|| Err("no such type".to_owned()), |(_, trip)| trip(text)) {
            Ok(encoded) => {
                out.write_all(b"ok\t")?;
                out.write_all(&encoded)?;
            }
            Err(error) => write!(out, "error\t{}", error.escape_default())?,
        }
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(())
}
"#;

/// The manifest of a workspace that has the programs among its members.
pub(crate) fn workspace(manifest: &str) -> String {
    manifest.replace("\"*-client\"", "\"*-client\", \"*-samples\"")
}

/// The result of a type for a sample.
pub(crate) type Answer = Result<Value, String>;

/// The name of a document's program.
pub(crate) fn name(document: &str) -> String {
    format!("{document}-samples")
}

/// Writes the program of a document that knows some types of its model. Those that are `checked` are checked against
/// their limits.
pub(crate) fn write(
    out: &Path,
    document: &str,
    runtime: &Path,
    types: &BTreeSet<&str>,
    checked: &BTreeSet<&str>,
) -> Result<(), Failure> {
    let folder = out.join(name(document));
    let failed = |error| Failure::Failed(format!("{}: {error}", folder.display()));
    let mut source = "//! Samples through the types of a model, and back.\n".to_owned();
    source.push_str(MAIN);
    source.push_str("\nconst TYPES: &[(&str, Trip)] = &[\n");
    let model = format!("{document}_model").replace('-', "_");
    for name in types {
        // Writing to a string can't fail.
        let trip = if checked.contains(name) {
            "checked_trip"
        } else {
            "trip"
        };
        let _ = writeln!(source, "    ({name:?}, {trip}::<{model}::{name}>),");
    }
    source.push_str("];\n");
    let manifest = format!(
        "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         {document}-model = {{ path = \"../{document}-model\", features = [\"symmetric\"] }}\n\
         countersign-runtime = {{ path = {:?}, features = [\"pattern\"] }}\nserde = \"1\"\nserde_json = \"1\"\n",
        name(document),
        runtime.display().to_string(),
    );
    fs::create_dir_all(folder.join("src")).map_err(failed)?;
    fs::write(folder.join("src/main.rs"), source).map_err(failed)?;
    fs::write(folder.join("Cargo.toml"), manifest).map_err(failed)
}

/// Builds the programs of some documents as quickly as can be; whether one came out is seen by its file.
pub(crate) fn build(out: &Path, documents: &[&str]) -> Result<(), Failure> {
    cargo(out, "build", &["--keep-going", "--quiet"], documents).map(|_| ())
}

/// Removes what was built of some documents.
#[cfg(feature = "samples")]
pub(crate) fn clean(out: &Path, documents: &[&str]) -> Result<(), Failure> {
    cargo(out, "clean", &["--quiet"], documents).map(|_| ())
}

fn cargo(out: &Path, verb: &str, options: &[&str], documents: &[&str]) -> Result<bool, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.arg(verb).args(options).current_dir(out);
    for document in documents {
        command.arg(format!("--package={}", name(document)));
        if verb == "clean" {
            command.arg(format!("--package={document}-model"));
        }
    }
    // No optimisation, nothing for debuggers, nothing kept for a next time: it runs once.
    let quick = [
        ("CARGO_INCREMENTAL", "0"),
        ("CARGO_PROFILE_DEV_DEBUG", "0"),
        ("CARGO_PROFILE_DEV_OPT_LEVEL", "0"),
        ("CARGO_TARGET_DIR", "target"),
    ];
    let said = out.join(format!(".{verb}.txt"));
    let failed = |error| Failure::Failed(format!("cargo {verb}: {error}"));
    let status = command
        .envs(quick)
        .stdin(Stdio::null())
        .stderr(fs::File::create(said).map_err(failed)?)
        .status()
        .map_err(failed)?;
    Ok(status.success())
}

/// Whether the program of a document was built.
pub(crate) fn is_built(out: &Path, document: &str) -> bool {
    file(out, document).is_file()
}

fn file(out: &Path, document: &str) -> std::path::PathBuf {
    out.join("target/debug").join(format!(
        "{}{}",
        name(document),
        std::env::consts::EXE_SUFFIX
    ))
}

/// Sends samples through the program of a document. There are fewer answers than samples if it stopped at a fault.
pub(crate) fn run(
    out: &Path,
    document: &str,
    samples: &[(&str, String)],
) -> Result<Vec<Answer>, Failure> {
    let failed = |error| Failure::Failed(format!("{}: {error}", name(document)));
    let mut child = Command::new(file(out, document))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let started = Instant::now();
    thread::scope(|scope| {
        scope.spawn(move || {
            let Some(mut stdin) = stdin else { return };
            for (name, sample) in samples {
                // It may have stopped, which is seen by what it does not answer.
                if writeln!(stdin, "{name}\t{sample}").is_err() {
                    return;
                }
            }
        });
        let mut answers = Vec::new();
        for line in stdout
            .map(BufReader::new)
            .into_iter()
            .flat_map(BufReader::lines)
        {
            let Ok(line) = line else { break };
            answers.push(match line.split_once('\t') {
                Some(("ok", text)) => serde_json::from_str(text)
                    .map_err(|error| format!("its encoding is not JSON: {error}")),
                Some((_, error)) => Err(error.to_owned()),
                None => Err("no answer".to_owned()),
            });
            if started.elapsed() > TIME_LIMIT {
                break;
            }
        }
        child.kill().map_err(failed)?;
        child.wait().map_err(failed)?;
        Ok(answers)
    })
}
