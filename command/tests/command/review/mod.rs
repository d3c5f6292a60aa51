//! `countersign review`: what its page says, that nothing of a document gets loose in it, and how browsers take it.

mod browser;
mod markup;
mod page;

use std::fs;

use tempfile::TempDir;

use crate::support::{PROJECT, countersign, put};

/// An API of one document.
const PETS: &str = "\
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
        name:
          type: string
          description: What it is called.
        kind:
          type: string
          description: What it is.
          enum: [cat, dog, hare]
";

/// Writes `PETS` after some changes as the documents of today, `PETS` itself as those of before, and asks for the page.
#[track_caller]
fn page(changes: &[(&str, &str)]) -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut now = PETS.to_owned();
    for (from, to) in changes {
        assert!(now.contains(from), "{from}");
        now = now.replacen(from, to, 1);
    }
    put(folder.path(), "countersign.toml", PROJECT);
    put(folder.path(), "before/spec/pets/openapi.yaml", PETS);
    put(folder.path(), "spec/pets/openapi.yaml", &now);
    let arguments = ["review", "before", "--out", "page.html"];
    let output = countersign(folder.path(), arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert_eq!(output.stdout, b"page.html\n");
    let page = fs::read_to_string(folder.path().join("page.html")).expect("a page");
    (folder, page)
}
