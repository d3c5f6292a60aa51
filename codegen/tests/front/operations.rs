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
        let has_flow = matches!(kinds.as_slice(), [SchemeKind::OAuth2(flows)] if !flows.is_empty());
        assert_eq!(has_flow, is_flow, "{url}");
        assert_eq!(report.count(Severity::Warning) == 0, is_flow, "{url}");
    }
}

/// A document with one operation.
fn one(version: &str, operation: &str) -> String {
    format!(
        "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths:\n  /a:\n    post:\n      operationId: a\n{operation}\n\
         components: {{schemas: {{A: {{type: object, properties: {{a: {{type: string}}}}}}}}}}\n"
    )
}

#[test]
fn one_more_stream_is_told() {
    let text = |types: &[&str]| {
        let types = types
            .iter()
            .map(|media| format!("{media}: {{schema: {{$ref: '#/components/schemas/A'}}}}"));
        let types = types.collect::<Vec<_>>().join(", ");
        one(
            "3.0.3",
            &format!("      responses: {{'200': {{description: d, content: {{{types}}}}}}}"),
        )
    };
    let (events, lines) = ("text/event-stream", "application/x-ndjson");
    let at = |media: &str| {
        vec![format!(
            "#/paths/~1a/post/responses/200/content/{}",
            media.replace('/', "~1")
        )]
    };
    assert_eq!(told(&text(&[events, lines]), "not-generated"), at(lines));
    assert_eq!(
        told(&text(&["application/json", lines, events]), "not-generated"),
        at(events)
    );
    // Two names of one notation, and a stream beside a value.
    for types in [[lines, "application/jsonl"], ["application/json", events]] {
        assert!(told(&text(&types), "not-generated").is_empty(), "{types:?}");
    }
}

#[test]
fn headers_that_http_sets_are_not_parameters() {
    let names = [
        "Content-Length",
        "transfer-encoding",
        "Connection",
        "TE",
        "Upgrade",
        "Authorization",
        "Host",
        "X-A",
    ];
    let parameters = names.map(|name| {
        format!("{{name: {name}, in: header, required: true, schema: {{type: string}}}}")
    });
    let text = one(
        "3.0.3",
        &format!(
            "      parameters: [{}]\n      responses: {{'204': {{description: d}}}}",
            parameters.join(", ")
        ),
    );
    let (api, _) = lenient(&text);
    let api = api.expect("an API");
    let parameters = api.modules.iter().flat_map(|module| &module.operations);
    let parameters = parameters.flat_map(|operation| &operation.parameters);
    let kept: Vec<&str> = parameters.map(|parameter| parameter.wire.text()).collect();
    assert_eq!(kept, ["Host", "X-A"]);
}

#[test]
fn bytes_within_a_part_are_told() {
    let text = |media: &str| {
        one(
            "3.2.0",
            &format!(
                "      requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, properties: {{o: {{type: object, \
                 properties: {{i: {{}}}}}}}}}}, encoding: {{o: {{contentType: multipart/mixed, encoding: {{i: {{contentType: \
                 {media}}}}}}}}}}}}}}}\n      responses: {{'204': {{description: d}}}}"
            ),
        )
    };
    assert_eq!(told(&text("image/png"), "not-generated").len(), 1);
    for media in ["text/plain", "application/json"] {
        assert!(told(&text(media), "not-generated").is_empty(), "{media}");
    }
}

#[test]
fn null_beside_a_reference_is_allowed_and_told_where_the_specification_ignores_it() {
    let text = |head: &str, base: &str, key: &str| {
        let schemas = format!(
            "A: {{type: object, properties: {{a: {{type: string}}}}}}, B: {{type: object, properties: {{b: {{$ref: '#/{base}/A', \
             {key}: true}}}}}}"
        );
        match base {
            "definitions" => format!(
                "{head}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ndefinitions: {{{schemas}}}\n"
            ),
            _ => format!(
                "{head}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{{schemas}}}}}\n"
            ),
        }
    };
    for (text, is_told) in [
        (
            text("openapi: 3.0.3", "components/schemas", "nullable"),
            true,
        ),
        (
            text("openapi: 3.1.0", "components/schemas", "nullable"),
            false,
        ),
        (text("swagger: '2.0'", "definitions", "x-nullable"), false),
    ] {
        let (api, _) = lenient(&text);
        let outline = format!("{:?}", api.expect("an API").types);
        assert!(outline.contains("OptionalNullable"), "{text}");
        assert_eq!(
            !told(&text, "ignored-sibling").is_empty(),
            is_told,
            "{text}"
        );
    }
}

#[test]
fn an_alternative_may_name_its_own_value() {
    for key in ["x-ms-discriminator-value", "x-discriminator-value"] {
        let text = format!(
            "swagger: '2.0'\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ndefinitions:\n  \
             Animal: {{type: object, discriminator: kind, required: [kind], properties: {{kind: {{type: string}}}}}}\n  \
             Dog: {{allOf: [{{$ref: '#/definitions/Animal'}}]}}\n  \
             Cat: {{{key}: meow, allOf: [{{$ref: '#/definitions/Animal'}}]}}\n"
        );
        let (api, _) = lenient(&text);
        let types = format!("{:?}", api.expect("an API").types);
        for tags in ["tags: [\"Dog\"]", "tags: [\"meow\"]"] {
            assert!(types.contains(tags), "{tags} {types}");
        }
        assert!(told(&text, "vendor-extension").is_empty(), "{key}");
    }
}
