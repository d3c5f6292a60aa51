//! `countersign review`: what its page says, that nothing of a document gets loose in it, and how browsers take it.

mod browser;
mod markup;
mod page;

use std::fs;

use tempfile::TempDir;

use crate::support::{PROJECT, countersign, put};

#[test]
fn two_documents_need_no_project_around_them() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "old/v1.yaml", PETS);
    let new = PETS.replace("enum: [cat, dog, hare]", "enum: [cat, dog]");
    put(folder.path(), "v2.yaml", &new);
    let output = countersign(folder.path(), ["review", "old/v1.yaml", "v2.yaml"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert_eq!(output.stdout, b"review.html\n");
    assert!(said.contains("1 changes since old/v1.yaml"), "{said}");
    let page = fs::read_to_string(folder.path().join("review.html")).expect("a page");
    assert!(page.contains("old/v1.yaml") && page.contains("v2.yaml"));
    assert!(page.contains("hare"));

    // A document that is one line, as programs write it.
    let member = |at: usize| format!("\"m{at}\":{{\"type\":\"string\"}}");
    let line = |count: usize| {
        let members: Vec<String> = (0..count).map(member).collect();
        format!(
            "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"A\",\"version\":\"1\"}},\"paths\":{{}},\"components\":{{\"schemas\":{{\"Pet\":{{\"type\":\"object\",\"properties\":{{{}}}}}}}}}}}",
            members.join(",")
        )
    };
    put(folder.path(), "v1.json", &line(2_000));
    put(folder.path(), "v2.json", &line(2_040));
    let output = countersign(
        folder.path(),
        ["review", "v1.json", "v2.json", "--out", "line.html"],
    );
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let page = fs::read_to_string(folder.path().join("line.html")).expect("a page");
    assert!(
        page.contains("m2039") && page.len() < 2_000_000,
        "{}",
        page.len()
    );

    put(folder.path(), "broken.yaml", "- a list\n");
    let output = countersign(folder.path(), ["review", "broken.yaml", "v2.yaml"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(said.contains("broken.yaml"), "{said}");
}

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
