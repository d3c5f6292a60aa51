//! Files that hold parts of a Swagger 2.0 document: what a part is shows by what it says.

use super::operation::Sent;
use super::parameter::Location;
use super::{Upgrade, entries, map_entries, map_values};
use crate::load::{Entry, Node};

/// The form of a part.
enum Part {
    PathItem,
    Operation,
    Parameter,
    Response,
    Schema,
    /// Named parts, or a list of some.
    Parts,
}

impl Upgrade<'_> {
    /// Reshapes the root of a file, where parts may lie as in a whole document.
    pub(super) fn part(&mut self, node: Node) -> Node {
        let node = match Part::of(&node) {
            Part::Parts => map_entries(node, |entry| match entry.key.text() {
                "definitions" | "parameters" | "responses" | "securityDefinitions" => entry,
                _ => Entry {
                    value: self.inner_part(entry.value),
                    ..entry
                },
            }),
            Part::Schema => self.schema(node),
            _ => return self.inner_part(node),
        };
        if node.as_mapping().is_none() {
            return node;
        }
        let (id, span) = (node.id, node.span);
        let all = self.with_components(entries(node));
        Node {
            id,
            ..self.object(span, all)
        }
    }

    /// Reshapes a part; as deep as parts are nested, which is bounded.
    fn inner_part(&mut self, node: Node) -> Node {
        if node.items().is_empty() && node.entries().is_empty() {
            return node;
        }
        match Part::of(&node) {
            Part::PathItem => self.path_item(node),
            Part::Operation => self.operation(node, &Sent::default()),
            Part::Parameter => {
                let location = Location::of(&node);
                self.parameter(node, location)
            }
            Part::Response => {
                let produces = self.defaults.produces.clone();
                self.response(node, &produces)
            }
            Part::Schema => self.schema(node),
            Part::Parts => map_values(node, |part| self.inner_part(part)),
        }
    }
}

impl Part {
    fn of(node: &Node) -> Self {
        let has = |key| node.get(key).is_some();
        let has_any = |keys: &[&str]| keys.iter().any(|key| node.get(key).is_some());
        if has("in") && has("name") {
            return Self::Parameter;
        }
        let responses = node.get("responses").map_or(&[][..], Node::entries);
        let is_status =
            |key: &str| key == "default" || key.starts_with(|first: char| first.is_ascii_digit());
        if responses.iter().any(|entry| is_status(entry.key.text())) {
            return Self::Operation;
        }
        let methods = ["get", "put", "post", "delete", "patch", "head", "options"];
        if methods
            .into_iter()
            .filter_map(|method| node.get(method))
            .any(|operation| {
                operation.get("responses").is_some() || operation.get("$ref").is_some()
            })
        {
            return Self::PathItem;
        }
        if has_text(node, "description") && has_any(&["schema", "headers"]) {
            return Self::Response;
        }
        let says_type =
            has_text(node, "type") || has_text(node, "$ref") || node.get("enum").is_some();
        if says_type || has_any(&["properties", "allOf", "items", "additionalProperties"]) {
            return Self::Schema;
        }
        Self::Parts
    }
}

fn has_text(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_str).is_some()
}
