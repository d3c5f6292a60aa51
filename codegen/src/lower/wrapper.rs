//! Schemas that only wrap another one: references, and lone parts of an `allOf`.

use crate::load::{Node, Value};
use crate::specification::{Keyword, Kinds};

use super::merged::SchemaSet;
use super::naming::Naming;
use super::schema::DEEPEST;
use super::{Lowering, keywords, literal};

impl<'a> Lowering<'a> {
    /// Follows references, and wrappers that add nothing to one, to the schema that decides; with it goes its name.
    pub(super) fn see_through(
        &mut self,
        schema: &SchemaSet<'a>,
        naming: &Naming,
    ) -> (SchemaSet<'a>, Naming, bool) {
        let mut schema = schema.clone();
        let mut naming = naming.clone();
        let mut nullable = false;
        for _ in 0..DEEPEST {
            let deciding: Vec<&'a Node> = schema
                .nodes
                .iter()
                .filter(|node| schema.decides(node))
                .copied()
                .collect();
            let [only] = deciding.as_slice() else { break };
            if schema.nodes.len() > 1 {
                nullable |= schema.nodes.iter().any(|node| says_null(node));
                schema.keep(only);
            }
            let wrapped = match self.resolved.target(only) {
                Some(target) => {
                    // From 3.1 a reference may stand beside keywords that narrow it.
                    let is_bare = !self.version(only).has_json_schema();
                    if !is_bare && !self.adds_nothing(only, target.node) {
                        break;
                    }
                    naming = self.naming_of(target.node, target.document, &target.pointer);
                    target.node
                }
                None => match lone_part(only) {
                    Some(part)
                        if !self.subtypes.is_one(only.id) && self.adds_nothing(only, part) =>
                    {
                        let parts = only.get("allOf").map(Node::items).unwrap_or_default();
                        nullable |= parts
                            .iter()
                            .any(|other| other.id != part.id && says_null(other));
                        if let Some(name_override) = only.get("x-rust-name").and_then(literal::text)
                        {
                            naming.name_override = naming.name_override.or(Some(name_override));
                        }
                        part
                    }
                    _ => break,
                },
            };
            nullable |= says_null(only);
            schema.nodes = vec![wrapped];
        }
        (schema, naming, nullable)
    }

    /// Whether a schema says no more than the one that it refers to, but perhaps that null fits as well.
    fn adds_nothing(&mut self, node: &'a Node, inner: &'a Node) -> bool {
        let kinds = node.get("type").map(|kinds| Kinds::of(kinds).0);
        let others = node.entries().iter().all(|entry| match entry.key.text() {
            "$ref" | "allOf" | "type" => true,
            "enum" if entry.value.items().is_empty() => true,
            keyword => Keyword::is_annotation(keyword),
        });
        let Some(kinds) = kinds.filter(|_| others) else {
            return others;
        };
        let merged = self.merged(&SchemaSet::one(inner));
        let inner = merged.likely_kinds();
        inner.narrowed(kinds) == inner && (!inner.is_none() || !merged.choices.is_empty())
    }
}

/// The only part of an `allOf` that decides anything.
fn lone_part(node: &Node) -> Option<&Node> {
    let mut deciding = node
        .get("allOf")?
        .items()
        .iter()
        .filter(|part| !keywords::only_annotates(part));
    let part = deciding.next().filter(|_| deciding.next().is_none())?;
    matches!(part.value, Value::Mapping(_)).then_some(part)
}

/// Whether a schema says that null fits, beside what it refers to.
fn says_null(node: &Node) -> bool {
    let by_type = node
        .get("type")
        .is_some_and(|kinds| Kinds::of(kinds).0.has(Kinds::NULL));
    by_type || node.get("nullable").and_then(Node::as_bool) == Some(true)
}
