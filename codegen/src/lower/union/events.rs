//! A union of server-sent events, told apart by their names.

use crate::ir::{Tagging, Type};
use crate::load::Node;
use crate::names::{NameRequest, Words};
use crate::source::SpecStr;

use super::super::merged::{MergedSchema, SchemaSet};
use super::super::naming::Naming;
use super::super::operations::is_event;
use super::super::schema::LoweredSchema;
use super::super::{Direction, Lowering, PendingKind, SchemaState};
use super::claims::constants;
use super::{BranchPlan, UnionPlan};

impl<'a> Lowering<'a> {
    /// The union of what events hold, by name, and the names of those that hold text; none where the alternatives are
    /// not events, or have no names of their own.
    pub(in crate::lower) fn event_union(
        &mut self,
        schema: &SchemaSet<'a>,
        merged: &MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> Option<(Type, Vec<SpecStr>)> {
        let choice = merged.choices.first().copied()?;
        // A component that lists events is their union, and keeps its name.
        let (schema, mut naming, _) = self.see_through(schema, naming);
        if let [node] = schema.nodes.as_slice()
            && let Some(own) = self.component_names.get(&node.id)
        {
            naming = own.clone();
        }
        let direction = self.view_of(&schema, direction);
        let key = (schema.key(), direction);
        let mut taken: Vec<SpecStr> = Vec::new();
        let (mut branches, mut texts) = (Vec::new(), Vec::new());
        for branch in choice.list.items() {
            let looked = self.merged(&schema.with_branch(&choice, branch));
            if !is_event(&looked) {
                return None;
            }
            let names = constants(&looked.property("event")?.schema)?;
            if names.is_empty() || names.iter().any(|name| taken.contains(name)) {
                return None;
            }
            taken.extend(names.iter().cloned());
            // An event without data is not dispatched: no client comes to see it.
            let Some(data) = looked.property("data") else {
                continue;
            };
            let (data, is_text) = self.event_data_of(&data.schema);
            if is_text {
                texts.extend(names.iter().cloned());
            }
            branches.push(self.event_branch(branch, data, names));
        }
        let plan = UnionPlan {
            tagging: Tagging::Adjacent {
                tag: SpecStr::new("event"),
                content: SpecStr::new("data"),
            },
            branches,
            open: true,
        };
        let made = match self.known.get(&key) {
            Some(SchemaState::Done(used)) => self.is_event_union(&used.ty).then(|| used.ty.clone()),
            _ => None,
        };
        let ty = match made {
            Some(ty) => ty,
            None => {
                let id = self.enqueue(merged.clone(), direction, &naming, PendingKind::Union(plan));
                self.event_unions.insert(id);
                Type::Named(id)
            }
        };
        let known = self.known.entry(key);
        known.or_insert_with(|| SchemaState::Done(Box::new(LoweredSchema::of(ty.clone()))));
        Some((ty, texts))
    }

    /// Whether a type is a union that was made here.
    fn is_event_union(&self, ty: &Type) -> bool {
        let Type::Named(id) = ty else { return false };
        self.event_unions.contains(id)
    }

    fn event_branch(
        &mut self,
        branch: &'a Node,
        schema: SchemaSet<'a>,
        tags: Vec<SpecStr>,
    ) -> BranchPlan<'a> {
        let words = tags.first().map(|name| Words::of(name.text()));
        let text: Vec<&str> = tags.iter().map(SpecStr::text).collect();
        BranchPlan {
            merged: self.merged(&schema),
            schema,
            name_request: NameRequest::named(text.join(" "), words.into_iter().collect()),
            tags,
            default: false,
            constant: None,
            span: branch.span,
        }
    }
}
