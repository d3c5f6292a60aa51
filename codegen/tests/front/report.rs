//! Reports as people read them.

use crate::fixture::{Loaded, load, load_one};
use countersign_codegen::diagnostic::{Code, Diagnostic, Report, Severity};

fn rendered(mut loaded: Loaded) -> String {
    if loaded.documents.is_some() {
        loaded.resolve();
    }
    loaded.report.render("spec/shop/")
}

#[test]
fn an_error_shows_its_place_an_excerpt_and_a_cure() {
    let loaded = load_one(
        "openapi.yaml",
        "openapi: 3.0.3\ninfo: {title: Shop, version: 1.0.0}\npaths:\n  /pets/{id}:\n    get:\n      responses:\n        200:\n          description: ok\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/Pett'\ncomponents:\n  schemas:\n    Pet: {type: object}\n",
    );
    insta::assert_snapshot!(rendered(loaded), @r#"
    error[dangling-reference]: `#/components/schemas/Pett` does not exist: `#/components/schemas` has no `Pett`
      --> spec/shop/openapi.yaml:12:23
       |
    12 |                 $ref: '#/components/schemas/Pett'
       |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = at: #/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema/$ref
       = help: did you mean `Pet`?
    "#);
}

#[test]
fn related_places_are_shown_too() {
    let loaded = load_one(
        "openapi.yaml",
        "openapi: 3.0.3\ninfo:\n  title: One\n  version: '1'\n  title: Two\n  'title': Three\n",
    );
    insta::assert_snapshot!(rendered(loaded), @r#"
    error[duplicate-key]: the key `title` is repeated in one object
     --> spec/shop/openapi.yaml:5:3
      |
    5 |   title: Two
      |   ^^^^^
     ::: spec/shop/openapi.yaml:3:3
      |
    3 |   title: One
      |   ----- first defined here
     ::: spec/shop/openapi.yaml:6:3
      |
    6 |   'title': Three
      |   ------- repeated here
      |
      = at: #/info
      = help: remove or rename all but one of them
    "#);
}

#[test]
fn a_report_can_be_shown_when_loading_failed() {
    let loaded = load(&[
        (
            "openapi.yaml",
            "openapi: 3.0.3\npaths:\n  /a: {$ref: 'a.yaml'}\n  /b: {b: c\n",
        ),
        ("a.yaml", "get:\n\tresponses: {}\n"),
    ]);
    assert!(loaded.documents.is_none());
    insta::assert_snapshot!(rendered(loaded), @r#"
    error[syntax]: invalid YAML: unclosed bracket '{'
     --> spec/shop/openapi.yaml:4:7
      |
    4 |   /b: {b: c
      |       ^
      |
      = help: balance the brackets and put commas between the values in them

    error[syntax]: the line is indented with a tab
     --> spec/shop/a.yaml:2:1
      |
    2 |     responses: {}
      | ^^^^
      |
      = help: indent with spaces: YAML does not allow tabs there
    "#);
}

#[test]
fn warnings_of_a_kind_share_a_block() {
    let properties: String = (0..15)
        .map(|n| format!("      p{n}: {{$ref: '#/components/schemas/B', nullable: true}}\n"))
        .collect();
    let loaded = load_one(
        "openapi.yaml",
        &format!(
            "openapi: 3.0.3\ncomponents:\n schemas:\n  B: {{type: string}}\n  C: {{$ref: '#/components/schemas/B', readOnly: true}}\n  A:\n    properties:\n{properties}"
        ),
    );
    insta::assert_snapshot!(rendered(loaded), @r#"
    warning[ignored-sibling]: `readOnly` beside a `$ref` has no effect
     --> spec/shop/openapi.yaml:5:39
      |
    5 |   C: {$ref: '#/components/schemas/B', readOnly: true}
      |                                       ^^^^^^^^
      |
      = at: #/components/schemas/C/readOnly
      = help: put the reference into an `allOf` beside it to keep it
      = note: it is ignored, as the specification requires
      = also: spec/shop/openapi.yaml:8:44: `nullable` beside a `$ref` has no effect by the specification
      = also: spec/shop/openapi.yaml:9:44: `nullable` beside a `$ref` has no effect by the specification
      = also: spec/shop/openapi.yaml:10:44: `nullable` beside a `$ref` has no effect by the specification
      = also: spec/shop/openapi.yaml:11:44: `nullable` beside a `$ref` has no effect by the specification
      = also: spec/shop/openapi.yaml:12:44: `nullable` beside a `$ref` has no effect by the specification
      = also: spec/shop/openapi.yaml:13:44: `nullable` beside a `$ref` has no effect by the specification
      = also: spec/shop/openapi.yaml:14:44: `nullable` beside a `$ref` has no effect by the specification
      = also: spec/shop/openapi.yaml:15:44: `nullable` beside a `$ref` has no effect by the specification
      = also: spec/shop/openapi.yaml:16:44: `nullable` beside a `$ref` has no effect by the specification
      = also: spec/shop/openapi.yaml:17:44: `nullable` beside a `$ref` has no effect by the specification
      = and 5 more places
    "#);
}

#[test]
fn errors_come_first_and_in_the_order_of_the_text() {
    let text = "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {$ref: 'https://example.com/a'}\n    B: {$ref: '#/gone'}\n    C: {$ref: '#/components/schemas/C'}\n    D: {$ref: '../up'}\n";
    let shown = rendered(load_one("openapi.yaml", text));
    let heads: Vec<_> = shown
        .lines()
        .filter(|line| line.contains("]: "))
        .map(|line| line.split(']').next().expect("a rule"))
        .collect();
    assert_eq!(
        heads,
        [
            "error[dangling-reference",
            "error[reference-cycle",
            "error[escaping-reference",
            "warning[remote-reference"
        ]
    );
}

/// A document that draws one warning.
fn warned() -> Loaded {
    let text = "openapi: 3.1.0\ncomponents:\n  schemas: { A: { $ref: 'https://h.example/a' } }\n";
    let mut loaded = load_one("openapi.yaml", text);
    loaded.resolve();
    loaded
}

#[test]
fn denied_warnings_are_errors() {
    let mut loaded = warned();
    assert_eq!(
        (
            loaded.report.count(Severity::Warning),
            loaded.report.has_errors()
        ),
        (1, false)
    );
    loaded.report.deny_warnings();
    assert_eq!(
        (
            loaded.report.count(Severity::Warning),
            loaded.report.has_errors()
        ),
        (0, true)
    );
    assert!(
        loaded
            .report
            .render("")
            .starts_with("error[remote-reference]")
    );
}

#[test]
fn control_characters_and_overrides_are_escaped() {
    let loaded = load_one(
        "openapi.yaml",
        "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {\t$ref: \"#/x\\e[31m\\u202e\\0y\u{202e}\u{200b}\u{85}z\"}\n",
    );
    insta::assert_snapshot!(rendered(loaded), @r##"
    error[dangling-reference]: `#/x\u{1b}[31m\u{202e}\u{0}y\u{202e}\u{200b}\u{85}z` does not exist: this document has no `x\u{1b}[31m\u{202e}\u{0}y\u{202e}\u{200b}\u{85}z`
     --> spec/shop/openapi.yaml:4:16
      |
    4 |     A: {    $ref: "#/x\e[31m\u202e\0y\u{202e}\u{200b}\u{85}z"}
      |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = at: #/components/schemas/A/$ref
      = help: define it there, or correct the reference
    "##);
}

#[test]
fn hostile_text_never_reaches_the_terminal() {
    let hostile: String = (0..0x3000)
        .filter_map(char::from_u32)
        .chain('\u{e0000}'..'\u{e0080}')
        .chain('\u{fe00}'..='\u{ffff}')
        .collect();
    let mut loaded = load_one("openapi.yaml", "openapi: 3.0.3\n");
    let span = loaded.root().span;
    for chunk in hostile.chars().collect::<Vec<_>>().chunks(500) {
        let text: String = chunk.iter().collect();
        loaded.report.push(
            Diagnostic::error(Code::Syntax, span, text.clone())
                .related(span, text.clone())
                .help(text),
        );
    }
    let shown = loaded.report.render("spec/\u{202e}/");
    let bad = |character: char| {
        character != '\n'
            && (character.is_control()
                || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
                    && !matches!(character, '\u{200c}' | '\u{200d}'))
    };
    assert_eq!(shown.chars().find(|character| bad(*character)), None);
}

#[test]
fn a_long_line_is_cut_around_what_is_meant() {
    let filler = "\"é\":\"".to_owned() + &"x".repeat(3000) + "\",";
    let text = format!(
        "{{\"openapi\":\"3.0.3\",{filler}\"components\":{{\"schemas\":{{\"A\":{{\"$ref\":\"#/gone\"}}}}}},{}\"\":1}}",
        filler.replace('é', "f")
    );
    let loaded = load_one("openapi.json", &text);
    insta::assert_snapshot!(rendered(loaded), @r##"
    error[dangling-reference]: `#/gone` does not exist: this document has no `gone`
     --> spec/shop/openapi.json:1:3064
      |
    1 | ...nents":{"schemas":{"A":{"$ref":"#/gone"}}},"f":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...
      |                                   ^^^^^^^^
      |
      = at: #/components/schemas/A/$ref
      = help: define it there, or correct the reference
    "##);
}

#[test]
fn what_is_not_shown_is_counted() {
    let schemas: String = (0..12_000)
        .map(|n| format!("    S{n}: {{$ref: '#/gone/{n}'}}\n"))
        .collect();
    let shown = rendered(load_one(
        "openapi.yaml",
        &format!("openapi: 3.0.3\ncomponents:\n  schemas:\n{schemas}"),
    ));
    assert_eq!(shown.matches("error[").count(), 50);
    assert!(
        shown.ends_with("\nand 11950 more errors, which are not shown\n"),
        "{}",
        &shown[shown.len() - 100..]
    );
    assert!(shown.len() <= 64 << 10);
}

#[test]
fn a_report_is_at_most_64_kib_long() {
    let mut loaded = load_one("openapi.yaml", "openapi: 3.0.3\n");
    let span = loaded.root().span;
    for code in Code::ALL {
        let long = "\u{1}".repeat(100_000);
        loaded
            .report
            .push(Diagnostic::error(*code, span, long.clone()).help(long.clone()));
        loaded.report.push(
            Diagnostic::warning(*code, span, long.clone())
                .related(span, long.clone())
                .help(long),
        );
    }
    let shown = loaded.report.render("");
    assert!(shown.len() <= 64 << 10, "{}", shown.len());
    assert!(shown.contains("which are not shown"));
}

#[test]
fn rules_have_distinct_kebab_case_names() {
    let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
    for name in &names {
        assert!(
            name.chars().all(|character| character.is_ascii_lowercase()
                || character.is_ascii_digit()
                || character == '-'),
            "{name}"
        );
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
}

#[test]
fn reports_of_one_run_can_be_put_together() {
    let mut loaded = warned();
    let mut other = Report::default();
    other.push(Diagnostic::error(
        Code::Limit,
        loaded.root().span,
        "too much",
    ));
    other.merge(std::mem::take(&mut loaded.report));
    assert_eq!(
        (other.count(Severity::Error), other.count(Severity::Warning)),
        (1, 1)
    );
    assert!(other.render("x/").contains(" --> x/openapi.yaml:1:1\n"));
}
