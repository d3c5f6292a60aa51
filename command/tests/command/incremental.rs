//! `countersign gen` leaves alone what no change reaches, and ends with the same files as a run that does not.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use crate::support::{PROGRAM, put};

const ENTRY: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1', description: Pets.}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets: {$ref: 'pets.yaml#/paths/~1pets'}
  /owners: {$ref: 'owners.yaml#/paths/~1owners'}
";

/// A document of a resource; both of an API refer to the same third one.
const RESOURCE: &str = "\
paths:
  /pets:
    get:
      operationId: listPets
      summary: List pets
      responses:
        '200':
          description: All pets.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pets'}
        '400':
          description: Refused.
          content:
            application/json:
              schema: {$ref: 'error.yaml#/components/schemas/Error'}
components:
  schemas:
    Pets:
      type: object
      description: All pets.
      properties:
        names: {type: array, description: Their names., items: {type: string}}
";

const SHARED: &str = "\
components:
  schemas:
    Error:
      type: object
      description: Why a request was refused.
      required: [message]
      properties:
        message: {type: string, description: In words.}
";

/// A `countersign.toml` like that of this workspace.
const PROJECT: &str = "\
deny-warnings = true
[output]
folder = 'generated'
member = true
[runtime]
workspace = true
[api.dogs]
document = 'spec/dogs/openapi.yaml'
[api.pets]
document = 'spec/pets/openapi.yaml'
";

/// A workspace with the APIs `pets` and `dogs`.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for api in ["pets", "dogs"] {
        let owners = RESOURCE.replace("Pet", "Owner").replace("/pets", "/owners");
        for (name, text) in [
            ("openapi", ENTRY),
            ("pets", RESOURCE),
            ("owners", &owners),
            ("error", SHARED),
        ] {
            put(folder.path(), &format!("spec/{api}/{name}.yaml"), text);
        }
    }
    put(folder.path(), "countersign.toml", PROJECT);
    fs::create_dir(folder.path().join("generated")).expect("created");
    folder
}

fn edit(workspace: &TempDir, path: &str, from: &str, to: &str) {
    let path = workspace.path().join(path);
    let text = fs::read_to_string(&path).expect("text");
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replace(from, to)).expect("written");
}

fn run(program: &Path, workspace: &TempDir, arguments: &[&str]) -> Output {
    loop {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(workspace.path())
            .output();
        match output {
            // A program that was just copied is busy while another test's child still holds it open.
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {
                thread::sleep(Duration::from_millis(10));
            }
            output => return output.expect("it runs"),
        }
    }
}

/// Runs `gen` and returns what it said.
#[track_caller]
fn gen_with(workspace: &TempDir, arguments: &[&str]) -> String {
    let arguments = [&["gen"], arguments].concat();
    let output = run(Path::new(PROGRAM), workspace, &arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

/// Every file below `generated/`.
fn files(workspace: &TempDir) -> BTreeMap<String, String> {
    fn visit(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("readable") {
            let entry = entry.expect("readable");
            let name = format!("{prefix}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                visit(&entry.path(), &name, found);
            } else {
                found.insert(name, fs::read_to_string(entry.path()).expect("text"));
            }
        }
    }
    let mut found = BTreeMap::new();
    visit(&workspace.path().join("generated"), "", &mut found);
    found
}

/// Runs `gen` after a change that reaches `pets` alone, and compares with a run that starts from nothing.
#[track_caller]
fn assert_equals_a_full_run(workspace: &TempDir) {
    let said = gen_with(workspace, &[]);
    assert!(said.contains("Generating pets\n"), "{said}");
    assert!(said.contains("dogs: nothing has changed"), "{said}");
    let incremental = files(workspace);
    gen_with(workspace, &["--check"]);
    fs::remove_dir_all(workspace.path().join("target")).expect("removed");
    fs::remove_dir_all(workspace.path().join("generated")).expect("removed");
    gen_with(workspace, &["--full"]);
    assert!(incremental == files(workspace), "the files differ");
}

#[test]
fn what_no_change_reaches_is_left_alone() {
    let workspace = workspace();
    let said = gen_with(&workspace, &[]);
    assert!(said.contains("Generating dogs, pets\n"), "{said}");
    let before = files(&workspace);
    let said = gen_with(&workspace, &[]);
    assert!(!said.contains("Generating"), "{said}");
    let unchanged = format!("0 files written, 0 removed, {} unchanged", before.len());
    assert!(said.contains(&unchanged), "{said}");
    assert_eq!(files(&workspace), before);
    let said = gen_with(&workspace, &["--full"]);
    assert!(said.contains("Generating dogs, pets\n"), "{said}");
    assert!(said.contains(&unchanged), "{said}");
}

#[test]
fn git_sees_no_record_of_a_run() {
    let workspace = workspace();
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .args(arguments)
            .current_dir(workspace.path())
            .output()
            .expect("git runs");
        assert!(output.status.success());
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    git(&["init", "--quiet"]);
    gen_with(&workspace, &[]);
    assert!(workspace.path().join("target").is_dir());
    let seen = git(&["status", "--porcelain", "--untracked-files=all"]);
    assert!(seen.contains("generated/"), "{seen}");
    assert!(!seen.contains("target/"), "{seen}");
}

#[test]
fn a_change_of_a_shared_document_reaches_all_that_refers_to_it() {
    let workspace = workspace();
    gen_with(&workspace, &[]);
    let before = files(&workspace);
    edit(&workspace, "spec/pets/error.yaml", "message", "explanation");
    assert_equals_a_full_run(&workspace);
    let after = files(&workspace);
    let changed = after
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(text));
    let changed: Vec<&String> = changed.map(|(path, _)| path).collect();
    assert!(!changed.is_empty());
    assert!(
        changed.iter().all(|path| path.starts_with("/pets-")),
        "{changed:?}"
    );
}

#[test]
fn a_document_that_moves_is_followed() {
    let workspace = workspace();
    gen_with(&workspace, &[]);
    let documents = workspace.path().join("spec/pets");
    fs::rename(documents.join("error.yaml"), documents.join("faults.yaml")).expect("moved");
    for name in ["pets", "owners"] {
        edit(
            &workspace,
            &format!("spec/pets/{name}.yaml"),
            "error.yaml",
            "faults.yaml",
        );
    }
    assert_equals_a_full_run(&workspace);
    let said = gen_with(&workspace, &[]);
    assert!(!said.contains("Generating"), "{said}");
}

#[test]
fn a_document_that_is_gone_is_missed() {
    let workspace = workspace();
    gen_with(&workspace, &[]);
    fs::remove_file(workspace.path().join("spec/pets/error.yaml")).expect("removed");
    let output = run(Path::new(PROGRAM), &workspace, &["gen"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn files_that_are_not_as_they_were_written_are_generated_again() {
    let changes: [fn(&Path); 4] = [
        |generated| fs::remove_file(generated.join("pets-client/src/lib.rs")).expect("removed"),
        |generated| put(generated, "pets-model/src/lib.rs", "edited by hand"),
        |generated| put(generated, "pets-model/src/old.rs", ""),
        |generated| fs::remove_dir_all(generated.join("pets-model")).expect("removed"),
    ];
    for change in changes {
        let workspace = workspace();
        gen_with(&workspace, &[]);
        let before = files(&workspace);
        change(&workspace.path().join("generated"));
        assert!(files(&workspace) != before);
        assert_equals_a_full_run(&workspace);
        assert!(files(&workspace) == before);
    }
}

#[test]
fn crates_without_an_api_are_removed_though_nothing_is_generated() {
    let workspace = workspace();
    gen_with(&workspace, &[]);
    edit(
        &workspace,
        "countersign.toml",
        "[api.dogs]\ndocument = 'spec/dogs/openapi.yaml'\n",
        "",
    );
    let said = gen_with(&workspace, &[]);
    assert!(!said.contains("Generating"), "{said}");
    assert!(
        files(&workspace)
            .keys()
            .all(|path| path.starts_with("/pets-"))
    );
    gen_with(&workspace, &["--check"]);
}

#[test]
fn a_check_trusts_no_record() {
    let workspace = workspace();
    gen_with(&workspace, &[]);
    // A record that claims the wrong: it was made for files that no generator wrote.
    let record = workspace.path().join("target/countersign/gen/pets.json");
    let model = "generated/pets-model/src/error.rs";
    let sound = files(&workspace);
    edit(&workspace, model, "In words.", "Forged.");
    let forged = fs::read(workspace.path().join(model)).expect("readable");
    let text = fs::read_to_string(&record).expect("a record");
    let line = text
        .lines()
        .find(|line| line.contains("pets-model/src/error.rs"));
    let line = line.expect("the file is in the record");
    let path = line.split(':').next().expect("a path");
    let comma = if line.ends_with(',') { "," } else { "" };
    let digest = sha256(&forged);
    let forged = text.replace(line, &format!("{path}: \"{digest}\"{comma}"));
    fs::write(&record, forged).expect("written");
    let said = gen_with(&workspace, &[]);
    assert!(said.contains("pets: nothing has changed"), "{said}");
    let program = Path::new(PROGRAM);
    let output = run(program, &workspace, &["gen", "--check"]);
    assert_eq!(output.status.code(), Some(1));
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(found, format!("stale: {model}\n"));
    gen_with(&workspace, &["--full"]);
    assert!(files(&workspace) == sound);
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    let hash = sha2::Sha256::digest(bytes);
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Another generator: the same program with a byte more at its end, which changes nothing that it does.
#[cfg(target_os = "linux")]
#[test]
fn another_generator_generates_again() {
    let workspace = workspace();
    gen_with(&workspace, &[]);
    let mut program = fs::read(PROGRAM).expect("readable");
    program.push(0);
    let other = workspace.path().join("other");
    fs::copy(PROGRAM, &other).expect("copied");
    fs::write(&other, program).expect("written");
    for generates in [true, false] {
        let output = run(&other, &workspace, &["gen"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        assert_eq!(
            said.contains("Generating dogs, pets\n"),
            generates,
            "{said}"
        );
    }
}

#[test]
fn a_waiver_that_is_gone_is_missed() {
    let workspace = workspace();
    let waiver = "[[waiver]]\nrule = \"unknown-status\"\nfile = \"spec/pets/pets.yaml\"\n\
                  at = \"#/paths/~1pets/get/responses/999\"\nreason = \"An old proxy.\"\n";
    edit(&workspace, "spec/pets/pets.yaml", "'400'", "'999'");
    put(
        workspace.path(),
        "countersign.toml",
        &format!("{PROJECT}{waiver}"),
    );
    gen_with(&workspace, &[]);
    let said = gen_with(&workspace, &[]);
    assert!(!said.contains("Generating"), "{said}");
    put(workspace.path(), "countersign.toml", PROJECT);
    let output = run(Path::new(PROGRAM), &workspace, &["gen"]);
    assert_eq!(output.status.code(), Some(1));
}
