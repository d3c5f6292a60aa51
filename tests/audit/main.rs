//! Audits: our own documents pass, and one that lost something does not.

use std::collections::BTreeSet;

use countersign_codegen::audit::{self, Audit, Extent, Support};
use countersign_codegen::diagnostic::Report;
use countersign_codegen::source::{DocumentPath, Files, MemoryFiles, Sources};
use countersign_tests::Folder;

const SOUND: &str = include_str!("sound.yaml");

fn check(files: &dyn Files) -> (Audit, Report) {
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files,
    };
    let mut report = Report::default();
    let audit = audit::check(&sources, Extent::All, &mut report).expect("documents");
    (audit, report)
}

fn check_text(text: &str) -> (Audit, Report) {
    let path = DocumentPath::new("openapi.yaml").expect("a plain path");
    check(&MemoryFiles::default().with(path, text))
}

/// The rules that a document breaks once a line of the sound one is another.
fn broken(from: &str, to: &str) -> Vec<&'static str> {
    assert!(SOUND.contains(from), "{from}");
    let (_, report) = check_text(&SOUND.replace(from, to));
    report.findings("").iter().map(|found| found.rule).collect()
}

#[test]
fn our_own_documents_pass() {
    for api in countersign_tests::APIS {
        let (audit, report) = check(&Folder(countersign_tests::root().join("spec").join(api)));
        assert_eq!(report.render(&format!("spec/{api}/")), "");
        let generated = countersign_tests::generate(api);
        let operations: usize = audit.pages.iter().map(|page| page.operations).sum();
        assert_eq!(operations, generated.api.stats.operations, "{api}");
        let deviations: usize = audit.pages.iter().map(|page| page.deviations).sum();
        assert_eq!(deviations, audit.deviations.len(), "{api}");
        assert!(
            audit
                .deviations
                .iter()
                .all(|deviation| !deviation.reason.is_empty())
        );
        let roles: BTreeSet<&str> = audit
            .keywords
            .iter()
            .map(|known| known.role.name())
            .collect();
        assert!(!roles.contains(Support::Refused.name()), "{api}: {roles:?}");
        assert_eq!(roles.len(), 3, "{api}: {roles:?}");
    }
}

#[test]
fn a_sound_document_is_told_in_tables() {
    let (audit, report) = check_text(SOUND);
    assert_eq!(report.render(""), "");
    insta::assert_snapshot!("text", audit.text("pets"));
    insta::assert_snapshot!("markdown", audit.markdown("pets"));
    let json = serde_json::to_value(&audit).expect("JSON");
    assert_eq!(json["pages"][0]["operations"], 1);
    assert_eq!(json["keywords"][0]["role"], "modelled");
}

#[test]
fn files_that_are_one_schema_are_counted() {
    let path = |name: &str| DocumentPath::new(name).expect("a plain path");
    let uses = |files: &MemoryFiles| {
        let (audit, _) = check(files);
        let known = audit.keywords.into_iter();
        let of_schemas = known.filter(|known| known.object == "schema");
        let counted = of_schemas.filter(|known| known.keyword != "$ref");
        counted
            .map(|known| (known.keyword, known.uses))
            .collect::<Vec<_>>()
    };
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
    let pet = "{type: object, properties: {home: {HOME}}, required: [home]}";
    let home = "{type: object, properties: {street: {type: string, minLength: 2}}}";
    let of = |pet: &str| format!("{head}components: {{schemas: {{Pet: {pet}}}}}\n");
    let inline = of(&pet.replace("{HOME}", home));
    let apart = of("{$ref: schemas/pet.yaml}");
    let in_one = MemoryFiles::default().with(path("openapi.yaml"), inline.as_str());
    let in_three = MemoryFiles::default()
        .with(path("openapi.yaml"), apart.as_str())
        .with(
            path("schemas/pet.yaml"),
            pet.replace("{HOME}", "{$ref: home.yaml}").as_str(),
        )
        .with(path("schemas/home.yaml"), home);
    assert_eq!(uses(&in_one), uses(&in_three));
    assert!(!uses(&in_one).is_empty());
}

#[test]
fn what_has_no_source_is_an_error() {
    assert_eq!(
        broken("x-source: {page: guide}\npaths", "paths"),
        ["unused-page", "missing-source"]
    );
    assert_eq!(
        broken(
            "  guide: {title: A guide}\n  page: {title: A page}\n",
            "  {}\n"
        ),
        [
            "missing-source",
            "unknown-source",
            "unknown-source",
            "unknown-source"
        ]
    );
}

#[test]
fn a_page_that_nothing_is_from_is_an_error() {
    let listed = "  page: {title: A page}\n";
    let more = "  page: {title: A page}\n  other: {title: Another}\n";
    assert_eq!(broken(listed, more), ["unused-page"]);
}

#[test]
fn a_deviation_that_no_longer_departs_is_an_error() {
    assert_eq!(broken("page: number", "page: string"), ["stale-deviation"]);
}

#[test]
fn a_keyword_that_is_not_in_the_ledger_is_an_error() {
    assert_eq!(
        broken("x-secret: true", "x-hidden: true"),
        ["unknown-keyword"]
    );
    assert_eq!(
        broken("maxLength: 64", "maxLenght: 64"),
        ["unknown-keyword"]
    );
    assert_eq!(
        broken("operationId: listPets", "operationID: listPets"),
        ["unknown-keyword"]
    );
    assert_eq!(
        broken("{title: A page}", "{name: A page}"),
        ["unknown-keyword"]
    );
    assert_eq!(
        broken("maxLength: 64", "not: {maxLength: 64}"),
        ["not-expressed"]
    );
}

#[test]
fn what_is_amiss_is_said_with_place_and_cure() {
    let text = SOUND
        .replace("x-source: {page: guide}\npaths", "paths")
        .replace("page: number", "page: string")
        .replace("x-secret: true", "x-hidden: true")
        .replace(
            "  page: {title: A page}\n",
            "  page: {title: A page}\n  other: {title: Another}\n",
        );
    insta::assert_snapshot!(check_text(&text).1.render(""));
}
