//! `countersign lint` as its users run it, and waivers as `gen` and `lint` share them.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{PROJECT, put, told};

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1', description: Pets.}
servers: [{url: 'http://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      summary: List pets
      responses:
        '999': {description: Never sent.}
        '204': {description: Done.}
";
const STATUS: &str = "[[waiver]]\nrule = \"unknown-status\"\nfile = \"spec/pets/openapi.yaml\"\n\
     at = \"#/paths/~1pets/get/responses/999\"\nreason = \"An old proxy.\"\n";
const HTTP: &str = "[[waiver]]\nrule = \"plain-http\"\nfile = \"spec/pets/openapi.yaml\"\n\
     at = \"#/servers/0/url\"\nreason = \"An old machine.\"\n";

fn workspace(waivers: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "spec/pets/openapi.yaml", PETS);
    put(
        folder.path(),
        "countersign.toml",
        &format!("{PROJECT}{waivers}"),
    );
    fs::create_dir(folder.path().join("generated")).expect("created");
    folder
}

fn countersign(workspace: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    told(&crate::support::countersign(workspace.path(), arguments))
}

#[test]
fn our_own_documents_have_no_findings() {
    let output = crate::support::countersign(Path::new("."), ["lint"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
}

#[test]
fn findings_fail_and_waivers_admit_them() {
    let bare = workspace("");
    let (code, found, said) = countersign(&bare, &["lint"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(found.contains("warning[plain-http]"), "{found}");
    assert!(found.contains("warning[unknown-status]"), "{found}");
    assert!(found.contains("--> spec/pets/openapi.yaml:3:17"), "{found}");
    let waived = workspace(&format!("{STATUS}\n{HTTP}"));
    assert_eq!(countersign(&waived, &["lint"]).0, Some(0));
}

#[test]
fn gen_heeds_waivers_and_leaves_those_of_lint_alone() {
    assert_eq!(countersign(&workspace(HTTP), &["gen"]).0, Some(1));
    let waived = workspace(&format!("{STATUS}\n{HTTP}"));
    let (code, _, said) = countersign(&waived, &["gen"]);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn a_waiver_that_admits_nothing_fails_both() {
    let stale = STATUS.replace("999", "998");
    let workspace = workspace(&format!("{STATUS}\n{HTTP}\n{stale}"));
    for verb in ["gen", "lint"] {
        let (code, _, said) = countersign(&workspace, &[verb]);
        assert_eq!(code, Some(1), "{verb}: {said}");
        assert!(said.contains("error[waiver]: unused waiver"), "{said}");
        assert!(said.contains("--> countersign.toml:21:1"), "{said}");
    }
    // Nothing came of it.
    assert!(
        fs::read_dir(workspace.path().join("generated"))
            .expect("a folder")
            .next()
            .is_none()
    );
}

#[test]
fn other_documents_fail_on_errors_alone() {
    let workspace = workspace("");
    let spec = ["lint", "--spec", "spec/pets/openapi.yaml"];
    assert_eq!(countersign(&workspace, &spec).0, Some(0));
    let denied = [&spec[..], &["--deny-warnings"]].concat();
    assert_eq!(countersign(&workspace, &denied).0, Some(1));
    let level = [&spec[..], &["--level", "plain-http=error"]].concat();
    assert_eq!(countersign(&workspace, &level).0, Some(1));
    let wrong = [&spec[..], &["--level", "plain-http=loud"]].concat();
    assert_eq!(countersign(&workspace, &wrong).0, Some(2));
    put(
        workspace.path(),
        "own.toml",
        &format!("{STATUS}\n{HTTP}").replace("\"spec/pets/", "\""),
    );
    let waived = [&denied[..], &["--waivers", "own.toml"]].concat();
    let (code, found, said) = countersign(&workspace, &waived);
    assert_eq!(code, Some(0), "{found}{said}");
}

#[test]
fn gen_of_other_documents_takes_waivers_too() {
    let workspace = workspace("");
    let denied = [
        "gen",
        "--spec",
        "spec/pets/openapi.yaml",
        "--out",
        "out",
        "--runtime-version",
        "0.1.0",
        "--deny-warnings",
    ];
    let (code, _, said) = countersign(&workspace, &denied);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("error[unknown-status]"), "{said}");
    put(
        workspace.path(),
        "own.toml",
        &STATUS.replace("\"spec/pets/", "\""),
    );
    let waived = [&denied[..], &["--waivers", "own.toml"]].concat();
    let (code, _, said) = countersign(&workspace, &waived);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn machines_are_told_in_json() {
    let workspace = workspace("");
    let (_, sarif, _) = countersign(&workspace, &["lint", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&sarif).expect("JSON");
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "spec/pets/openapi.yaml");
    let (_, list, _) = countersign(&workspace, &["lint", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(2));
}

#[test]
fn overlays_are_applied_and_findings_point_into_them() {
    let workspace = workspace("overlays = ['spec/pets/fixes.yaml']\n");
    let fixes = |server: &str| {
        format!(
            "overlay: 1.1.0\ninfo: {{title: Fixes, version: '1'}}\nactions:\n\
             - {{target: '$.servers[0].url', update: '{server}'}}\n"
        )
    };
    let put = |server| put(workspace.path(), "spec/pets/fixes.yaml", &fixes(server));
    let given = [
        "--spec",
        "spec/pets/openapi.yaml",
        "--overlay",
        "spec/pets/fixes.yaml",
    ];
    let given = [&["lint"], &given[..]].concat();
    for arguments in [&["lint"], &given[..]] {
        put("https://pets.example.com");
        let (_, said, _) = countersign(&workspace, arguments);
        assert!(!said.contains("plain-http"), "{said}");
        put("http://other.example.com");
        let (_, said, _) = countersign(&workspace, arguments);
        assert!(said.contains("plain-http"), "{said}");
        assert!(said.contains("spec/pets/fixes.yaml:4:40"), "{said}");
    }
}
