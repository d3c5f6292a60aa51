//! Findings on callbacks, scopes, methods and flows, and what is read of them all the same.

use countersign_codegen::diagnostic::Severity;
use countersign_codegen::ir::SchemeKind;

use crate::check::{lenient, told};

#[test]
fn expressions_of_callbacks_are_what_the_specification_has() {
    for key in [
        "{$request.body#/url}",
        "{$request.body}",
        "$response.header.Location",
        "https://example.com/{$request.query.id}/done?at={$url}&by={$method}",
        "/relative/{$statusCode}",
    ] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n  /a:\n    post:\n      operationId: a\n      \
             callbacks: {{a: {{'{key}': {{}}}}}}\n      responses: {{default: {{description: d}}}}\n"
        );
        assert!(told(&text, "invalid-name").is_empty(), "{key}");
    }
}

#[test]
fn scopes_are_those_of_a_flow() {
    let text = |flows: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\nsecurity: [{{o: [read, wrte]}}]\npaths: {{}}\n\
             components: {{securitySchemes: {{o: {{type: oauth2, flows: {{{flows}}}}}}}}}\n"
        )
    };
    let flow = |name: &str, scopes: &str| format!("{name}: {{tokenUrl: /t, scopes: {{{scopes}}}}}");
    let write = flow("clientCredentials", "write: w");
    let found = told(
        &text(&format!("{}, {write}", flow("password", "read: r"))),
        "security-scheme",
    );
    assert_eq!(found, ["#/security/0/o/1"]);
    let found = told(&text(&write), "security-scheme");
    assert_eq!(found, ["#/security/0/o/0", "#/security/0/o/1"]);
    let old = "swagger: '2.0'\ninfo: {title: t, version: '1'}\nsecurity: [{o: [read, wrte]}]\npaths: {}\n\
               securityDefinitions: {o: {type: oauth2, flow: application, tokenUrl: /t, scopes: {read: r}}}\n";
    assert_eq!(told(old, "security-scheme"), ["#/security/0/o/1"]);
}

#[test]
fn methods_in_capitals_are_read() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    GET:\n      operationId: a\n      \
                responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}\n    \
                Post: {operationId: b, responses: {'204': {description: d}}}\n    get2: {}\n\
                components: {schemas: {A: {type: object, properties: {a: {type: string}}}}}\n";
    assert_eq!(
        told(text, "unknown-keyword"),
        ["#/paths/~1a/GET", "#/paths/~1a/Post", "#/paths/~1a/get2"]
    );
    let (api, _) = lenient(text);
    let api = api.expect("an API");
    let operations = api.modules.iter().flat_map(|module| &module.operations);
    let methods: Vec<&str> = operations.map(|found| found.method.as_str()).collect();
    assert_eq!(methods, ["GET", "POST"]);
    assert_eq!(api.types.len(), 1);
}

#[test]
fn whole_numbers_are_told_from_other_numbers() {
    let text = |one: &str, other: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{A: {{oneOf: \
             [{{type: {one}}}, {{type: {other}}}]}}}}}}\n"
        )
    };
    for (one, other, count) in [
        ("integer", "number", 0),
        ("number", "integer", 0),
        ("number", "number, minimum: 5", 1),
        ("integer", "integer, minimum: 5", 1),
    ] {
        let found = told(&text(one, other), "ambiguous-union");
        assert_eq!(found.len(), count, "{one} or {other}");
    }
}

#[test]
fn a_token_url_that_is_none_makes_no_flow() {
    for (url, is_flow) in [
        ("https://example.com/token", true),
        ("/token", true),
        ("not a url", false),
        ("ftp://example.com", false),
        ("https:///token", false),
    ] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{securitySchemes: {{o: \
             {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: '{url}', scopes: {{}}}}}}}}}}}}\n"
        );
        let (api, report) = lenient(&text);
        let kinds: Vec<SchemeKind> = api
            .expect("an API")
            .schemes
            .into_iter()
            .map(|scheme| scheme.kind)
            .collect();
        let has_flow = matches!(kinds.as_slice(), [SchemeKind::OAuth2(Some(_))]);
        assert_eq!(has_flow, is_flow, "{url}");
        assert_eq!(report.count(Severity::Warning) == 0, is_flow, "{url}");
    }
}
