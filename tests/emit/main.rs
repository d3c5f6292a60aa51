//! One feature of OpenAPI, and the Rust that it becomes; all of it compiled together.

mod access;
mod everywhere;
mod features;
mod guide;
mod hints;
mod ids;
mod layout;
mod layouts;
mod reading;
mod traits;
mod types;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use countersign_codegen::diagnostic::Report;
use countersign_codegen::settings::{Manifest, Runtime, Settings};
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};
use countersign_codegen::write::Tree;
use countersign_codegen::{Generated, Strictness};

const LONGEST: usize = 40;

/// The case of what a document only hints at: the others must draw no warning.
const GUESSED: &str = "guessed";

fn generate(name: &str, text: &str) -> Generated {
    generate_with(name, text, |_| {})
}

fn generate_with(name: &str, text: &str, change: impl FnOnce(&mut Settings)) -> Generated {
    let entry = DocumentPath::new(&format!("{name}.yaml")).expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), text);
    let mut settings = countersign_tests::settings(&name.replace('_', "-"), "tests/emit/cases/");
    settings.manifest = Manifest::Standalone;
    let runtime = countersign_tests::root()
        .join("runtime")
        .canonicalize()
        .expect("the runtime");
    settings.runtime = Runtime::Path(runtime.to_str().expect("a UTF-8 path").to_owned());
    change(&mut settings);
    let mut report = Report::default();
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let strictness = match name {
        GUESSED => Strictness::Lenient,
        _ => Strictness::DenyWarnings,
    };
    let generated = countersign_codegen::generate(&sources, &settings, strictness, &mut report);
    generated.unwrap_or_else(|| panic!("{}", report.render("")))
}

/// The modules of the crates: what a reviewer of a template reads. The case that is named after a module has that one as well.
fn modules(name: &str, tree: &Tree) -> String {
    let own = format!("/{name}.rs");
    let modules = tree.iter().filter(|(path, _)| {
        let alike = ["lib.rs", "security.rs", "servers.rs"];
        let alike = alike.iter().any(|name| path.ends_with(name));
        path.contains("/src/") && (!alike || path.ends_with(&own))
    });
    modules
        .map(|(path, text)| format!("// {path}\n{text}\n"))
        .collect()
}

#[test]
fn each_feature_becomes_the_rust_of_its_snapshot() {
    insta::glob!("cases/*.yaml", |path| {
        let (name, text) = case(path);
        assert!(
            text.lines().count() <= LONGEST,
            "{name} is too long for a reader"
        );
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(modules(&name, &generate(&name, &text).tree));
        });
    });
}

#[test]
fn layout_changes_no_token() {
    let mut count = 0;
    insta::glob!("cases/*.yaml", |path| {
        let (name, text) = case(path);
        let settings = countersign_tests::settings(&name.replace('_', "-"), "tests/emit/cases/");
        count += layout::compare(&generate(&name, &text).api, &settings);
    });
    for name in countersign_tests::APIS {
        let settings = countersign_tests::settings(name, "");
        count += layout::compare(&countersign_tests::generate(name).api, &settings);
    }
    assert!(count > 100_000, "{count}");
}

#[test]
fn all_of_it_compiles_without_a_warning() {
    let folder = workspace();
    cargo(
        &folder,
        &[
            "check",
            "--workspace",
            "--lib",
            "--examples",
            "--no-default-features",
            "--features",
            "all,fake,receivers,axum,standard-webhooks",
        ],
    );
    // One crate without its client, and modules with their fakes, which are for tests alone.
    let one = "--package=*-one";
    cargo(&folder, &["check", one, "--no-default-features"]);
    let modules = format!("--package={}", layouts::MODULES);
    cargo(&folder, &["check", &modules, "--tests"]);
    // What a client writes, its fake reads, and back: each file of `faked/` is a test of the case that it is named after.
    let tested = tested()
        .chain([everywhere::NAME.to_owned()])
        .chain(types::NAMES.map(str::to_owned))
        .chain([ids::NAME.to_owned()])
        .map(|name| format!("--package={name}-client"));
    let mut run: Vec<String> = [
        "test",
        "--no-default-features",
        "--features=all,fake,blocking,receivers,axum,standard-webhooks",
        "--test=faked",
        "--no-fail-fast",
    ]
    .map(str::to_owned)
    .to_vec();
    run.extend(tested);
    let run: Vec<&str> = run.iter().map(String::as_str).collect();
    cargo(&folder, &run);
}

/// The names of the cases whose fakes are tried.
fn tested() -> impl Iterator<Item = String> {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("emit/faked");
    let files = fs::read_dir(files).expect("tests of fakes");
    let files = files.map(|entry| entry.expect("a test").path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    files.map(|path| case(&path).0)
}

/// A workspace of all cases.
fn workspace() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    _ = fs::remove_dir_all(&folder);
    let place = |path: &str, text: &str| place(&folder, path, text);
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("emit");
    for entry in fs::read_dir(here.join("cases")).expect("cases") {
        let (name, text) = case(&entry.expect("a case").path());
        for (path, text) in generate(&name, &text).tree {
            place(&path, &text);
            // The first example of a client stands in its README and in its documentation.
            if let Some((folder, program)) = path.strip_suffix("/README.md").zip(program(&text)) {
                place(&format!("{folder}/examples/quick_start.rs"), &program);
            }
        }
    }
    let document = everywhere::document();
    for (path, text) in generate(everywhere::NAME, &document).tree {
        place(&path, &text);
    }
    let test = format!("{}-client/tests/faked.rs", everywhere::NAME);
    place(&test, &everywhere::test());
    let more = types::files().into_iter().chain(ids::files());
    for (path, text) in more.chain(guide::files()) {
        place(&path, &text);
    }
    for name in tested() {
        let (_, text) = case(&here.join("faked").join(format!("{name}.rs")));
        place(&format!("{name}-client/tests/faked.rs"), &text);
        // What a test needs beside the client.
        let more = here.join(format!("faked/{name}.toml"));
        if let Ok(more) = fs::read_to_string(more) {
            let manifest = format!("{name}-client/Cargo.toml");
            let own = fs::read_to_string(folder.join(&manifest)).expect("a manifest");
            place(&manifest, &format!("{own}\n{more}"));
        }
    }
    for (path, text) in layouts::files(|name| case(&here.join(format!("cases/{name}.yaml"))).1) {
        place(&path, &text);
    }
    workspace_of(
        &folder,
        &[
            "*-model",
            "*-client",
            "*-one",
            layouts::MODULES,
            guide::NAME,
        ],
    );
    folder
}

/// Writes a file.
fn place(folder: &Path, path: &str, text: &str) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

/// Makes a folder a workspace, with the versions of this one.
fn workspace_of(folder: &Path, members: &[&str]) {
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    place(folder, "Cargo.toml", &manifest);
    let lock = countersign_tests::root().join("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("a lock file");
}

/// The example of a README, as a program.
fn program(readme: &str) -> Option<String> {
    let (_, from) = readme.split_once("```rust,no_run\n")?;
    let (program, _) = from.split_once("```")?;
    Some(format!("{program}\nfn main() {{\n    _ = example();\n}}\n"))
}

/// Runs cargo in a workspace; a warning is an error.
fn cargo(folder: &Path, arguments: &[&str]) {
    let cargo = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("../cases-target"))
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .expect("cargo");
    assert!(
        cargo.status.success(),
        "{}{}",
        String::from_utf8_lossy(&cargo.stdout),
        String::from_utf8_lossy(&cargo.stderr)
    );
}

fn case(path: &Path) -> (String, String) {
    let name = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .expect("a name");
    (name.to_owned(), fs::read_to_string(path).expect("a case"))
}
