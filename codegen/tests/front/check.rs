//! Findings on documents beside their version: contradictions, keywords without effect, and one bad spot
//! that stops nothing.

use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::{Levels, Report};
use countersign_codegen::ir::Api;
use countersign_codegen::lint;
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};

/// The pointers of the findings of a rule.
pub(crate) fn told(text: &str, rule: &str) -> Vec<String> {
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), text);
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let mut report = Report::default();
    lint::check(&sources, &[], &Levels::default(), &mut report);
    let findings = report.findings("").into_iter();
    findings
        .filter(|found| found.rule == rule)
        .map(|found| found.place.pointer.unwrap_or_default())
        .collect()
}

pub(crate) fn lenient(text: &str) -> (Option<Api>, Report) {
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), text);
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let mut report = Report::default();
    let lowered = countersign_codegen::lowered(&sources, &[], Strictness::Lenient, &mut report);
    (lowered.map(|lowered| lowered.api), report)
}

#[test]
fn schemas_that_contradict_themselves_are_told() {
    for (schema, rule, at) in [
        ("{type: integer, pattern: '^a'}", "no-effect", "/pattern"),
        ("{type: string, maximum: 5}", "no-effect", "/maximum"),
        ("{type: string, format: int32}", "", ""),
        ("{type: boolean, format: date-time}", "no-effect", "/format"),
        ("{type: integer, x-secret: true}", "no-effect", "/x-secret"),
        (
            "{type: string, x-secrt: true}",
            "unknown-keyword",
            "/x-secrt",
        ),
        ("{type: string, enum: [a, 5]}", "enum-value", "/enum/1"),
        ("{type: string, enum: [a, b, a]}", "enum-value", "/enum/2"),
        ("{type: string, enum: []}", "enum-value", "/enum"),
        (
            "{type: array, items: {}, minItems: 3, maxItems: 2}",
            "impossible-limits",
            "/maxItems",
        ),
        (
            "{type: number, minimum: 3, maximum: 2}",
            "impossible-limits",
            "/maximum",
        ),
        (
            "{type: number, multipleOf: 0}",
            "impossible-limits",
            "/multipleOf",
        ),
        (
            "{type: string, format: date-tme}",
            "unknown-format",
            "/format",
        ),
        (
            "{type: string, format: dateTime}",
            "unknown-format",
            "/format",
        ),
        ("{type: string, format: house-number}", "", ""),
        (
            "{type: string, readOnly: true, writeOnly: true}",
            "exclusive-keywords",
            "/writeOnly",
        ),
        ("{type: int}", "unknown-type", "/type"),
        (
            "{type: string, nullable: 'true'}",
            "keyword-type",
            "/nullable",
        ),
        ("{type: array}", "missing-keyword", "/type"),
        (
            "{type: object, required: [a, a]}",
            "enum-value",
            "/required/1",
        ),
    ] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {schema}}}}}\n"
        );
        let rules = [
            "no-effect",
            "unknown-keyword",
            "enum-value",
            "impossible-limits",
            "unknown-format",
            "exclusive-keywords",
            "unknown-type",
            "keyword-type",
            "missing-keyword",
        ];
        for of in rules {
            let expected: Vec<String> = (of == rule)
                .then(|| format!("#/components/schemas/A{at}"))
                .into_iter()
                .collect();
            assert_eq!(told(&text, of), expected, "{schema}: {of}");
        }
    }
}

#[test]
fn operations_that_contradict_themselves_are_told() {
    for (part, rule, at) in [
        (
            "callbacks: {a: {'{$request.body/url}': {}}}",
            "invalid-name",
            "callbacks/a/{$request.body~1url}",
        ),
        (
            "callbacks: {a: {'{$request.query.url': {}}}",
            "invalid-name",
            "callbacks/a/{$request.query.url",
        ),
        (
            "callbacks: {a: {done: {}}}",
            "invalid-name",
            "callbacks/a/done",
        ),
        (
            "parameters: [{name: a, in: query, schema: {}}, {name: a, in: query, schema: {}}]",
            "exclusive-keywords",
            "parameters/1",
        ),
        (
            "parameters: [{name: Accept, in: header, schema: {}}]",
            "no-effect",
            "parameters/0/name",
        ),
        (
            "parameters: [{name: 'a b', in: header, schema: {}}]",
            "header-name",
            "parameters/0/name",
        ),
        (
            "parameters: [{name: a, in: header, style: form, schema: {}}]",
            "unknown-style",
            "parameters/0/style",
        ),
        (
            "parameters: [{name: a, in: header, allowReserved: true, schema: {}}]",
            "no-effect",
            "parameters/0/allowReserved",
        ),
        (
            "parameters: [{name: a, in: query}]",
            "missing-keyword",
            "parameters/0",
        ),
        (
            "parameters: [{name: a, in: query, type: string}]",
            "unknown-keyword",
            "parameters/0/type",
        ),
        (
            "servers: [{url: 'https://{host}/v1'}]",
            "server",
            "servers/0/url",
        ),
        (
            "servers: [{url: 'https://a:99999/v1'}]",
            "server",
            "servers/0/url",
        ),
        (
            "servers: [{url: /v1, variables: {a: {default: b}}}]",
            "server",
            "servers/0/variables/a",
        ),
        (
            "servers: [{url: '/{a}', variables: {a: {default: b, enum: [c]}}}]",
            "invalid-default",
            "servers/0/variables/a/default",
        ),
        (
            "responses: {'20': {description: d}}",
            "unknown-status",
            "responses/20",
        ),
        (
            "responses: {Default: {description: d}}",
            "unknown-status",
            "responses/Default",
        ),
        (
            "produces: [application/json]",
            "unknown-keyword",
            "produces",
        ),
        ("securty: []", "unknown-keyword", "securty"),
        ("security: x", "keyword-type", "security"),
        (
            "responses: {'200': {description: d, links: {a: {operationId: gone}}}}",
            "link",
            "responses/200/links/a/operationId",
        ),
        (
            "responses: {'200': {description: d, application/json: {}}}",
            "unknown-keyword",
            "responses/200/application~1json",
        ),
    ] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: a\n      {part}\n"
        );
        let text = match part.starts_with("responses") {
            true => text,
            false => text + "      responses: {default: {description: d}}\n",
        };
        let found = told(&text, rule);
        assert_eq!(found, [format!("#/paths/~1a/get/{at}")], "{part}: {rule}");
    }
}

#[test]
fn keys_of_other_versions_are_named() {
    let text = "openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a:
    get:
      parameters: [{ref: '#/components/parameters/b'}]
      responses: {default: {description: d}}
components:
  parameters: {b: {name: b, in: query, schema: {type: string, nullable: true}}}
";
    assert_eq!(
        told(text, "unknown-keyword"),
        [
            "#/paths/~1a/get/parameters/0/ref",
            "#/components/parameters/b/schema/nullable",
        ]
    );
}

#[test]
fn one_bad_spot_stops_nothing() {
    let text = "openapi: 3.0.3
info: {title: t, version: '1'}
paths: {}
components:
  schemas:
    A: {type: number, example: 1e400}
    B: {type: object, properties: {gone: {$ref: missing.yaml}}}
    C: {$ref: '#/components/schemas/Gone'}
";
    let (api, report) = lenient(text);
    assert!(api.is_some(), "{}", report.render(""));
    let rules: Vec<&str> = report.findings("").iter().map(|found| found.rule).collect();
    assert_eq!(rules, ["limit", "unreadable", "dangling-reference"]);
}

#[test]
fn references_out_of_extensions_of_swagger_are_followed() {
    let text = "swagger: '2.0'
info: {title: t, version: '1'}
paths:
  /watch:
    get:
      operationId: watch
      responses: {'200': {description: d, schema: {$ref: '#/x-streams/Event'}}}
definitions:
  Event: {type: object, properties: {id: {type: string}}}
x-streams:
  Event: {type: object, properties: {result: {$ref: '#/definitions/Event'}}}
";
    let (_, report) = lenient(text);
    assert_eq!(report.render(""), "");
}

#[test]
fn a_tab_that_indents_is_named_at_its_line() {
    for (text, line) in [
        ("openapi: 3.0.3\ninfo:\n\ttitle: t\n", 3),
        ("openapi: 3.0.3\ninfo:\n  title: t\n\tversion: '1'\n", 4),
    ] {
        let (_, report) = lenient(text);
        let findings = report.findings("");
        let found = findings.first().expect("a finding");
        assert_eq!((found.rule, found.place.line), ("syntax", line), "{text}");
        assert!(found.message.contains("tab"), "{}", found.message);
    }
}

#[test]
fn an_alternative_for_every_value_is_not_ambiguous() {
    for (schema, is_ambiguous) in [
        ("{anyOf: [{$ref: '#/components/schemas/Pet'}, {}]}", false),
        ("{anyOf: [{}, {$ref: '#/components/schemas/Pet'}]}", false),
        ("{oneOf: [{type: string}, true]}", false),
        (
            "{anyOf: [{type: array, items: {type: string}}, {description: Any.}]}",
            false,
        ),
        (
            "{anyOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {age: {type: integer}}}]}",
            true,
        ),
    ] {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{\
             Pet: {{type: object, properties: {{name: {{type: string}}}}}}, A: {schema}}}}}\n"
        );
        let (_, report) = lenient(&text);
        let found = report.findings("");
        let told = found.iter().any(|found| found.rule == "ambiguous-union");
        assert_eq!(told, is_ambiguous, "{schema}");
    }
}
