//! The examples of a document: of the bodies of operations, each with its schema.

use countersign_codegen::diagnostic::Report;
use countersign_codegen::load::{self, Documents, Node};
use countersign_codegen::resolve::{self, Resolved};
use countersign_codegen::source::{DocumentPath, Sources};
use countersign_tests::Folder;
use serde_json::Value;

/// Which way a body travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// To the server.
    Request,
    /// From it.
    Response,
}

/// An example.
pub(crate) struct Example {
    /// Where it stands.
    pub(crate) place: String,
    /// The name of its schema; `X[]` for a list of `X`.
    pub(crate) schema: String,
    /// Which way it travels.
    pub(crate) side: Side,
    /// The example itself.
    pub(crate) value: Value,
}

/// All examples of an API.
pub(crate) fn examples(api: &str) -> Vec<Example> {
    let files = Folder(countersign_tests::root().join("spec").join(api));
    let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
    let mut report = Report::default();
    let documents = load::documents(
        &Sources {
            entry: &entry,
            overlays: &[],
            files: &files,
        },
        &mut report,
    )
    .expect("documents");
    let resolved = resolve::references(&documents, &mut report);
    assert!(!report.has_errors(), "{}", report.render(""));
    let search = Search {
        documents: &documents,
        resolved: &resolved,
    };
    let mut found = Vec::new();
    for path in documents
        .entry()
        .root
        .get("paths")
        .map(Node::entries)
        .unwrap_or_default()
    {
        for operation in search.follow(&path.value).entries() {
            if let Some(body) = operation.value.get("requestBody") {
                search.content(search.follow(body), Side::Request, &mut found);
            }
            for response in operation
                .value
                .get("responses")
                .map(Node::entries)
                .unwrap_or_default()
            {
                search.content(search.follow(&response.value), Side::Response, &mut found);
            }
        }
    }
    found
}

struct Search<'a> {
    documents: &'a Documents,
    resolved: &'a Resolved<'a>,
}

impl<'a> Search<'a> {
    fn follow(&self, node: &'a Node) -> &'a Node {
        self.resolved
            .target(node)
            .map_or(node, |target| target.node)
    }

    fn content(&self, node: &'a Node, side: Side, found: &mut Vec<Example>) {
        for media in node.get("content").map(Node::entries).unwrap_or_default() {
            let schema = media
                .value
                .get("schema")
                .map_or_else(|| "none".to_owned(), |schema| self.name(schema));
            if let Some(example) = media.value.get("example") {
                found.push(self.example(example, &schema, side));
            }
            for entry in media
                .value
                .get("examples")
                .map(Node::entries)
                .unwrap_or_default()
            {
                if let Some(value) = self.follow(&entry.value).get("value") {
                    found.push(self.example(value, &schema, side));
                }
            }
        }
    }

    fn example(&self, node: &'a Node, schema: &str, side: Side) -> Example {
        let document = self.documents.document(node.span.document);
        let place = format!(
            "{}:{}",
            document.path.as_str(),
            document.position(node.span).line
        );
        Example {
            place,
            schema: schema.to_owned(),
            side,
            value: node.to_json(),
        }
    }

    fn name(&self, schema: &'a Node) -> String {
        if let Some(target) = self.resolved.target(schema) {
            return target
                .pointer
                .last()
                .map_or_else(String::new, |name| name.text().to_owned());
        }
        match schema.get("items") {
            Some(items) => format!("{}[]", self.name(items)),
            None => schema
                .get("type")
                .and_then(Node::as_str)
                .unwrap_or("any")
                .to_owned(),
        }
    }
}
