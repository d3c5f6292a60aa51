//! `--spec`: any document, anywhere.

use std::fs;
use std::process::Output;

use tempfile::TempDir;

use crate::support::{assert_code, countersign, put, read, told};

const ENTRY: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200':
          description: All pets.
          content:
            application/json:
              schema: {$ref: '../schemas/pet.yaml'}
";
const PET: &str = "type: object\nproperties:\n  name: {type: string}\n";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    put(
        folder.path(),
        "countersign.toml",
        "[runtime]\npath = 'runtime'\n",
    );
    put(folder.path(), "api/pets.yaml", ENTRY);
    put(folder.path(), "schemas/pet.yaml", PET);
    put(
        folder.path(),
        "runtime/Cargo.toml",
        "[package]\nname = 'countersign-runtime'\n",
    );
    folder
}

fn generate(folder: &TempDir, arguments: &[&str]) -> Output {
    let fixed = ["gen", "--spec", "api/pets.yaml", "--out", "out"];
    countersign(folder.path(), [&fixed, arguments].concat())
}

#[test]
fn crates_stand_in_a_workspace_and_find_the_runtime() {
    let folder = folder();
    assert_code(&generate(&folder, &["--root", "."]), 0);
    assert!(read(&folder, "out/Cargo.toml").contains("members = [\"*-model\", \"*-client\"]"));
    let manifest = read(&folder, "out/pets-model/Cargo.toml");
    assert!(manifest.contains("\"../../runtime\""), "{manifest}");
    let library = read(&folder, "out/pets-client/src/lib.rs");
    let here = folder.path().to_string_lossy();
    assert!(!library.contains(here.as_ref()) && !manifest.contains(here.as_ref()));
}

#[test]
fn a_workspace_of_somebody_else_is_left_alone() {
    let folder = folder();
    put(folder.path(), "out/Cargo.toml", "[workspace]\n");
    assert_code(&generate(&folder, &["--root", ".", "--name", "zoo"]), 0);
    assert_eq!(read(&folder, "out/Cargo.toml"), "[workspace]\n");
    assert!(folder.path().join("out/zoo-client/Cargo.toml").is_file());
}

#[test]
fn the_caller_sets_the_version_of_the_runtime() {
    let folder = folder();
    let arguments = ["--root", ".", "--runtime-version", "7.1"];
    assert_code(&generate(&folder, &arguments), 0);
    let manifest = read(&folder, "out/pets-model/Cargo.toml");
    assert!(manifest.contains("version = \"7.1\""), "{manifest}");
}

#[test]
fn a_reference_that_leaves_the_root_is_refused_with_the_cure() {
    let folder = folder();
    let said = assert_code(&generate(&folder, &[]), 1);
    assert!(said.contains("escaping-reference"), "{said}");
    assert!(said.contains("--root"), "{said}");
    assert!(said.contains("api/pets.yaml:12:"), "{said}");
    assert!(!folder.path().join("out").exists());
}

#[cfg(unix)]
#[test]
fn a_link_that_leaves_the_root_is_not_followed() {
    let folder = folder();
    let entry = ENTRY.replace("../schemas/pet.yaml", "pet.yaml");
    put(folder.path(), "api/pets.yaml", &entry);
    let target = folder.path().join("schemas/pet.yaml");
    std::os::unix::fs::symlink(target, folder.path().join("api/pet.yaml")).expect("linked");
    let said = assert_code(&generate(&folder, &["--deny-warnings"]), 1);
    assert!(said.contains("leads out of the root"), "{said}");
    assert!(!folder.path().join("out").exists());
    // Where warnings are allowed, the rest is generated, and nothing of the target is in it.
    let said = assert_code(&generate(&folder, &[]), 0);
    assert!(said.contains("leads out of the root"), "{said}");
    assert!(said.contains("0 types"), "{said}");
}

#[test]
fn warnings_can_be_denied_and_are_summed_up() {
    let folder = folder();
    let unknown = format!("{PET}  age: {{type: integer, surprise: true}}\nmystery: 1\n");
    put(folder.path(), "schemas/pet.yaml", &unknown);
    let summary = ["--root", ".", "--summary-json", "summary.json"];
    let said = assert_code(&generate(&folder, &summary), 0);
    assert!(said.contains("warning[unknown-keyword]"), "{said}");
    let summary: serde_json::Value =
        serde_json::from_str(&read(&folder, "summary.json")).expect("JSON");
    assert_eq!(summary["generated"], true);
    assert_eq!(summary["operations"], 1);
    assert_eq!(summary["warnings"]["unknown-keyword"], 2);
    fs::remove_dir_all(folder.path().join("out")).expect("removed");
    assert_code(&generate(&folder, &["--root", ".", "--deny-warnings"]), 1);
    assert!(!folder.path().join("out").exists());
}

#[test]
fn names_and_types_of_callers_are_checked() {
    let folder = folder();
    assert_code(&generate(&folder, &["--root", ".", "--name", "../zoo"]), 2);
    assert_code(&generate(&folder, &["--root", ".", "--type", "date"]), 2);
    assert_code(
        &generate(&folder, &["--root", ".", "--type", "date=a;b"]),
        2,
    );
    assert!(!folder.path().join("out").exists());
}

/// Every verb about a document takes any, where no `countersign.toml` is.
#[test]
fn any_document_is_outlined_explained_and_audited() {
    let folder = tempfile::tempdir().expect("a folder");
    put(
        folder.path(),
        "pets.yaml",
        &ENTRY.replace("../schemas/", ""),
    );
    put(folder.path(), "pet.yaml", PET);
    let told = |arguments: &[&str]| {
        let all = [arguments, &["--spec", "pets.yaml"]].concat();
        told(&countersign(folder.path(), all))
    };
    let (code, outline, said) = told(&["outline"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(outline.contains("Pet.name"), "{outline}");
    let (code, explained, said) = told(&["explain", "Pet.name"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(explained.contains("pet.yaml:3"), "{explained}");
    let (code, audit, said) = told(&["audit"]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert!(
        audit.starts_with("pets\n\nobject") && audit.contains("operationId"),
        "{audit}"
    );
    let (code, _, said) = told(&["outline", "pets"]);
    assert_eq!(code, Some(2), "{said}");
    let (code, _, said) = told(&["explain", "dogs", "Pet.name"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("there is no API `dogs`"), "{said}");
}

/// What is poor fails an audit where warnings are denied, and what is wrong fails it anywhere.
#[test]
fn an_audit_of_any_document_fails_by_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "pet.yaml", PET);
    let audit = |text: &str, arguments: &[&str]| {
        put(folder.path(), "pets.yaml", &text.replace("../schemas/", ""));
        let all = [&["audit", "--spec", "pets.yaml"], arguments].concat();
        told(&countersign(folder.path(), all))
    };
    let poor = ENTRY.replace(
        "description: All pets.",
        "descripton: All pets.\n          x-vendor: 1",
    );
    let (code, _, said) = audit(&poor, &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("`descripton`"), "{said}");
    let (code, ..) = audit(&poor, &["--deny-warnings"]);
    assert_eq!(code, Some(1));
    let (code, ..) = audit(&ENTRY.replace("pet.yaml", "dog.yaml"), &["--deny-warnings"]);
    assert_eq!(code, Some(1));
}
