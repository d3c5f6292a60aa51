//! The `Accept` header: the document's template, or the media types that an operation documents.

use crate::ir::{AcceptTemplate, AcceptVariable, Payload, Responses};
use crate::load::Node;
use crate::names::{FieldName, NameRequest, Scope};
use crate::source::SpecStr;

use super::super::{Lowering, literal};
use super::media;

impl<'a> Lowering<'a> {
    /// The template of `x-accept` at the root, with its variables.
    pub(super) fn accept_template(&mut self, root: &'a Node) -> Option<AcceptTemplate> {
        let node = root.get("x-accept")?;
        let media_type = node.get("media-type").and_then(literal::text)?;
        let entries = node.get("variables").map(Node::entries).unwrap_or_default();
        let name_requests: Vec<NameRequest> = entries
            .iter()
            .map(|entry| NameRequest::of(entry.key.text()))
            .collect();
        let names = Scope::default().assign(&name_requests, |words| {
            FieldName::new(words).as_str().to_owned()
        });
        let mut variables = Vec::with_capacity(entries.len());
        for (entry, words) in entries.iter().zip(names) {
            variables.push(AcceptVariable {
                name: FieldName::new(&words),
                wire: entry.key.clone(),
                default: entry.value.get("default").and_then(literal::text),
                docs: self.docs(&[&entry.value]),
            });
        }
        Some(AcceptTemplate {
            media_type,
            variables,
        })
    }

    /// The media types that an operation accepts, and whether the document's template stands in their place.
    pub(super) fn accept_of(
        &mut self,
        operation: &'a Node,
        responses: &Responses,
    ) -> (Vec<SpecStr>, bool) {
        let own = operation
            .get("x-accept")
            .and_then(|node| node.get("media-type"))
            .and_then(literal::text);
        if let Some(own) = own {
            return (vec![own], false);
        }
        let mut types: Vec<SpecStr> = Vec::new();
        for response in responses.success.iter().chain(&responses.errors) {
            if let Some(media_type) = &response.media_type {
                let named =
                    response.payload != Payload::Empty && media::is_legal(media_type.text());
                if named && !types.contains(media_type) {
                    types.push(media_type.clone());
                }
            }
        }
        (types, self.documents.entry().root.get("x-accept").is_some())
    }
}
