//! Overlays: what each action does, what is refused, and where findings point.

use countersign_codegen::diagnostic::Report;
use countersign_codegen::load;
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};

use crate::fixture::{Loaded, at, json, nodes};

const PETS: &str = "openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      tags: [pets, old]
      responses: { '200': { description: ok } }
  /internal:
    get: { responses: { '200': { description: ok } } }
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
    Dog: { description: A dog }
";

/// Loads a document with overlays `overlay0.yaml` and so on.
fn loaded(document: &str, overlays: &[&str]) -> Loaded {
    let path = |path: &str| DocumentPath::new(path).expect("a plain path");
    let entry = path("api.yaml");
    let mut files = MemoryFiles::default().with(entry.clone(), document);
    let mut paths = Vec::new();
    for (at, text) in overlays.iter().enumerate() {
        let path = path(&format!("overlay{at}.yaml"));
        files = files.with(path.clone(), *text);
        paths.push(path);
    }
    let sources = Sources {
        entry: &entry,
        overlays: &paths,
        files: &files,
    };
    let mut report = Report::default();
    let documents = load::documents(&sources, &mut report);
    Loaded { documents, report }
}

fn overlay(version: &str, actions: &str) -> String {
    format!("overlay: {version}\ninfo: {{ title: Changes, version: '1' }}\nactions:\n{actions}")
}

/// The tree at a path once one overlay is applied.
fn changed(version: &str, actions: &str, path: &[&str]) -> String {
    let loaded = loaded(PETS, &[&overlay(version, actions)]);
    let root = loaded.root();
    let mut all = Vec::new();
    nodes(root, &mut all);
    let mut ids: Vec<_> = all.iter().map(|node| node.id).collect();
    ids.sort_by_key(|id| id.index());
    ids.dedup();
    assert_eq!(ids.len(), all.len(), "a number is used twice");
    let count = loaded.documents().node_count();
    assert!(ids.iter().all(|id| id.index() < count));
    json(at(root, path))
}

/// The only finding.
fn refused(text: &str) -> String {
    let loaded = loaded(PETS, &[text]);
    assert!(loaded.documents.is_none(), "nothing is wrong");
    let findings = loaded.findings();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    findings.concat()
}

#[test]
fn an_update_is_merged_and_lists_grow() {
    let actions = "- target: $.paths['/pets'].get
  update: { operationId: listPets, tags: [cats], responses: { '200': { description: All } } }
";
    assert_eq!(
        changed("1.0.0", actions, &["paths", "/pets", "get"]),
        r#"{"tags":["pets","old","cats"],"responses":{"200":{"description":"All"}},"operationId":"listPets"}"#
    );
}

#[test]
fn an_update_of_a_list_is_added_to_it() {
    for (update, tags) in [
        ("cats", r#"["pets","old","cats"]"#),
        ("[cats, dogs]", r#"["pets","old","cats","dogs"]"#),
    ] {
        let actions = format!("- target: $.paths.*.get.tags\n  update: {update}\n");
        let path = ["paths", "/pets", "get", "tags"];
        assert_eq!(changed("1.0.0", &actions, &path), tags);
    }
}

#[test]
fn every_target_is_removed() {
    let actions = "- { target: $.paths..tags.*, remove: true }\n- { target: \"$.paths['/internal']\", remove: true }\n";
    assert_eq!(
        changed("1.0.0", actions, &["paths"]),
        r#"{"/pets":{"get":{"tags":[],"responses":{"200":{"description":"ok"}}}}}"#
    );
}

#[test]
fn a_primitive_value_is_replaced_and_a_copy_merged() {
    let actions = "- { target: $.components.schemas.Pet.type, update: string }
- { target: $.components.schemas.Dog, copy: $.components.schemas.Pet }
";
    assert_eq!(
        changed("1.1.0", actions, &["components", "schemas", "Dog"]),
        r#"{"description":"A dog","type":"string","properties":{"name":{"type":"string"}}}"#
    );
}

#[test]
fn what_can_t_be_applied_is_an_error_at_its_place() {
    for (version, action, expected) in [
        (
            "1.0.0",
            "{ target: $.path, remove: true }",
            "4:13 the target of the action is nowhere in the document",
        ),
        (
            "1.0.0",
            "{ target: '$.paths[', remove: true }",
            "4:13 the path is not a JSONPath: ",
        ),
        (
            "1.0.0",
            "{ target: '$[?((((((((((1==1))))))))))]', remove: true }",
            "4:13 the path is not a JSONPath: ",
        ),
        (
            "1.0.0",
            "{ target: $, remove: true }",
            "4:13 the whole document can't be removed",
        ),
        (
            "1.0.0",
            "{ target: $, remove: 1 }",
            "4:24 `remove` is not a boolean",
        ),
        (
            "1.0.0",
            "{ target: 7, remove: true }",
            "4:13 `target` is not text",
        ),
        ("1.0.0", "{ update: {} }", "4:3 the action has no `target`"),
        (
            "1.0.0",
            "{ target: $ }",
            "4:3 expected one of `update`, `copy` and `remove: true`",
        ),
        (
            "1.0.0",
            "{ target: $, updates: {} }",
            "4:16 expected target, description, update, copy, remove or an extension, found `updates`",
        ),
        ("1.0.0", "text", "4:3 the action is not an object"),
        (
            "1.0.0",
            "{ target: $.info, copy: $.paths }",
            "4:27 `copy` is not an action of Overlay 1.0",
        ),
        (
            "1.0.0",
            "{ target: $.info.title, update: Dogs }",
            "4:35 the target is neither an object nor a list, as Overlay 1.0 demands",
        ),
        (
            "1.1.0",
            "{ target: $.info.*, copy: $.paths.* }",
            "4:29 expected one node to copy, found 2",
        ),
        (
            "1.1.0",
            "{ target: $.info, update: text }",
            "4:29 expected an object, found a primitive value",
        ),
        (
            "1.1.0",
            "{ target: $.info, update: { title: [] } }",
            "4:38 expected a primitive value, found a list",
        ),
        (
            "1.1.0",
            "{ target: '$.paths[\"/pets\"].get.*', update: {} }",
            "4:13 the targets of the action are of several kinds",
        ),
    ] {
        let finding = refused(&overlay(version, &format!("- {action}\n")));
        let expected = format!("error overlay overlay0.yaml:{expected}");
        assert!(finding.starts_with(&expected), "{finding}\n{expected}");
    }
}

#[test]
fn what_is_not_an_overlay_of_the_document_is_refused() {
    let actions = "actions: [{ target: $.paths, update: {} }]\n";
    let info = "info: { title: a, version: '1' }\n";
    for (text, expected) in [
        (format!("{info}{actions}"), "1:1 the file is not an overlay"),
        (
            format!("overlay: 2.0.0\n{info}{actions}"),
            "1:10 `overlay: 2.0.0` is not a supported version of overlays",
        ),
        (
            format!("overlay: 1.0.0\n{actions}"),
            "1:1 expected `info` with a `title` and a `version`",
        ),
        (
            format!("overlay: 1.0.0\n{info}"),
            "1:1 expected a list of actions",
        ),
        (
            format!("overlay: 1.0.0\n{info}{actions}extends: other.yaml\n"),
            "4:10 the overlay is for `other.yaml`, not for `api.yaml`",
        ),
        (
            format!("overlay: 1.0.0\n{info}{actions}paths: {{}}\n"),
            "4:1 expected overlay, info, extends, actions or an extension, found `paths`",
        ),
    ] {
        let finding = refused(&text);
        assert_eq!(finding, format!("error overlay overlay0.yaml:{expected}"));
    }
    let right = format!("overlay: 1.0.0\n{info}{actions}extends: ./api.yaml\n");
    loaded(PETS, &[&right]).documents();
}

#[test]
fn a_document_does_not_grow_without_end() {
    let double = "- { target: $.components.schemas, update: { More: {} } }\n".to_owned()
        + &"- { target: $.components.schemas.More, update: { a: {} } }\n- { target: $.components.schemas.More.a, copy: $.components }\n"
            .repeat(60);
    let loaded = loaded(PETS, &[&overlay("1.1.0", &double)]);
    assert!(
        loaded.codes().contains(&"limit"),
        "{:#?}",
        loaded.findings()
    );
}

#[test]
fn a_finding_points_to_where_the_value_is_from() {
    let first = overlay(
        "1.0.0",
        "- target: $.components.schemas.Pet
  update: { properties: { dog: { $ref: '#/components/schemas/Dgo' }, name: { minLength: 1 } } }
",
    );
    let second = overlay(
        "1.1.0",
        "- { target: $.components.schemas.Dog, remove: true }\n",
    );
    let mut loaded = loaded(PETS, &[&first, &second]);
    drop(loaded.resolve());
    assert_eq!(
        loaded.findings(),
        [
            "error dangling-reference overlay0.yaml:5:40 `#/components/schemas/Dgo` does not exist: `#/components/schemas` has no `Dgo`"
        ]
    );
    let documents = loaded.documents();
    let dog = at(
        loaded.root(),
        &["components", "schemas", "Pet", "properties", "dog"],
    );
    let name = at(
        loaded.root(),
        &["components", "schemas", "Pet", "properties", "name"],
    );
    assert_eq!(
        documents.pointer(dog.span),
        "#/actions/0/update/properties/dog"
    );
    assert_eq!(
        documents.pointer(name.span),
        "#/components/schemas/Pet/properties/name"
    );
    let expected = "overlay0.yaml:5:40";
    assert!(loaded.report.render("").contains(expected));
}

#[test]
fn swagger_is_changed_as_it_is_written() {
    let document = "swagger: '2.0'
info: { title: Pets, version: '1' }
paths: {}
definitions: { Pet: { type: object } }
";
    let actions = "- { target: $.definitions.Pet, update: { description: A pet } }\n";
    let loaded = loaded(document, &[&overlay("1.0.0", actions)]);
    let pet = at(loaded.root(), &["components", "schemas", "Pet"]);
    assert_eq!(json(pet), r#"{"type":"object","description":"A pet"}"#);
}
