//! The counts of the summary, compared with those of another library.

use countersign_codegen::ir::OmittedKind;

use crate::check::lenient;
use crate::fixture::load_one;

/// Counts by another library: operations, their parameters, and the responses and media types of them and of what the
/// server sends.
fn counted(api: &openapiv3::OpenAPI) -> [usize; 4] {
    let mut counts = [0; 4];
    let parameters = |name: &str| api.components.as_ref()?.parameters.get(name)?.as_item();
    for (_, item) in &api.paths.paths {
        let item = item.as_item().expect("a path item");
        for (_, operation) in item.iter() {
            let mut names = std::collections::BTreeSet::new();
            for parameter in operation.parameters.iter().chain(&item.parameters) {
                names.insert(&resolved(parameter, parameters).parameter_data_ref().name);
            }
            counts[0] += 1;
            counts[1] += names.len();
            let callbacks = operation.callbacks.values();
            let sent =
                callbacks.flat_map(|callback| callback.values().flat_map(|item| item.iter()));
            for (_, operation) in sent.chain([("", operation)]) {
                let [responses, media] = contents(api, operation);
                counts[2] += responses;
                counts[3] += media;
            }
        }
    }
    counts
}

/// The responses of an operation, and the media types of them and of its body.
fn contents(api: &openapiv3::OpenAPI, operation: &openapiv3::Operation) -> [usize; 2] {
    let components = api.components.as_ref();
    let bodies = |name: &str| components?.request_bodies.get(name)?.as_item();
    let responses = |name: &str| components?.responses.get(name)?.as_item();
    let body = operation.request_body.as_ref();
    let body = body.map_or(0, |body| resolved(body, bodies).content.len());
    let all = operation.responses.responses.values();
    let all = all.chain(&operation.responses.default);
    let media = all
        .clone()
        .map(|response| resolved(response, responses).content.len());
    [all.count(), body + media.sum::<usize>()]
}

/// The target of a reference, or the item itself.
fn resolved<'a, T>(
    item: &'a openapiv3::ReferenceOr<T>,
    find: impl Fn(&str) -> Option<&'a T>,
) -> &'a T {
    match item {
        openapiv3::ReferenceOr::Item(item) => item,
        openapiv3::ReferenceOr::Reference { reference } => {
            let name = reference.rsplit('/').next().expect("a name");
            find(name).expect("a component")
        }
    }
}

#[test]
fn counts_are_those_of_another_library() {
    // The other library knows no references to callbacks.
    let again = "        again: {$ref: '#/components/callbacks/changed'}\n";
    let text = include_str!("../full/openapi-3.0.yaml").replace(again, "");
    let text = text.as_str();
    let (api, report) = lenient(text);
    let stats = api.expect("an API").stats;
    let json = load_one("openapi.yaml", text).root().to_json();
    let [operations, parameters, responses, media_types] =
        counted(&serde_json::from_value(json).expect("a document"));
    assert_eq!(stats.operations, operations, "{}", report.render(""));
    assert_eq!(stats.parameters, parameters);
    assert_eq!(stats.responses, responses);
    assert_eq!(stats.media_types, media_types);
    // The document has a link that no operation can be made of.
    let omitted = stats.omitted.iter().map(|part| part.kind);
    assert!(omitted.eq([OmittedKind::Link]), "{:?}", stats.omitted);
}

#[test]
fn what_is_left_out_is_counted() {
    let text = "openapi: 3.1.0
info: {title: t, version: '1'}
webhooks: {changed: {post: {responses: {'200': {description: d}}}}}
paths:
  /a:
    get:
      operationId: a
      parameters:
        - {name: a, in: query, schema: {type: string}}
        - {name: 'b c', in: header, schema: {type: string}}
        - {name: d, schema: {type: string}}
      responses:
        '100': {description: d}
        '200':
          description: d
          content: {application/json: {schema: {type: string}}, nonsense: {}}
          headers: {'a b': {schema: {type: string}}, X-A: {schema: {type: string}}}
          links: {next: {operationId: unknown}}
        '20': {description: d}
    post:
      operationId: b
      requestBody:
        content:
          multipart/form-data:
            schema: {type: object, properties: {note: {type: string}, file: {type: string, format: binary}}}
            encoding:
              note: {headers: {X-Note: {schema: {type: string}}}}
              file: {headers: {X-File: {schema: {type: string}}}}
      responses: {'204': {description: d}}
";
    let (api, _) = lenient(text);
    let stats = api.expect("an API").stats;
    assert_eq!(
        [stats.parameters, stats.responses, stats.media_types],
        [3, 5, 3]
    );
    let omitted = OmittedKind::ALL.map(|kind| stats.omitted_of(kind));
    assert_eq!(omitted, [2, 1, 2, 1, 1, 0, 0]);
}
