//! References that lead nowhere, and what is said of them.

use crate::fixture::{at, load, load_one};
use crate::resolve::{findings, leads, schemas, target_at};

#[test]
fn legal_recursion_is_no_ring() {
    let loaded = schemas(
        "3.0.3",
        "Tree: {type: object, properties: {left: {$ref: '#/components/schemas/Tree'}, all: {items: {$ref: '#/components/schemas/Tree'}}}}",
    );
    assert_eq!(findings(loaded), Vec::<String>::new());
}

#[test]
fn rings_of_pure_references_are_said_once() {
    let mut loaded = schemas(
        "3.0.3",
        "A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/C'}\nC: {$ref: '#/components/schemas/B'}\nD: {$ref: '#/components/schemas/D'}",
    );
    assert_eq!(
        target_at(&mut loaded, &["components", "schemas", "A"]),
        None
    );
    assert_eq!(
        loaded.findings(),
        [
            "error reference-cycle api.yaml:5:15 these 2 references refer only to each other",
            "error reference-cycle api.yaml:7:15 this reference refers to itself",
        ]
    );
    assert_eq!(loaded.report.diagnostics()[0].related.len(), 1);
    let between = load(&[
        (
            "api.yaml",
            "openapi: 3.1.0\ncomponents:\n  schemas:\n    A: {$ref: 'b.yaml', title: a}\n",
        ),
        (
            "b.yaml",
            "$ref: 'api.yaml#/components/schemas/A'\nminLength: 1\n",
        ),
    ]);
    assert_eq!(
        findings(between),
        ["error reference-cycle api.yaml:4:15 these 2 references refer only to each other"]
    );
}

#[test]
fn a_dangling_reference_says_how_far_it_leads_and_what_was_meant() {
    let mut loaded = schemas(
        "3.0.3",
        "Pet: {oneOf: [{type: string}]}\nA: {$ref: '#/components/schemas/Pett'}\nB: {$ref: '#/components/schema/Pet'}\nC: {$ref: '#/components/schemas/Pet/oneOf/1'}\nD: {$ref: '#/components/schemas/Pet/oneOf/0/type/x'}\nE: {$ref: '#components/schemas/Pet'}\nF: {$ref: '#/components/schemas/Elephant'}\nG: {$ref: 'Pet'}",
    );
    loaded.resolve();
    let found: Vec<_> = loaded
        .report
        .diagnostics()
        .iter()
        .map(|found| {
            (
                found.code.name(),
                found.message.as_str(),
                found.help.as_str(),
            )
        })
        .collect();
    let dangling = "dangling-reference";
    assert_eq!(
        found,
        [
            (
                dangling,
                "`#/components/schemas/Pett` does not exist: `#/components/schemas` has no `Pett`",
                "did you mean `Pet`?"
            ),
            (
                dangling,
                "`#/components/schema/Pet` does not exist: `#/components` has no `schema`",
                "did you mean `schemas`?"
            ),
            (
                dangling,
                "`#/components/schemas/Pet/oneOf/1` does not exist: `#/components/schemas/Pet/oneOf` has no `1`",
                "write a number below 1: the target is a list"
            ),
            (
                dangling,
                "`#/components/schemas/Pet/oneOf/0/type/x` does not exist: `#/components/schemas/Pet/oneOf/0/type` has no `x`",
                "correct the reference: its target has no members"
            ),
            (
                dangling,
                "`#components/schemas/Pet` does not exist: this document has no `components/schemas/Pet`",
                "write `#/components/schemas/Pet`"
            ),
            (
                dangling,
                "`#/components/schemas/Elephant` does not exist: `#/components/schemas` has no `Elephant`",
                "define it there, or correct the reference"
            ),
            (
                "unreadable",
                "the document `Pet` can't be read: there is no such file",
                "write a path relative to the document that contains the reference"
            ),
        ]
    );
}

#[test]
fn a_missing_file_is_said_once_with_its_places() {
    let mut loaded = load_one(
        "a/api.yaml",
        "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {$ref: '../gone.yaml#/A'}\n    B: {$ref: '../gone.yaml'}\n    C: {$ref: './gone.yaml'}\n",
    );
    loaded.resolve();
    assert_eq!(
        loaded.findings(),
        [
            "error unreadable a/api.yaml:6:15 the document `a/gone.yaml` can't be read: there is no such file",
            "error unreadable a/api.yaml:4:15 the document `gone.yaml` can't be read: there is no such file",
        ]
    );
    assert_eq!(loaded.report.diagnostics()[1].related.len(), 1);
}

#[test]
fn references_stay_below_the_root() {
    let loaded = schemas(
        "3.0.3",
        "A: {$ref: '../secret.yaml'}\nB: {$ref: '/etc/passwd'}\nC: {$ref: '%2e%2e/x.yaml#/a'}\nD: {$ref: 'a\\b.yaml'}\nE: {$ref: 'C:/x.yaml'}",
    );
    assert_eq!(
        findings(loaded),
        [
            "error escaping-reference api.yaml:4:15 `../secret.yaml` is not a valid document path: it leads out of the root folder",
            "error escaping-reference api.yaml:5:15 `/etc/passwd` is not a valid document path: it is absolute",
            "error escaping-reference api.yaml:6:15 `%2e%2e/x.yaml` is not a valid document path: it leads out of the root folder",
            "error dangling-reference api.yaml:7:15 `a\\b.yaml` is not a valid document path: it holds a backslash",
            "error escaping-reference api.yaml:8:15 `C:/x.yaml` is not a valid document path: it is absolute",
        ]
    );
}

#[test]
fn nothing_is_ever_fetched() {
    let mut loaded = schemas(
        "3.0.3",
        "A: {$ref: 'https://example.com/a.yaml#/A'}\nB: {$ref: '//example.com/b'}\nC: {$ref: 'file:///etc/passwd'}\nD: {$ref: 'urn:x:y'}",
    );
    let resolved = loaded.resolve();
    let a = at(
        &resolved.documents().entry().root,
        &["components", "schemas", "A"],
    );
    assert!(resolved.is_reference(a));
    assert!(resolved.target(a).is_none());
    assert_eq!(loaded.codes(), ["remote-reference"; 4]);
    assert!(!loaded.report.has_errors());
}

#[test]
fn what_other_tools_agree_on_is_guessed_with_a_warning() {
    let mut loaded = load(&[
        (
            "api.yaml",
            "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {$ref: 'a.yaml#/'}\n    B: {$ref: 'parts/b.yaml'}\n    Shared: {type: string}\n",
        ),
        (
            "a.yaml",
            "type: object\nproperties: {deep: {$ref: 'parts/c.yaml#/'}}\n",
        ),
        (
            "parts/b.yaml",
            "items: {$ref: '#/components/schemas/Shared'}\n",
        ),
        (
            "parts/c.yaml",
            "items: {$ref: '#/components/schemas/Shared'}\n",
        ),
    ]);
    let resolved = loaded.resolve();
    let documents: Vec<_> = resolved.documents().iter().collect();
    assert_eq!(documents.len(), 4);
    let lead = |document: usize, path: &[&str]| {
        leads(&resolved, at(&documents[document].root, path)).expect("a target")
    };
    assert_eq!(lead(0, &["components", "schemas", "A"]), "a.yaml#");
    assert_eq!(lead(2, &["items"]), "api.yaml#/components/schemas/Shared");
    assert_eq!(loaded.codes(), ["loose-reference"; 4]);
    assert!(!loaded.report.has_errors());
}

#[test]
fn only_what_is_reached_in_other_files_counts() {
    let loaded = load(&[
        (
            "api.yaml",
            "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {$ref: 'parts.yaml#/example'}\n",
        ),
        (
            "parts.yaml",
            "example: {type: object, properties: {x: {$ref: '#/gone'}}}\nunused: {$ref: '#/also-gone'}\n",
        ),
    ]);
    let found = findings(loaded);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("error dangling-reference parts.yaml:1:48 `#/gone`"),
        "{found:?}"
    );
}

#[test]
fn a_reference_into_a_broken_file_is_not_called_dangling() {
    let mut loaded = load(&[
        (
            "api.yaml",
            "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {$ref: 'b.yaml#/B'}\n    C: {$ref: 'b.yaml#/C'}\n",
        ),
        ("b.yaml", "C: {type: string}\nD: [\n"),
    ]);
    assert_eq!(
        target_at(&mut loaded, &["components", "schemas", "C"]).as_deref(),
        Some("b.yaml#/C")
    );
    assert_eq!(loaded.codes(), ["syntax"]);
}
