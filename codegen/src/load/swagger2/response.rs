//! Responses: the schema moves below each media type that is produced.

use super::parameter::Location;
use super::{Upgrade, entries, map_values, take};
use crate::load::{Entry, Node};
use crate::source::Span;

impl Upgrade<'_> {
    /// Reshapes a response of an operation that produces these media types.
    pub(super) fn response(&mut self, node: Node, produces: &[Node]) -> Node {
        if node.get("$ref").is_some() {
            return self.reference_object(node);
        }
        let (id, span) = (node.id, node.span);
        let mut all = entries(node);
        let examples = take(&mut all, "examples");
        let schema = take(&mut all, "schema");
        if let Some(content) = self.response_content(schema, examples, produces) {
            all.push(content);
        }
        let all = all.into_iter().map(|entry| match entry.key.text() {
            "headers" => Entry {
                value: map_values(entry.value, |header| {
                    self.parameter(header, Location::Simple)
                }),
                ..entry
            },
            _ => entry,
        });
        let all = all.collect();
        Node {
            id,
            ..self.object(span, all)
        }
    }

    /// Reshapes a success of an operation that produces files. One without a schema has a body all the same: of files
    /// there is nothing to describe.
    pub(super) fn file_response(&mut self, node: Node, produces: &[Node]) -> Node {
        let span = node.span;
        let node = self.response(node, produces);
        if node.get("$ref").is_some() || node.get("content").is_some() {
            return node;
        }
        let content = produces
            .iter()
            .filter_map(|media_type| {
                let name = media_type.as_str()?;
                let empty = self.object(media_type.span, Vec::new());
                Some(self.entry(name, media_type.span, empty))
            })
            .collect();
        let content = self.object(span, content);
        let content = self.entry("content", span, content);
        self.with_entry(node, content)
    }

    fn response_content(
        &mut self,
        schema: Option<Entry>,
        examples: Option<Entry>,
        produces: &[Node],
    ) -> Option<Entry> {
        let at = schema.as_ref().or(examples.as_ref())?.key_span;
        let mut content = match schema {
            Some(schema) => {
                let is_file = schema.value.get("type").and_then(Node::as_str) == Some("file");
                let default = if is_file {
                    "application/octet-stream"
                } else {
                    "application/json"
                };
                let schema = self.schema(schema.value);
                self.media_types(schema, at, produces, default)
            }
            None => Vec::new(),
        };
        // An example tells of a media type, even of one that is not listed as produced: errors often are JSON.
        for example in examples
            .map(|examples| entries(examples.value))
            .unwrap_or_default()
        {
            let name = example.key.clone();
            let known = content.iter().position(|entry: &Entry| entry.key == name);
            let key_span = example.key_span;
            let value = match known.map(|at| content.remove(at)) {
                Some(media_type) => media_type.value,
                None => self.media_type_like(content.first(), key_span),
            };
            let example = self.renamed("example", example);
            let value = self.with_entry(value, example);
            let entry = Entry {
                key: name,
                key_span,
                value,
            };
            content.insert(known.unwrap_or(content.len()), entry);
        }
        let content = self.object(at, content);
        Some(self.entry("content", at, content))
    }

    /// A media type with the schema of another one.
    fn media_type_like(&mut self, other: Option<&Entry>, span: Span) -> Node {
        let schema = other.and_then(|other| self.copy(other.value.get("schema")?));
        match schema {
            Some(schema) => self.object_of("schema", span, schema),
            None => self.object(span, Vec::new()),
        }
    }

    /// The `content` that has `schema` under each media type.
    pub(super) fn content(
        &mut self,
        schema: Node,
        at: Span,
        media_types: &[Node],
        default: &str,
    ) -> Entry {
        let content = self.media_types(schema, at, media_types, default);
        let content = self.object(at, content);
        self.entry("content", at, content)
    }

    fn media_types(
        &mut self,
        schema: Node,
        at: Span,
        media_types: &[Node],
        default: &str,
    ) -> Vec<Entry> {
        let mut names: Vec<(String, Span)> = Vec::new();
        for media_type in media_types {
            let name = media_type.as_str().unwrap_or_default();
            if !name.is_empty() && !names.iter().any(|(known, _)| known == name) {
                names.push((name.to_owned(), media_type.span));
            }
        }
        if names.is_empty() {
            names.push((default.to_owned(), at));
        }
        let mut content = Vec::new();
        for (name, name_span) in names {
            let Some(schema) = self.copy(&schema) else {
                break;
            };
            let media_type = self.object_of("schema", at, schema);
            content.push(self.entry(&name, name_span, media_type));
        }
        content
    }
}
