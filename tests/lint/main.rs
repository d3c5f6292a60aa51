//! Lint: each rule with a document that breaks it and one that does not, waivers, levels, and what machines read.

mod machines;
mod propose;
mod waivers;

use std::fs;
use std::path::Path;

use countersign_codegen::diagnostic::{Code, Levels, Report};
use countersign_codegen::lint;
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};

/// The findings of lint in a document that is held in memory.
fn check(text: &str, levels: &Levels, report: Report) -> Report {
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), text);
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let mut report = report;
    lint::check(&sources, &[], levels, &mut report);
    report
}

fn rule(path: &Path) -> &str {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    let stem = stem.expect("a name");
    // A rule may have several documents: `RULE.more.yaml`.
    stem.split_once('.').map_or(stem, |(rule, _)| rule)
}

#[test]
fn what_breaks_a_rule_is_said() {
    insta::glob!("bad/*.yaml", |path| {
        let text = fs::read_to_string(path).expect("a case");
        let message = check(&text, &Levels::default(), Report::default()).render("");
        let rule = rule(path);
        assert!(
            message.contains(&format!("[{rule}]: ")),
            "{rule}:\n{message}"
        );
        insta::assert_snapshot!(message);
    });
}

#[test]
fn what_keeps_all_rules_is_let_pass() {
    insta::glob!("good/*.yaml", |path| {
        let text = fs::read_to_string(path).expect("a case");
        let message = check(&text, &Levels::default(), Report::default()).render("");
        assert_eq!(message, "", "{}", rule(path));
    });
}

#[test]
fn each_rule_has_both() {
    let folder = countersign_tests::root().join("tests/lint");
    let rules = Code::ALL.iter().filter(|code| code.usual_level().is_some());
    for rule in rules.map(|rule| rule.name()) {
        for kind in ["bad", "good"] {
            let file = folder.join(kind).join(format!("{rule}.yaml"));
            assert!(file.is_file(), "{} is missing", file.display());
        }
    }
}

#[test]
fn files_that_are_schemas_by_themselves_are_looked_at() {
    let path = |name: &str| DocumentPath::new(name).expect("a plain path");
    let entry = path("openapi.yaml");
    let text = "openapi: 3.0.3
info: {title: Pets, version: '1', description: Pets.}
paths:
  /pets:
    get:
      operationId: listPets
      summary: List pets
      responses:
        '200':
          description: A pet.
          content: {application/json: {schema: {$ref: pet.yaml}}}
";
    let files = MemoryFiles::default().with(entry.clone(), text).with(
        path("pet.yaml"),
        "type: object\ndescription: A pet.\nproperties:\n  name: {type: string, example: 5}\n",
    );
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let mut report = Report::default();
    lint::check(&sources, &[], &Levels::default(), &mut report);
    let found: Vec<_> = report
        .findings("")
        .into_iter()
        .map(|found| (found.rule, found.place.pointer))
        .collect();
    let at = |pointer: &str| Some(pointer.to_owned());
    assert_eq!(
        found,
        [
            ("invalid-example", at("#/properties/name/example")),
            ("missing-description", at("#/properties/name")),
        ]
    );
}
