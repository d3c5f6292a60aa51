//! Folders with documents, and the command run in them.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// The program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_countersign");

/// An API of one document.
pub(crate) const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1', description: Pets.}
servers: [{url: 'https://pets.example.com'}]
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
              schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}
components:
  schemas:
    Pet:
      type: object
      description: A pet.
      required: [name]
      properties:
        name: {type: string, description: What it is called.}
";

/// A `countersign.toml` like that of this workspace.
pub(crate) const PROJECT: &str = "\
deny-warnings = true
[output]
folder = 'generated'
member = true
[runtime]
workspace = true
[api.pets]
document = 'spec/pets/openapi.yaml'
";

/// Writes a file, and the folders around it.
pub(crate) fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("created");
    fs::write(path, text).expect("written");
}

/// The text of a file; none where there is no file.
pub(crate) fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap_or_default()
}

/// Runs the command in a folder.
pub(crate) fn countersign<A: AsRef<OsStr>>(
    folder: &Path,
    arguments: impl IntoIterator<Item = A>,
) -> Output {
    Command::new(PROGRAM)
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("it runs")
}

/// The status of a run, its output and what it says beside it.
pub(crate) fn told(output: &Output) -> (Option<i32>, String, String) {
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Holds that a run ended so; what it said.
#[track_caller]
pub(crate) fn assert_code(output: &Output, code: i32) -> String {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}
