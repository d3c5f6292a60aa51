//! Whether what came out compiles, and what the compiler and clippy say of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use countersign::console::Console;
use countersign::failure::Failure;

use super::crates_of;

/// Who looks at the crates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compiler {
    /// `cargo check`.
    Check,
    /// `cargo clippy`.
    Clippy,
}

/// The messages about crates, by their names.
#[derive(Debug, Default)]
pub(super) struct Compiled {
    sound: BTreeSet<String>,
    said: BTreeMap<String, Vec<Message>>,
}

/// The messages about a crate.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// Whether the crate does not compile because of it.
    pub(super) is_error: bool,
    /// The lint or the error's code, if it has one.
    pub(super) code: String,
    /// The message.
    pub(super) text: String,
}

impl Compiled {
    /// Whether both crates of a name compile.
    pub(super) fn is_sound(&self, name: &str) -> bool {
        crates_of(name).iter().all(|name| self.sound.contains(name))
    }

    /// The messages about both crates of a name.
    pub(super) fn said(&self, name: &str) -> Vec<&Message> {
        let crates = crates_of(name);
        crates
            .iter()
            .filter_map(|name| self.said.get(name))
            .flatten()
            .collect()
    }

    /// Takes in a line of cargo's.
    fn hear(&mut self, line: &Value) {
        let manifest = line["manifest_path"].as_str().map(Path::new);
        let name = manifest.and_then(Path::parent).and_then(Path::file_name);
        let Some(name) = name.and_then(|name| name.to_str()) else {
            return;
        };
        match line["reason"].as_str() {
            Some("compiler-artifact") => {
                self.sound.insert(name.to_owned());
            }
            Some("compiler-message") => {
                let message = &line["message"];
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let said = Message {
                    is_error: message["level"]
                        .as_str()
                        .is_some_and(|level| level.starts_with("error")),
                    code: text(&message["code"]["code"]),
                    text: text(&message["message"]),
                };
                // The last line counts what was said before.
                let is_count = said.code.is_empty()
                    && (said.text.starts_with("aborting due to") || said.text.contains("emitted"));
                if !is_count && matches!(message["level"].as_str(), Some("error" | "warning")) {
                    self.said.entry(name.to_owned()).or_default().push(said);
                }
            }
            _ => {}
        }
    }
}

/// Compiles the crates of all `names`, with all their features, in the workspace `out`.
pub(super) fn all(
    compiler: Compiler,
    out: &Path,
    names: &[String],
    console: Console,
) -> Result<Compiled, Failure> {
    let mut compiled = Compiled::default();
    if names.is_empty() {
        return Ok(compiled);
    }
    let verb = match compiler {
        Compiler::Check => "check",
        Compiler::Clippy => "clippy",
    };
    console.say(format_args!("cargo {verb}: {} crates", names.len() * 2));
    let failed = |error: std::io::Error| Failure::Failed(format!("cargo {verb}: {error}"));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut child = Command::new(cargo)
        .args([
            verb,
            "--all-features",
            "--keep-going",
            "--quiet",
            "--message-format=json",
        ])
        .args(
            names
                .iter()
                .flat_map(|name| crates_of(name))
                .map(|name| format!("--package={name}")),
        )
        .current_dir(out)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(lines) = child.stdout.take() {
        for line in BufReader::new(lines).lines() {
            if let Ok(line) = serde_json::from_str(&line.map_err(failed)?) {
                compiled.hear(&line);
            }
        }
    }
    let status = child.wait().map_err(failed)?;
    // It fails if any crate does, which is in what it said; unless it could not begin.
    if !status.success() && compiled.sound.is_empty() && compiled.said.is_empty() {
        return Err(failed(std::io::Error::other("it could not begin")));
    }
    Ok(compiled)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn messages_are_filed_under_their_crates() {
        let mut compiled = Compiled::default();
        compiled.hear(
            &json!({"reason": "compiler-artifact", "manifest_path": "/x/a-model/Cargo.toml"}),
        );
        compiled.hear(&json!({
            "reason": "compiler-message", "manifest_path": "/x/a-client/Cargo.toml",
            "message": {"level": "error", "code": {"code": "E0308"}, "message": "mismatched types"},
        }));
        compiled.hear(&json!({
            "reason": "compiler-message", "manifest_path": "/x/a-client/Cargo.toml",
            "message": {"level": "error", "code": null, "message": "aborting due to 1 previous error"},
        }));
        assert!(!compiled.is_sound("a"));
        let said = compiled.said("a");
        assert_eq!(said.len(), 1);
        assert!(said[0].is_error && said[0].code == "E0308");
        compiled.hear(
            &json!({"reason": "compiler-artifact", "manifest_path": "/x/a-client/Cargo.toml"}),
        );
        assert!(compiled.is_sound("a"));
    }
}
