#![doc = include_str!("../../diagnostic/rules/undeclared-tag.md")]

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::lint::Lint;
use crate::load::Node;
use crate::load::walk::ObjectKind;

impl<'a> Lint<'a, '_> {
    /// Tags that are used and not declared, each once.
    pub(in crate::lint) fn undeclared_tags(&mut self) {
        let declared: HashSet<&str> = self
            .declared_tags()
            .iter()
            .filter_map(|tag| tag.get("name")?.as_str())
            .collect();
        let mut seen = HashSet::new();
        for tag in self.used_tags() {
            let Some(name) = tag.as_str() else { continue };
            if seen.insert(name) && !declared.contains(name) {
                self.say(
                    Code::UndeclaredTag,
                    tag.span,
                    format!("the document does not declare the tag `{name}`"),
                    "add it to `tags` at the root with a description, which becomes that of a module",
                );
            }
        }
    }

    /// The tags that the document declares.
    pub(super) fn declared_tags(&self) -> &'a [Node] {
        let tags = self.index.documents.entry().root.get("tags");
        tags.map(Node::items).unwrap_or_default()
    }

    /// The tags of all operations.
    pub(super) fn used_tags(&self) -> Vec<&'a Node> {
        let operations = self.index.sites().iter();
        operations
            .filter(|site| site.kind == ObjectKind::Operation)
            .filter_map(|site| site.node.get("tags"))
            .flat_map(Node::items)
            .collect()
    }
}
