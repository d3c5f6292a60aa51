//! Whatever a schema allows less at one place, it allows less at all of them: each of a table of changes is made at each
//! place where a document can have a schema, both ways, and judged by the direction in which its values travel.

use std::thread;

use countersign_codegen::Strictness;
use countersign_codegen::compare::{Comparison, Effect};
use serde_json::{Value, json};

use crate::documents::{Documents, compare};

/// What is put up with by the one side or the other, as docs/compatibility.md has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leeway {
    None,
    /// Readers take more than the document has: open enumerations and unions, patterns, members without a name.
    Readers,
    /// In a form, the part is sent in another way besides.
    Forms,
}

/// A schema, one that allows less, and the leeway.
struct Narrowing(&'static str, &'static str, Leeway);

const fn narrowing(wide: &'static str, narrow: &'static str) -> Narrowing {
    Narrowing(wide, narrow, Leeway::None)
}

/// Narrowings of values that any place can have.
const OF_VALUES: &[Narrowing] = &[
    narrowing(
        r#"{"type":"string","maxLength":9}"#,
        r#"{"type":"string","maxLength":5}"#,
    ),
    narrowing(r#"{"type":"string"}"#, r#"{"type":"string","minLength":5}"#),
    Narrowing(
        r#"{"type":"string"}"#,
        r#"{"type":"string","pattern":"^a"}"#,
        Leeway::Readers,
    ),
    narrowing(
        r#"{"type":"string"}"#,
        r#"{"type":"string","format":"uuid"}"#,
    ),
    narrowing(
        r#"{"type":"string"}"#,
        r#"{"type":"string","format":"email"}"#,
    ),
    narrowing(
        r#"{"type":"string"}"#,
        r#"{"type":"string","enum":["a","b"]}"#,
    ),
    narrowing(r#"{"type":"string"}"#, r#"{"type":"string","const":"a"}"#),
    narrowing(
        r#"{"type":"string"}"#,
        r#"{"type":"string","not":{"const":"x"}}"#,
    ),
    Narrowing(
        r#"{"enum":["a","b","c"]}"#,
        r#"{"enum":["a","b"]}"#,
        Leeway::Readers,
    ),
    narrowing(r#"{"type":"integer"}"#, r#"{"type":"integer","minimum":5}"#),
    narrowing(
        r#"{"type":"number","exclusiveMaximum":9}"#,
        r#"{"type":"number","exclusiveMaximum":5}"#,
    ),
    narrowing(
        r#"{"type":"integer","multipleOf":5}"#,
        r#"{"type":"integer","multipleOf":10}"#,
    ),
    narrowing(r#"{"type":"number"}"#, r#"{"type":"integer"}"#),
    narrowing(
        r#"{"type":"integer","format":"int64"}"#,
        r#"{"type":"integer","format":"int32"}"#,
    ),
    narrowing(
        r#"{"type":"array","items":{"type":"string"}}"#,
        r#"{"type":"array","items":{"type":"string"},"maxItems":5}"#,
    ),
    narrowing(
        r#"{"type":"array","items":{"type":"number"}}"#,
        r#"{"type":"array","items":{"type":"integer"}}"#,
    ),
    narrowing(
        r#"{"type":"array","items":{"type":"string"},"contains":{"minLength":1}}"#,
        r#"{"type":"array","items":{"type":"string"},"contains":{"minLength":2}}"#,
    ),
    narrowing(
        r#"{"type":"array","prefixItems":[{"type":"string"},{"type":"number"}]}"#,
        r#"{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}]}"#,
    ),
    narrowing(
        r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#,
        r#"{"type":"string"}"#,
    ),
    narrowing(
        r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#,
        r#"{"anyOf":[{"type":"string"}]}"#,
    ),
    narrowing(
        r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
        r#"{"oneOf":[{"type":"string","maxLength":4},{"type":"integer"}]}"#,
    ),
];

/// Narrowings of objects, which texts can't hold.
const OF_OBJECTS: &[Narrowing] = &[
    narrowing(
        r#"{"properties":{"a":{"type":"string"}}}"#,
        r#"{"properties":{"a":{"type":"string"}},"required":["a"]}"#,
    ),
    narrowing(
        r#"{"properties":{"a":{"properties":{"b":{"type":"string"}}}}}"#,
        r#"{"properties":{"a":{"properties":{"b":{"type":"string"}},"required":["b"]}}}"#,
    ),
    Narrowing(
        r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#,
        Leeway::Readers,
    ),
    narrowing(
        r#"{"type":"object"}"#,
        r#"{"type":"object","minProperties":1}"#,
    ),
    narrowing(
        r#"{"type":"object","additionalProperties":{"type":"number"}}"#,
        r#"{"type":"object","additionalProperties":{"type":"integer"}}"#,
    ),
    narrowing(
        r#"{"type":"object","patternProperties":{"^x":{"type":"number"}}}"#,
        r#"{"type":"object","patternProperties":{"^x":{"type":"integer"}}}"#,
    ),
    narrowing(
        r#"{"type":"object","additionalProperties":{"type":"string"},"propertyNames":{"maxLength":9}}"#,
        r#"{"type":"object","additionalProperties":{"type":"string"},"propertyNames":{"maxLength":5}}"#,
    ),
    narrowing(
        r#"{"properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#,
        r#"{"properties":{"a":{"type":"string"},"b":{"type":"string"}},"dependentRequired":{"a":["b"]}}"#,
    ),
    narrowing(
        r#"{"anyOf":[{"properties":{"a":{"type":"string"}}},{"type":"null"}]}"#,
        r#"{"properties":{"a":{"type":"string"}}}"#,
    ),
    Narrowing(
        r#"{"oneOf":[{"type":"string"},{"type":"integer"},{"properties":{"a":{"type":"string"}}}]}"#,
        r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#,
        Leeway::Forms,
    ),
];

/// Where a schema stands.
const PLACES: &[&str] = &[
    "query",
    "path",
    "header",
    "query by name",
    "body",
    "body property",
    "body map",
    "body part",
    "body branch",
    "body by name",
    "form",
    "upload",
    "merge patch",
    "response",
    "response property",
    "response by name",
    "response header",
    "failure",
    "lines",
    "events",
    "webhook",
    "callback",
];

/// Whether values of this place go from the caller to the server.
fn is_request(place: &str) -> bool {
    let is_response = [
        "response", "failure", "lines", "events", "webhook", "callback",
    ];
    !is_response.iter().any(|word| place.starts_with(word))
}

/// A document that has a schema at a place.
fn document(place: &str, schema: &Value) -> Documents {
    let mut components = json!({});
    let mut operation = json!({
        "operationId": "call",
        "responses": {"200": {"description": "Done."}},
    });
    let parameter = |of: &str, schema: &Value| json!([{"name": "p", "in": of, "required": of == "path", "schema": schema}]);
    let content = |media: &str, schema: Value| json!({media: {"schema": schema}});
    let mut webhooks = json!({});
    let below = match place.split_once(' ').map_or("", |(_, below)| below) {
        "property" => json!({"type": "object", "properties": {"m": schema}}),
        "items" => json!({"type": "array", "items": schema}),
        "map" => json!({"type": "object", "additionalProperties": schema}),
        "part" => json!({"allOf": [{"type": "object", "properties": {"m": schema}}]}),
        "branch" => json!({"oneOf": [
            {"type": "object", "required": ["k"], "properties": {"k": {"const": "1"}, "m": schema}},
            {"type": "object", "required": ["k"], "properties": {"k": {"const": "2"}}},
        ]}),
        "by name" => {
            components = json!({"schemas": {
                "Whole": {"type": "object", "properties": {"m": {"$ref": "#/components/schemas/Part"}}},
                "Part": schema,
            }});
            json!({"$ref": "#/components/schemas/Whole"})
        }
        _ => schema.clone(),
    };
    let member = json!({"type": "object", "properties": {"m": schema}});
    match place {
        "query" | "path" | "header" | "cookie" => {
            operation["parameters"] = parameter(place, schema)
        }
        "query by name" => {
            operation["parameters"] =
                parameter("query", &json!({"$ref": "#/components/schemas/Part"}));
        }
        "form" => {
            operation["requestBody"]["content"] =
                content("application/x-www-form-urlencoded", member)
        }
        "upload" => operation["requestBody"]["content"] = content("multipart/form-data", member),
        "merge patch" => {
            operation["requestBody"]["content"] = content("application/merge-patch+json", member)
        }
        "response header" => {
            operation["responses"]["200"]["headers"] = json!({"H": {"schema": schema}})
        }
        "failure" => {
            operation["responses"]["400"] =
                json!({"description": "No.", "content": content("application/json", below)})
        }
        "lines" => {
            operation["responses"]["200"]["content"] =
                json!({"application/jsonl": {"itemSchema": schema}});
        }
        "events" => {
            let data = json!({"type": "string", "contentMediaType": "application/json", "contentSchema": schema});
            let event = json!({"type": "object", "properties": {"data": data}});
            operation["responses"]["200"]["content"] =
                json!({"text/event-stream": {"itemSchema": event}});
        }
        "webhook" | "callback" => {
            let sent = json!({"post": {
                "operationId": "told",
                "requestBody": {"required": true, "content": content("application/json", below)},
                "responses": {"200": {"description": "Thanks."}},
            }});
            if place == "webhook" {
                webhooks = json!({"told": sent});
            } else {
                operation["callbacks"] = json!({"told": {"{$request.query.url}": sent}});
            }
        }
        place if place.starts_with("body") => {
            operation["requestBody"]["content"] = content("application/json", below)
        }
        _ => operation["responses"]["200"]["content"] = content("application/json", below),
    }
    let path = if place == "path" {
        "/call/{p}"
    } else {
        "/call"
    };
    let document = json!({
        "openapi": "3.2.0",
        "info": {"title": "T", "version": "1"},
        "paths": {path: {"post": operation}},
        "webhooks": webhooks,
        "components": components,
    });
    Documents::one(&document.to_string())
}

/// What is wrong with the verdicts at a place.
fn judged(place: &str) -> String {
    let is_text = [
        "path",
        "header",
        "cookie",
        "query by name",
        "response header",
    ]
    .contains(&place);
    let objects = if is_text { &[][..] } else { OF_OBJECTS };
    let mut wrong = String::new();
    for Narrowing(wide, narrow, leeway) in OF_VALUES.iter().chain(objects) {
        let schema = |text: &str| serde_json::from_str(text).expect("a schema");
        let (wide_one, narrow_one) = (
            document(place, &schema(wide)),
            document(place, &schema(narrow)),
        );
        let judge = |old, new| compare(Some(old), Some(new), Strictness::Lenient);
        for (comparison, is_narrower) in [
            (judge(&wide_one, &narrow_one), true),
            (judge(&narrow_one, &wide_one), false),
        ] {
            let is_put_up_with = match leeway {
                Leeway::None => false,
                Leeway::Readers => !is_request(place) && !is_narrower,
                Leeway::Forms => place == "upload" || (!is_request(place) && !is_narrower),
            };
            let expected = is_request(place) == is_narrower;
            if breaks(&comparison) != expected && !is_put_up_with {
                let way = if is_narrower { "narrower" } else { "wider" };
                wrong.push_str(&format!("{place}, {way}: {wide} | {narrow}\n"));
            }
            if comparison.changes.is_empty() {
                wrong.push_str(&format!("{place}, not told: {wide} | {narrow}\n"));
            }
        }
    }
    wrong
}

fn breaks(comparison: &Comparison) -> bool {
    let mut changes = comparison.changes.iter();
    changes.any(|change| change.wire.callers == Effect::Breaking)
}

#[test]
fn a_schema_that_allows_less_is_judged_alike_at_every_place() {
    let wrong: String = thread::scope(|scope| {
        let running: Vec<_> = PLACES
            .chunks(PLACES.len().div_ceil(2))
            .map(|places| {
                scope.spawn(|| places.iter().map(|place| judged(place)).collect::<String>())
            })
            .collect();
        let done = running.into_iter().map(|run| run.join().expect("no panic"));
        done.collect()
    });
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_no_operation_uses_breaks_nobody() {
    let unused = |schema: &str| {
        let schema: Value = serde_json::from_str(schema).expect("a schema");
        let document = json!({
            "openapi": "3.1.0",
            "info": {"title": "T", "version": "1"},
            "paths": {"/call": {"get": {"operationId": "call", "responses": {"200": {"description": "Done."}}}}},
            "components": {"schemas": {"Unused": schema}},
        });
        Documents::one(&document.to_string())
    };
    for Narrowing(wide, narrow, _) in OF_VALUES.iter().chain(OF_OBJECTS) {
        let (wide_one, narrow_one) = (unused(wide), unused(narrow));
        for (old, new) in [(&wide_one, &narrow_one), (&narrow_one, &wide_one)] {
            let comparison = compare(Some(old), Some(new), Strictness::Lenient);
            assert!(!breaks(&comparison), "{wide} | {narrow}");
        }
    }
}
