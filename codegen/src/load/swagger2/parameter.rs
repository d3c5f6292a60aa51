//! Parameters and headers: what describes the value moves into a schema.

use super::{Upgrade, entries};
use crate::load::{Entry, Node, Value};
use crate::source::Span;

/// Where a parameter is sent; a header of a response is written like one of a request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Location {
    Query,
    Form,
    /// A path, a header or a cookie.
    Simple,
}

/// The style of a list.
pub(super) struct Style {
    pub(super) name: &'static str,
    pub(super) explode: bool,
}

impl Style {
    /// Whether forms write lists so unless something else is said.
    pub(super) fn is_usual_in_forms(&self) -> bool {
        self.name == "form" && self.explode
    }
}

impl Location {
    pub(super) fn of(parameter: &Node) -> Self {
        match parameter.get("in").and_then(Node::as_str) {
            Some("query") => Self::Query,
            Some("formData") => Self::Form,
            _ => Self::Simple,
        }
    }
}

impl Upgrade<'_> {
    /// Reshapes a parameter that stays one, or a header of a response.
    pub(super) fn parameter(&mut self, node: Node, location: Location) -> Node {
        if node.get("$ref").is_some() {
            return self.reference_object(node);
        }
        let (id, span) = (node.id, node.span);
        let style = self.style(&node, location);
        let (mut kept, schema) = self.split(node);
        if let Some(schema) = schema {
            kept.push(schema);
        }
        if let Some((style, at)) = style {
            let name = self.text(at, style.name);
            let explode = self.node(at, Value::Bool(style.explode));
            kept.push(self.entry("style", at, name));
            kept.push(self.entry("explode", at, explode));
        }
        Node {
            id,
            ..self.object(span, kept)
        }
    }

    /// The keywords of a parameter itself, and the schema of its value.
    pub(super) fn split(&mut self, node: Node) -> (Vec<Entry>, Option<Entry>) {
        let span = node.span;
        let all = entries(node);
        let at = all
            .iter()
            .find(|entry| entry.key.text() == "type")
            .map_or(span, |entry| entry.key_span);
        let (kept, described): (Vec<Entry>, Vec<Entry>) = all
            .into_iter()
            .filter(|entry| entry.key.text() != "collectionFormat")
            .partition(|entry| is_about_parameter(entry.key.text()));
        if described.is_empty() {
            return (kept, None);
        }
        let schema = self.object(span, described);
        let schema = self.schema(schema);
        (kept, Some(self.entry("schema", at, schema)))
    }

    /// The style of the list that a parameter takes, and the place where it is set.
    pub(super) fn style(&mut self, node: &Node, location: Location) -> Option<(Style, Span)> {
        let is_list = node.get("type").and_then(Node::as_str) == Some("array");
        let format = node.get("collectionFormat");
        if !is_list {
            return None;
        }
        let at = format.map_or(node.span, |format| format.span);
        let simple = if location == Location::Simple {
            "simple"
        } else {
            "form"
        };
        let style = |name, explode| Some((Style { name, explode }, at));
        match format.and_then(Node::as_str) {
            None | Some("csv") => style(simple, false),
            Some("multi") => style(simple, true),
            Some("ssv") if location != Location::Simple => style("spaceDelimited", false),
            Some("pipes") if location != Location::Simple => style("pipeDelimited", false),
            Some(other) => {
                let message = format!("OpenAPI 3 cannot express lists written as `{other}` here");
                self.lost(
                    at,
                    message,
                    (
                        "write `collectionFormat: csv` if commas are right",
                        "commas are sent instead",
                    ),
                );
                style(simple, false)
            }
        }
    }
}

/// Whether a key says something about a parameter rather than about its value.
fn is_about_parameter(key: &str) -> bool {
    let about = [
        "name",
        "in",
        "description",
        "required",
        "allowEmptyValue",
        "schema",
        "deprecated",
    ];
    about.contains(&key) || (key.starts_with("x-") && key != "x-nullable")
}
