//! Counts of what operations have, and of what of it is left out.

use std::collections::HashSet;

use crate::ir::{Omitted, OmittedKind};
use crate::load::{Entry, Node};
use crate::source::{Span, SpecStr};

use super::super::{Lowering, literal};
use super::Found;

impl<'a> Lowering<'a> {
    /// Counts the parts of an operation that is generated, as the document has them.
    pub(super) fn count_parts(&mut self, found: &Found<'a>) {
        let listed = |node: &'a Node| node.get("parameters").map_or(&[][..], Node::items);
        let mut seen: HashSet<(String, String)> = HashSet::new();
        for parameter in listed(found.node).iter().chain(listed(found.item)) {
            let node = self.follow(parameter).unwrap_or(parameter);
            let text = |key| {
                let value = node.get(key).and_then(literal::text);
                value.map(|text| text.text().to_owned())
            };
            // What has no name is told apart from nothing.
            let is_new = match (text("in"), text("name")) {
                (Some(place), Some(name)) if place == "header" => {
                    seen.insert((place, name.to_ascii_lowercase()))
                }
                (Some(place), Some(name)) => seen.insert((place, name)),
                _ => true,
            };
            self.stats.parameters += usize::from(is_new);
        }
        let content = |node: Option<&'a Node>| {
            let content = node.and_then(|node| node.get("content"));
            content.map_or(0, |content| content.entries().len())
        };
        let body = found.node.get("requestBody");
        self.stats.media_types += content(body.and_then(|body| self.follow(body)));
        let responses = found.node.get("responses").map_or(&[][..], Node::entries);
        for response in responses.iter().filter(|entry| is_response(entry)) {
            self.stats.responses += 1;
            self.stats.media_types += content(self.follow(&response.value));
        }
    }

    /// Counts a part that is left out.
    pub(super) fn omit(&mut self, kind: OmittedKind, name: SpecStr, span: Span) {
        let origin = self.origin(span);
        self.stats.omitted.push(Omitted { kind, name, origin });
    }
}

fn is_response(entry: &Entry) -> bool {
    !entry.key.text().starts_with("x-")
}
