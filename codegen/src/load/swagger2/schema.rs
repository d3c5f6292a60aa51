//! Schemas: `x-nullable`, the discriminator and files.

use super::{Upgrade, map_entries, map_values};
use crate::load::walk::{ChildKind, ObjectKind, below};
use crate::load::{Entry, Node, Value};

impl Upgrade<'_> {
    /// Reshapes a schema and those below it; as deep as the schema, which is bounded.
    pub(super) fn schema(&mut self, node: Node) -> Node {
        if let Value::Sequence(_) = node.value {
            return map_values(node, |item| self.schema(item));
        }
        let is_file = node.get("type").and_then(Node::as_str) == Some("file");
        let has_format = node.get("format").is_some();
        let mut format = None;
        let schema = map_entries(node, |entry| {
            let (entry, binary) = self.schema_entry(entry, is_file && !has_format);
            format = format.take().or(binary);
            entry
        });
        match format {
            Some(format) => self.with_entry(schema, format),
            None => schema,
        }
    }

    fn schema_entry(&mut self, entry: Entry, wants_format: bool) -> (Entry, Option<Entry>) {
        let key = entry.key.text();
        let is_text = entry.value.as_str().is_some();
        let entry = match (key, below(ObjectKind::Schema, key)) {
            ("$ref", _) => self.reference(entry),
            ("x-nullable", _) => self.renamed("nullable", entry),
            ("discriminator", _) if is_text => {
                let value = self.object_of("propertyName", entry.key_span, entry.value);
                Entry { value, ..entry }
            }
            ("type", _) if entry.value.as_str() == Some("file") => {
                let value = self.text(entry.value.span, "string");
                let binary = self.text(entry.value.span, "binary");
                let format = wants_format.then(|| self.entry("format", entry.key_span, binary));
                return (Entry { value, ..entry }, format);
            }
            (_, Some(ChildKind::Map(_))) => Entry {
                value: map_values(entry.value, |schema| self.schema(schema)),
                ..entry
            },
            (_, Some(_)) => Entry {
                value: self.schema(entry.value),
                ..entry
            },
            _ => entry,
        };
        (entry, None)
    }

    /// The object with one more entry.
    pub(super) fn with_entry(&mut self, node: Node, entry: Entry) -> Node {
        let (id, span) = (node.id, node.span);
        let mut entries = super::entries(node);
        entries.push(entry);
        Node {
            id,
            ..self.object(span, entries)
        }
    }
}
