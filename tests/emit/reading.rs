//! The settings for answers that are not what the document says.

use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::Report;
use countersign_codegen::ir::ReadingMode;
use countersign_codegen::settings::{ApiSettings, MemberMode, ReadingSettings};
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};

const DOCUMENT: &str = include_str!("cases/reading.yaml");

/// The files of the crates with these settings, in one text; and the operations that they name in vain.
fn generate(document: &str, reading: ReadingSettings) -> (String, Vec<String>) {
    let entry = DocumentPath::new("reading.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), document);
    let settings = countersign_codegen::settings::Settings {
        api: ApiSettings {
            reading,
            ..ApiSettings::default()
        },
        ..countersign_tests::settings("reading", "")
    };
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let mut report = Report::default();
    let strictness = Strictness::DenyWarnings;
    let generated = countersign_codegen::generate(&sources, &settings, strictness, &mut report);
    let generated = generated.unwrap_or_else(|| panic!("{}", report.render("")));
    let text = generated.tree.values().map(String::as_str);
    let text: String = text.collect();
    let unmatched = generated.api.stats.unmatched.into_iter();
    (text, unmatched.map(|(_, id)| id).collect())
}

#[test]
fn settings_go_before_the_document_and_the_document_before_the_default() {
    const API: &str = ".reading(Reading::Tolerant);";
    let tolerant = ReadingSettings {
        mode: Some(ReadingMode::Tolerant),
        ..ReadingSettings::default()
    };
    let otherwise = ReadingSettings {
        otherwise: ReadingMode::Tolerant,
        ..ReadingSettings::default()
    };
    let unsaid = DOCUMENT.replace("x-reading: strict\n", "");
    for (document, reading, expected) in [
        (DOCUMENT, ReadingSettings::default(), false),
        (DOCUMENT, otherwise.clone(), false),
        (DOCUMENT, tolerant, true),
        (&unsaid, ReadingSettings::default(), false),
        (&unsaid, otherwise, true),
    ] {
        let (text, _) = generate(document, reading.clone());
        let text = text.replace(char::is_whitespace, "");
        let api = API.replace(char::is_whitespace, "");
        assert_eq!(text.contains(&api), expected, "{reading:?}");
    }
}

#[test]
fn operations_and_members_have_their_own() {
    let reading = ReadingSettings {
        operations: vec![
            ("listPets".to_owned(), MemberMode::Strict),
            ("listDogs".to_owned(), MemberMode::Strict),
        ],
        members: vec![
            ("**/tags".to_owned(), MemberMode::OneForList),
            ("/*/\"born\"".to_owned(), MemberMode::Strict),
            ("listPets#/*/name".to_owned(), MemberMode::JsonText),
            ("listCats#/*/name".to_owned(), MemberMode::JsonText),
        ],
        optional: vec!["Pet.gone".to_owned(), "Dog.name".to_owned()],
        ..ReadingSettings::default()
    };
    let (text, unmatched) = generate(DOCUMENT, reading);
    let expected = ["Pet.gone", "Dog.name", "listDogs", "listCats#/*/name"];
    assert_eq!(unmatched, expected);
    let own = r#".members(&[("/*/name", MemberReading::JsonText)])"#;
    assert!(text.contains(own), "{text}");
    assert!(text.contains(".reading(Reading::Strict)"), "{text}");
    assert!(!text.contains("Reading::Tolerant"), "{text}");
    assert!(
        text.contains(r#"("**/tags", MemberReading::OneForList)"#),
        "{text}"
    );
    assert!(
        text.contains(r#"("/*/\"born\"", MemberReading::Strict)"#),
        "{text}"
    );
}

#[test]
fn an_answer_as_a_whole_has_a_shape() {
    let shaped = ReadingSettings {
        operations: vec![("listPets".to_owned(), MemberMode::OneForList)],
        ..ReadingSettings::default()
    };
    let said = DOCUMENT.replace("x-reading: tolerant", "x-reading: one-for-list");
    for (document, reading) in [(DOCUMENT, shaped), (&*said, ReadingSettings::default())] {
        let (text, _) = generate(document, reading);
        assert!(text.contains(".reading(Reading::Tolerant)"), "{text}");
        let shape = r#".members(&[("", MemberReading::OneForList)])"#;
        assert!(text.contains(shape), "{text}");
    }
}

/// The document with a pet in a request as well.
fn with_request() -> String {
    let request = "      operationId: addPet
      summary: Adds a pet.
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Pet' }
      responses:
        '204': { description: Added. }
components:";
    DOCUMENT.replace("components:", &format!("    post:\n{request}"))
}

#[test]
fn members_are_optional_in_answers_alone() {
    let document = with_request();
    for entry in [
        "Pet.name",
        "*.name",
        "#/components/schemas/Pet/properties/name",
    ] {
        let optional = ReadingSettings {
            optional: vec![entry.to_owned()],
            ..ReadingSettings::default()
        };
        let (text, unmatched) = generate(&document, optional);
        assert!(unmatched.is_empty(), "{unmatched:?}");
        assert_eq!(
            text.matches("pub name: Option<String>").count(),
            1,
            "{text}"
        );
        assert_eq!(text.matches("pub name: String").count(), 1, "{text}");
        assert!(text.contains("the server may leave it out"), "{text}");
        // What else is required stays so.
        assert_eq!(text.matches("pub rank: i64").count(), 2, "{text}");
    }
    let (text, _) = generate(&document, ReadingSettings::default());
    assert_eq!(text.matches("pub name: String").count(), 1, "{text}");
    let all = ReadingSettings {
        optional: vec!["Pet.*".to_owned(), "*.gone".to_owned()],
        ..ReadingSettings::default()
    };
    let (text, unmatched) = generate(&document, all);
    assert_eq!(unmatched, ["*.gone"]);
    for (member, ty) in [("name", "String"), ("rank", "i64")] {
        let required = format!("pub {member}: {ty}");
        assert_eq!(text.matches(&required).count(), 1, "{text}");
        let optional = format!("pub {member}: Option<{ty}>");
        assert_eq!(text.matches(&optional).count(), 1, "{text}");
    }
}

#[test]
fn members_that_the_document_does_not_name_are_kept_on_request() {
    let keep = || ReadingSettings {
        keep_unknown: true,
        ..ReadingSettings::default()
    };
    const EXTRA: &str = "pub extra: BTreeMap<String, Value>";
    assert!(
        !generate(DOCUMENT, ReadingSettings::default())
            .0
            .contains(EXTRA)
    );
    assert!(generate(DOCUMENT, keep()).0.contains(EXTRA));
    // What a document says goes before that.
    let closed = "type: object\n      additionalProperties: false\n";
    let document = DOCUMENT.replacen("type: object\n", closed, 1);
    assert!(!generate(&document, keep()).0.contains(EXTRA));
}
