//! Parts that are plain values, sent as text, and those that have no form as their media type.

use crate::load::Node;
use crate::specification::Kinds;

use super::super::Lowering;
use super::super::merged::SchemaSet;
use super::super::naming::Naming;
use super::media::{Family, essence, family};
use super::part::DEEPEST;

impl<'a> Lowering<'a> {
    pub(super) fn is_only_null(&mut self, schema: &'a Node, naming: &Naming) -> bool {
        let merged = self.seen_through(&SchemaSet::one(schema), naming);
        merged.nullable && merged.kinds.is_none() && merged.choices.is_empty()
    }

    /// Whether values are sent as text rather than as JSON: scalars, lists of them, and alternatives of those.
    pub(super) fn is_plain(
        &mut self,
        schema: &SchemaSet<'a>,
        naming: &Naming,
        within: Within,
        depth: usize,
    ) -> bool {
        let (schema, naming, _) = self.see_through(schema, naming);
        let merged = self.merged(&schema);
        if depth >= DEEPEST {
            return false;
        }
        if let Some(choice) = merged.choices.first().copied() {
            return choice.list.items().iter().all(|branch| {
                let with = schema.with_branch(&choice, branch);
                self.is_only_null(branch, &naming)
                    || self.is_plain(&with, &naming, within, depth + 1)
            });
        }
        if merged.values.is_some() {
            return true;
        }
        let kinds = merged.likely_kinds();
        if kinds == Kinds::ARRAY {
            // A list of lists has no form as text.
            let item = merged.items.filter(|_| within == Within::Part);
            let item = item.map(SchemaSet::one);
            return item
                .is_some_and(|item| self.is_plain(&item, &naming.item(), Within::List, depth + 1));
        }
        !kinds.is_none() && !kinds.has(Kinds::OBJECT) && !kinds.has(Kinds::ARRAY)
    }
}

/// Whether objects and lists have no form as a media type that is known here: JSON of them would not be what it says.
pub(super) fn has_no_form(media_type: &str) -> bool {
    match family(media_type) {
        Some(Family::Xml | Family::Bytes) => true,
        Some(Family::Text) => !essence(media_type).eq_ignore_ascii_case("text/plain"),
        _ => false,
    }
}

/// Where a value stands in a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    Part,
    List,
}
