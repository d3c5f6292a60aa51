//! One mistake in a document, and the message that a user reads. A case is a file; its name is the rule that it breaks.

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
        assert!(message.contains("= help: "), "no cure:\n{message}");
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
