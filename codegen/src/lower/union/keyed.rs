//! Branches that are one member each: the member's key is the tag. Beside other members they are spread among those.

use std::collections::HashSet;

use crate::ir::{self, Docs, Tagging, Type, TypeId};
use crate::load::{Node, Value};
use crate::names::{FieldName, NameRequest, Words};
use crate::source::{Span, SpecStr};

use super::super::merged::{AdditionalProperties, MergedSchema, SchemaSet};
use super::super::naming::Naming;
use super::super::schema::LoweredSchema;
use super::super::{Direction, Lowering, PendingKind, SchemaState, literal, structure};
use super::{BranchPlan, UnionPlan};
use crate::specification::{Keyword, Kinds};

impl<'a> Lowering<'a> {
    /// The field of a union that spreads its members among those of a struct.
    pub(in crate::lower) fn flattened_choice(
        &mut self,
        id: TypeId,
        merged: &MergedSchema<'a>,
        direction: Direction,
    ) -> Option<ir::Field> {
        let choice = merged.choices.first().copied()?;
        if !choice.is_exclusive(merged) {
            return None;
        }
        let branches = self.alternatives_of(choice.list).branches;
        let keyed = self.one_key_each(merged, &branches)?;
        let keys: Vec<&SpecStr> = keyed.iter().map(|(key, ..)| *key).collect();
        let told = |key: &str| {
            merged
                .first(Keyword::OneOfNames)
                .and_then(|node| node.get(key))
                .and_then(literal::text)
        };
        let words = told("rust-field").map_or_else(|| joined(&keys), |name| Words::of(name.text()));
        let mut naming = Naming::member(id, words.clone());
        naming.name_override = told("rust-name");
        let list = keys
            .iter()
            .map(|key| format!("`{}`", key.text()))
            .collect::<Vec<_>>()
            .join(", ");
        let docs = Docs {
            description: Some(SpecStr::new(format!("Exactly one of {list}."))),
            ..Docs::default()
        };
        let union = self.container(choice.list, external(keyed), direction, &naming, &docs);
        let origin = self.origin(choice.list.span);
        Some(structure::flattened(
            FieldName::new(&words),
            LoweredSchema::of(Type::Named(union)),
            docs,
            origin,
        ))
    }

    /// The type of a union that spreads its members: one for both ways, unless its branches differ.
    fn container(
        &mut self,
        list: &'a Node,
        branches: Vec<BranchPlan<'a>>,
        direction: Direction,
        naming: &Naming,
        docs: &Docs,
    ) -> TypeId {
        let schema = SchemaSet::one(list);
        let direction = self.view_of(&schema, direction);
        let key = (schema.key(), direction);
        if let Some(SchemaState::Done(used)) = self.known.get(&key)
            && let Type::Named(id) = used.ty
        {
            return id;
        }
        let nothing = SchemaSet {
            nodes: Vec::new(),
            skip: Vec::new(),
            only: Kinds::NONE,
        };
        let merged = MergedSchema {
            kinds: Kinds::OBJECT,
            ..self.merged(&nothing)
        };
        let plan = PendingKind::Union(UnionPlan {
            tagging: Tagging::External,
            branches,
            open: false,
        });
        let id = self.enqueue(merged, direction, naming, plan);
        let origin = self.origin(list.span);
        let def = self.types.get_mut(id);
        def.origin = origin;
        def.docs = docs.clone();
        self.known.insert(
            key,
            SchemaState::Done(Box::new(LoweredSchema::of(Type::Named(id)))),
        );
        id
    }

    /// A union of objects of one member each, whose keys are the tags, and perhaps of texts that are tags alone.
    pub(super) fn keyed_or_unit(
        &mut self,
        merged: &MergedSchema<'a>,
        branches: &[&'a Node],
        looked: &[(SchemaSet<'a>, MergedSchema<'a>)],
    ) -> Option<UnionPlan<'a>> {
        let objects: Vec<&'a Node> = branches
            .iter()
            .zip(looked)
            .filter(|(_, (_, merged))| texts(merged).is_none())
            .map(|(branch, _)| *branch)
            .collect();
        let mut keyed = external(self.one_key_each(merged, &objects)?).into_iter();
        if objects.is_empty() {
            return None;
        }
        let mut plans: Vec<BranchPlan<'a>> = Vec::with_capacity(branches.len());
        for (branch, (schema, merged)) in branches.iter().zip(looked) {
            let Some(texts) = texts(merged) else {
                plans.extend(keyed.next());
                continue;
            };
            let units = texts.into_iter().map(|text| BranchPlan {
                schema: schema.clone(),
                merged: merged.clone(),
                name_request: NameRequest::of(text.text()),
                tags: vec![text.clone()],
                default: false,
                constant: Some(text),
                span: branch.span,
            });
            plans.extend(units);
        }
        let mut seen = HashSet::new();
        let distinct = plans
            .iter()
            .flat_map(|plan| &plan.tags)
            .all(|tag| seen.insert(tag));
        let plan = UnionPlan {
            tagging: Tagging::External,
            open: true,
            branches: plans,
        };
        distinct.then_some(plan)
    }

    /// The branches, if each adds just one required member of its own.
    pub(super) fn one_key_each(
        &mut self,
        merged: &MergedSchema<'a>,
        branches: &[&'a Node],
    ) -> Option<Vec<Keyed<'a>>> {
        let mut keyed: Vec<Keyed<'a>> = Vec::new();
        for branch in branches {
            let alone = self.merged(&SchemaSet::one(branch));
            let [property] = alone.properties.as_slice() else {
                return None;
            };
            let key = property.key;
            let fits = alone.requires(key.text())
                && alone.required.len() == 1
                && matches!(
                    alone.additional,
                    AdditionalProperties::Unsaid | AdditionalProperties::Closed
                )
                && alone.patterns.is_empty()
                && alone.choices.is_empty()
                && merged.property(key.text()).is_none()
                && keyed.iter().all(|(known, ..)| *known != key);
            if !fits {
                return None;
            }
            keyed.push((key, property.schema.clone(), alone.clone(), branch.span));
        }
        Some(keyed)
    }
}

/// A branch that is one member: its key, the schema of its value, the branch.
pub(super) type Keyed<'a> = (&'a SpecStr, SchemaSet<'a>, MergedSchema<'a>, Span);

pub(super) fn external(keyed: Vec<Keyed<'_>>) -> Vec<BranchPlan<'_>> {
    keyed
        .into_iter()
        .map(|(key, schema, merged, span)| BranchPlan {
            schema,
            merged,
            name_request: NameRequest::of(key.text()),
            tags: vec![key.clone()],
            default: false,
            constant: None,
            span,
        })
        .collect()
}

/// The texts that a branch lists, if it is nothing else.
pub(super) fn texts(merged: &MergedSchema<'_>) -> Option<Vec<SpecStr>> {
    let values = merged
        .values
        .as_ref()?
        .iter()
        .map(|value| match &value.value {
            Value::String(text) => Some(text.clone()),
            _ => None,
        });
    let texts: Vec<SpecStr> = values.collect::<Option<_>>()?;
    (!texts.is_empty() && merged.choices.is_empty() && !merged.nullable).then_some(texts)
}

/// `folder or snippet or device`.
fn joined(keys: &[&SpecStr]) -> Words {
    let few: Vec<&str> = keys.iter().take(3).map(|key| key.text()).collect();
    Words::of(&few.join(" or "))
}
