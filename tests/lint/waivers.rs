//! Waivers admit one place each, and nothing else; levels are set in one file.

use countersign_codegen::diagnostic::{Level, Levels, Policy, Report, Severity};
use countersign_codegen::source::DocumentPath;

use crate::check;

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: Pets, version: '1', description: Pets.}
servers: [{url: 'http://pets.example.com'}, {url: 'http://cats.example.com'}]
paths:
  /pets:
    get:
      summary: List pets
      responses: {'204': {description: Done.}}
";

fn policy(text: &str) -> Result<Policy, String> {
    let path = DocumentPath::new("waivers.toml").expect("a plain path");
    Policy::parse(path, text.to_owned()).map_err(|report| report.render("spec/"))
}

fn waiver(at: &str) -> String {
    format!(
        "[[waiver]]\nrule = \"plain-http\"\nfile = \"pets/openapi.yaml\"\nat = \"{at}\"\nreason = \"An old machine.\"\n"
    )
}

fn rules(report: &Report) -> Vec<&'static str> {
    report.findings("").iter().map(|found| found.rule).collect()
}

#[test]
fn a_waiver_admits_one_place_of_one_rule() {
    let policy = policy(&waiver("#/servers/0/url")).expect("a waiver");
    let report = Report::admitting(policy.waivers_below("pets/"));
    let report = check(DOCUMENT, &Levels::default(), report);
    assert_eq!(rules(&report), ["plain-http", "missing-operation-id"]);
    assert!(!policy.unused(report.used_waivers(), |_| true).has_errors());
}

#[test]
fn a_waiver_that_admits_nothing_is_an_error() {
    let policy = policy(&waiver("#/servers/7")).expect("a waiver");
    let report = Report::admitting(policy.waivers_below("pets/"));
    let report = check(DOCUMENT, &Levels::default(), report);
    assert_eq!(report.diagnostics().len(), 3);
    insta::assert_snapshot!(
        policy
            .unused(report.used_waivers(), |_| true)
            .render("spec/")
    );
}

#[test]
fn waivers_of_other_documents_admit_nothing_here() {
    let policy = policy(&waiver("#/servers/0/url")).expect("a waiver");
    assert!(policy.waivers_below("cats/").is_empty());
}

#[test]
fn mistakes_in_the_file_are_said_with_their_places() {
    let text = "[levels]\nplain-https = \"off\"\nambiguous-union = \"note\"\n\n".to_owned()
        + &waiver("#/servers/0/url")
        + &waiver("#/servers/0/url")
        + "\n[[waiver]]\nrule = \"plain\"\nfile = \"a\"\nat = \"#\"\nreason = \" \"\n";
    insta::assert_snapshot!(policy(&text).expect_err("mistakes"));
    insta::assert_snapshot!(
        policy("[[waiver]]\nrule = \"plain-http\"\nwhere = \"#\"\n").expect_err("a mistake")
    );
}

#[test]
fn levels_are_those_of_the_api_then_of_all() {
    let text = "[levels]\nplain-http = \"error\"\n[levels.pets]\nplain-http = \"off\"\nmissing-operation-id = \"note\"\n";
    let policy = policy(text).expect("levels");
    let cats = check(DOCUMENT, &policy.levels(Some("cats")), Report::default());
    assert_eq!(cats.count(Severity::Error), 2);
    let pets = check(DOCUMENT, &policy.levels(Some("pets")), Report::default());
    assert_eq!(rules(&pets), ["missing-operation-id"]);
    assert_eq!(pets.count(Severity::Note), 1);
}

#[test]
fn the_generators_own_rules_have_fixed_levels() {
    assert!(Levels::default().with("plain-http", Level::Off).is_ok());
    assert!(Levels::default().with("syntax", Level::Off).is_err());
    assert!(Levels::default().with("what", Level::Off).is_err());
}

#[test]
fn what_the_generator_warns_of_can_be_waived_and_its_errors_can_not() {
    use countersign_codegen::Strictness;
    use countersign_codegen::source::{MemoryFiles, Sources};
    let text = DOCUMENT.replace("'204': {description: Done.}", "'999': {description: What.}");
    let text = text.replace("operationId", "x-id");
    let policy = policy(
        "[[waiver]]\nrule = \"unknown-status\"\nfile = \"openapi.yaml\"\nat = \"#/paths/~1pets/get/responses/999\"\nreason = \"Sent.\"\n",
    )
    .expect("a waiver");
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let files = MemoryFiles::default().with(entry.clone(), text.as_str());
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let generate = |mut report: Report| {
        let settings = countersign_tests::settings("pets", "");
        let strictness = Strictness::DenyWarnings;
        countersign_codegen::generate(&sources, &settings, strictness, &mut report)
            .map(|_| ())
            .ok_or_else(|| report.render(""))
    };
    let refused = generate(Report::default()).expect_err("a warning that is denied");
    assert!(refused.contains("error[unknown-status]"), "{refused}");
    assert_eq!(
        generate(Report::admitting(policy.waivers_below(""))),
        Ok(())
    );
}
