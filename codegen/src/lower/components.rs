//! Components that no operation reaches are generated too: a document may be a library of schemas.

use crate::ir::{Shape, Type, TypeId};
use crate::load::Node;

use super::merged::SchemaSet;
use super::naming::{Base, Naming};
use super::{Direction, Lowering, literal};

impl<'a> Lowering<'a> {
    /// Learns the names of all components.
    pub(super) fn name_components(&mut self) {
        for document in self.documents.iter() {
            for entry in schemas(&document.root) {
                let base = Base::Component {
                    text: entry.key.clone(),
                    document: document.id,
                    suffix: None,
                };
                let name_override = entry.value.get("x-rust-name").and_then(literal::text);
                let naming = Naming {
                    base,
                    name_override,
                    direction: Direction::Both,
                    also: Vec::new(),
                };
                self.component_names.insert(entry.value.id, naming);
            }
        }
    }

    /// Lowers what is left of the components: those that are no types of their own become aliases.
    pub(super) fn components(&mut self) {
        let documents = self.documents;
        for document in documents.iter() {
            for entry in schemas(&document.root) {
                self.component(&entry.value);
                self.drain();
            }
        }
    }

    fn component(&mut self, node: &'a Node) {
        let Some(naming) = self.component_names.get(&node.id).cloned() else {
            return;
        };
        let schema = SchemaSet::one(node);
        let (deciding, ..) = self.see_through(&schema, &naming);
        let differs = deciding
            .nodes
            .iter()
            .any(|node| self.access.differs(node.id));
        let directions = if differs {
            self.views_in_use(&deciding)
        } else {
            self.whole_or_patch(&schema)
        };
        for direction in directions {
            let before = self.types.len();
            let used = self.schema(&schema, direction, &naming);
            // A wrapper around one reference, or a scalar, a list or a map: the name is kept as an alias.
            let own = match &used.ty {
                Type::Named(id) => {
                    self.is_named_after(*id, node, &naming)
                        || (id.index() >= before && self.namings.len() > before)
                }
                _ => false,
            };
            if !own {
                let merged = self.merged(&schema);
                let ty = used.into_type();
                self.declare(&merged, direction, &naming, Shape::Alias(ty));
            }
        }
    }

    /// The views in which operations use a schema; if none does, one that shows all of it.
    fn views_in_use(&self, schema: &SchemaSet<'a>) -> Vec<Direction> {
        let used = [Direction::Request, Direction::Response, Direction::Patch]
            .into_iter()
            .filter(|direction| self.known.contains_key(&(schema.key(), *direction)));
        let used: Vec<Direction> = used.collect();
        if used.is_empty() {
            vec![Direction::Both]
        } else {
            used
        }
    }

    /// A schema of patches alone has no other use.
    fn whole_or_patch(&self, schema: &SchemaSet<'a>) -> Vec<Direction> {
        let is_known = |direction| self.known.contains_key(&(schema.key(), direction));
        match is_known(Direction::Patch) && !is_known(Direction::Both) {
            true => vec![Direction::Patch],
            false => vec![Direction::Both],
        }
    }

    /// Whether a type is that of a component, or of what alone stands in it.
    fn is_named_after(&self, id: TypeId, node: &Node, component: &Naming) -> bool {
        let naming = self.namings.get(id.index());
        self.types.get(id).origin.span == node.span
            || naming.is_some_and(|naming| naming.is_component(component))
    }

    /// For each type of a request, whether the same schema has a type for responses too, and for each patch, whether it
    /// has any other.
    pub(super) fn find_counterparts(&self) -> Vec<bool> {
        let mut directions: std::collections::HashMap<crate::source::Span, Vec<Direction>> =
            std::collections::HashMap::new();
        for ((_, def), naming) in self.types.iter().zip(&self.namings) {
            directions
                .entry(def.origin.span)
                .or_default()
                .push(naming.direction);
        }
        self.types
            .iter()
            .zip(&self.namings)
            .map(|((_, def), naming)| {
                let directions = directions
                    .get(&def.origin.span)
                    .map(Vec::as_slice)
                    .unwrap_or_default();
                directions.contains(&Direction::Response)
                    || directions.contains(&Direction::Both)
                    || (naming.direction == Direction::Patch
                        && directions.contains(&Direction::Request))
            })
            .collect()
    }
}

pub(super) fn schemas(root: &Node) -> &[crate::load::Entry] {
    root.get("components")
        .and_then(|components| components.get("schemas"))
        .map(Node::entries)
        .unwrap_or_default()
}
