#![doc = include_str!("../../diagnostic/rules/derived-name.md")]

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::ir::Shape;
use crate::load::Node;
use crate::load::walk::ObjectKind;
use crate::source::Span;

use super::poor_name::poor;
use crate::lint::Lint;

impl Lint<'_, '_> {
    /// Types whose names come from their places.
    pub(in crate::lint) fn anonymous_schemas(&mut self) {
        let named = self.named_places();
        let mut said = HashSet::new();
        for (_, def) in self.api.types.iter() {
            let span = def.origin.span;
            if named.contains(&span) || matches!(def.shape, Shape::Alias(_)) || !said.insert(span) {
                continue;
            }
            let name = def.name.as_str();
            let poor = poor(name, name).map(|why| format!(", which reads poorly: {why}"));
            let poor = poor.unwrap_or_default();
            self.say(
                Code::DerivedName,
                span,
                format!(
                    "the schema has no name; its type is named `{name}` after its location{poor}"
                ),
                "move it to `components/schemas` and reference it",
            );
        }
    }

    /// Where schemas stand that their authors named: as components, in files, with `x-rust-name`, or by a reference.
    fn named_places(&self) -> HashSet<Span> {
        let mut named = HashSet::new();
        for site in self.index.sites() {
            if site.kind != ObjectKind::Schema {
                continue;
            }
            if self.index.is_component(site)
                || self.index.is_target(site.node)
                || site.node.get("x-rust-name").is_some()
            {
                named.insert(site.node.span);
            }
            // A union that is flattened into a struct stands at the list.
            if site
                .node
                .get("x-one-of")
                .and_then(|names| names.get("rust-name"))
                .is_some()
            {
                let lists = ["oneOf", "anyOf"].map(|key| site.node.get(key));
                named.extend(lists.into_iter().flatten().map(|list: &Node| list.span));
            }
        }
        named
    }
}
