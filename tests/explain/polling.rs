//! Which operations say how far something is: each row a path, an answer and the member that is asked.

use countersign_codegen::diagnostic::Report;
use countersign_codegen::ir::Polling;
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};
use countersign_codegen::{Generated, Strictness};

/// A document with one operation, whose answer is `Answer`.
fn document(version: &str, path: &str, operation: &str, schemas: &str) -> String {
    format!(
        "openapi: {version}\n\
         info: {{title: One, version: '1'}}\n\
         paths:\n  {path}:\n    parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n    \
         {operation}\n      operationId: ask\n      responses:\n        '200':\n          description: It.\n          \
         content: {{application/json: {{schema: {{$ref: '#/components/schemas/Answer'}}}}}}\n\
         components:\n  schemas:\n    Done: {{type: string, enum: [queued, running, succeeded, failed]}}\n    {schemas}\n"
    )
}

fn generated(document: &str) -> Generated {
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), document);
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let settings = countersign_tests::settings("one", "");
    let mut report = Report::default();
    let generated =
        countersign_codegen::generate(&sources, &settings, Strictness::Lenient, &mut report);
    let noise = report.diagnostics().iter();
    assert_eq!(
        noise.filter(|found| found.code.name() == "polling").count(),
        0
    );
    generated.unwrap_or_else(|| panic!("{}\n{document}", report.render("")))
}

fn polling(document: &str) -> Option<Polling> {
    let generated = generated(document);
    let modules = generated.api.modules.iter();
    let mut operations = modules.flat_map(|module| &module.operations);
    operations.next().expect("an operation").polling.clone()
}

/// The member that is asked, for a `GET` of one thing.
fn status(version: &str, schemas: &str) -> Option<String> {
    let found = polling(&document(version, "/jobs/{id}", "get:", schemas));
    found.map(|polling| polling.status)
}

#[test]
fn a_status_is_found_where_frameworks_put_it() {
    for (version, schemas, expected) in [
        // By itself: a reference, in line, by another of its names.
        (
            "3.0.3",
            "Answer: {type: object, properties: {status: {$ref: '#/components/schemas/Done'}}}",
            "/status",
        ),
        (
            "3.0.3",
            "Answer: {type: object, properties: {state: {type: string, enum: [PENDING, SUCCESS, FAILURE]}}}",
            "/state",
        ),
        (
            "3.1.0",
            "Answer: {type: object, properties: {jobStatus: {enum: [In Progress, Done, Timed Out]}}}",
            "/jobStatus",
        ),
        (
            "3.1.0",
            "Answer: {type: object, properties: {run_state: {oneOf: [{const: waiting}, {const: ready}, {const: error}]}}}",
            "/run_state",
        ),
        // It may be null, however that is written.
        (
            "3.0.3",
            "Answer: {type: object, properties: {status: {type: string, nullable: true, enum: [queued, done, failed, null]}}}",
            "/status",
        ),
        (
            "3.0.3",
            "Answer: {type: object, properties: {status: {nullable: true, allOf: [{$ref: '#/components/schemas/Done'}]}}}",
            "/status",
        ),
        (
            "3.1.0",
            "Answer: {type: object, properties: {status: {anyOf: [{$ref: '#/components/schemas/Done'}, {type: 'null'}]}}}",
            "/status",
        ),
        (
            "3.1.0",
            "Answer: {type: object, properties: {phase: {type: [string, 'null'], enum: [starting, completed, aborted, null]}}}",
            "/phase",
        ),
        // Within what servers put around an answer.
        (
            "3.0.3",
            "Answer: {type: object, properties: {data: {type: object, properties: {state: {$ref: '#/components/schemas/Done'}}}}}",
            "/data/state",
        ),
        (
            "3.0.3",
            "Answer: {type: object, properties: {code: {type: integer}, result: {$ref: '#/components/schemas/Job'}}}\n    Job: {type: object, properties: {status: {$ref: '#/components/schemas/Done'}}}",
            "/result/status",
        ),
        // From a base, and under another name.
        (
            "3.0.3",
            "Answer: {allOf: [{$ref: '#/components/schemas/Job'}, {type: object, properties: {url: {type: string}}}]}\n    Job: {type: object, properties: {status: {$ref: '#/components/schemas/Done'}}}",
            "/status",
        ),
        (
            "3.0.3",
            "Answer: {$ref: '#/components/schemas/Job'}\n    Job: {type: object, properties: {status: {$ref: '#/components/schemas/Done'}}}",
            "/status",
        ),
    ] {
        assert_eq!(
            status(version, schemas).as_deref(),
            Some(expected),
            "{schemas}"
        );
    }
}

#[test]
fn what_is_not_certain_is_not_inferred() {
    for schemas in [
        // A word that nobody knows, and no word for an end, for success or for going on.
        "Answer: {type: object, properties: {status: {type: string, enum: [queued, approved, failed, done]}}}",
        "Answer: {type: object, properties: {status: {type: string, enum: [queued, running, done]}}}",
        "Answer: {type: object, properties: {status: {type: string, enum: [queued, failed]}}}",
        "Answer: {type: object, properties: {status: {type: string, enum: [done, failed]}}}",
        // Text, a boolean and a number say nothing of their values.
        "Answer: {type: object, properties: {status: {type: string}}}",
        "Answer: {type: object, properties: {done: {type: boolean}, error: {type: string}}}",
        "Answer: {type: object, properties: {status: {type: integer, enum: [0, 1, 2]}}}",
        // Another member, two of them, a list of things, and one too deep.
        "Answer: {type: object, properties: {kind: {$ref: '#/components/schemas/Done'}}}",
        "Answer: {type: object, properties: {status: {$ref: '#/components/schemas/Done'}, state: {$ref: '#/components/schemas/Done'}}}",
        "Answer: {type: object, properties: {status: {$ref: '#/components/schemas/Done'}, data: {type: object, properties: {state: {$ref: '#/components/schemas/Done'}}}}}",
        "Answer: {type: array, items: {type: object, properties: {status: {$ref: '#/components/schemas/Done'}}}}",
        "Answer: {type: object, properties: {data: {type: object, properties: {job: {type: object, properties: {status: {$ref: '#/components/schemas/Done'}}}}}}}",
        "Answer: {type: object, properties: {owner: {type: object, properties: {status: {$ref: '#/components/schemas/Done'}}}}}",
    ] {
        assert_eq!(status("3.0.3", schemas), None, "{schemas}");
    }
    let job = "Answer: {type: object, properties: {status: {$ref: '#/components/schemas/Done'}}}";
    for (path, operation) in [
        ("/jobs", "get:"),
        ("/jobs/{id}", "post:"),
        (
            "/jobs/{id}",
            "get:\n      requestBody: {content: {application/json: {schema: {type: string}}}}",
        ),
    ] {
        let found = polling(&document("3.0.3", path, operation, job));
        assert!(found.is_none(), "{path} {operation}");
    }
}

#[test]
fn each_word_is_of_its_kind() {
    let words = "Answer: {type: object, properties: {status: {type: string, enum: [Not Started, in-progress, READY, canceled, timed_out]}}}";
    let found = polling(&document("3.0.3", "/jobs/{id}", "get:", words)).expect("a status");
    assert_eq!(found.pending, ["Not Started", "in-progress"]);
    assert_eq!(found.succeeded, ["READY"]);
    assert_eq!(found.failed, ["canceled", "timed_out"]);
}

#[test]
fn a_boolean_is_a_status_where_the_document_says_so() {
    let operation =
        "get:\n      x-polling: {status: /done, pending: ['false'], succeeded: ['true']}";
    let schemas = "Answer: {type: object, required: [done], properties: {done: {type: boolean}}}";
    let found = polling(&document("3.0.3", "/operations/{id}", operation, schemas));
    let found = found.expect("a status");
    assert_eq!(
        (found.status.as_str(), found.succeeded),
        ("/done", vec!["true".to_owned()])
    );
}
