//! `countersign diff` as its users run it: since which revision, in which format, and what it says of mistakes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::{PETS, PROJECT, countersign, put};

/// A repository with the API `pets` on `main`, and a branch of it.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "countersign.toml", PROJECT);
    put(folder.path(), "spec/pets/openapi.yaml", PETS);
    let manifest = "[package]\nname = \"pets-model\"\nversion = \"1.2.3\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n";
    put(folder.path(), "Cargo.toml", manifest);
    put(folder.path(), "lib.rs", "");
    git(
        folder.path(),
        &["init", "--quiet", "--initial-branch", "main"],
    );
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "Pets"]);
    git(folder.path(), &["checkout", "--quiet", "-b", "branch"]);
    folder
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com"])
        .args(arguments)
        .current_dir(folder)
        .status()
        .expect("git");
    assert!(status.success(), "git {arguments:?}");
}

fn diff(folder: &TempDir, arguments: &[&str]) -> Output {
    countersign(folder.path(), [&["diff"], arguments].concat())
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn change(folder: &TempDir) {
    let changed = PETS.replace("required: [name]", "required: []");
    put(folder.path(), "spec/pets/openapi.yaml", &changed);
}

#[test]
fn what_changed_since_the_branch_began_is_told_with_the_version_to_set() {
    let folder = repository();
    change(&folder);
    git(
        folder.path(),
        &["commit", "--quiet", "--all", "--message", "Nameless"],
    );
    let output = diff(&folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    let text = told(&output);
    for line in [
        "pets: 1 change",
        "  pets-model  1.2.3 -> 2.0.0 (major)",
        "  pets-client  major",
        "became-optional  Pet.name",
        "  old     spec/pets/openapi.yaml:22:9",
        "  wire    breaking for callers",
    ] {
        assert!(
            text.lines().any(|told| told == line),
            "`{line}` in:\n{text}"
        );
    }
}

#[test]
fn what_is_not_committed_counts() {
    let folder = repository();
    assert!(told(&diff(&folder, &[])).contains("pets: no changes"));
    change(&folder);
    assert!(told(&diff(&folder, &["main"])).contains("became-optional"));
}

#[test]
fn a_folder_stands_for_a_revision() {
    let folder = repository();
    let before = folder.path().join("before/spec/pets/openapi.yaml");
    fs::create_dir_all(before.parent().expect("a parent")).expect("created");
    fs::copy(folder.path().join("spec/pets/openapi.yaml"), before).expect("copied");
    change(&folder);
    for named in ["before", "before/spec"] {
        let output = diff(&folder, &[named]);
        assert!(
            told(&output).contains("became-optional"),
            "{}",
            complained(&output)
        );
    }
}

#[test]
fn apis_come_and_go() {
    let folder = repository();
    put(
        folder.path(),
        "countersign.toml",
        &PROJECT.replace("pets", "birds"),
    );
    put(folder.path(), "spec/birds/openapi.yaml", PETS);
    fs::remove_dir_all(folder.path().join("spec/pets")).expect("removed");
    let text = told(&diff(&folder, &[]));
    assert!(
        text.contains("api-added  Pets") && text.contains("api-removed  Pets"),
        "{text}"
    );
}

#[test]
fn machines_and_pull_requests_are_told_in_their_formats() {
    let folder = repository();
    change(&folder);
    let json: serde_json::Value =
        serde_json::from_slice(&diff(&folder, &["--format", "json"]).stdout).expect("JSON");
    let change = &json["apis"][0]["changes"][0];
    assert_eq!(change["code"], "became-optional");
    assert_eq!(change["new"]["line"], 22);
    assert_eq!(change["wire"]["effect"], "breaking");
    assert_eq!(change["wire"]["for"], "callers");
    assert_eq!(json["apis"][0]["crates"][0]["next"], "2.0.0");
    let markdown = told(&diff(&folder, &["--format", "markdown"]));
    assert!(
        markdown.contains("| `pets-model` | major | 1.2.3 → **2.0.0** |"),
        "{markdown}"
    );
    assert!(
        markdown.contains("```diff\n- Pet.name: String\n+ Pet.name: Option<String>"),
        "{markdown}"
    );
}

#[test]
fn mistakes_are_told_as_ever() {
    let folder = repository();
    put(
        folder.path(),
        "spec/pets/openapi.yaml",
        &PETS.replace("schemas/Pet'", "schemas/Dog'"),
    );
    let output = diff(&folder, &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = complained(&output);
    assert!(
        said.contains("spec/pets/openapi.yaml:14:") && said.contains("were not compared"),
        "{said}"
    );
}

#[test]
fn what_a_waiver_admits_is_compared() {
    let folder = repository();
    let response = "\n        '99':\n          description: None.\ncomponents:";
    let text = PETS.replace("\ncomponents:", response);
    put(folder.path(), "spec/pets/openapi.yaml", &text);
    assert_eq!(diff(&folder, &[]).status.code(), Some(1));
    let waiver = "[[waiver]]\nrule = \"unknown-status\"\nfile = \"spec/pets/openapi.yaml\"\n\
        at = \"#/paths/~1pets/get/responses/99\"\nreason = \"The vendor says so.\"\n";
    put(
        folder.path(),
        "countersign.toml",
        &format!("{PROJECT}{waiver}"),
    );
    let output = diff(&folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
}

#[test]
fn what_is_no_revision_is_refused() {
    let folder = repository();
    for named in ["nothing", "--output=x", "main:spec"] {
        let output = diff(&folder, &["--", named]);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{named}: {}",
            complained(&output)
        );
    }
}

/// A folder with two documents and nothing around them.
fn two_documents() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "old/openapi.yaml", PETS);
    let changed = PETS.replace("required: [name]", "required: []");
    put(folder.path(), "new/pets.yaml", &changed);
    folder
}

#[test]
fn two_documents_need_no_repository() {
    let folder = two_documents();
    for old in ["old", "old/openapi.yaml"] {
        let output = diff(&folder, &[old, "new/pets.yaml"]);
        let text = told(&output);
        assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
        assert!(text.contains("became-optional  Pet.name"), "{text}");
        assert!(text.contains("old     old/openapi.yaml:22:9"), "{text}");
        assert!(text.contains("new     new/pets.yaml:22:9"), "{text}");
    }
    let same = diff(&folder, &["old", "old/openapi.yaml"]);
    assert!(told(&same).contains("no changes"), "{}", told(&same));
}

#[test]
fn documents_elsewhere_may_refer_out_of_their_folders() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = "type: object\ndescription: A pet.\nproperties:\n  name: {type: string, description: A name.}\n";
    let entry = PETS.split("components:").next().expect("a beginning");
    let entry = entry.replace("#/components/schemas/Pet", "../../schemas/pet.yaml");
    for side in ["old", "new"] {
        put(
            folder.path(),
            &format!("{side}/api/v1/openapi.yaml"),
            &entry,
        );
        let schema = match side {
            "new" => schema.replace("type: string", "type: integer"),
            _ => schema.to_owned(),
        };
        put(folder.path(), &format!("{side}/schemas/pet.yaml"), &schema);
    }
    put(folder.path(), "here/it.txt", "");
    let arguments = ["diff", "../old/api/v1", "../new/api/v1/openapi.yaml"];
    let output = countersign(&folder.path().join("here"), arguments);
    let text = told(&output);
    assert!(
        text.contains("type-changed  Pet.name"),
        "{text}{}",
        complained(&output)
    );
    assert!(
        text.contains("old     ../old/schemas/pet.yaml:4:3"),
        "{text}"
    );
}

#[test]
fn a_document_at_a_revision_is_one_of_two() {
    let folder = repository();
    change(&folder);
    let arguments = ["main:spec/pets/openapi.yaml", "spec/pets/openapi.yaml"];
    let text = told(&diff(&folder, &arguments));
    assert!(text.contains("became-optional  Pet.name"), "{text}");
}

#[test]
fn the_weight_of_a_change_decides_the_exit_status_where_that_is_asked_for() {
    let folder = two_documents();
    let status = |arguments: &[&str]| diff(&folder, arguments).status.code();
    for weight in ["breaking", "major", "minor"] {
        let told = status(&["old", "new/pets.yaml", "--fail-on", weight]);
        assert_eq!(told, Some(3), "{weight}");
        let same = status(&["old", "old", "--fail-on", weight]);
        assert_eq!(same, Some(0), "{weight}");
    }
    assert_eq!(status(&["old", "nowhere"]), Some(2));
}
