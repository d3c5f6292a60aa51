//! References by anchor, by `$id`, and by the URI of a document.

use crate::fixture::{at, json, load, load_one};
use crate::resolve::{leads, schemas, target_at};

#[test]
fn an_anchor_names_a_schema_and_a_dynamic_reference_does_not() {
    let mut loaded = schemas(
        "3.1.0",
        "A: {$defs: {inner: {$anchor: here, type: string}}, properties: {a: {$ref: '#here'}}}\nB: {$id: 'https://example.com/b', $dynamicRef: '#x'}\nC: {$ref: '#nowhere'}",
    );
    assert_eq!(
        target_at(
            &mut loaded,
            &["components", "schemas", "A", "properties", "a"]
        )
        .as_deref(),
        Some("api.yaml#/components/schemas/A/$defs/inner")
    );
    assert_eq!(loaded.codes(), ["schema-identifier", "dangling-reference"]);
    assert!(loaded.report.diagnostics()[1].help.contains("$anchor"));
}

#[test]
fn a_schema_is_found_by_its_id() {
    let at = |path: &str, id: &str, text: &str| {
        let lines = format!(
            "A: {{$id: '{id}', $defs: {{B: {{$id: b, type: string}}}}, properties: {{a: {{$ref: '{text}'}}}}}}\nT: {{$id: Foo, type: object}}"
        );
        let mut loaded = schemas("3.1.0", &lines);
        let found = target_at(
            &mut loaded,
            &["components", "schemas", "A", "properties", "a"],
        );
        assert_eq!(loaded.codes(), [""; 0], "{text}");
        assert_eq!(
            found.as_deref(),
            Some(&*format!("api.yaml#/components/schemas/{path}"))
        );
    };
    at("A/$defs/B", "https://x.example/a", "b");
    at("A/$defs/B", "https://x.example/a", "https://x.example/b");
    at("A", "https://x.example/a", "https://x.example/a#");
    at("A", "https://x.example/a", "a");
    at("T", "https://x.example/a", "Foo");
}

#[test]
fn a_whole_parameter_list_may_be_a_reference() {
    let mut loaded = load_one(
        "api.yaml",
        "openapi: 3.0.3\npaths:\n  /a:\n    get:\n      parameters: {$ref: '#/x-lists/common'}\nx-lists:\n  common: [{name: a, in: query, schema: {$ref: '#/gone'}}]\n",
    );
    assert_eq!(
        target_at(&mut loaded, &["paths", "/a", "get", "parameters"]).as_deref(),
        Some("api.yaml#/x-lists/common")
    );
    assert_eq!(
        loaded.codes(),
        ["dangling-reference"],
        "the list was looked at"
    );
}

#[test]
fn an_empty_reference_is_the_document_itself() {
    let mut loaded = load(&[
        (
            "api.yaml",
            "openapi: 3.0.3\ncomponents: {schemas: {A: {$ref: 'tree.yaml'}}}\n",
        ),
        (
            "tree.yaml",
            "type: object\nproperties: {child: {$ref: ''}}\n",
        ),
    ]);
    let resolved = loaded.resolve();
    let tree = resolved.documents().iter().nth(1).expect("tree.yaml");
    assert_eq!(
        leads(&resolved, at(&tree.root, &["properties", "child"])).as_deref(),
        Some("tree.yaml#")
    );
    assert_eq!(
        json(&tree.root),
        r#"{"type":"object","properties":{"child":{"$ref":""}}}"#
    );
}

#[test]
fn documents_are_found_by_the_uri_that_they_have() {
    let entry = "openapi: 3.2.0
$self: https://h.example/apis/v2/openapi
components:
  schemas:
    A: { $ref: 'https://h.example/apis/v2/openapi#/components/schemas/C' }
    B: { $ref: 'https://h.example/apis/shared/pets#/components/schemas/Pet' }
    C: { type: string }
    D: { $ref: 'https://h.example/apis/v2/cats.yaml#/Cat' }
    E: { $ref: 'urn:dogs#/Dog' }
    F: { $ref: 'dogs.yaml#/Dog' }
    G: { $ref: 'https://other.example/apis/v2/cats.yaml#/Cat' }
";
    let mut loaded = load(&[
        ("v2/openapi.yaml", entry),
        (
            "shared/pets.json",
            r#"{"openapi": "3.2.0", "components": {"schemas": {"Pet": {"type": "object"}}}}"#,
        ),
        ("v2/cats.yaml", "Cat: { type: integer }\n"),
        (
            "v2/dogs.yaml",
            "$self: 'urn:dogs'\nDog: { type: boolean }\n",
        ),
    ]);
    loaded.resolve();
    assert_eq!(loaded.codes(), ["remote-reference"]);
    let resolved = loaded.resolve();
    let schemas = at(
        &resolved.documents().entry().root,
        &["components", "schemas"],
    );
    for (name, ty) in [
        ("A", "string"),
        ("B", "object"),
        ("D", "integer"),
        ("E", "boolean"),
        ("F", "boolean"),
    ] {
        let target = resolved.target(at(schemas, &[name])).expect(name);
        assert_eq!(
            target.node.get("type").and_then(|ty| ty.as_str()),
            Some(ty),
            "{name}"
        );
    }
}
