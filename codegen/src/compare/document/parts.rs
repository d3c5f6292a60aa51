//! A schema as a set of schemas that hold together: itself, what it refers to, and the parts of its `allOf`.

use std::collections::HashSet;

use super::Side;
use super::keywords::canonical;
use crate::load::{Entry, Node, NodeId};
use crate::source::Span;

/// Schemas that hold together, the one that a document has at the place first.
#[derive(Clone, Debug)]
pub(super) struct Parts<'a>(pub(super) Vec<&'a Node>);

impl<'a> Parts<'a> {
    pub(super) fn of(side: &Side<'a>, node: &'a Node) -> Self {
        let mut parts: Vec<&Node> = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if parts.iter().any(|part| part.id == node.id) {
                continue;
            }
            parts.push(node);
            open.extend(node.get("allOf").map_or(&[][..], Node::items).iter().rev());
            open.extend(side.resolved.target(node).map(|target| target.node));
        }
        Self(parts)
    }

    pub(super) fn ids(&self) -> Vec<NodeId> {
        self.0.iter().map(|part| part.id).collect()
    }

    /// All values of a keyword.
    pub(super) fn all(&self, keyword: &str) -> Vec<&'a Node> {
        self.0.iter().filter_map(|part| part.get(keyword)).collect()
    }

    /// The first value of a keyword.
    pub(super) fn first(&self, keyword: &str) -> Option<&'a Node> {
        self.0.iter().find_map(|part| part.get(keyword))
    }

    /// Whether a keyword is `true` anywhere.
    pub(super) fn says(&self, keyword: &str) -> bool {
        self.all(keyword)
            .iter()
            .any(|value| value.as_bool() == Some(true))
    }

    /// The members that must be there.
    pub(super) fn required(&self) -> Vec<&'a str> {
        let lists = self.all("required");
        let names = lists.iter().flat_map(|list| list.items());
        names.filter_map(Node::as_str).collect()
    }

    /// A member that is described, wherever it is.
    pub(super) fn property(&self, name: &str) -> Option<&'a Entry> {
        let mut all = self.0.iter();
        all.find_map(|part| part.get("properties")?.as_mapping()?.entry(name))
    }

    /// All members that are described, each once.
    pub(super) fn properties(&self) -> Vec<&'a Entry> {
        let mut met: HashSet<&str> = HashSet::new();
        let all = self.0.iter().filter_map(|part| part.get("properties"));
        all.flat_map(Node::entries)
            .filter(|entry| met.insert(entry.key.text()))
            .collect()
    }

    /// Where a change of the schema may have been found: each of its parts.
    pub(super) fn spans(&self) -> Vec<Span> {
        self.0.iter().map(|part| part.span).collect()
    }

    /// The same with a place before them.
    pub(super) fn spans_after(&self, first: Option<Span>) -> Vec<Span> {
        first.into_iter().chain(self.spans()).collect()
    }

    /// Whether it lists alternatives.
    pub(super) fn is_choice(&self) -> bool {
        self.choice().is_some()
    }

    /// The alternatives that it lists.
    pub(super) fn choice(&self) -> Option<Choice<'a>> {
        self.0.iter().find_map(|part| {
            let list = part.get("oneOf").or(part.get("anyOf"))?;
            Some(Choice {
                alternatives: list.items(),
                is_limit: part.get("type").or(part.get("properties")).is_some(),
            })
        })
    }
}

/// The alternatives of a schema.
pub(super) struct Choice<'a> {
    alternatives: &'a [Node],
    /// Whether they only limit further what the schema says by itself.
    pub(super) is_limit: bool,
}

impl<'a> Choice<'a> {
    /// The alternative that is this schema: the same, or the only one beside null.
    pub(super) fn alternative(&self, schema: &Node) -> Option<&'a Node> {
        let canonical = canonical(schema);
        let is_null = |node: &&Node| node.get("type").and_then(Node::as_str) == Some("null");
        let mut all = self.alternatives.iter();
        let same = all.find(|other| self::canonical(other) == canonical);
        same.or_else(|| {
            let mut others = self.alternatives.iter().filter(|other| !is_null(other));
            others.next().filter(|_| others.next().is_none())
        })
    }
}
