//! What comes out, and where: crates or modules, in a workspace or by themselves.

use std::fs;

use tempfile::TempDir;

use crate::support::{PETS, assert_code, countersign, put, read, text};

fn project(output: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "pets.yaml", PETS);
    configure(&folder, output);
    folder
}

fn configure(folder: &TempDir, output: &str) {
    let file = format!("[output]\n{output}\n[api.pet-shop]\ndocument = 'pets.yaml'\n");
    put(folder.path(), "countersign.toml", &file);
}

fn has(folder: &TempDir, path: &str) -> bool {
    folder.path().join(path).exists()
}

#[test]
fn another_layout_replaces_the_one_before() {
    let folder = project("folder = 'out'");
    assert_code(&countersign(folder.path(), ["gen"]), 0);
    assert!(has(&folder, "out/pet-shop-client/Cargo.toml"));
    configure(&folder, "folder = 'out'\nlayout = 'crate'");
    assert_code(&countersign(folder.path(), ["gen", "--check"]), 1);
    assert_code(&countersign(folder.path(), ["gen"]), 0);
    assert!(!has(&folder, "out/pet-shop-client") && !has(&folder, "out/pet-shop-model"));
    let manifest = read(&folder, "out/pet-shop/Cargo.toml");
    assert!(
        manifest.contains("default = [\"client\", \"hyper\", \"all\"]"),
        "{manifest}"
    );
    assert!(has(&folder, "out/pet-shop/src/model.rs"));
    assert!(has(&folder, "out/pet-shop/src/client/fake.rs"));
    assert_code(&countersign(folder.path(), ["gen", "--check"]), 0);
}

#[test]
fn a_runtime_elsewhere_has_an_absolute_path() {
    let folder = project("folder = 'out'");
    let elsewhere = folder.path().join("elsewhere/runtime");
    let elsewhere = elsewhere.to_str().expect("a path of UTF-8");
    configure(
        &folder,
        &format!("folder = 'out'\n[runtime]\npath = '{elsewhere}'"),
    );
    assert_code(&countersign(folder.path(), ["gen"]), 0);
    let manifest = read(&folder, "out/pet-shop-model/Cargo.toml");
    let path = format!("path = {elsewhere:?}");
    assert!(manifest.contains(&path), "{manifest}");
}

#[test]
fn modules_go_into_a_crate_that_is_there() {
    let folder =
        project("folder = 'app/src/apis'\nlayout = 'module'\n[runtime]\npath = 'vendor/runtime'");
    put(folder.path(), "app/Cargo.toml", "[package]\nname = 'app'\n");
    put(folder.path(), "app/src/apis/mine/mod.rs", "// Mine.\n");
    let shown = text(&countersign(folder.path(), ["gen"]).stderr);
    assert!(
        shown.contains("next: add the dependencies that app/src/apis/pet_shop/mod.rs lists"),
        "{shown}"
    );
    let root = read(&folder, "app/src/apis/pet_shop/mod.rs");
    assert!(
        root.starts_with("// Generated, like all of this folder."),
        "{root}"
    );
    assert!(root.contains("path = \"../vendor/runtime\""), "{root}");
    let client = read(&folder, "app/src/apis/pet_shop/client/api.rs");
    assert!(
        client.contains("use crate::apis::pet_shop::model;"),
        "{client}"
    );
    assert!(!client.contains("feature"), "{client}");
    // Other modules stay, and a document that goes takes its own along.
    put(
        folder.path(),
        "countersign.toml",
        "[output]\nfolder = 'app/src/apis'\nlayout = 'module'\n[api.zoo]\ndocument = 'pets.yaml'\n",
    );
    assert_code(&countersign(folder.path(), ["gen"]), 0);
    assert!(!has(&folder, "app/src/apis/pet_shop") && has(&folder, "app/src/apis/zoo/mod.rs"));
    assert!(has(&folder, "app/src/apis/mine/mod.rs"));
    put(
        folder.path(),
        "app/src/apis/zoo/mod.rs",
        "// Mine as well.\n",
    );
    assert!(assert_code(&countersign(folder.path(), ["gen"]), 1).contains("was not generated"));
}

#[test]
fn modules_have_a_place_that_rust_can_name() {
    for (output, why) in [
        (
            "folder = 'generated'",
            "need a folder of the output that is the `src`",
        ),
        ("folder = 'src/My-Apis'", "can't be the name of a module"),
    ] {
        let folder = project(&format!("{output}\nlayout = 'module'"));
        let errors = assert_code(&countersign(folder.path(), ["gen"]), 1);
        assert!(errors.contains(why), "{errors}");
    }
}

#[test]
fn members_take_what_the_workspace_has_and_no_more() {
    let folder = project(
        "folder = 'out'\nmember = true\n[output.package]\nrepository = 'https://example.com'\nkeywords = ['pets']",
    );
    let workspace = "[workspace]\nmembers = ['out/*']\n[workspace.package]\nversion = '3.1.4'\nedition = '2021'\n\
                     license = 'MIT'\n[workspace.dependencies]\nserde_json = '1'\n";
    put(folder.path(), "Cargo.toml", workspace);
    assert_code(&countersign(folder.path(), ["gen"]), 0);
    let model = read(&folder, "out/pet-shop-model/Cargo.toml");
    for line in [
        "version.workspace = true",
        "edition = \"2024\"",
        "license.workspace = true",
        "publish = false",
        "repository = \"https://example.com\"",
        "keywords = [\"pets\"]",
    ] {
        assert!(model.lines().any(|own| own == line), "{line}: {model}");
    }
    assert!(!model.contains("[lints]"), "{model}");
    let manifest: toml::Table = model.parse().expect("TOML");
    assert!(manifest.contains_key("package"));
    // The workspace's manifest decides, so a change of it is a change of theirs.
    fs::write(
        folder.path().join("Cargo.toml"),
        workspace.replace("license = 'MIT'\n", ""),
    )
    .expect("written");
    assert_code(&countersign(folder.path(), ["gen", "--check"]), 1);
}

#[test]
fn a_workspace_has_one_root() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "pets.yaml", PETS);
    put(
        folder.path(),
        "Cargo.toml",
        "[workspace]\nexclude = ['target']\n",
    );
    let arguments = |out| ["gen", "--spec", "pets.yaml", "--out", out];
    let output = countersign(folder.path(), arguments("crates"));
    assert_code(&output, 0);
    let shown = text(&output.stderr);
    assert!(
        shown.contains("next: add \"crates/*\" to the members in"),
        "{shown}"
    );
    assert!(!has(&folder, "crates/Cargo.toml"));
    assert_code(&countersign(folder.path(), arguments("target/crates")), 0);
    assert!(has(&folder, "target/crates/Cargo.toml"));
}
