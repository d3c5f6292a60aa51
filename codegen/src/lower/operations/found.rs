//! Operations as they stand in documents: where they are found, and which are refused.

use crate::ir::Method;
use crate::load::{Node, Value};
use crate::settings::Candidate;
use crate::source::SpecStr;

use super::receiver::Called;
use super::{LeftOut, parameter};

/// The methods of a path item, in the specification's order.
const METHODS: [(&str, &str); 9] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    ("query", "QUERY"),
];

/// Where a path item has its other methods; the second is how tools write it before OpenAPI 3.2.
const OTHER_METHODS: [&str; 2] = ["additionalOperations", "x-oai-additionalOperations"];

/// An operation as it stands in the document.
#[derive(Clone)]
pub(in crate::lower) struct Found<'a> {
    pub(super) path: &'a SpecStr,
    /// The path item, references followed.
    pub(super) item: &'a Node,
    pub(super) method: Method,
    pub(super) node: &'a Node,
    /// Who sends it, if it is the server.
    pub(super) called: Option<Called<'a>>,
}

/// The parts that a selection looks at.
pub(super) fn candidate<'f>(found: &'f Found<'_>) -> Candidate<'f> {
    let tags = found.node.get("tags").map(Node::items).unwrap_or_default();
    let method = match &found.method {
        Method::Standard(name) => name,
        Method::Other(name) => name.text(),
    };
    Candidate {
        tags: tags.iter().filter_map(Node::as_str).collect(),
        path: found.path.text(),
        id: found.node.get("operationId").and_then(Node::as_str),
        method,
        is_deprecated: found.node.get("deprecated").and_then(Node::as_bool) == Some(true),
    }
}

/// The operations of a path item, each with its method.
pub(super) fn methods(item: &Node) -> impl Iterator<Item = (Method, &Node)> {
    // Methods in capitals are reported, and read.
    let other_case = move |method: &str| {
        let mut entries = item.entries().iter();
        let found = entries.find(|entry| entry.key.text().eq_ignore_ascii_case(method));
        found.map(|entry| &entry.value)
    };
    let standard = METHODS.into_iter().filter_map(move |(key, method)| {
        let node = item.get(key).or_else(|| other_case(method))?;
        Some((Method::Standard(method), node))
    });
    let others = OTHER_METHODS
        .into_iter()
        .filter_map(|key| item.get(key))
        .flat_map(Node::entries)
        .map(|entry| (Method::Other(entry.key.clone()), &entry.value));
    let all = standard.chain(others);
    all.filter(|(_, node)| matches!(node.value, Value::Mapping(_)))
}

/// Refuses methods that HTTP doesn't allow, and those that have a key of their own.
pub(super) fn check_method<'a>(found: &Found<'a>) -> Result<(), LeftOut<'a>> {
    let Method::Other(name) = &found.method else {
        return Ok(());
    };
    if !parameter::is_token(name.text()) {
        return Err(LeftOut::new(
            found.node,
            "its method is not a token of HTTP",
        ));
    }
    match METHODS.iter().find(|(_, method)| *method == name.text()) {
        Some((key, _)) => Err(LeftOut::new(
            found.node,
            format!("write its method as the key `{key}` of the path item"),
        )),
        None => Ok(()),
    }
}
