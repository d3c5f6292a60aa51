//! The calls to make on an API: its operations, with the examples of their requests and responses.

use countersign_codegen::diagnostic::Report;
use countersign_codegen::load::{self, Node};
use countersign_codegen::resolve::{self, Resolved};
use countersign_codegen::source::{DocumentPath, Sources};
use countersign_tests::Folder;

use crate::asked::Asked;
use crate::exceptions;

/// The status that asks for `default`.
const ANY_ERROR: u16 = 500;

/// Each example of a request with the first response, and each example of a response with the first request.
pub(crate) fn questions(api: &str) -> Vec<Asked> {
    let files = Folder(countersign_tests::root().join("spec").join(api));
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let mut report = Report::default();
    let sources = Sources {
        entry: &entry,
        overlays: &[],
        files: &files,
    };
    let documents = load::documents(&sources, &mut report).expect("documents");
    let resolved = resolve::references(&documents, &mut report);
    assert!(!report.has_errors(), "{}", report.render(""));
    let search = Search {
        resolved: &resolved,
        accept: exceptions::accept(api),
    };
    let paths = documents.entry().root.get("paths").expect("paths");
    let items = paths
        .entries()
        .iter()
        .map(|path| search.follow(&path.value));
    items
        .flat_map(Node::entries)
        .flat_map(|operation| search.operation(&operation.value))
        .collect()
}

struct Search<'a> {
    resolved: &'a Resolved<'a>,
    accept: Option<&'static str>,
}

impl<'a> Search<'a> {
    fn follow(&self, node: &'a Node) -> &'a Node {
        self.resolved
            .target(node)
            .map_or(node, |target| target.node)
    }

    fn operation(&self, node: &'a Node) -> Vec<Asked> {
        let Some(id) = node.get("operationId").and_then(Node::as_str) else {
            return Vec::new();
        };
        let bodies: Vec<_> = node
            .get("requestBody")
            .map(|body| self.examples(self.follow(body)))
            .unwrap_or_default()
            .into_iter()
            .map(|(_, value)| value.to_json())
            .collect();
        let responses = node.get("responses").map(Node::entries).unwrap_or_default();
        let answers: Vec<_> = responses
            .iter()
            .flat_map(|entry| {
                let status = entry.key.text().parse().unwrap_or(ANY_ERROR);
                let names: Vec<_> = self
                    .examples(self.follow(&entry.value))
                    .into_iter()
                    .map(|(name, _)| (status, name))
                    .collect();
                if names.is_empty() {
                    vec![(status, None)]
                } else {
                    names
                }
            })
            .collect();
        let ask = |body: Option<&serde_json::Value>, answer: &(u16, Option<String>)| Asked {
            operation: id.to_owned(),
            body: body.cloned(),
            status: answer.0,
            example: answer.1.clone(),
            accept: self.accept,
        };
        let others = bodies.iter().skip(1);
        let first_answer = answers.first().expect("a response");
        answers
            .iter()
            .map(|answer| ask(bodies.first(), answer))
            .chain(others.map(|body| ask(Some(body), first_answer)))
            .collect()
    }

    /// The examples of a body, with their names.
    fn examples(&self, body: &'a Node) -> Vec<(Option<String>, &'a Node)> {
        let media = body.get("content").map(Node::entries).unwrap_or_default();
        media
            .iter()
            .filter_map(|media| media.value.get("examples"))
            .flat_map(Node::entries)
            .filter_map(|entry| {
                let value = self.follow(&entry.value).get("value")?;
                Some((Some(entry.key.text().to_owned()), value))
            })
            .collect()
    }
}
