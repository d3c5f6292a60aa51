//! What operations are called.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::load::Node;
use crate::names::{Scope, Spelling, TypeName, Words};
use crate::source::SpecStr;

use super::super::{Lowering, literal};
use super::Found;

/// Names that a client crate needs for itself, as types and as methods of its client.
const RESERVED: [&str; 26] = [
    "Client",
    "Builder",
    "Call",
    "Core",
    "Operation",
    "OperationSpec",
    "Accept",
    "Replay",
    "Decoded",
    "DecodeError",
    "Reply",
    "RequestParts",
    "RequestError",
    "Response",
    "Error",
    "Check",
    "Method",
    "Secret",
    "Presence",
    "Paginated",
    "Paging",
    "Body",
    "Credential",
    "Scheme",
    "Self",
    "AsRef",
];

impl<'a> Lowering<'a> {
    /// A name for each operation: its `operationId`, or its method and path.
    pub(super) fn operation_names(&mut self, found: &[Found<'a>]) -> Vec<Words> {
        self.report_repeated_ids(found);
        let spellings: Vec<Spelling> = found.iter().map(spelling).collect();
        let mut scope = Scope::new(&RESERVED);
        // An operation also takes the names of its error and success enums.
        scope.judge(&spellings, |words| TypeName::new(words).as_str().to_owned())
    }

    fn report_repeated_ids(&mut self, found: &[Found<'a>]) {
        let mut seen: std::collections::HashMap<&str, &'a Node> = std::collections::HashMap::new();
        for operation in found {
            let Some(node) = operation.node.get("operationId") else {
                continue;
            };
            let Some(id) = node.as_str() else { continue };
            if let Some(first) = seen.insert(id, node) {
                self.report.push(Diagnostic {
                    code: Code::RepeatedOperationId,
                    severity: Severity::Warning,
                    message: format!("two operations are called `{id}`"),
                    span: node.span,
                    related: vec![(first.span, "the first".to_owned())],
                    cure: "give each operation an id of its own; both are named after their method and path".to_owned(),
                });
            }
        }
    }
}

fn spelling(found: &Found<'_>) -> Spelling {
    let by_path = Words::of(&format!(
        "{} {}",
        found.method.to_lowercase(),
        readable(found.path)
    ));
    let text = format!("{} {}", found.method, found.path.text());
    if let Some(pin) = found.node.get("x-rust-name").and_then(literal::text) {
        return Spelling::named(text, vec![Words::of(pin.text()), by_path]);
    }
    let id = found
        .node
        .get("operationId")
        .and_then(literal::text)
        .filter(|id| !id.text().trim().is_empty());
    let Some(id) = id else {
        let spelt = Words::of(found.method).then(&Words::spelt(found.path.text()));
        return Spelling::named(
            text,
            vec![
                by_path.clone(),
                by_path.then(&Words::of("operation")),
                spelt,
            ],
        );
    };
    let words = Words::of(id.text());
    let names = vec![
        words.clone(),
        words.then(&Words::of("operation")),
        words.then(&by_path),
        Words::spelt(id.text()),
    ];
    Spelling::named(text, names)
}

/// `/pets/{petId}/photos` as `pets by pet id photos`.
fn readable(path: &SpecStr) -> String {
    path.text().replace('{', " by ").replace(['}', '/'], " ")
}
