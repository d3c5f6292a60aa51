//! Nothing is lost between document and IR: an independent reading of every document of OpenAPI 3.0 has as many
//! operations, parameters, media types and schemas.

mod counts;

use std::collections::BTreeSet;
use std::fs;

use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::Report;
use countersign_codegen::ir::{Api, Operation};
use countersign_codegen::load::Documents;
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};
use counts::{Counts, Files, counts};

/// The counts of the IR.
fn of_ir(api: &Api) -> Counts {
    let modules = || api.modules.iter().filter(|module| !module.receives);
    let operations = || modules().flat_map(|module| &module.operations);
    let responses = |operation: &Operation| {
        // A success that the document only implies is described where another response is.
        let mut seen = BTreeSet::new();
        let all = operation.responses.all();
        all.filter(|response| seen.insert(response.origin.span))
            .map(|response| usize::from(response.media_type.is_some()) + response.also.len())
            .sum::<usize>()
    };
    let bodies = |operation: &Operation| {
        let body = operation.body.iter();
        body.map(|body| body.payloads.len() + body.also.len())
            .sum::<usize>()
    };
    let place = |origin| {
        let origin: countersign_codegen::ir::Origin = origin;
        let document = &api.documents[origin.span.document.index()];
        let pointer = api.pointers.of(origin)?;
        Some(format!("{}{pointer}", document.as_str()))
    };
    Counts {
        operations: operations().count() + api.stats.left_out.len(),
        parameters: operations()
            .map(|operation| operation.parameters.len())
            .sum(),
        media_types: [
            operations().map(bodies).sum(),
            operations().map(responses).sum(),
        ],
        schemas: api
            .types
            .iter()
            .filter_map(|(_, def)| place(def.origin))
            .collect(),
    }
}

fn files_of(documents: &Documents) -> Files {
    let all = documents.iter();
    all.map(|document| (document.path.as_str().to_owned(), document.root.to_json()))
        .collect()
}

/// The named schema that is at a place, or whose only alternative is.
fn named(place: &str, schemas: &BTreeSet<String>) -> Option<String> {
    let mut place = place;
    while !schemas.contains(place) {
        let mut alone = ["/oneOf/0", "/anyOf/0", "/allOf/0"].into_iter();
        place = alone.find_map(|end| place.strip_suffix(end))?;
    }
    Some(place.to_owned())
}

fn compare(name: &str, documents: &Documents, api: &Api) -> usize {
    let entry = documents.entry().path.as_str();
    let read = counts(&files_of(documents), entry);
    let mut ir = of_ir(api);
    // Types of schemas without a name are nobody's count.
    let named = |place: &String| named(place, &read.schemas);
    ir.schemas = ir.schemas.iter().filter_map(named).collect();
    assert_eq!(ir, read, "{name}");
    read.operations
}

#[test]
fn our_own_documents_are_read_whole() {
    for name in countersign_tests::APIS {
        let generated = countersign_tests::generate(name);
        assert!(compare(name, &generated.documents, &generated.api) > 5);
    }
}

#[test]
fn documents_of_the_tests_are_read_whole() {
    let folder = countersign_tests::root().join("tests/emit/cases");
    let mut count = 0;
    for file in fs::read_dir(folder).expect("the cases") {
        let path = file.expect("a file").path();
        let text = fs::read_to_string(&path).expect("a document");
        if !text.starts_with("openapi: 3.0") {
            continue;
        }
        let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
        let files = MemoryFiles::default().with(entry.clone(), text);
        let sources = Sources {
            entry: &entry,
            overlays: &[],
            files: &files,
        };
        let settings = countersign_tests::settings("case", "");
        let mut report = Report::default();
        let strictness = Strictness::Lenient;
        let generated = countersign_codegen::generate(&sources, &settings, strictness, &mut report);
        let generated = generated.unwrap_or_else(|| panic!("{}", report.render("")));
        // What is guessed at need not be a document of OpenAPI 3.0.
        if !report.diagnostics().is_empty() {
            continue;
        }
        compare(
            &path.display().to_string(),
            &generated.documents,
            &generated.api,
        );
        count += 1;
    }
    assert!(count >= 15, "{count}");
}
