//! Each rule of the doctrine on a small document, and the page that has them all.

use std::fs;

use countersign_codegen::Strictness;
use countersign_codegen::compare::{Kind, Told, render};

use crate::cases::{self, Case};
use crate::documents::compare;

#[test]
fn each_rule_says_what_its_case_expects() {
    let mut wrong = String::new();
    for case in cases::all() {
        let comparison = compare(case.old.as_ref(), case.new.as_ref(), Strictness::Lenient);
        let mut others: Vec<&str> = comparison
            .changes
            .iter()
            .map(|change| change.what.code())
            .filter(|code| *code != case.kind.code())
            .collect();
        others.dedup();
        let mut found = comparison
            .changes
            .iter()
            .filter(|change| change.what == case.kind);
        let wire = found.next().map_or_else(
            || "not found".to_owned(),
            |change| render::wire(change.wire),
        );
        let verdict = comparison.verdict;
        let crates = format!("model {}, client {}", verdict.model, verdict.client);
        let is = told(&wire, &crates, &others.join(" "));
        if is != told(&case.wire, &case.crates, &case.with.join(" ")) {
            wrong.push_str(&format!("== {}\n{is}", case.name));
        }
    }
    assert!(wrong.is_empty(), "these are not as expected:\n{wrong}");
}

fn told(wire: &str, crates: &str, with: &str) -> String {
    format!("wire: {wire}\ncrates: {crates}\nwith: {with}\n")
}

#[test]
fn each_rule_has_a_case_for_each_direction_that_it_tells_apart() {
    let names: Vec<String> = cases::all().into_iter().map(|case| case.name).collect();
    for kind in Kind::ALL {
        let code = kind.code();
        let expected = if kind.rule().is_sided() {
            vec![format!("{code}-request"), format!("{code}-response")]
        } else {
            vec![code.to_owned()]
        };
        // A rule that tells no directions apart may have cases for both all the same.
        let both = [format!("{code}-request"), format!("{code}-response")];
        let has = |wanted: &[String]| wanted.iter().all(|name| names.contains(name));
        assert!(has(&expected) || has(&both), "{code} has its cases");
    }
}

/// Where the rules begin and end in the page.
const BEGIN: &str = "<!-- The rules, as the tests have them. -->\n";
const END: &str = "<!-- The end of the rules. -->\n";

#[test]
fn the_page_has_the_rules_as_they_are() {
    let path = countersign_tests::root().join("docs/compatibility.md");
    let page = fs::read_to_string(&path).expect("the page");
    let (before, rest) = page.split_once(BEGIN).expect("where the rules begin");
    let (rules, after) = rest.split_once(END).expect("where the rules end");
    let expected = rows(&cases::all());
    if rules == expected {
        return;
    }
    if std::env::var_os("COUNTERSIGN_UPDATE").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{expected}{END}{after}")).expect("written");
        return;
    }
    panic!("docs/compatibility.md has other rules; COUNTERSIGN_UPDATE=1 writes these:\n{expected}");
}

/// The table of rules: a row for each case.
fn rows(cases: &[Case]) -> String {
    let mut rows = String::from(
        "\n| case | what changes | on the wire | what it means | model | client |\n|---|---|---|---|---|---|\n",
    );
    for case in cases {
        let rule = case.kind.rule();
        let Told { says, .. } = if case.name.ends_with("-response") {
            rule.response
        } else {
            rule.request
        };
        let (model, client) = case.crates.split_once(", ").expect("both crates");
        let level = |text: &str| text.split_once(' ').expect("a level").1.to_owned();
        rows.push_str(&format!(
            "| `{}` | {} | {} | {says} | {} | {} |\n",
            case.name,
            case.kind.what(),
            case.wire,
            level(model),
            level(client)
        ));
    }
    rows.push('\n');
    rows
}
