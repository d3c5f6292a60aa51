//! The names of operations.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::load::Node;
use crate::names::{NameRequest, Scope, TypeName, Words};
use crate::settings::NamingSettings;
use crate::source::SpecStr;

use super::super::{Lowering, literal};
use super::{Found, derived};

/// Names that a client crate needs for itself, as types and as methods of its client.
const RESERVED: [&str; 27] = [
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
    "Clone",
];

/// Names of the enums of what a server sends.
pub(super) const RECEIVERS: [&str; 2] = ["Webhook", "Callback"];

/// Words that the names of an operation's own enums and structs end in.
const PARTS: [&str; 7] = [
    "args",
    "error",
    "success",
    "body",
    "form",
    "multipart form",
    "headers",
];

impl<'a> Lowering<'a> {
    /// A name for each operation: its `operationId`, or its method and path.
    pub(super) fn operation_names(&mut self, found: &[Found<'a>]) -> Vec<Words> {
        self.report_repeated_ids(found);
        let requests = found
            .iter()
            .map(|found| name_request(found, &self.settings.naming));
        let name_requests: Vec<NameRequest> = requests.collect();
        self.stats.derived_ids = found
            .iter()
            .filter(|found| given_name(found).is_some())
            .count();
        let receives = self.documents.entry().root.get("webhooks").is_some()
            || found
                .iter()
                .any(|found| found.node.get("callbacks").is_some());
        let mut reserved = RESERVED.to_vec();
        reserved.extend(RECEIVERS.into_iter().filter(|_| receives));
        let mut scope = Scope::new(&reserved);
        apart(scope.assign(&name_requests, type_name))
    }

    fn report_repeated_ids(&mut self, found: &[Found<'a>]) {
        let mut seen: std::collections::HashMap<&str, &'a Node> = std::collections::HashMap::new();
        for operation in found {
            let Some(node) = operation.node.get("operationId") else {
                continue;
            };
            let Some(id) = node.as_str() else { continue };
            if let Some(first) = seen.insert(id, node) {
                let message = format!("two operations have the id `{id}`");
                let help = "give each operation its own id";
                self.report.push(
                    Diagnostic::warning(Code::RepeatedOperationId, node.span, message)
                        .related(first.span, "the first")
                        .help((help, "both are named after their method and path")),
                );
            }
        }
    }
}

pub(super) fn type_name(words: &Words) -> String {
    TypeName::new(words).as_str().to_owned()
}

/// The names that operations take with their enums and structs.
pub(super) fn taken_by(operations: &[Words]) -> Vec<String> {
    let own = |words: &Words| {
        let parts = PARTS.map(|part| words.then(&Words::of(part)));
        let all = std::iter::once(words.clone()).chain(parts);
        all.map(|words| type_name(&words)).collect::<Vec<_>>()
    };
    let reserved = RESERVED.into_iter().chain(RECEIVERS).map(str::to_owned);
    operations.iter().flat_map(own).chain(reserved).collect()
}

/// An operation that is called like an enum or a struct of another (`GetPet` has a `GetPetError`) gets a word more.
pub(super) fn apart(names: Vec<Words>) -> Vec<Words> {
    let all: HashSet<String> = names.iter().map(type_name).collect();
    let ends = PARTS.map(|part| type_name(&Words::of(part)));
    let ends_alike = |name: &String| ends.iter().any(|end| name.ends_with(end.as_str()));
    if !all.iter().any(ends_alike) {
        return names;
    }
    let parts: HashSet<String> = names
        .iter()
        .flat_map(|words| PARTS.map(|part| type_name(&words.then(&Words::of(part)))))
        .collect();
    let more = Words::of("operation");
    let tell_apart = |words: Words| {
        let mut told = words;
        if parts.contains(&type_name(&told)) {
            told = told.then(&more);
            while all.contains(&type_name(&told)) {
                told = told.then(&more);
            }
        }
        told
    };
    names.into_iter().map(tell_apart).collect()
}

fn name_request(found: &Found<'_>, settings: &NamingSettings) -> NameRequest {
    let by_path = Words::of(&format!(
        "{} {}",
        found.method.as_str().to_lowercase(),
        readable(found.path)
    ));
    let text = format!("{} {}", found.method, found.path.text());
    if let Some(name_override) = found.node.get("x-rust-name").and_then(literal::text) {
        return NameRequest::named(text, vec![Words::of(name_override.text()), by_path]);
    }
    let id = found
        .node
        .get("operationId")
        .and_then(literal::text)
        .filter(|id| !id.text().trim().is_empty());
    let Some(id) = id else {
        let verbatim = Words::of(found.method.as_str()).then(&Words::verbatim(found.path.text()));
        return NameRequest::named(
            text,
            vec![
                by_path.clone(),
                by_path.then(&Words::of("operation")),
                verbatim,
            ],
        );
    };
    if let Some(name) = settings.operations.get(id.text()) {
        return NameRequest::named(text, vec![Words::of(name), by_path]);
    }
    let words = Words::of(id.text());
    let short = given_name(found)
        .filter(|_| settings.shorten)
        .map(Words::of);
    let mut names = Vec::from_iter(short);
    names.extend([
        words.clone(),
        words.then(&Words::of("operation")),
        words.then(&by_path),
        Words::verbatim(id.text()),
    ]);
    NameRequest::named(text, names)
}

/// The name within an id that a framework derived.
fn given_name<'a>(found: &Found<'a>) -> Option<&'a str> {
    let id = found.node.get("operationId")?.as_str()?;
    derived::given_name(id, found.method.as_str(), found.path.text())
}

/// `/pets/{petId}/photos` as `pets by pet id photos`.
fn readable(path: &SpecStr) -> String {
    path.text().replace('{', " by ").replace(['}', '/'], " ")
}
