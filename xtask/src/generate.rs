//! `cargo xtask gen`: the APIs of `spec/`, into `generated/`.

use std::path::Path;
use std::time::Instant;

use countersign_codegen::diagnostic::Report;
use countersign_codegen::settings::{Manifest, Runtime, Settings};
use countersign_codegen::source::Sources;
use countersign_codegen::write::{Tree, drift};
use countersign_codegen::{Generated, Strictness};

use crate::Gen;
use crate::disk::Folder;
use crate::{apply, workspace};

/// Generates or checks; nothing is written unless every API is sound.
///
/// # Errors
/// What is wrong, rendered.
pub(crate) fn run(options: &Gen) -> Result<(), String> {
    let started = Instant::now();
    let root = workspace::root();
    let apis = chosen(&root, &options.apis)?;
    let mut expected = Tree::new();
    let mut failures = String::new();
    let mut summary = Vec::new();
    for api in &apis {
        match generate(&root, api) {
            Ok(generated) => {
                summary.push(line(api, &generated));
                expected.extend(generated.tree);
            }
            Err(failure) => failures.push_str(&failure),
        }
    }
    if !failures.is_empty() {
        return Err(failures);
    }
    let out = root.join("generated");
    let crates = if options.apis.is_empty() {
        folders(&out)?
    } else {
        Vec::new()
    };
    let crates = with_expected(crates, &expected);
    if options.check {
        return check(&out, &crates, &expected, options.quiet);
    }
    let changed =
        apply::apply(&out, &crates, &expected).map_err(|error| format!("error: {error}\n"))?;
    if !options.quiet {
        summary.iter().for_each(|line| println!("{line}"));
        let written = changed.missing.len() + changed.stale.len();
        let unchanged = expected.len() - written;
        println!(
            "{written} files written, {} removed, {unchanged} unchanged, in {} ms",
            changed.orphaned.len(),
            started.elapsed().as_millis()
        );
    }
    Ok(())
}

/// Generates one API of the workspace in memory; warnings are errors.
///
/// # Errors
/// The rendered report.
pub(crate) fn generate(root: &Path, api: &str) -> Result<Generated, String> {
    let folder = root.join("spec").join(api);
    let files = Folder::new(&folder)?;
    let entry = files.document(&folder.join("openapi.yaml"))?;
    let settings = Settings {
        name: api.to_owned(),
        prefix: format!("spec/{api}/"),
        command: "cargo xtask gen".to_owned(),
        runtime: Runtime::Workspace,
        manifest: Manifest::Member,
        types: Vec::new(),
    };
    let mut report = Report::default();
    let sources = Sources {
        entry: &entry,
        files: &files,
    };
    countersign_codegen::generate(&sources, &settings, Strictness::DenyWarnings, &mut report)
        .ok_or_else(|| report.render(&settings.prefix))
}

fn chosen(root: &Path, named: &[String]) -> Result<Vec<String>, String> {
    let all = workspace::apis(root)?;
    if named.is_empty() {
        return Ok(all);
    }
    match named.iter().find(|name| !all.contains(name)) {
        Some(unknown) => Err(format!(
            "error: there is no spec/{unknown}/openapi.yaml\n  = help: the APIs are {}\n",
            all.join(", ")
        )),
        None => Ok(named.to_vec()),
    }
}

/// The crate folders that stand in `generated/`, so that those without an API are noticed.
fn folders(out: &Path) -> Result<Vec<String>, String> {
    let Ok(listing) = std::fs::read_dir(out) else {
        return Ok(Vec::new());
    };
    let folders = listing
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("Cargo.toml").is_file());
    Ok(folders
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect())
}

fn with_expected(mut crates: Vec<String>, expected: &Tree) -> Vec<String> {
    crates.extend(
        expected
            .keys()
            .filter_map(|path| path.split('/').next())
            .map(str::to_owned),
    );
    crates.sort();
    crates.dedup();
    crates
}

fn check(out: &Path, crates: &[String], expected: &Tree, quiet: bool) -> Result<(), String> {
    let actual = apply::read(out, crates).map_err(|error| format!("error: {error}\n"))?;
    let drift = drift(expected, &actual);
    if drift.is_none() {
        if !quiet {
            println!(
                "generated/ is what the documents say: {} files",
                expected.len()
            );
        }
        return Ok(());
    }
    let mut text = String::new();
    for (what, paths) in [
        ("missing", &drift.missing),
        ("stale", &drift.stale),
        ("orphaned", &drift.orphaned),
    ] {
        paths
            .iter()
            .for_each(|path| text.push_str(&format!("{what}: generated/{path}\n")));
    }
    text.push_str(
        "error: generated/ is not what the documents say\n  = help: run `cargo xtask gen`\n",
    );
    Err(text)
}

fn line(api: &str, generated: &Generated) -> String {
    format!(
        "{api}: {} operations, {} types",
        generated.census.operations, generated.types
    )
}
