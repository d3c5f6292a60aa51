//! Where references lead, and which places hold them.

use std::time::{Duration, Instant};

use countersign_codegen::load::Node;
use countersign_codegen::resolve::{Resolved, Target};

use crate::fixture::{Loaded, at, load, load_one};

/// A document with these schemas.
pub(crate) fn schemas(version: &str, lines: &str) -> Loaded {
    let lines: String = lines.lines().map(|line| format!("    {line}\n")).collect();
    load_one(
        "api.yaml",
        &format!("openapi: {version}\ncomponents:\n  schemas:\n{lines}"),
    )
}

/// The facts about a target that a test needs: `document#/pointer`.
pub(crate) fn place(resolved: &Resolved<'_>, target: &Target<'_>) -> String {
    let document = resolved.documents().document(target.document);
    let pointer: String = target
        .pointer
        .iter()
        .map(|segment| format!("/{}", segment.text()))
        .collect();
    format!("{}#{pointer}", document.path.as_str())
}

pub(crate) fn leads(resolved: &Resolved<'_>, node: &Node) -> Option<String> {
    resolved.target(node).map(|target| place(resolved, &target))
}

/// Resolves, and says where the reference at `path` of the entry leads.
pub(crate) fn target_at(loaded: &mut Loaded, path: &[&str]) -> Option<String> {
    let resolved = loaded.resolve();
    let node = at(&resolved.documents().entry().root, path);
    leads(&resolved, node)
}

pub(crate) fn findings(mut loaded: Loaded) -> Vec<String> {
    loaded.resolve();
    loaded.findings()
}

#[test]
fn a_reference_leads_to_a_place_in_its_document() {
    let mut loaded = schemas(
        "3.0.3",
        "A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}\nB: {type: string}",
    );
    let resolved = loaded.resolve();
    let root = &resolved.documents().entry().root;
    let reference = at(root, &["components", "schemas", "A", "properties", "b"]);
    let b = at(root, &["components", "schemas", "B"]);
    let target = resolved.target(reference).expect("a target");
    assert_eq!(target.node.id, b.id);
    assert_eq!(place(&resolved, &target), "api.yaml#/components/schemas/B");
    assert!(resolved.is_reference(reference));
    assert!(!resolved.is_reference(b));
    assert!(resolved.target(b).is_none());
    assert_eq!(loaded.findings(), Vec::<String>::new());
}

#[test]
fn pointers_are_unescaped() {
    let names = ["a/b", "a~b", "~1", "ä b", "100%", "{id}"];
    for (name, written) in
        names
            .into_iter()
            .zip(["a~1b", "a~0b", "~01", "%C3%A4%20b", "100%25", "%7Bid%7D"])
    {
        let text = format!(
            r##"{{"openapi":"3.0.3","components":{{"schemas":{{"{name}":{{}},"R":{{"items":{{"$ref":"#/components/schemas/{written}"}}}}}}}}}}"##
        );
        let mut loaded = load_one("api.json", &text);
        assert_eq!(
            target_at(&mut loaded, &["components", "schemas", "R", "items"]),
            Some(format!("api.json#/components/schemas/{name}")),
            "{written}"
        );
    }
    let mut loaded = schemas(
        "3.0.3",
        "A: {oneOf: [{type: string}, {type: integer}]}\nB: {items: {$ref: '#/components/schemas/A/oneOf/1'}}",
    );
    assert_eq!(
        target_at(&mut loaded, &["components", "schemas", "B", "items"]).as_deref(),
        Some("api.yaml#/components/schemas/A/oneOf/1")
    );
}

#[test]
fn references_lead_through_files_and_folders() {
    let mut loaded = load(&[
        (
            "spec/api.yaml",
            "openapi: 3.0.3\npaths:\n  /pets: {$ref: 'paths/pets.yaml'}\n",
        ),
        (
            "spec/paths/pets.yaml",
            "get:\n  parameters: [{$ref: '../parts.yaml#/parameters/Limit'}]\n  responses:\n    200: {$ref: '../parts.yaml#/responses/Ok'}\n",
        ),
        (
            "spec/parts.yaml",
            "parameters:\n  Limit: {name: limit, in: query, schema: {$ref: '#/schemas/default'}}\nresponses:\n  Ok:\n    description: ok\n    content: {application/json: {schema: {$ref: '../shared/pet.yaml'}}}\nschemas:\n  default: {items: {$ref: '../shared/pet.yaml#/properties/name'}}\n",
        ),
        (
            "shared/pet.yaml",
            "type: object\nproperties:\n  name: {type: string}\n  friend: {$ref: '#'}\n",
        ),
    ]);
    let resolved = loaded.resolve();
    let documents: Vec<_> = resolved.documents().iter().collect();
    let paths: Vec<_> = documents
        .iter()
        .map(|document| document.path.as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "spec/api.yaml",
            "spec/paths/pets.yaml",
            "spec/parts.yaml",
            "shared/pet.yaml"
        ]
    );
    let lead = |document: usize, path: &[&str]| {
        leads(&resolved, at(&documents[document].root, path)).expect("a target")
    };
    assert_eq!(lead(0, &["paths", "/pets"]), "spec/paths/pets.yaml#");
    assert_eq!(
        lead(1, &["get", "parameters", "0"]),
        "spec/parts.yaml#/parameters/Limit"
    );
    assert_eq!(
        lead(1, &["get", "responses", "200"]),
        "spec/parts.yaml#/responses/Ok"
    );
    assert_eq!(
        lead(2, &["parameters", "Limit", "schema"]),
        "spec/parts.yaml#/schemas/default"
    );
    assert_eq!(
        lead(2, &["schemas", "default", "items"]),
        "shared/pet.yaml#/properties/name"
    );
    assert_eq!(lead(3, &["properties", "friend"]), "shared/pet.yaml#");
    assert_eq!(loaded.findings(), Vec::<String>::new());
}

#[test]
fn every_object_of_the_specification_may_refer() {
    let text = "openapi: 3.1.0\npaths:\n  /a:\n    parameters: [&r {$ref: '#/x/gone'}]\n    get:\n      parameters: [*r]\n      requestBody: *r\n      \
                responses:\n        default: *r\n        200:\n          headers: {H: *r}\n          links: {L: *r}\n          content:\n            a/b:\n              schema: *r\n              examples: {E: *r}\n              encoding: {f: {headers: {H: *r}}}\n      \
                callbacks: {C: *r, D: {'{$url}': *r}}\nwebhooks: {W: *r}\ncomponents:\n  schemas: {S: *r}\n  responses: {R: *r}\n  parameters: {P: *r}\n  examples: {E: *r}\n  requestBodies: {B: *r}\n  headers: {H: *r}\n  securitySchemes: {S: *r}\n  links: {L: *r}\n  callbacks: {C: *r}\n  pathItems: {P: *r}\n";
    let count = text.matches("*r").count() + 1;
    let mut loaded = load_one("api.yaml", text);
    loaded.resolve();
    let codes = loaded.codes();
    assert_eq!(codes.len(), count, "{:?}", loaded.findings());
    assert!(codes.iter().all(|code| *code == "dangling-reference"));
}

#[test]
fn every_keyword_of_a_schema_may_hold_one() {
    let one = [
        "items",
        "additionalProperties",
        "not",
        "if",
        "then",
        "else",
        "contains",
        "propertyNames",
        "unevaluatedItems",
        "unevaluatedProperties",
        "contentSchema",
    ];
    let lists = ["allOf", "oneOf", "anyOf", "prefixItems"];
    let maps = [
        "properties",
        "patternProperties",
        "$defs",
        "definitions",
        "dependentSchemas",
    ];
    let mut text = String::from("S:\n");
    let gone = "{$ref: '#/x/gone'}";
    text.extend(one.map(|key| format!("  {key}: {gone}\n")));
    text.extend(lists.map(|key| format!("  {key}: [{gone}, {gone}]\n")));
    text.extend(maps.map(|key| format!("  {key}: {{a: {gone}, enum: {gone}}}\n")));
    let mut loaded = schemas("3.1.0", &text);
    loaded.resolve();
    assert_eq!(
        loaded.codes().len(),
        one.len() + 2 * lists.len() + 2 * maps.len()
    );
}

#[test]
fn data_and_names_are_no_references() {
    let gone = "{$ref: '#/gone'}";
    let lines = format!(
        "S:\n  example: {gone}\n  default: {gone}\n  enum: [{gone}]\n  const: {gone}\n  examples: [{gone}]\n  x-note: {gone}\n  externalDocs: {gone}\n  \
         properties:\n    $ref: {{type: string}}\n    example: {{type: string}}\nT:\n  properties:\n    $ref: '#/gone'\n  discriminator: {{propertyName: k, x-note: {gone}}}\n"
    );
    assert_eq!(findings(schemas("3.1.0", &lines)), Vec::<String>::new());
    let text = format!(
        "openapi: 3.0.3\nx-root: {gone}\npaths:\n  x-note: {gone}\n  /a:\n    get:\n      responses:\n        200:\n          description: ok\n          content:\n            a/b:\n              example: {gone}\n              examples: {{e: {{value: {gone}}}}}\n"
    );
    assert_eq!(findings(load_one("api.yaml", &text)), Vec::<String>::new());
}

#[test]
fn chains_are_followed_to_their_end() {
    let mut loaded = schemas(
        "3.0.3",
        "A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/C'}\nC: {type: string}\nD: {items: {$ref: '#/components/schemas/A'}}",
    );
    assert_eq!(
        target_at(&mut loaded, &["components", "schemas", "D", "items"]).as_deref(),
        Some("api.yaml#/components/schemas/C")
    );
    assert_eq!(loaded.findings(), Vec::<String>::new());
}

#[test]
fn a_chain_may_be_long() {
    let n = 50_000;
    let links: String = (0..n)
        .map(|at| {
            format!(
                "\"S{at}\":{{\"$ref\":\"#/components/schemas/S{}\"}},",
                at + 1
            )
        })
        .collect();
    let text = format!(
        "{{\"openapi\":\"3.0.3\",\"components\":{{\"schemas\":{{{links}\"S{n}\":{{}}}}}}}}"
    );
    let mut loaded = load_one("api.json", &text);
    let started = Instant::now();
    assert_eq!(
        target_at(&mut loaded, &["components", "schemas", "S0"]),
        Some(format!("api.json#/components/schemas/S{n}"))
    );
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[test]
fn siblings_count_since_3_1_and_are_ignored_before() {
    let lines = "A: {$ref: '#/components/schemas/B', minLength: 1}\nB: {$ref: '#/components/schemas/C', description: b}\nC: {type: string}\nD: {items: {$ref: '#/components/schemas/A'}}";
    let mut new = schemas("3.1.0", lines);
    let d = ["components", "schemas", "D", "items"];
    assert_eq!(
        target_at(&mut new, &d).as_deref(),
        Some("api.yaml#/components/schemas/A"),
        "what A says counts"
    );
    assert_eq!(
        target_at(&mut new, &["components", "schemas", "A"]).as_deref(),
        Some("api.yaml#/components/schemas/C")
    );
    assert_eq!(new.findings(), Vec::<String>::new());
    let mut old = schemas("3.0.3", lines);
    assert_eq!(
        target_at(&mut old, &d).as_deref(),
        Some("api.yaml#/components/schemas/C")
    );
    assert_eq!(
        old.findings(),
        ["warning ignored-sibling api.yaml:4:41 `minLength` beside a `$ref` has no effect"]
    );
}

#[test]
fn siblings_that_repeat_their_target_are_not_reported() {
    let lines = "A: {$ref: '#/components/schemas/B', type: string, enum: [a, b]}\nB: {type: string, enum: [a, b]}";
    assert_eq!(findings(schemas("3.0.3", lines)), Vec::<String>::new());
    let text = "openapi: 3.1.0\npaths:\n  /a: {get: {parameters: [{$ref: '#/components/parameters/P', name: p, in: path}]}}\n\
                components: {parameters: {P: {name: p, in: query}}}\n";
    assert_eq!(
        findings(load_one("api.yaml", text)),
        ["warning ignored-sibling api.yaml:3:72 `in` beside a `$ref` has no effect"]
    );
}

#[test]
fn siblings_of_a_path_item_count_and_those_of_a_parameter_do_not() {
    let text = "openapi: 3.1.0\npaths:\n  /a: {$ref: '#/x-items/a', get: {parameters: [{$ref: '#/components/parameters/P', required: true, x-note: n}]}}\nx-items: {a: {}}\ncomponents: {parameters: {P: {name: p, in: query}}}\n";
    assert_eq!(
        findings(load_one("api.yaml", text)),
        ["warning ignored-sibling api.yaml:3:84 `required` beside a `$ref` has no effect"]
    );
}

#[test]
fn a_mapping_names_a_schema_or_refers_to_one() {
    let mut loaded = load(&[
        (
            "api.yaml",
            "openapi: 3.0.3\ncomponents:\n  schemas:\n    Pet:\n      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: 'dog.yaml'}, {$ref: 'parts/Fox.yaml'}]\n      discriminator:\n        propertyName: kind\n        mapping: {cat: Cat, dog: ./dog.yaml, lynx: '#/components/schemas/Cat', fox: '#/components/schemas/Fox', bat: Bat, owl: '#/components/schemas/Owl'}\n    Cat: {type: object}\n",
        ),
        (
            "dog.yaml",
            "type: object\ndiscriminator: {propertyName: kind, mapping: {cat: Cat}}\n",
        ),
        ("parts/Fox.yaml", "type: object\n"),
    ]);
    let resolved = loaded.resolve();
    let mapping = at(
        &resolved.documents().entry().root,
        &["components", "schemas", "Pet", "discriminator", "mapping"],
    );
    let lead = |key: &str| {
        resolved
            .mapping_target(at(mapping, &[key]))
            .map(|target| place(&resolved, &target))
    };
    assert_eq!(
        lead("cat").as_deref(),
        Some("api.yaml#/components/schemas/Cat")
    );
    assert_eq!(
        lead("lynx").as_deref(),
        Some("api.yaml#/components/schemas/Cat")
    );
    assert_eq!(lead("dog").as_deref(), Some("dog.yaml#"));
    assert_eq!(
        lead("fox").as_deref(),
        Some("parts/Fox.yaml#"),
        "the branch of that name"
    );
    assert_eq!(lead("bat"), None);
    assert_eq!(lead("owl"), None);
    assert!(!resolved.is_reference(at(mapping, &["cat"])));
    let dog = resolved.documents().iter().nth(1).expect("dog.yaml");
    let cat = at(&dog.root, &["discriminator", "mapping", "cat"]);
    assert_eq!(
        resolved
            .mapping_target(cat)
            .map(|target| place(&resolved, &target))
            .as_deref(),
        Some("api.yaml#/components/schemas/Cat")
    );
    assert_eq!(
        loaded.findings(),
        [
            "warning loose-reference api.yaml:8:85 `#/components/schemas/Fox` does not exist as it is written",
            "warning dangling-reference api.yaml:8:118 no schema is named `Bat`, so it is left out",
            "warning dangling-reference api.yaml:8:128 `#/components/schemas/Owl` does not exist: `#/components/schemas` has no `Owl`, so it is left out",
        ]
    );
}
