#![doc = include_str!("../../diagnostic/rules/missing-description.md")]

use crate::diagnostic::Code;
use crate::document_index::Site;
use crate::load::Node;
use crate::load::walk::ObjectKind;

use crate::lint::Lint;

impl<'a> Lint<'a, '_> {
    /// Operations, component schemas, properties, parameters and responses without a word about them.
    pub(in crate::lint) fn descriptions(&mut self) {
        for site in self.index.sites() {
            let Some(what) = self.described_object(site) else {
                continue;
            };
            if self.is_described(site.node) {
                continue;
            }
            let text = |key: &str| site.node.get(key).and_then(Node::as_str);
            let name = match site.kind {
                ObjectKind::Parameter if site.entry.is_none() => text("name").unwrap_or_default(),
                ObjectKind::Operation => text("operationId").unwrap_or_else(|| site.key()),
                _ => site.key(),
            };
            self.say(
                Code::MissingDescription,
                site.place(),
                format!("{what} `{name}` has no description"),
                "add a `description`: it becomes the documentation of a Rust item",
            );
        }
    }

    /// The name of an object in a message, if it needs a description.
    fn described_object(&self, site: &Site<'a>) -> Option<&'static str> {
        // What is said where a reference leads holds here as well.
        if self.index.resolved.is_reference(site.node) && site.kind != ObjectKind::Schema {
            return None;
        }
        match site.kind {
            ObjectKind::Operation => Some("the operation"),
            ObjectKind::Response => Some("the response"),
            ObjectKind::Parameter if site.member == "headers" => Some("the header"),
            ObjectKind::Parameter => Some("the parameter"),
            ObjectKind::Schema if self.index.is_component(site) => Some("the schema"),
            ObjectKind::Schema if site.member == "properties" => Some("the property"),
            _ => None,
        }
    }

    /// Whether a node, or what it only leads to or wraps, says what it is about.
    fn is_described(&self, node: &'a Node) -> bool {
        let mut at = node;
        // References and lone wrappers may be chained, but not for long.
        for _ in 0..16 {
            let says = |key: &str| {
                let text = at.get(key).and_then(Node::as_str);
                text.is_some_and(|text| !text.trim().is_empty())
            };
            if ["description", "summary", "title"].into_iter().any(says) {
                return true;
            }
            at = match self.index.resolved.target(at) {
                Some(target) => target.node,
                None => match at.get("allOf").map(Node::items) {
                    Some([only]) => only,
                    _ => match at.get("schema") {
                        Some(schema) => schema,
                        None => return false,
                    },
                },
            };
        }
        false
    }
}
