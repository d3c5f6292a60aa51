//! The source of the runtime beside the crates, so that nothing of Countersign is needed from elsewhere.

use std::fs;

use tempfile::TempDir;

use crate::support::{PETS, assert_code, countersign, put, read, text};

const PROJECT: &str = "\
[output]
folder = 'crates'
[runtime]
vendored = true
[api.pets]
document = 'pets.yaml'
[api.zoo]
document = 'pets.yaml'
output = {folder = 'other/zoo'}
";

fn generated(project: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "pets.yaml", PETS);
    put(folder.path(), "countersign.toml", project);
    assert_code(&countersign(folder.path(), ["gen"]), 0);
    folder
}

fn has(folder: &TempDir, path: &str) -> bool {
    folder.path().join(path).exists()
}

#[test]
fn all_apis_share_one_copy() {
    let folder = generated(PROJECT);
    for name in ["runtime", "derive", "fake"] {
        assert!(has(
            &folder,
            &format!("crates/countersign-{name}/src/lib.rs")
        ));
    }
    assert!(!has(&folder, "other/zoo/countersign-runtime"));
    let pets = read(&folder, "crates/pets-client/Cargo.toml");
    assert!(pets.contains("path = \"../countersign-runtime\""), "{pets}");
    assert!(pets.contains("path = \"../countersign-fake\""), "{pets}");
    let zoo = read(&folder, "other/zoo/zoo-model/Cargo.toml");
    assert!(
        zoo.contains("path = \"../../../crates/countersign-runtime\""),
        "{zoo}"
    );
}

#[test]
fn a_check_covers_the_copy_and_a_part_of_the_apis_leaves_it_alone() {
    let folder = generated(PROJECT);
    assert_code(&countersign(folder.path(), ["gen", "pets"]), 0);
    assert_code(&countersign(folder.path(), ["gen", "--check"]), 0);
    let file = folder.path().join("crates/countersign-runtime/src/lib.rs");
    let source = fs::read_to_string(&file).expect("the source");
    fs::write(&file, source.clone() + "// mine\n").expect("written");
    let output = countersign(folder.path(), ["gen", "--check"]);
    assert_code(&output, 1);
    let shown = text(&output.stdout);
    assert!(
        shown.contains("crates/countersign-runtime/src/lib.rs"),
        "{shown}"
    );
    assert_code(&countersign(folder.path(), ["gen"]), 0);
    assert_eq!(fs::read_to_string(&file).expect("the source"), source);
}

#[test]
fn what_is_no_longer_wanted_goes() {
    let folder = generated(PROJECT);
    let without = PROJECT.replace("vendored = true", "vendored = true\nfake = false");
    put(folder.path(), "countersign.toml", &without);
    assert_code(&countersign(folder.path(), ["gen"]), 0);
    assert!(!has(&folder, "crates/countersign-fake"));
    assert!(has(&folder, "crates/countersign-derive/src/lib.rs"));
    let client = read(&folder, "crates/pets-client/Cargo.toml");
    assert!(!client.contains("fake"), "{client}");
    assert!(!has(&folder, "crates/pets-client/src/fake.rs"));
    let version = PROJECT.replace("vendored = true", "version = '0.1'");
    put(folder.path(), "countersign.toml", &version);
    assert_code(&countersign(folder.path(), ["gen"]), 0);
    assert!(!has(&folder, "crates/countersign-runtime"));
    // A folder of that name that was not generated stays.
    put(
        folder.path(),
        "crates/countersign-runtime/Cargo.toml",
        "[package]\n",
    );
    assert_code(&countersign(folder.path(), ["gen"]), 0);
    assert!(has(&folder, "crates/countersign-runtime/Cargo.toml"));
    put(folder.path(), "countersign.toml", PROJECT);
    let refused = assert_code(&countersign(folder.path(), ["gen"]), 1);
    assert!(refused.contains("`countersign-runtime` is there but was not generated"));
}

#[test]
fn a_document_without_a_project_can_have_it_too() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "pets.yaml", PETS);
    let arguments = ["gen", "--spec", "pets.yaml", "--out", "out", "--vendored"];
    assert_code(&countersign(folder.path(), arguments), 0);
    assert!(has(&folder, "out/countersign-derive/LICENSE-MIT"));
    let model = read(&folder, "out/pets-model/Cargo.toml");
    assert!(
        model.contains("path = \"../countersign-runtime\""),
        "{model}"
    );
}
