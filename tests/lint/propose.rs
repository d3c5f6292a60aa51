//! Proposed overlays: they apply, and what they are for is gone.

use std::fs;

use countersign_codegen::Strictness;
use countersign_codegen::diagnostic::{Code, Levels, Report};
use countersign_codegen::propose::{self, Departure, Proposal};
use countersign_codegen::source::{DocumentPath, MemoryFiles, Sources};

fn path(name: &str) -> DocumentPath {
    DocumentPath::new(name).expect("a plain path")
}

fn propose(text: &str, departures: &[Departure]) -> Proposal {
    let entry = path("openapi.yaml");
    let files = MemoryFiles::default().with(entry.clone(), text);
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let mut report = Report::default();
    let levels = Levels::default();
    let proposal = propose::overlay(&sources, &[], &levels, departures, &mut report);
    proposal.unwrap_or_else(|| panic!("{}", report.render("")))
}

/// Runs `read` on a document with an overlay.
fn overlaid<R>(text: &str, overlay: &str, read: impl FnOnce(&Sources<'_>) -> R) -> R {
    let (entry, fix) = (path("openapi.yaml"), path("fix.yaml"));
    let files = MemoryFiles::default()
        .with(entry.clone(), text)
        .with(fix.clone(), overlay);
    read(&Sources {
        entry: &entry,
        overlays: &[fix],
        files: &files,
    })
}

/// Rules whose findings an overlay can fix.
const FIXED: [Code; 10] = [
    Code::MissingOperationId,
    Code::PlainSecret,
    Code::DerivedName,
    Code::QualifiedName,
    Code::UndeclaredTag,
    Code::UnusedTag,
    Code::UnusedComponent,
    Code::InvalidExample,
    Code::InvalidDefault,
    Code::UndefinedRequired,
];

#[test]
fn findings_are_gone_with_the_overlay() {
    let folder = countersign_tests::root().join("tests/lint/bad");
    for code in FIXED
        .into_iter()
        .filter(|code| code.usual_level().is_some())
    {
        let file = folder.join(format!("{}.yaml", code.name()));
        let text = fs::read_to_string(&file).expect("a case");
        let before = super::check(&text, &Levels::default(), Report::default());
        let proposal = propose(&text, &[]);
        let overlay = proposal
            .overlay
            .unwrap_or_else(|| panic!("{}: {:?}", code.name(), proposal.left));
        let after = overlaid(&text, &overlay, |sources| {
            let mut report = Report::default();
            countersign_codegen::lint::check(sources, &[], &Levels::default(), &mut report);
            report
        });
        let count = |report: &Report| {
            report
                .diagnostics()
                .iter()
                .filter(|found| found.code == code)
                .count()
        };
        let left = proposal
            .left
            .iter()
            .filter(|what| what.starts_with(code.name()))
            .count();
        assert!(
            count(&before) > left,
            "{}: {:?}",
            code.name(),
            proposal.left
        );
        let shown = format!("{overlay}\n{}", after.render(""));
        assert_eq!(count(&after), left, "{}:\n{shown}", code.name());
        assert!(!after.has_errors(), "{}:\n{shown}", code.name());
    }
}

const PETS: &str = "openapi: VERSION
info: {title: Pets, version: '1', description: Pets.}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200': {$ref: '#/components/responses/Pets'}
components:
  responses:
    Pets:
      description: Pets.
      content:
        application/json:
          schema:
            type: object
            required: [items]
            properties:
              items: {type: array, items: {$ref: '#/components/schemas/Pet'}}
  schemas:
    Pet:
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          required: [tags, owner, weight]
          properties:
            tags: {type: array, items: {type: string}}
            owner: {$ref: '#/components/schemas/Owner'}
            weight: {type: number, format: double, minimum: 0}
            labels: {type: object, additionalProperties: {type: integer}}
            born: {type: string, format: date}
            seen: {type: string, format: date-time}
            kind: {type: string, enum: [cat, dog]}
            quiet: {type: boolean}
    Base:
      type: object
      required: [id]
      properties:
        id: {type: integer, format: int64}
    Owner:
      type: object
      properties:
        name: {type: string}
";

fn departure(path: &str, found: &str, correction: Option<&str>) -> Departure {
    Departure {
        document: "spec/openapi.yaml#/paths/~1pets/get/responses/200".to_owned(),
        path: path.to_owned(),
        expected: String::new(),
        found: found.to_owned(),
        correction: correction.map(str::to_owned),
    }
}

/// The outline of the crates of a document with an overlay.
fn outline(text: &str, overlay: &str) -> String {
    overlaid(text, overlay, |sources| {
        let mut report = Report::default();
        let settings = countersign_tests::settings("pets", "");
        let strictness = Strictness::Lenient;
        let generated = countersign_codegen::generate(sources, &settings, strictness, &mut report);
        let shown = report.render("");
        let generated = generated.unwrap_or_else(|| panic!("{overlay}\n{shown}"));
        assert_eq!(shown, "", "{overlay}");
        generated.outline()
    })
}

#[test]
fn types_are_what_the_server_sends() {
    for version in ["3.0.3", "3.1.0"] {
        let text = PETS.replace("VERSION", version);
        for (place, found, correction, expected) in [
            ("/items", "null", Some("empty"), "items Nullable<Vec<Pet>>"),
            ("/items", "nothing", Some("empty"), "items Option<Vec<Pet>>"),
            (
                "/items/0/tags",
                "null",
                Some("empty"),
                "tags Nullable<Vec<String>>",
            ),
            ("/items/0/tags/3", "null", None, "tags Vec<Option<String>>"),
            ("/items/0/owner", "null", None, "owner Nullable<Owner>"),
            ("/items/0/owner", "nothing", None, "owner Option<Owner>"),
            ("/items/7/owner/name", "null", None, "name Presence<"),
            ("/items/0/id", "text", Some("number"), "id String"),
            ("/items/0/id", "nothing", None, "id Option<i64>"),
            ("/items/0/weight", "text", Some("number"), "weight String"),
            (
                "/items/0/labels/a~1b",
                "text",
                Some("number"),
                "labels Option<Map<String>>",
            ),
            (
                "/items/0/born",
                "text",
                Some("date"),
                "born Option<DateTime>",
            ),
            ("/items/0/born", "integer", Some("date"), "born Option<i64>"),
            (
                "/items/0/seen",
                "integer",
                Some("date-time"),
                "seen Option<i64>",
            ),
            (
                "/items/0/seen",
                "empty-text",
                Some("absent"),
                "seen Option<String>",
            ),
            ("/items/0/kind", "integer", Some("text"), "kind Option<i64>"),
            ("/items/0/kind", "null", None, "kind Presence<"),
            (
                "/items/0/quiet",
                "integer",
                Some("boolean"),
                "quiet Option<i64>",
            ),
        ] {
            let proposal = propose(&text, &[departure(place, found, correction)]);
            let overlay = proposal.overlay.unwrap_or_default();
            let outline = outline(&text, &overlay);
            let plain: Vec<String> = outline
                .lines()
                .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            assert!(
                plain
                    .iter()
                    .any(|line| line.contains(&format!(".{expected}"))),
                "{version} {place} {found}: {:?}\n{overlay}\n{outline}",
                proposal.left
            );
        }
    }
}

#[test]
fn several_departures_are_one_overlay() {
    let text = PETS.replace("VERSION", "3.0.3");
    let departures = [
        departure("/items/0/tags", "null", Some("empty")),
        departure("/items/1/tags", "null", Some("empty")),
        departure("/items/1/tags", "nothing", Some("empty")),
        departure("/items/1/owner", "nothing", None),
        departure("/items/1/weight", "nothing", None),
        departure("/items/1/owner", "empty-list", Some("empty")),
        departure("/nowhere", "null", None),
        departure("/items/0/seen", "integer", Some("date-time")),
        departure("/items/1/seen", "integer", Some("date-time")),
        departure("/items/2/seen", "empty-text", Some("absent")),
    ];
    let proposal = propose(&text, &departures);
    let left = proposal
        .left
        .iter()
        .filter(|what| what.starts_with("spec/"));
    assert_eq!(left.count(), 3, "{:?}", proposal.left);
    let overlay = proposal.overlay.expect("an overlay");
    let outline = outline(&text, &overlay);
    for expected in ["Presence<Vec<String>>", "Option<Owner>", "Option<f64>"] {
        assert!(
            outline.contains(expected),
            "{expected}\n{overlay}\n{outline}"
        );
    }
    insta::assert_snapshot!(overlay);
}

#[test]
fn records_are_lines_of_json() {
    let line = r#"{"operation":"ListPets","status":200,"document":"a#/b","path":"/c","expected":"x","found":"null","correction":null}"#;
    let read = propose::records(&format!("{line}\n\n{line}\n")).expect("records");
    assert_eq!(read.len(), 1);
    assert_eq!(
        (read[0].path.as_str(), read[0].correction.as_deref()),
        ("/c", None)
    );
    let error = propose::records(&format!("{line}\n{{}}\n")).expect_err("not a record");
    assert!(
        error.to_string().starts_with("line 2 is not a record"),
        "{error}"
    );
}
