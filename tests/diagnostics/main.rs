//! One mistake in a document, and the message that a user reads. A case is a file; its name is the rule that it breaks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::Code;

#[test]
fn every_mistake_has_its_message() {
    insta::glob!("cases/*.yaml", |path| {
        let name = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("a name");
        let text = fs::read_to_string(path).expect("a case");
        let refused =
            countersign_tests::generate_text(&[("openapi.yaml", &text)], Strictness::DenyWarnings);
        let message = refused
            .map(|_| "nothing was said".to_owned())
            .unwrap_or_else(|message| message);
        let rule = name.split('.').next().unwrap_or(name);
        assert!(
            message.contains(&format!("error[{rule}]")),
            "{name}:\n{message}"
        );
        assert!(message.contains("openapi.yaml:"), "no place:\n{message}");
        assert!(message.contains("= help: "), "no help:\n{message}");
        insta::assert_snapshot!(message);
    });
}

#[test]
fn all_mistakes_of_a_document_are_said_at_once() {
    let text = "openapi: 3.0.3
info: { title: Many, version: '1' }
paths:
  /a/{id}:
    get:
      operationId: twice
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Gone' } } } }
    put:
      operationId: twice
      responses: { '999': { description: what } }
components:
  schemas:
    A: { type: text }
    B: { type: string, pattern: '(' }
";
    let message =
        countersign_tests::generate_text(&[("openapi.yaml", text)], Strictness::DenyWarnings)
            .expect_err("a document full of mistakes");
    for code in [
        Code::DanglingReference,
        Code::RepeatedOperationId,
        Code::UnknownStatus,
        Code::UndeclaredParameter,
        Code::UnknownType,
        Code::InvalidPattern,
    ] {
        assert!(
            message.contains(&format!("error[{}]", code.name())),
            "{} is missing:\n{message}",
            code.name()
        );
    }
}

#[test]
fn rules_have_names_of_their_own() {
    let mut names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
}

/// Rules whose cases are elsewhere, because a text by itself doesn't break them.
const ELSEWHERE: [(&str, &str); 5] = [
    ("not-utf8", "bytes: codegen/tests/front/load.rs"),
    (
        "loose-reference",
        "several files: codegen/tests/front/resolve.rs",
    ),
    ("link", "a note, which fails nothing: codegen/src/check"),
    ("internal", "no document is known that breaks it"),
    ("overlay", "several files: codegen/tests/front/overlay.rs"),
];

/// The messages in the snapshots of cases, by rule, each with its help and note.
fn messages() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for folder in ["diagnostics", "lint", "audit"] {
        let folder = countersign_tests::root().join(format!("tests/{folder}/snapshots"));
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let text = fs::read_to_string(&path).expect("a snapshot");
            let name = path.to_string_lossy().into_owned();
            if !name.ends_with(".snap") || name.contains("every_message_with_its_rule") {
                continue;
            }
            let mut lines = text.lines().peekable();
            while let Some(line) = lines.next() {
                let head = ["error[", "warning[", "note["]
                    .into_iter()
                    .find_map(|level| line.strip_prefix(level));
                let Some((rule, message)) = head.and_then(|head| head.split_once("]: ")) else {
                    continue;
                };
                let mut block = message.to_owned();
                while let Some(line) = lines.next_if(|line| !line.is_empty()) {
                    let advice = ["= help: ", "= note: "]
                        .into_iter()
                        .find(|at| line.contains(at));
                    if let Some((_, text)) = advice.and_then(|at| line.split_once(at)) {
                        let label = if line.contains("= help: ") {
                            "help"
                        } else {
                            "note"
                        };
                        block.push_str(&format!("\n    {label}: {text}"));
                    }
                }
                found.entry(rule.to_owned()).or_default().insert(block);
            }
        }
    }
    found
}

#[test]
fn every_message_with_its_rule() {
    let messages = messages();
    for rule in Code::ALL.iter().map(|rule| rule.name()) {
        let elsewhere = ELSEWHERE.iter().any(|(name, _)| *name == rule);
        assert_ne!(
            messages.contains_key(rule),
            elsewhere,
            "{rule}: a case is missing in tests/diagnostics/cases, a document in tests/lint/bad or its snapshot, or \
             ELSEWHERE is out of date"
        );
    }
    let mut all = String::new();
    for (rule, blocks) in messages {
        all.push_str(&format!("{rule}\n"));
        for block in blocks {
            all.push_str(&format!("  {block}\n"));
        }
    }
    insta::assert_snapshot!(all);
}
