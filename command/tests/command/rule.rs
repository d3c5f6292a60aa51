//! `countersign rule` as its users run it.

use std::path::Path;

use crate::support::{countersign, told};

fn rule(arguments: &[&str]) -> (Option<i32>, String, String) {
    told(&countersign(
        Path::new("."),
        [&["rule"], arguments].concat(),
    ))
}

#[test]
fn a_rule_has_a_page_with_its_level() {
    let (code, page, _) = rule(&["poor-name"]);
    assert_eq!(code, Some(0));
    assert!(page.starts_with("# poor-name\n"), "{page}");
    assert!(page.contains("## Fix\n"), "{page}");
    assert!(page.contains("Level: note, unless"), "{page}");
    let (_, page, _) = rule(&["syntax"]);
    assert!(page.contains("Level: fixed"), "{page}");
}

#[test]
fn all_rules_are_listed() {
    let (code, list, _) = rule(&[]);
    assert_eq!(code, Some(0));
    for rule in countersign_codegen::diagnostic::Code::ALL {
        let line = list
            .lines()
            .find(|line| line.starts_with(&format!("{} ", rule.name())));
        assert!(
            line.is_some_and(|line| line.ends_with(rule.summary())),
            "{}",
            rule.name()
        );
    }
}

#[test]
fn an_unknown_rule_is_an_invalid_argument() {
    let (code, _, said) = rule(&["poor-nam"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("there is no rule `poor-nam`"), "{said}");
}
