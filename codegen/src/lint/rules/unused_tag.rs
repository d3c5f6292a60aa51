#![doc = include_str!("../../diagnostic/rules/unused-tag.md")]

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::lint::Lint;
use crate::load::Node;

impl Lint<'_, '_> {
    /// Tags that are declared and not used.
    pub(in crate::lint) fn unused_tags(&mut self) {
        let mut used: HashSet<&str> = self
            .used_tags()
            .into_iter()
            .filter_map(Node::as_str)
            .collect();
        // A tag may be there to hold others together.
        let text = |tag: &'_ Node, key| tag.get(key).and_then(Node::as_str).map(str::to_owned);
        let pairs: Vec<(String, String)> = self
            .declared_tags()
            .iter()
            .filter_map(|tag| Some((text(tag, "name")?, text(tag, "parent")?)))
            .collect();
        while let Some((_, parent)) = pairs
            .iter()
            .find(|(name, parent)| used.contains(name.as_str()) && !used.contains(parent.as_str()))
        {
            used.insert(parent);
        }
        for tag in self.declared_tags() {
            let Some(name) = tag.get("name").and_then(Node::as_str) else {
                continue;
            };
            if !used.contains(name) {
                self.say(
                    Code::UnusedTag,
                    tag.span,
                    format!("no operation has the tag `{name}`"),
                    "remove it, or tag the operations that it is for",
                );
            }
        }
    }
}
