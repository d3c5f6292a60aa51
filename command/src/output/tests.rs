//! The treatment of files that are in the way of crates.

use std::collections::BTreeMap;
use std::fs;

use tempfile::TempDir;

use super::*;

const MANIFEST: &str = "# Generated, like all of this crate. Change the documents instead.\n";

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn files(files: &[(&str, &str)]) -> Tree {
    let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
    files.iter().map(owned).collect()
}

fn tree() -> Tree {
    files(&[
        ("pets-model/Cargo.toml", MANIFEST),
        ("pets-model/src/lib.rs", "pub mod pet;\n"),
        ("pets-model/src/pet.rs", "pub struct Pet;\n"),
    ])
}

fn plan(folder: &TempDir, expected: Tree) -> Result<WritePlan, Error> {
    let crates = BTreeSet::from(["pets-model".to_owned()]);
    WritePlan::new(folder.path(), "pets", &crates, expected)
}

fn apply(folder: &TempDir, expected: Tree) -> Result<Written, Error> {
    plan(folder, expected)?.apply()
}

fn put(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("created");
    fs::write(path, text).expect("written");
}

/// Every file below a folder; links say where they lead.
fn snapshot(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("readable") {
        let entry = entry.expect("readable");
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().expect("known");
        if kind.is_dir() {
            let inner = snapshot(&entry.path());
            found.extend(
                inner
                    .into_iter()
                    .map(|(path, text)| (format!("{name}/{path}"), text)),
            );
        } else if kind.is_symlink() {
            let target = fs::read_link(entry.path()).expect("a link");
            found.insert(name, format!("-> {}", target.display()));
        } else {
            found.insert(name, fs::read_to_string(entry.path()).expect("text"));
        }
    }
    found
}

#[test]
fn a_new_crate_is_written_and_nothing_else() {
    let folder = folder();
    let written = apply(&folder, tree()).expect("written");
    assert_eq!(
        written,
        Written {
            written: 3,
            removed: 0,
            unchanged: 0
        }
    );
    assert_eq!(snapshot(folder.path()), tree());
}

#[test]
fn only_files_that_differ_are_touched() {
    let folder = folder();
    apply(&folder, tree()).expect("written");
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    for path in tree().keys() {
        let file = fs::File::options()
            .write(true)
            .open(folder.path().join(path));
        file.expect("there").set_modified(long_ago).expect("set");
    }
    put(&folder, "pets-model/src/pet.rs", "pub struct Dog;\n");
    let written = apply(&folder, tree()).expect("written");
    assert_eq!(
        written,
        Written {
            written: 1,
            removed: 0,
            unchanged: 2
        }
    );
    let modified = |path| fs::metadata(folder.path().join(path)).and_then(|found| found.modified());
    assert_eq!(modified("pets-model/src/lib.rs").expect("known"), long_ago);
    assert_ne!(modified("pets-model/src/pet.rs").expect("known"), long_ago);
    assert_eq!(snapshot(folder.path()), tree());
}

#[test]
fn orphans_and_their_folders_are_removed_and_what_cargo_made_is_not() {
    let folder = folder();
    apply(&folder, tree()).expect("written");
    put(&folder, "pets-model/src/old/dog.rs", "");
    put(&folder, "pets-model/Cargo.lock", "lock");
    put(&folder, "pets-model/target/debug/pets", "binary");
    put(&folder, "other-model/src/lib.rs", "hand-written");
    let plan = plan(&folder, tree()).expect("planned");
    assert_eq!(plan.drift().orphaned, ["pets-model/src/old/dog.rs"]);
    let written = plan.apply().expect("written");
    assert_eq!(written.removed, 1);
    assert!(!folder.path().join("pets-model/src/old").exists());
    let left = snapshot(folder.path());
    assert!(left.contains_key("pets-model/Cargo.lock"));
    assert!(left.contains_key("pets-model/target/debug/pets"));
    assert!(left.contains_key("other-model/src/lib.rs"));
}

#[test]
fn a_crate_that_is_no_longer_due_goes_away_with_its_folder() {
    let folder = folder();
    apply(&folder, tree()).expect("written");
    let written = apply(&folder, Tree::new()).expect("removed");
    assert_eq!(written.removed, 3);
    assert!(!folder.path().join("pets-model").exists());
}

#[test]
fn each_difference_is_named() {
    let folder = folder();
    apply(&folder, tree()).expect("written");
    fs::remove_file(folder.path().join("pets-model/src/lib.rs")).expect("removed");
    put(&folder, "pets-model/src/pet.rs", "pub struct Dog;\n");
    put(&folder, "pets-model/src/dog.rs", "");
    let plan = plan(&folder, tree()).expect("planned");
    assert_eq!(plan.drift().missing, ["pets-model/src/lib.rs"]);
    assert_eq!(plan.drift().stale, ["pets-model/src/pet.rs"]);
    assert_eq!(plan.drift().orphaned, ["pets-model/src/dog.rs"]);
}

#[test]
fn a_crate_of_somebody_else_is_refused() {
    let folder = folder();
    put(
        &folder,
        "pets-model/Cargo.toml",
        "[package]\nname = 'pets-model'\n",
    );
    put(&folder, "pets-model/src/lib.rs", "my own work");
    let before = snapshot(folder.path());
    assert!(matches!(apply(&folder, tree()), Err(Error::Foreign(_))));
    fs::remove_file(folder.path().join("pets-model/Cargo.toml")).expect("removed");
    put(&folder, "pets-model/notes.txt", "my own work");
    assert!(matches!(apply(&folder, tree()), Err(Error::Foreign(_))));
    fs::remove_file(folder.path().join("pets-model/notes.txt")).expect("removed");
    put(
        &folder,
        "pets-model/Cargo.toml",
        "[package]\nname = 'pets-model'\n",
    );
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn a_file_that_can_not_take_its_place_leaves_all_as_it_was() {
    let folder = folder();
    apply(&folder, tree()).expect("written");
    put(&folder, "pets-model/src/old.rs", "orphan");
    put(&folder, "pets-model/src/pet.rs", "pub struct Dog;\n");
    let before = snapshot(folder.path());
    let mut expected = tree();
    expected.insert("pets-model/src/new/a.rs".to_owned(), String::new());
    // No file can have a file for its folder: it fails after others have been put in place.
    expected.insert("pets-model/src/pet.rs/b.rs".to_owned(), String::new());
    let error = apply(&folder, expected).expect_err("refused");
    assert!(matches!(error, Error::Io(..)), "{error}");
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn what_a_run_that_was_cut_off_left_is_seen_and_swept() {
    let folder = folder();
    apply(&folder, tree()).expect("written");
    put(&folder, ".countersign-pets/new/0", "half a file");
    let again = plan(&folder, tree()).expect("planned");
    assert_eq!(again.leftover().as_deref(), Some(".countersign-pets"));
    again.apply().expect("swept");
    assert_eq!(snapshot(folder.path()), tree());
}

#[test]
fn two_runs_do_not_write_at_once() {
    let folder = folder();
    let first = Staging::open(folder.path(), "pets").expect("opened");
    assert!(matches!(apply(&folder, tree()), Err(Error::Busy(_))));
    drop(first);
    apply(&folder, tree()).expect("written");
}

#[test]
fn a_seed_is_written_only_where_there_is_none() {
    let folder = folder();
    let seeded = |text: &str| {
        let plan = plan(&folder, tree()).expect("planned");
        plan.with_seed("Cargo.toml", text.to_owned())
            .apply()
            .expect("written");
        fs::read_to_string(folder.path().join("Cargo.toml")).expect("text")
    };
    assert_eq!(seeded("[workspace]\n"), "[workspace]\n");
    assert_eq!(seeded("another"), "[workspace]\n");
}

#[cfg(unix)]
#[test]
fn links_are_replaced_or_refused_and_never_followed() {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (folder(), folder());
    put(&elsewhere, "lib.rs", "precious");
    apply(&folder, tree()).expect("written");
    let src = folder.path().join("pets-model/src");
    fs::remove_dir_all(&src).expect("removed");
    symlink(elsewhere.path(), &src).expect("linked");
    apply(&folder, tree()).expect("written");
    assert_eq!(snapshot(folder.path()), tree());
    assert_eq!(snapshot(elsewhere.path()), files(&[("lib.rs", "precious")]));

    fs::remove_file(src.join("lib.rs")).expect("removed");
    symlink(elsewhere.path().join("lib.rs"), src.join("lib.rs")).expect("linked");
    apply(&folder, tree()).expect("written");
    assert_eq!(snapshot(folder.path()), tree());
    assert_eq!(snapshot(elsewhere.path()), files(&[("lib.rs", "precious")]));

    fs::remove_dir_all(folder.path().join("pets-model")).expect("removed");
    symlink(elsewhere.path(), folder.path().join("pets-model")).expect("linked");
    assert!(matches!(apply(&folder, tree()), Err(Error::Link(_))));
    assert_eq!(snapshot(elsewhere.path()), files(&[("lib.rs", "precious")]));
}
