//! `countersign gen` as its users run it: what it writes, says and leaves alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::support::{PETS, PROJECT, assert_code, put, text};

/// A workspace with the API `pets`.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "countersign.toml", PROJECT);
    put(folder.path(), "spec/pets/openapi.yaml", PETS);
    fs::create_dir(folder.path().join("generated")).expect("created");
    folder
}

fn countersign(workspace: &TempDir, arguments: &[&str]) -> Output {
    crate::support::countersign(workspace.path(), arguments)
}

/// Every file below a folder.
fn snapshot(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("readable") {
        let entry = entry.expect("readable");
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            let inner = snapshot(&entry.path()).into_iter();
            found.extend(inner.map(|(path, text)| (format!("{name}/{path}"), text)));
        } else {
            found.insert(name, fs::read_to_string(entry.path()).expect("text"));
        }
    }
    found
}

#[test]
fn crates_are_written_and_then_left_alone() {
    let workspace = workspace();
    let first = countersign(&workspace, &["gen"]);
    assert_code(&first, 0);
    let said = text(&first.stderr);
    assert!(said.contains("pets: 1 operation "), "{said}");
    let files = snapshot(&workspace.path().join("generated"));
    assert!(files.contains_key("pets-model/Cargo.toml"));
    assert!(files.contains_key("pets-client/src/lib.rs"));
    let again = countersign(&workspace, &["gen"]);
    let said = text(&again.stderr);
    assert!(said.contains("0 files written, 0 removed"), "{said}");
    assert_eq!(snapshot(&workspace.path().join("generated")), files);
    assert_code(&countersign(&workspace, &["gen", "--check"]), 0);
}

#[test]
fn quiet_says_nothing() {
    let workspace = workspace();
    let output = countersign(&workspace, &["gen", "--quiet"]);
    assert_code(&output, 0);
    assert_eq!((output.stdout, output.stderr), (Vec::new(), Vec::new()));
}

#[test]
fn check_names_each_file_and_changes_none() {
    let workspace = workspace();
    assert_code(&countersign(&workspace, &["gen"]), 0);
    let generated = workspace.path().join("generated");
    fs::remove_file(generated.join("pets-client/src/lib.rs")).expect("removed");
    put(&generated, "pets-model/src/lib.rs", "edited by hand");
    put(&generated, "pets-model/src/old.rs", "");
    put(
        &generated,
        "gone-model/Cargo.toml",
        "# Generated, like all of this crate.\n",
    );
    let before = snapshot(workspace.path());
    let output = countersign(&workspace, &["gen", "--check"]);
    assert_code(&output, 1);
    let expected = "missing: generated/pets-client/src/lib.rs\n\
                    stale: generated/pets-model/src/lib.rs\n\
                    orphaned: generated/gone-model/Cargo.toml\n\
                    orphaned: generated/pets-model/src/old.rs\n";
    assert_eq!(text(&output.stdout), expected);
    assert_eq!(snapshot(workspace.path()), before);
    assert_code(&countersign(&workspace, &["gen"]), 0);
    assert!(!generated.join("gone-model").exists());
    assert_code(&countersign(&workspace, &["gen", "--check"]), 0);
}

#[test]
fn check_says_why_files_differ() {
    let workspace = workspace();
    assert_code(&countersign(&workspace, &["gen"]), 0);
    let reasons = || {
        let output = countersign(&workspace, &["gen", "--check"]);
        let told = text(&output.stderr);
        let told = told
            .lines()
            .filter(|line| line.starts_with("pets: ") && !line.contains("operation"));
        told.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(reasons(), [""; 0]);
    let lib = "generated/pets-model/src/lib.rs";
    let kept = fs::read_to_string(workspace.path().join(lib)).expect("generated");
    put(workspace.path(), lib, "edited by hand");
    assert_eq!(reasons(), ["pets: edited by hand, or merged"]);
    put(workspace.path(), lib, &kept);
    let document = "spec/pets/openapi.yaml";
    put(
        workspace.path(),
        document,
        &PETS.replace("What it is called", "Its name"),
    );
    assert_eq!(reasons(), [format!("pets: document changed: {document}")]);
    put(workspace.path(), document, PETS);
    put(
        workspace.path(),
        "countersign.toml",
        &format!("command = 'make'\n{PROJECT}"),
    );
    assert_eq!(reasons(), ["pets: settings changed"]);
    // An older generator left a record of its own.
    put(workspace.path(), "countersign.toml", PROJECT);
    let lock = "generated/pets-model/countersign.lock";
    let text = fs::read_to_string(workspace.path().join(lock)).expect("a record");
    let old = text.replace(concat!("\"", env!("CARGO_PKG_VERSION"), "\""), "\"0.0.1\"");
    put(workspace.path(), lock, &old);
    let found = reasons();
    assert!(
        found[0].starts_with("pets: generator changed: from 0.0.1 to"),
        "{found:?}"
    );
}

#[test]
fn a_mistake_in_one_api_leaves_the_crates_of_all_as_they_are() {
    let workspace = workspace();
    put(
        workspace.path(),
        "spec/owners/openapi.yaml",
        &PETS.replace("Pet", "Owner"),
    );
    let owners = format!("{PROJECT}[api.owners]\ndocument = 'spec/owners/openapi.yaml'\n");
    put(workspace.path(), "countersign.toml", &owners);
    assert_code(&countersign(&workspace, &["gen"]), 0);
    let sound = PETS.replace("What it is called", "Its name");
    put(workspace.path(), "spec/pets/openapi.yaml", &sound);
    let broken = PETS
        .replace("Pet'", "Dog'")
        .replace("{type: string,", "{type: text,");
    put(workspace.path(), "spec/owners/openapi.yaml", &broken);
    let before = snapshot(workspace.path());
    let output = countersign(&workspace, &["gen"]);
    assert_code(&output, 1);
    let said = text(&output.stderr);
    for part in [
        "dangling-reference",
        "unknown-type",
        "spec/owners/openapi.yaml:14:",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(snapshot(workspace.path()), before);
}

#[test]
fn an_api_that_does_not_exist_is_a_mistake_of_the_caller() {
    let workspace = workspace();
    let output = countersign(&workspace, &["gen", "dogs"]);
    assert_code(&output, 2);
    assert!(text(&output.stderr).contains("the APIs are pets"));
    assert_code(&countersign(&workspace, &["gen", "--spec", "a.yaml"]), 2);
}

#[test]
fn operations_are_selected_and_what_is_not_is_counted() {
    let workspace = workspace();
    let other = "  /owners:
    get:
      operationId: listOwners
      deprecated: true
      responses:
        '200':
          description: All owners.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Owner'}
components:
  schemas:
    Owner: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}}}
";
    let document = PETS.replace("components:\n  schemas:\n", other);
    put(workspace.path(), "spec/pets/openapi.yaml", &document);
    let project = PROJECT.replace("deny-warnings = true\n", "");
    for (selection, there, absent) in [
        ("select = {paths = ['/pets/**']}", "ListPets", "Owner"),
        ("select = {operations = ['listPets']}", "ListPets", "Owner"),
        ("leave-out = {deprecated = true}", "ListPets", "Owner"),
        ("leave-out = {paths = ['/pets']}", "Owner.pet", "ListPets"),
    ] {
        put(
            workspace.path(),
            "countersign.toml",
            &format!("{project}{selection}\n"),
        );
        let output = countersign(&workspace, &["gen"]);
        assert_code(&output, 0);
        let shown = text(&output.stderr);
        assert!(shown.contains("(0 left out, 1 not selected)"), "{shown}");
        let outline = text(&countersign(&workspace, &["outline"]).stdout);
        assert!(outline.contains(there), "{selection}: {outline}");
        assert!(!outline.contains(absent), "{selection}: {outline}");
        assert!(outline.contains("Pet.name"), "{selection}: {outline}");
    }
    let selection = "select = {methods = ['get', 'put'], tags = ['cats']}\n";
    put(
        workspace.path(),
        "countersign.toml",
        &format!("{project}{selection}"),
    );
    let output = countersign(&workspace, &["gen"]);
    assert_code(&output, 1);
    let said = text(&output.stderr);
    for part in [
        "error[configuration]: `cats` in `tags` matches no operation",
        "error[configuration]: `put` in `methods` matches no operation",
        "countersign.toml:8:29",
        "countersign.toml:8:45",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_document_that_does_not_exist_is_a_mistake_of_the_file() {
    let workspace = workspace();
    let project = PROJECT.replace("pets/openapi.yaml", "pets/api.yaml");
    put(workspace.path(), "countersign.toml", &project);
    for verb in ["gen", "lint", "outline"] {
        let said = assert_code(&countersign(&workspace, &[verb]), 1);
        for part in [
            "error[configuration]: `spec/pets/api.yaml` does not exist",
            "countersign.toml:8:12",
            "write the path of the document, relative to this file",
        ] {
            assert!(said.contains(part), "{verb}: {part}: {said}");
        }
    }
}

#[test]
fn outlines_are_printed() {
    let workspace = workspace();
    let output = countersign(&workspace, &["outline", "pets"]);
    assert_code(&output, 0);
    assert!(
        text(&output.stdout).contains("Pet.name"),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn paging_can_be_set_and_what_does_not_fit_is_reported_at_its_line() {
    let workspace = workspace();
    let project = text(PROJECT.as_bytes());
    let write = |paging: &str| {
        let name = "countersign.toml";
        put(workspace.path(), name, &format!("{project}\n{paging}"));
        countersign(&workspace, &["gen"])
    };
    assert_code(&write("[api.pets.paging]\ninfer = false\n"), 0);
    let lines = project.lines().count();
    let output = write(
        "[api.pets.paging.operations]\n'/**' = 'off'\ngone = 'off'\n\
         listPets = {style = 'page', page = 'page'}\n'/nowhere/*' = 'off'\n",
    );
    assert_code(&output, 1);
    let said = text(&output.stderr);
    for (part, line) in [
        ("`gone` in `paging.operations` matches no operation", 4),
        (
            "`/nowhere/*` in `paging.operations` matches no operation",
            6,
        ),
        ("the paging of `listPets` does not match the operation: ", 5),
    ] {
        assert!(said.contains(part), "{part}: {said}");
        let place = format!("countersign.toml:{}:", lines + line);
        assert!(said.contains(&place), "{place}: {said}");
    }
}
