//! Verdicts beside those of `cargo-semver-checks`, which reads the crates rather than the documents.
//!
//! It takes minutes and a tool that is not everywhere: `cargo test -p countersign-tests --test compare -- --ignored`
//! runs it where `cargo semver-checks` is installed, or where `CARGO_SEMVER_CHECKS` names it. What differs is in the
//! snapshot, and `docs/compatibility.md` explains it.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use countersign_codegen::Strictness;
use countersign_codegen::compare::{Comparison, CrateKind, Level};
use countersign_codegen::ir::Api;
use countersign_codegen::settings::{Manifest, Runtime};
use countersign_codegen::{emit, write};

use crate::documents::{Documents, compare};
use crate::{cases, prepared};

/// Documents before and after a change, by the name of the change.
struct Pair {
    name: String,
    old: Documents,
    new: Documents,
}

fn pairs() -> Vec<Pair> {
    let ten = prepared::all().into_iter().map(|change| Pair {
        name: change.name.to_owned(),
        old: change.old,
        new: change.new,
    });
    // Crates that are new or gone have nothing to be compared with.
    let cases = cases::all().into_iter().filter_map(|case| {
        Some(Pair {
            name: case.name,
            old: case.old?,
            new: case.new?,
        })
    });
    ten.chain(cases).collect()
}

/// The tool, if there is one.
fn tool() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_SEMVER_CHECKS").map(PathBuf::from);
    let tool = named.unwrap_or_else(|| "cargo-semver-checks".into());
    let runs = Command::new(&tool)
        .args(["semver-checks", "--version"])
        .output();
    runs.is_ok_and(|output| output.status.success())
        .then_some(tool)
}

/// Where crates are written and built.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver")
}

/// Writes the crates of an API, and has rustdoc describe them.
fn described(api: &Api) -> [PathBuf; 2] {
    let mut settings = countersign_tests::settings("case", "");
    settings.manifest = Manifest::Standalone;
    let runtime = countersign_tests::root().join("runtime").canonicalize();
    let runtime = runtime.expect("the runtime");
    settings.runtime = Runtime::Path(runtime.to_str().expect("UTF-8").to_owned());
    let tree = emit::crates(api, &settings, write::tree).expect("Rust");
    // Most cases share the document that they change, and what was described in an earlier run need not be again.
    let mut key = DefaultHasher::new();
    tree.hash(&mut key);
    let root = folder().join(format!("{:016x}", key.finish()));
    let names = ["case-model", "case-client"];
    let descriptions = names.map(|name| root.join(format!("{name}.json")));
    if descriptions.iter().all(|file| file.is_file()) {
        return descriptions;
    }
    _ = fs::remove_dir_all(&root);
    for (path, text) in tree {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"*-model\", \"*-client\"]\n";
    fs::write(root.join("Cargo.toml"), manifest).expect("a manifest");
    let lock = countersign_tests::root().join("Cargo.lock");
    fs::copy(lock, root.join("Cargo.lock")).expect("a lock file");
    describe(&root, "case-model", &["--all-features"]);
    describe(
        &root,
        "case-client",
        &["--no-default-features", "--features=all"],
    );
    descriptions
}

fn describe(root: &Path, name: &str, features: &[&str]) {
    let target = folder().join("target");
    let output = Command::new(env!("CARGO"))
        .args([
            "rustdoc",
            "--offline",
            "--quiet",
            "--lib",
            "--package",
            name,
        ])
        .args(features)
        .args([
            "--",
            "-Zunstable-options",
            "--output-format",
            "json",
            "--cap-lints",
            "allow",
        ])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", &target)
        // The JSON of rustdoc is what the tool reads, and is not stable yet.
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
        .expect("cargo");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", root.display());
    let file = root.join(format!("{name}.json"));
    let made = target
        .join("doc")
        .join(format!("{}.json", name.replace('-', "_")));
    fs::copy(made, &file).expect("a description");
}

/// The verdict of the tool.
fn asked(tool: &Path, old: &Path, new: &Path) -> (Level, Vec<String>) {
    let output = Command::new(tool)
        .args([
            "semver-checks",
            "--color",
            "never",
            "--release-type",
            "patch",
        ])
        .arg("--baseline-rustdoc")
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .expect("the tool");
    let said = String::from_utf8_lossy(&output.stderr) + String::from_utf8_lossy(&output.stdout);
    let lints = said.lines().filter_map(|line| {
        let line = line.strip_prefix("--- failure ")?;
        line.split(':').next().map(str::to_owned)
    });
    let level = if output.status.success() {
        Level::Patch
    } else if said.contains("requires new major version") {
        Level::Major
    } else if said.contains("requires new minor version") {
        Level::Minor
    } else {
        panic!("the tool failed: {said}");
    };
    (level, lints.collect())
}

/// Why a verdict differs from the tool's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// The tool tells what may break, and nothing of what is added.
    Additions,
    /// The types of fields, arguments and results are others, which the tool does not compare.
    Signatures,
    /// The crate does something else, which no public item shows.
    Conduct,
    /// The model is major, and the client shows its types.
    Model,
    /// None that is known.
    Unknown,
}

fn reason(comparison: &Comparison, krate: CrateKind, theirs: Level) -> Reason {
    let changes = comparison.changes.iter();
    let own = changes.clone().map(|change| change.crates.of(krate)).max();
    let (own, ours) = (own.unwrap_or_default(), comparison.verdict.of(krate));
    let surface = changes
        .flat_map(|change| &change.rust)
        .filter(|surface| surface.krate == krate);
    let shown = surface
        .map(|surface| surface.level)
        .max()
        .unwrap_or_default();
    match (ours, theirs) {
        (ours, theirs) if theirs > ours => Reason::Unknown,
        (Level::Major, _) if own < Level::Major => Reason::Model,
        (Level::Major, _) if shown == Level::Major => Reason::Signatures,
        (Level::Minor, _) if shown == Level::Minor => Reason::Additions,
        _ => Reason::Conduct,
    }
}

#[test]
#[ignore = "takes minutes and needs cargo-semver-checks"]
fn verdicts_differ_from_those_of_cargo_semver_checks_where_that_is_explained() {
    let Some(tool) = tool() else {
        println!("skipped: cargo-semver-checks is not installed");
        return;
    };
    let mut told: BTreeMap<Reason, Vec<String>> = BTreeMap::new();
    let (mut compared, mut agreed) = (0, 0);
    for Pair { name, old, new } in pairs() {
        let comparison = compare(Some(&old), Some(&new), Strictness::Lenient);
        let lowered = [&old, &new].map(|documents| documents.lowered(Strictness::Lenient));
        let [was, is] = [described(&lowered[0].api), described(&lowered[1].api)];
        for (at, (krate, shown)) in [(CrateKind::Model, "model"), (CrateKind::Client, "client")]
            .into_iter()
            .enumerate()
        {
            let (theirs, lints) = asked(&tool, &was[at], &is[at]);
            let ours = comparison.verdict.of(krate);
            compared += 1;
            // The tool does not tell a crate that is the same from one with other words.
            if theirs == ours.max(Level::Patch) {
                agreed += 1;
                continue;
            }
            let line = format!(
                "  {name} {shown}: here {ours}, there {theirs} {}",
                lints.join(" ")
            );
            let reason = reason(&comparison, krate, theirs);
            told.entry(reason)
                .or_default()
                .push(line.trim_end().to_owned());
        }
    }
    let mut text = format!("{compared} verdicts, {agreed} the same\n");
    for (reason, lines) in &told {
        text.push_str(&format!(
            "{reason:?}: {}\n{}\n",
            lines.len(),
            lines.join("\n")
        ));
    }
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("semver", text);
    });
    assert!(!told.contains_key(&Reason::Unknown), "{text}");
}
