//! The cases of the rules: small changes of one document, in `cases/`, and what is expected of each.
//!
//! A case begins with `== ` and its name, which is the code of its rule, where the direction in which something travels
//! makes a difference, that direction, and what else tells it from others of the rule. Lines with `-` stand in the document once; those with `+` take their
//! place. `reversed` has the changed document be the old one; `from nothing` and `to nothing` have no document on one
//! side. What is expected follows.

use countersign_codegen::compare::Kind;

use crate::documents::Documents;

/// The document that the cases change.
const BASE: &str = include_str!("base.yaml");

const CASES: [&str; 4] = [
    include_str!("cases/api.txt"),
    include_str!("cases/operations.txt"),
    include_str!("cases/types.txt"),
    include_str!("cases/values.txt"),
];

/// A change of the document, and what is expected of it.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) old: Option<Documents>,
    pub(crate) new: Option<Documents>,
    /// The effect on the wire: `breaking for callers`.
    pub(crate) wire: String,
    /// The verdict for both crates: `model major, client major`.
    pub(crate) crates: String,
    /// Other rules that the same edit falls under.
    pub(crate) with: Vec<String>,
}

/// All cases, in the order of the rules.
pub(crate) fn all() -> Vec<Case> {
    let texts = CASES.iter().flat_map(|text| text.split("== ").skip(1));
    let mut cases: Vec<Case> = texts.map(case).collect();
    cases.sort_by_key(|case| case.kind);
    cases
}

fn case(text: &str) -> Case {
    let (name, text) = text.split_once('\n').expect("a name");
    let rule = name.split(' ').next().unwrap_or_default();
    let code = rule
        .strip_suffix("-request")
        .or(rule.strip_suffix("-response"));
    let code = code.unwrap_or(rule);
    let mut kinds = Kind::ALL.iter().filter(|kind| kind.code() == code);
    let kind = *kinds.next().unwrap_or_else(|| panic!("{code} is a rule"));
    let field = |name: &str| {
        let mut lines = text.lines().filter_map(|line| line.strip_prefix(name));
        lines.next().unwrap_or_default().to_owned()
    };
    let (base, edited) = (Documents::one(BASE), edited(text));
    let says = |mark: &str| text.lines().any(|line| line == mark);
    let (old, new) = if says("reversed") {
        (edited, base)
    } else {
        (base, edited)
    };
    Case {
        name: name.to_owned(),
        kind,
        old: (!says("from nothing")).then_some(old),
        new: (!says("to nothing")).then_some(new),
        wire: field("wire: "),
        crates: field("crates: "),
        with: field("with: ")
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
    }
}

/// The document with all edits of a case.
fn edited(text: &str) -> Documents {
    let mut documents = Documents::one(BASE);
    let mut lines = text.lines().peekable();
    let mut group = |mark: &str| {
        let mut found = Vec::new();
        while let Some(line) = lines.peek().and_then(|line| line.strip_prefix(mark)) {
            found.push(line);
            lines.next();
        }
        // What is neither is passed over, so that a group can begin.
        let is_over = lines.peek().is_none();
        if found.is_empty() && mark == "- " && !is_over {
            lines.next();
        }
        (found.join("\n"), is_over)
    };
    loop {
        let (old, is_over) = group("- ");
        if !old.is_empty() {
            let (new, _) = group("+ ");
            documents = if new.is_empty() {
                documents.edit("openapi.yaml", &format!("{old}\n"), "")
            } else {
                documents.edit("openapi.yaml", &old, &new)
            };
        } else if is_over {
            return documents;
        }
    }
}
