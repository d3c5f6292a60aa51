#![doc = include_str!("../../diagnostic/rules/unused-tag.md")]

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::lint::Lint;
use crate::load::Node;

impl Lint<'_, '_> {
    /// Tags that are declared and not used.
    pub(in crate::lint) fn unused_tags(&mut self) {
        let used: HashSet<&str> = self
            .used_tags()
            .into_iter()
            .filter_map(Node::as_str)
            .collect();
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
