//! References to places that have moved.

use super::{Shared, Upgrade, map_entries};
use crate::load::{Entry, Node};

/// Where the parts of Swagger 2.0 have gone, by the start of a pointer.
const MOVED: [(&str, &str); 4] = [
    ("/definitions/", "/components/schemas/"),
    ("/parameters/", "/components/parameters/"),
    ("/responses/", "/components/responses/"),
    ("/securityDefinitions/", "/components/securitySchemes/"),
];

impl Upgrade<'_> {
    /// Rewrites a reference object.
    pub(super) fn reference_object(&mut self, node: Node) -> Node {
        map_entries(node, |entry| match entry.key.text() {
            "$ref" => self.reference(entry),
            _ => entry,
        })
    }

    /// Rewrites the entry of `$ref`.
    pub(super) fn reference(&mut self, entry: Entry) -> Entry {
        match entry.value.as_str().and_then(moved) {
            Some(text) => self.redirected(entry, &text),
            None => entry,
        }
    }

    /// Rewrites the entry of a `$ref` to a shared parameter that has become a request body.
    pub(super) fn body_reference(&mut self, entry: Entry) -> Entry {
        let text = entry.value.as_str().unwrap_or_default();
        let text = text.replacen("#/parameters/", "#/components/requestBodies/", 1);
        self.redirected(entry, &text)
    }

    fn redirected(&mut self, entry: Entry, text: &str) -> Entry {
        let id = entry.value.id;
        let value = Node {
            id,
            ..self.text(entry.value.span, text)
        };
        Entry { value, ..entry }
    }

    /// The shared parameter that `node` refers to, if it does not stay a parameter.
    pub(super) fn shared(&self, node: &Node) -> Option<&Shared> {
        let name = node.get("$ref")?.as_str()?.strip_prefix("#/parameters/")?;
        self.shared.get(name)
    }
}

/// The new text of a reference whose target has moved.
fn moved(text: &str) -> Option<String> {
    let (file, pointer) = text.split_once('#')?;
    Some(format!("{file}#{}", moved_pointer(pointer)?))
}

/// The pointer to a place that has moved.
pub(in crate::load) fn moved_pointer(pointer: &str) -> Option<String> {
    let (from, to) = MOVED.iter().find(|(from, _)| pointer.starts_with(from))?;
    Some(format!("{to}{}", pointer.get(from.len()..)?))
}
