//! Each rule of the doctrine on a small document, and the page that has them all.

use countersign_codegen::Strictness;
use countersign_codegen::compare::Change;

use crate::cases;
use crate::documents::compare;

/// What a change does, in the words of the cases.
fn wire(change: &Change) -> String {
    countersign_codegen::compare::render::wire(change.wire)
}

#[test]
fn each_rule_says_what_its_case_expects() {
    let mut wrong = String::new();
    for case in cases::all() {
        let comparison = compare(&case.old, &case.new, Strictness::Lenient);
        let mut codes: Vec<&str> = comparison
            .changes
            .iter()
            .map(|change| change.what.code())
            .filter(|code| *code != case.kind.code())
            .collect();
        codes.dedup();
        let found = comparison
            .changes
            .iter()
            .find(|change| change.what == case.kind);
        let wire = found.map_or_else(|| "not found".to_owned(), wire);
        let verdict = comparison.verdict;
        let crates = format!("model {}, client {}", verdict.model, verdict.client);
        let is = format!(
            "wire: {wire}\ncrates: {crates}\nwith: {}\n",
            codes.join(" ")
        );
        let expected = format!(
            "wire: {}\ncrates: {}\nwith: {}\n",
            case.wire,
            case.crates,
            case.with.join(" ")
        );
        if is != expected {
            wrong.push_str(&format!("== {}\n{is}", case.name));
        }
    }
    assert!(wrong.is_empty(), "these are not as expected:\n{wrong}");
}
