//! `countersign rule`: the page of a rule, or a list of all.

use std::fmt::Write as _;

use clap::Args;
use countersign_codegen::diagnostic::Code;

use crate::console;
use crate::failure::Failure;

/// `rule`.
#[derive(Args, Debug)]
pub struct Rule {
    /// Rule, named as in a finding: `poor-name`. All rules are listed if none is named.
    name: Option<String>,
}

/// Prints the page of the rule that is named, or a line for each rule.
pub(crate) fn run(options: &Rule) -> Result<(), Failure> {
    let Some(name) = &options.name else {
        console::print(list());
        return Ok(());
    };
    let rule = Code::of(name).ok_or_else(|| {
        Failure::Usage(format!(
            "there is no rule `{name}`; `countersign rule` lists all"
        ))
    })?;
    let page = rule.page().unwrap_or_else(|| rule.summary());
    console::print(format_args!("{page}\n{}\n", level(rule)));
    Ok(())
}

fn list() -> String {
    let widest = Code::ALL.iter().map(|rule| rule.name().len()).max();
    let widest = widest.unwrap_or_default();
    let mut lines = String::new();
    for rule in Code::ALL {
        let _ = writeln!(lines, "{:widest$}  {}", rule.name(), rule.summary());
    }
    lines
}

/// The level, and whether a project can set another.
fn level(rule: Code) -> String {
    match rule.usual_level() {
        Some(level) => {
            let level = format!("{level:?}").to_lowercase();
            format!(
                "Level: {level}, unless `[levels]` in `countersign.toml` or `--level` sets another."
            )
        }
        None => "Level: fixed; a waiver suppresses a warning at one place.".to_owned(),
    }
}
