//! Credentials of operations that document none.

use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::Report;
use countersign_codegen::settings::{AccessSettings, Attached, Filter};
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /login:
    post:
      operationId: logIn
      security: []
      responses: {'204': {description: Done.}}
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: {'204': {description: Done.}}
  /keys:
    get:
      operationId: listKeys
      security: [{key: []}]
      responses: {'204': {description: Done.}}
  /open:
    get:
      operationId: getOpen
      responses: {'204': {description: Done.}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    bearer: {type: http, scheme: bearer}
";

/// The schemes of each operation, and the entries of settings that match nothing.
fn security(attached: Vec<Attached>) -> (String, Vec<String>) {
    let entry = DocumentPath::new("pets.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), DOCUMENT);
    let mut settings = countersign_tests::settings("pets", "");
    settings.api.access = AccessSettings { attached };
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let mut report = Report::default();
    let strictness = Strictness::Lenient;
    let lowered = countersign_codegen::lowered_of(&sources, &settings, strictness, &mut report);
    let api = lowered
        .unwrap_or_else(|| panic!("{}", report.render("")))
        .api;
    let operations = api.modules.iter().flat_map(|module| &module.operations);
    let shown = operations.map(|operation| {
        let sets = operation.security.iter().flatten();
        let names = sets.map(|credential| api.schemes[credential.scheme].wire.text());
        format!(
            "{} {}",
            operation.name.as_str(),
            names.collect::<Vec<_>>().join("+")
        )
    });
    let mut shown: Vec<String> = shown.collect();
    shown.sort();
    let unmatched = api.stats.unmatched.iter();
    (
        shown.join(", "),
        unmatched
            .map(|(list, entry)| format!("{list}={entry}"))
            .collect(),
    )
}

fn attached(scheme: &str, operations: Filter) -> Attached {
    Attached {
        scheme: scheme.to_owned(),
        operations,
    }
}

#[test]
fn only_operations_that_say_nothing_get_one() {
    assert_eq!(
        security(Vec::new()).0,
        "GetOpen , ListKeys key, ListPets , LogIn "
    );
    let (all, unmatched) = security(vec![attached("bearer", Filter::default())]);
    assert_eq!(all, "GetOpen bearer, ListKeys key, ListPets bearer, LogIn ");
    assert!(unmatched.is_empty(), "{unmatched:?}");
}

#[test]
fn the_first_that_fits_counts_and_what_is_public_has_to_be_named() {
    let tagged = Filter {
        tags: vec!["pets".to_owned()],
        ..Filter::default()
    };
    let named = Filter {
        operations: vec!["logIn".to_owned()],
        ..Filter::default()
    };
    let (some, _) = security(vec![attached("key", tagged), attached("bearer", named)]);
    assert_eq!(some, "GetOpen , ListKeys key, ListPets key, LogIn bearer");
}

#[test]
fn what_matches_nothing_is_told() {
    let wrong = Filter {
        tags: vec!["dogs".to_owned()],
        paths: vec!["/pets".to_owned()],
        ..Filter::default()
    };
    let (_, unmatched) = security(vec![
        attached("basic", Filter::default()),
        attached("key", wrong),
    ]);
    assert_eq!(unmatched, ["credential.scheme=basic", "tags=dogs"]);
}
