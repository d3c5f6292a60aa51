//! Tags: what operations have and what the document declares.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Code;
use crate::load::Node;
use crate::load::walk::ObjectKind;

use super::Lint;

impl Lint<'_, '_> {
    /// Tags that are used and not declared, each once, and those that are declared and not used.
    pub(super) fn tags(&mut self) {
        let entry = self.index.documents.entry();
        let declared: HashMap<&str, &Node> = entry
            .root
            .get("tags")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter_map(|tag| Some((tag.get("name")?.as_str()?, tag)))
            .collect();
        // A tag that others are below is there for them.
        let parents = declared
            .values()
            .filter_map(|tag| tag.get("parent")?.as_str());
        let parents: HashSet<&str> = parents.collect();
        let mut used = HashSet::new();
        for site in self.index.sites() {
            if site.kind != ObjectKind::Operation {
                continue;
            }
            for tag in site.node.get("tags").map(Node::items).unwrap_or_default() {
                let Some(name) = tag.as_str() else { continue };
                if used.insert(name) && !declared.contains_key(name) {
                    self.say(
                        Code::UndeclaredTag,
                        tag.span,
                        format!("the document does not declare the tag `{name}`"),
                        "add it to `tags` at the root with a description, which becomes that of a module",
                    );
                }
            }
        }
        let mut unused: Vec<_> = declared
            .into_iter()
            .filter(|(name, _)| !used.contains(name) && !parents.contains(name))
            .collect();
        unused.sort_by_key(|(_, tag)| tag.span);
        for (name, tag) in unused {
            self.say(
                Code::UnusedTag,
                tag.span,
                format!("no operation has the tag `{name}`"),
                "remove it, or tag the operations that it is for",
            );
        }
    }
}
