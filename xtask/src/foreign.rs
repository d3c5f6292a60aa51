//! `cargo xtask gen --spec FILE --out DIR`: any document, into crates that compile where they stand.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use countersign_codegen::diagnostic::{Report, Severity};
use countersign_codegen::ir::External;
use countersign_codegen::settings::{Manifest, Runtime, Settings};
use countersign_codegen::source::Sources;
use countersign_codegen::write::Tree;
use countersign_codegen::{Generated, Strictness};

use crate::disk::Folder;
use crate::{Foreign, Gen, apply, workspace};

/// The manifest of the folder around the two crates, so that they compile where they stand.
const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"*-model\", \"*-client\"]\n";

/// Generates the two crates of a document.
///
/// # Errors
/// What is wrong, rendered.
pub(crate) fn run(options: &Gen) -> Result<(), String> {
    let started = Instant::now();
    let foreign = &options.foreign;
    let (Some(spec), Some(out)) = (&foreign.spec, &foreign.out) else {
        return Err("error: --spec and --out go together\n".to_owned());
    };
    let parent = spec
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let files = Folder::new(foreign.root.as_deref().unwrap_or(parent))?;
    let entry = files.document(spec)?;
    let settings = settings(foreign, spec)?;
    let mut report = Report::default();
    let strictness = if options.deny_warnings {
        Strictness::DenyWarnings
    } else {
        Strictness::Lenient
    };
    let sources = Sources {
        entry: &entry,
        files: &files,
    };
    let generated = countersign_codegen::generate(&sources, &settings, strictness, &mut report);
    let Some(generated) = generated else {
        return Err(report.render(&settings.prefix));
    };
    if !options.quiet && !report.diagnostics().is_empty() {
        eprint!("{}", report.render(&settings.prefix));
    }
    let crates = [
        format!("{}-model", settings.name),
        format!("{}-client", settings.name),
    ];
    let changed =
        apply::apply(out, &crates, &generated.tree).map_err(|error| format!("error: {error}\n"))?;
    let manifest = out.join("Cargo.toml");
    if !manifest.exists() {
        fs::write(&manifest, WORKSPACE)
            .map_err(|error| format!("error: {}: {error}\n", manifest.display()))?;
    }
    if let Some(file) = &foreign.summary_json {
        let text = summary(&generated, &report).to_string();
        fs::write(file, text).map_err(|error| format!("error: {}: {error}\n", file.display()))?;
    }
    if !options.quiet {
        let written = changed.missing.len() + changed.stale.len();
        println!("{}", sentence(&settings.name, &generated, &report));
        println!(
            "{written} files written to {} in {} ms",
            out.display(),
            started.elapsed().as_millis()
        );
    }
    Ok(())
}

fn settings(foreign: &Foreign, spec: &Path) -> Result<Settings, String> {
    let stem = spec
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or("api");
    let name = match &foreign.name {
        Some(name) => checked(name)?,
        None => made_of(stem),
    };
    let mut types = Vec::new();
    for ty in &foreign.types {
        let parsed = ty
            .split_once('=')
            .filter(|(format, path)| !format.is_empty() && !path.is_empty());
        let (format, path) =
            parsed.ok_or_else(|| format!("error: --type {ty}: write FORMAT=TYPE\n"))?;
        types.push(External {
            format: format.to_owned(),
            path: path.to_owned(),
        });
    }
    let runtime = match (&foreign.runtime_version, &foreign.runtime_path) {
        (Some(version), _) => Runtime::Version(version.clone()),
        (None, Some(path)) => Runtime::Path(absolute(path)?),
        (None, None) => Runtime::Path(absolute(&workspace::root().join("runtime"))?),
    };
    Ok(Settings {
        name,
        prefix: String::new(),
        command: "cargo xtask gen".to_owned(),
        runtime,
        manifest: Manifest::Standalone,
        types,
    })
}

fn absolute(path: &Path) -> Result<String, String> {
    let full: PathBuf = path
        .canonicalize()
        .map_err(|error| format!("error: {}: {error}\n", path.display()))?;
    full.into_os_string()
        .into_string()
        .map_err(|_| format!("error: {}: its path is not UTF-8\n", path.display()))
}

/// The caller's own name: what a package may be called.
fn checked(name: &str) -> Result<String, String> {
    let legal = !name.is_empty()
        && name.len() <= 50
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if legal {
        Ok(name.to_owned())
    } else {
        Err(format!(
            "error: --name {name}: use a-z, 0-9 and `-`, a letter first\n"
        ))
    }
}

/// A name made of a file's.
fn made_of(stem: &str) -> String {
    let spaced: String = stem
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let parts: Vec<&str> = spaced.split('-').filter(|part| !part.is_empty()).collect();
    let mut name = parts.join("-");
    name.truncate(50);
    let name = name.trim_matches('-').to_owned();
    if name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name
    } else {
        format!("api-{name}").trim_end_matches('-').to_owned()
    }
}

fn sentence(name: &str, generated: &Generated, report: &Report) -> String {
    let census = &generated.census;
    format!(
        "{name}: {} operations ({} left out), {} types, {} values ({} without a type in the document, {} kept as raw JSON), {} warnings",
        census.operations,
        census.left_out.len(),
        generated.types,
        census.values,
        census.untyped,
        census.raw_json.len(),
        report.count(Severity::Warning)
    )
}

fn summary(generated: &Generated, report: &Report) -> serde_json::Value {
    let census = &generated.census;
    let lines: usize = tree_lines(&generated.tree);
    serde_json::json!({
        "operations": census.operations,
        "left_out": census.left_out.iter().map(|(name, why)| [name.text(), why.text()]).collect::<Vec<_>>(),
        "types": generated.types,
        "values": census.values,
        "untyped": census.untyped,
        "raw_json": census.raw_json.len(),
        "warnings": report.count(Severity::Warning),
        "lines": lines,
    })
}

fn tree_lines(tree: &Tree) -> usize {
    tree.values().map(|text| text.lines().count()).sum()
}
