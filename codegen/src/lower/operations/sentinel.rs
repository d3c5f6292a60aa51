//! Ends of streams that a document lists among the items: `oneOf: [.., {const: '[DONE]'}]`.

use crate::load::Node;
use crate::source::SpecStr;
use crate::specification::Kinds;

use super::super::merged::SchemaSet;
use super::super::{Lowering, literal};
use super::stream::{Frames, is_event};

impl<'a> Lowering<'a> {
    /// The items of a stream without the one text that ends it: what stands beside it is JSON, and it is not.
    pub(super) fn without_sentinel(
        &mut self,
        schema: Option<SchemaSet<'a>>,
        frames: Frames,
    ) -> (Option<SchemaSet<'a>>, Option<SpecStr>) {
        let Some(schema) = schema else {
            return (None, None);
        };
        let mut data = schema.clone();
        if frames == Frames::Events {
            let merged = self.merged(&schema);
            if is_event(&merged)
                && merged.choices.is_empty()
                && let Some(property) = merged.property("data")
            {
                data = property.schema.clone();
            }
        }
        match self.listed_end(&data) {
            Some((item, end)) => (Some(item), Some(end)),
            None => (Some(schema), None),
        }
    }

    /// The only other alternative, and the text that ends the stream.
    fn listed_end(&mut self, data: &SchemaSet<'a>) -> Option<(SchemaSet<'a>, SpecStr)> {
        // What has no alternatives is merged where its content is known.
        let nodes = self.all_nodes(data);
        let has_choice =
            |node: &&Node| ["oneOf", "anyOf"].iter().any(|key| node.get(key).is_some());
        if !nodes.iter().any(has_choice) {
            return None;
        }
        let merged = self.merged(data);
        let [choice] = merged.choices.as_slice() else {
            return None;
        };
        let (ends, items): (Vec<&'a Node>, Vec<&'a Node>) = choice
            .list
            .items()
            .iter()
            .partition(|branch| self.end(branch).is_some());
        let ([end], [item]) = (ends.as_slice(), items.as_slice()) else {
            return None;
        };
        let end = self.end(end)?;
        let item = SchemaSet::one(item);
        let in_text = item
            .nodes
            .iter()
            .any(|node| node.get("contentSchema").is_some());
        let is_json = in_text || {
            let kinds = self.merged(&item).likely_kinds().only();
            kinds.is_some_and(|kind| matches!(kind, Kinds::OBJECT | Kinds::ARRAY))
        };
        is_json.then_some((item, end))
    }

    /// The one text that an alternative is, if that is not JSON.
    fn end(&self, branch: &'a Node) -> Option<SpecStr> {
        let branch = self.follow(branch)?;
        let listed = branch.get("enum").map(Node::items);
        let only = branch.get("const").or(match listed {
            Some([only]) => Some(only),
            _ => None,
        })?;
        let text = literal::text(only).filter(|_| only.as_str().is_some())?;
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text.text()).is_ok();
        (!is_json).then_some(text)
    }
}
