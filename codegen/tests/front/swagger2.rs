//! Swagger 2.0 in the shape of OpenAPI 3.0.

use crate::fixture::{Loaded, at, json, load, load_one};

fn swagger(rest: &str) -> Loaded {
    load_one("api.yaml", &format!("swagger: '2.0'\n{rest}"))
}

/// One operation, `get /a`, with these lines.
fn operation(lines: &str) -> Loaded {
    let lines: String = lines
        .lines()
        .map(|line| format!("      {line}\n"))
        .collect();
    swagger(&format!("paths:\n  /a:\n    get:\n{lines}"))
}

fn get(loaded: &Loaded) -> String {
    json(at(loaded.root(), &["paths", "/a", "get"]))
}

#[test]
fn parts_move_below_components() {
    let mut loaded = swagger(
        "definitions:\n  Pet: {type: object, properties: {owner: {$ref: '#/definitions/Person'}}}\n  Person: {type: object}\n\
         responses:\n  Gone: {description: gone}\nparameters:\n  Limit: {name: limit, in: query, type: integer}\n\
         paths:\n  /pets:\n    get:\n      parameters: [{$ref: '#/parameters/Limit'}]\n      responses:\n        200: {description: ok, schema: {$ref: '#/definitions/Pet'}}\n        404: {$ref: '#/responses/Gone'}\n",
    );
    assert_eq!(
        json(at(loaded.root(), &["components"])),
        r##"{"schemas":{"Pet":{"type":"object","properties":{"owner":{"$ref":"#/components/schemas/Person"}}},"Person":{"type":"object"}},"responses":{"Gone":{"description":"gone"}},"parameters":{"Limit":{"name":"limit","in":"query","schema":{"type":"integer"}}}}"##
    );
    loaded.resolve();
    assert_eq!(loaded.findings(), Vec::<String>::new());
}

#[test]
fn servers_come_from_host_base_path_and_schemes() {
    let servers = |text: &str| {
        let loaded = swagger(text);
        loaded.root().get("servers").map(json)
    };
    assert_eq!(servers("info: {}\n"), None);
    assert_eq!(
        servers("host: api.example.com:8443\nbasePath: /v1/\nschemes: [https, http, wss]\n")
            .as_deref(),
        Some(
            r#"[{"url":"https://api.example.com:8443/v1"},{"url":"http://api.example.com:8443/v1"}]"#
        )
    );
    assert_eq!(
        servers("host: example.com\n").as_deref(),
        Some(r#"[{"url":"https://example.com"}]"#)
    );
    assert_eq!(
        servers("basePath: /v2\n").as_deref(),
        Some(r#"[{"url":"/v2"}]"#)
    );
    assert_eq!(
        servers("basePath: /\nschemes: [https]\n").as_deref(),
        Some(r#"[{"url":"/"}]"#)
    );
}

#[test]
fn a_parameter_says_its_type_in_a_schema() {
    let loaded = operation(
        "parameters:\n- {name: a, in: query, description: d, required: true, type: integer, format: int32, maximum: 5, default: 1, x-nullable: true, x-note: n}\n\
         - {name: b, in: query, type: array, items: {type: string, enum: [x, y]}}\n\
         - {name: c, in: query, type: array, items: {type: string}, collectionFormat: multi}\n\
         - {name: d, in: query, type: array, items: {type: string}, collectionFormat: pipes}\n\
         - {name: e, in: query, type: array, items: {type: string}, collectionFormat: ssv}\n\
         - {name: f, in: header, type: array, items: {type: string}, collectionFormat: csv}\n",
    );
    assert_eq!(loaded.findings(), Vec::<String>::new());
    let parameters = at(loaded.root(), &["paths", "/a", "get", "parameters"]);
    let texts: Vec<_> = parameters.items().iter().map(json).collect();
    assert_eq!(
        texts,
        [
            r#"{"name":"a","in":"query","description":"d","required":true,"x-note":"n","schema":{"type":"integer","format":"int32","maximum":5,"default":1,"nullable":true}}"#,
            r#"{"name":"b","in":"query","schema":{"type":"array","items":{"type":"string","enum":["x","y"]}},"style":"form","explode":false}"#,
            r#"{"name":"c","in":"query","schema":{"type":"array","items":{"type":"string"}},"style":"form","explode":true}"#,
            r#"{"name":"d","in":"query","schema":{"type":"array","items":{"type":"string"}},"style":"pipeDelimited","explode":false}"#,
            r#"{"name":"e","in":"query","schema":{"type":"array","items":{"type":"string"}},"style":"spaceDelimited","explode":false}"#,
            r#"{"name":"f","in":"header","schema":{"type":"array","items":{"type":"string"}},"style":"simple","explode":false}"#,
        ]
    );
    let loaded = operation(
        "parameters:\n- {name: a, in: query, type: array, items: {type: string}, collectionFormat: tsv}\n",
    );
    assert_eq!(
        loaded.findings(),
        ["warning upgrade-loss api.yaml:6:84 OpenAPI 3 cannot express lists written as `tsv` here"]
    );
}

#[test]
fn a_body_parameter_becomes_a_request_body() {
    let loaded = operation(
        "consumes: [application/json, text/json]\nparameters:\n- {name: pet, in: body, description: d, required: true, schema: {type: string}}\nresponses: {}",
    );
    assert_eq!(
        get(&loaded),
        r#"{"requestBody":{"description":"d","required":true,"content":{"application/json":{"schema":{"type":"string"}},"text/json":{"schema":{"type":"string"}}}},"responses":{}}"#
    );
    let content = at(
        loaded.root(),
        &["paths", "/a", "get", "requestBody", "content"],
    );
    let id = |media_type| at(content, &[media_type, "schema"]).id;
    assert_eq!(id("application/json"), id("text/json"), "it is one schema");
}

#[test]
fn a_shared_body_is_referred_to_and_a_shared_form_field_is_repeated() {
    let mut loaded = swagger(
        "consumes: [application/xml]\nparameters:\n  Pet: {name: pet, in: body, schema: {type: string}}\n  Note: {name: note, in: formData, type: string}\n\
         paths:\n  /a:\n    put: {parameters: [{$ref: '#/parameters/Pet'}]}\n    post: {parameters: [{$ref: '#/parameters/Note'}]}\n",
    );
    assert_eq!(
        json(at(loaded.root(), &["paths", "/a"])),
        r##"{"put":{"requestBody":{"$ref":"#/components/requestBodies/Pet"}},"post":{"requestBody":{"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","properties":{"note":{"type":"string"}}}}}}}}"##
    );
    assert_eq!(
        json(at(loaded.root(), &["components"])),
        r#"{"requestBodies":{"Pet":{"content":{"application/xml":{"schema":{"type":"string"}}}}}}"#
    );
    loaded.resolve();
    assert_eq!(loaded.findings(), Vec::<String>::new());
}

#[test]
fn form_parameters_become_one_schema() {
    let loaded = operation(
        "parameters:\n- {name: a, in: formData, type: string, required: true, description: d}\n- {name: b, in: formData, type: array, items: {type: integer}}\n\
         - {name: c, in: formData, type: array, items: {type: integer}, collectionFormat: multi}\n- {name: q, in: query, type: string}\n",
    );
    assert_eq!(
        get(&loaded),
        r#"{"parameters":[{"name":"q","in":"query","schema":{"type":"string"}}],"requestBody":{"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","properties":{"a":{"type":"string","description":"d"},"b":{"type":"array","items":{"type":"integer"}},"c":{"type":"array","items":{"type":"integer"}}},"required":["a"]},"encoding":{"b":{"style":"form","explode":false}}}},"required":true}}"#
    );
    let loaded = operation(
        "consumes: [multipart/form-data]\nparameters:\n- {name: f, in: formData, type: file}\n",
    );
    assert_eq!(
        get(&loaded),
        r#"{"requestBody":{"content":{"multipart/form-data":{"schema":{"type":"object","properties":{"f":{"type":"string","format":"binary"}}}}}}}"#
    );
}

#[test]
fn what_a_path_item_sends_in_the_body_goes_to_its_operations() {
    let loaded = swagger(
        "paths:\n  /a:\n    parameters:\n    - {name: id, in: query, type: string}\n    - {name: pet, in: body, schema: {type: string}}\n    put: {}\n    post: {parameters: [{name: own, in: body, schema: {type: integer}}]}\n",
    );
    assert_eq!(
        json(at(loaded.root(), &["paths", "/a"])),
        r#"{"parameters":[{"name":"id","in":"query","schema":{"type":"string"}}],"put":{"requestBody":{"content":{"application/json":{"schema":{"type":"string"}}}}},"post":{"requestBody":{"content":{"application/json":{"schema":{"type":"integer"}}}}}}"#
    );
}

#[test]
fn a_response_has_its_schema_below_media_types() {
    let loaded = operation(
        "produces: [application/json]\nresponses:\n  200:\n    description: ok\n    schema: {type: array, items: {type: string}}\n    headers: {X-Rate: {type: integer, description: r}}\n    examples: {application/json: [a], text/plain: a}\n  204: {description: none}\n  x-note: kept\n",
    );
    assert_eq!(
        get(&loaded),
        r#"{"responses":{"200":{"description":"ok","headers":{"X-Rate":{"description":"r","schema":{"type":"integer"}}},"content":{"application/json":{"schema":{"type":"array","items":{"type":"string"}},"example":["a"]},"text/plain":{"schema":{"type":"array","items":{"type":"string"}},"example":"a"}}},"204":{"description":"none"},"x-note":"kept"}}"#
    );
    let loaded = operation("responses:\n  200: {description: ok, schema: {type: file}}\n");
    assert_eq!(
        get(&loaded),
        r#"{"responses":{"200":{"description":"ok","content":{"application/octet-stream":{"schema":{"type":"string","format":"binary"}}}}}}"#
    );
}

#[test]
fn a_schema_says_null_and_discriminator_as_openapi_3_does() {
    let loaded = swagger(
        "definitions:\n  A:\n    discriminator: kind\n    properties:\n      kind: {type: string, x-nullable: true}\n      discriminator: {type: string}\n      x-nullable: {type: string}\n    additionalProperties: {x-nullable: false, type: integer}\n  B: {allOf: [{$ref: '#/definitions/A'}, {items: {x-nullable: true}}]}\n",
    );
    assert_eq!(
        json(at(loaded.root(), &["components", "schemas"])),
        r##"{"A":{"discriminator":{"propertyName":"kind"},"properties":{"kind":{"type":"string","nullable":true},"discriminator":{"type":"string"},"x-nullable":{"type":"string"}},"additionalProperties":{"nullable":false,"type":"integer"}},"B":{"allOf":[{"$ref":"#/components/schemas/A"},{"items":{"nullable":true}}]}}"##
    );
}

#[test]
fn security_schemes_have_the_names_of_openapi_3() {
    let loaded = swagger(
        "securityDefinitions:\n  basic: {type: basic, description: d}\n  key: {type: apiKey, name: k, in: header}\n  code: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {s: d}}\n  app: {type: oauth2, flow: application, tokenUrl: 'https://t', scopes: {}}\n  own: {type: oauth2, flow: implicit, authorizationUrl: 'https://a', scopes: {}}\n",
    );
    assert_eq!(
        json(at(loaded.root(), &["components", "securitySchemes"])),
        r#"{"basic":{"type":"http","description":"d","scheme":"basic"},"key":{"type":"apiKey","name":"k","in":"header"},"code":{"type":"oauth2","flows":{"authorizationCode":{"authorizationUrl":"https://a","tokenUrl":"https://t","scopes":{"s":"d"}}}},"app":{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"https://t","scopes":{}}}},"own":{"type":"oauth2","flows":{"implicit":{"authorizationUrl":"https://a","scopes":{}}}}}"#
    );
}

#[test]
fn parts_in_other_files_are_reshaped_and_their_references_rewritten() {
    let mut loaded = load(&[
        (
            "api.yaml",
            "swagger: '2.0'\nproduces: [text/json]\npaths:\n  /a: {$ref: 'paths.yaml#/a'}\n  /b:\n    get:\n      parameters: [{$ref: 'common.yaml#/parameters/Limit'}]\n      responses:\n        200: {$ref: 'common.yaml#/responses/Ok'}\n        400: {description: no, schema: {$ref: 'error.yaml'}}\n",
        ),
        (
            "paths.yaml",
            "a:\n  get:\n    responses:\n      200: {description: ok, schema: {$ref: 'common.yaml#/definitions/Pet'}}\n",
        ),
        (
            "common.yaml",
            "definitions:\n  Pet: {type: object, properties: {tag: {$ref: '#/definitions/Tag'}}}\n  Tag: {type: string, x-nullable: true}\nparameters:\n  Limit: {name: limit, in: query, type: integer}\nresponses:\n  Ok: {description: ok, schema: {$ref: '#/definitions/Tag'}}\n",
        ),
        (
            "error.yaml",
            "type: object\nproperties: {code: {type: integer, x-nullable: true}}\n",
        ),
    ]);
    loaded.resolve();
    assert_eq!(loaded.findings(), Vec::<String>::new());
    let all: Vec<_> = loaded
        .documents()
        .iter()
        .map(|document| json(&document.root))
        .collect();
    assert_eq!(
        all[1..],
        [
            r##"{"a":{"get":{"responses":{"200":{"description":"ok","content":{"text/json":{"schema":{"$ref":"common.yaml#/components/schemas/Pet"}}}}}}}}"##,
            r##"{"components":{"schemas":{"Pet":{"type":"object","properties":{"tag":{"$ref":"#/components/schemas/Tag"}}},"Tag":{"type":"string","nullable":true}},"parameters":{"Limit":{"name":"limit","in":"query","schema":{"type":"integer"}}},"responses":{"Ok":{"description":"ok","content":{"text/json":{"schema":{"$ref":"#/components/schemas/Tag"}}}}}}}"##,
            r##"{"type":"object","properties":{"code":{"type":"integer","nullable":true}}}"##,
        ]
    );
}

#[test]
fn pointers_lead_into_the_text_as_it_was_written() {
    let loaded = operation(
        "parameters:\n- {name: a, in: body, schema: {type: object, properties: {b: {type: string}}}}\n",
    );
    let schema = at(
        loaded.root(),
        &[
            "paths",
            "/a",
            "get",
            "requestBody",
            "content",
            "application/json",
            "schema",
        ],
    );
    let documents = loaded.documents();
    assert_eq!(
        documents.pointer(schema.span),
        "#/paths/~1a/get/parameters/0/schema"
    );
    let b = at(schema, &["properties", "b"]);
    assert_eq!(
        documents.pointer(b.span),
        "#/paths/~1a/get/parameters/0/schema/properties/b"
    );
}

#[test]
fn media_types_times_schemas_have_a_budget() {
    let types: String = (0..2000).map(|n| format!("  - text/x{n}\n")).collect();
    let properties: String = (0..2000)
        .map(|n| format!("            p{n}: {{type: string}}\n"))
        .collect();
    let loaded = swagger(&format!(
        "produces:\n{types}paths:\n  /a:\n    get:\n      responses:\n        200:\n          description: ok\n          schema:\n           properties:\n{properties}"
    ));
    assert_eq!(loaded.codes(), ["limit"]);
}

#[test]
fn a_document_that_mixes_versions_keeps_one_of_each_key() {
    let mut loaded = swagger(
        "servers: [{url: 'https://old'}]\nhost: new\ncomponents: {schemas: {B: {}}, links: {L: {}}}\ndefinitions: {A: {nullable: true, x-nullable: false}}\n",
    );
    assert_eq!(
        json(loaded.root()),
        r#"{"openapi":"2.0","servers":[{"url":"https://old"}],"components":{"schemas":{"A":{"nullable":true}},"links":{"L":{}}}}"#
    );
    loaded.resolve();
    assert_eq!(loaded.findings(), Vec::<String>::new());
}

#[test]
fn an_operation_that_produces_files_answers_with_one() {
    let content = |produces: &str, status: &str| {
        let loaded = operation(&format!(
            "produces: [{produces}]\nresponses:\n  {status}: {{description: d}}\n"
        ));
        let get = at(loaded.root(), &["paths", "/a", "get"]);
        let content = at(get, &["responses", status]).get("content").map(json);
        content.unwrap_or_default()
    };
    assert_eq!(
        content("application/x-tar", "200"),
        r#"{"application/x-tar":{}}"#
    );
    assert_eq!(
        content("image/png, application/pdf; v=1", "200"),
        r#"{"image/png":{},"application/pdf; v=1":{}}"#
    );
    for other in [
        "application/json",
        "application/problem+json",
        "text/plain",
        "image/png, application/json",
        "'*/*'",
        "image/*",
        "",
    ] {
        assert_eq!(content(other, "200"), "", "{other}");
    }
    assert_eq!(content("application/x-tar", "204"), "");
    assert_eq!(content("application/x-tar", "404"), "");
}

#[test]
fn what_the_whole_document_produces_says_nothing_of_an_answer_without_a_schema() {
    let loaded = swagger(
        "produces: [application/zip]\npaths:\n  /a:\n    get:\n      responses:\n        200: {description: d}\n",
    );
    let answer = at(loaded.root(), &["paths", "/a", "get", "responses", "200"]);
    assert_eq!(json(answer), r#"{"description":"d"}"#);
}
