//! Unions: what authors mean by `oneOf`, `anyOf`, several types and inheritance.
//!
//! The kind of a union is decided at once, by looking at the alternatives without lowering them; these are
//! lowered later, from the queue.

mod branch;
mod claims;
mod define;
mod events;
mod inheritance;
mod keyed;
mod loose;
pub(super) mod name_override;
mod overlap;
mod ring;
mod tags;
mod within;

use std::collections::HashMap;

use crate::ir::{Shape, Tagging, Type};
use crate::load::{Node, Value};
use crate::names::NameRequest;
use crate::source::{Span, SpecStr};
use crate::specification::Kinds;

use super::enumeration::Told;
use super::merged::{Choice, MergedSchema, SchemaSet};
use super::naming::Naming;
use super::schema::LoweredSchema;
use super::{Direction, Lowering, PendingKind, keywords};

use ring::Alternatives;

/// A union whose branches are still to be lowered.
pub(super) struct UnionPlan<'a> {
    tagging: Tagging,
    branches: Vec<BranchPlan<'a>>,
    /// Whether values that fit no branch are kept.
    open: bool,
}

/// A branch that is still to be lowered.
struct BranchPlan<'a> {
    schema: SchemaSet<'a>,
    merged: MergedSchema<'a>,
    name_request: NameRequest,
    tags: Vec<SpecStr>,
    /// Values belong to it that have no tag, or one that no branch has.
    default: bool,
    /// The one text that it is.
    constant: Option<SpecStr>,
    span: Span,
}

impl<'a> Lowering<'a> {
    /// Lowers a schema with alternatives.
    pub(super) fn choice(
        &mut self,
        schema: &SchemaSet<'a>,
        mut merged: MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        let Some(choice) = merged.choices.first().copied() else {
            return LoweredSchema::of(Type::Json);
        };
        let Alternatives { branches, nullable } = self.alternatives_of(choice.list);
        let mut used = match branches.as_slice() {
            [] if !nullable && choice.list.items().iter().any(keywords::allows_nothing) => {
                self.raw(schema, "no value satisfies it")
            }
            [] if !nullable => self.raw(schema, "it leads back to itself and nowhere else"),
            [] => LoweredSchema::of(Type::Null),
            [only] => self.schema(&schema.with_branch(&choice, only), direction, naming),
            _ if self.is_any_json(&choice, &branches, nullable) => {
                // Any JSON value is one: what is a value already is not made into another one.
                return LoweredSchema::of(Type::Json);
            }
            _ if self.only_require(&merged, &branches) => {
                merged.choices.remove(0);
                self.by_shape(schema, merged, direction, naming)
            }
            _ if merged.has_members()
                && choice.is_exclusive(&merged)
                && self.one_key_each(&merged, &branches).is_some() =>
            {
                LoweredSchema::of(Type::Named(self.enqueue(
                    merged,
                    direction,
                    naming,
                    PendingKind::Struct,
                )))
            }
            _ => self.alternatives(schema, merged, &choice, &branches, direction, naming),
        };
        used.nullable |= nullable;
        used
    }

    fn alternatives(
        &mut self,
        schema: &SchemaSet<'a>,
        merged: MergedSchema<'a>,
        choice: &Choice<'a>,
        branches: &[&'a Node],
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        if branches.len() > MOST_BRANCHES && merged.choices.len() > 1 {
            return self.raw(
                schema,
                "it has more combinations of alternatives than a Rust enum should have",
            );
        }
        let looked: Vec<(SchemaSet<'a>, MergedSchema<'a>)> = branches
            .iter()
            .map(|branch| match self.building_on(schema, &merged, branch) {
                Some(own) => own,
                None => {
                    let schema = schema.with_branch(choice, branch);
                    let merged = self.merged(&schema);
                    (schema, merged)
                }
            })
            .collect();
        if let Some(used) = self.listed_values(&looked, &merged, direction, naming) {
            return used;
        }
        let nullable = looked.iter().any(|(_, branch)| branch.nullable);
        let plan = self.plan_union(&merged, choice, branches, looked);
        LoweredSchema {
            nullable,
            ..LoweredSchema::of(self.union(merged, direction, naming, plan))
        }
    }

    /// Alternatives that only list constants, perhaps beside "or any text", are one enum.
    fn listed_values(
        &mut self,
        looked: &[(SchemaSet<'a>, MergedSchema<'a>)],
        merged: &MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> Option<LoweredSchema> {
        let mut values: Vec<&'a Node> = Vec::new();
        let mut told: Told = HashMap::new();
        for (_, branch) in looked {
            match &branch.values {
                Some(listed) => {
                    if let [only] = listed.as_slice() {
                        let say = |key: &str| {
                            branch
                                .nodes
                                .iter()
                                .rev()
                                .find_map(|node| node.get(key))
                                .and_then(super::literal::text)
                        };
                        told.insert(only.id, (say("title"), say("description")));
                    }
                    values.extend(listed.iter().copied());
                }
                None if branch.kinds == Kinds::STRING
                    && branch.format.is_none()
                    && branch.choices.is_empty() => {}
                None => return None,
            }
        }
        let scalar = |value: &&Node| !matches!(value.value, Value::Sequence(_) | Value::Mapping(_));
        if values.is_empty() || !values.iter().all(scalar) {
            return None;
        }
        let shape = Shape::Enum(self.enumeration(merged, &values, &told, naming));
        Some(LoweredSchema::of(Type::Named(
            self.declare(merged, direction, naming, shape),
        )))
    }

    /// A union whose branches are lowered later.
    fn union(
        &mut self,
        merged: MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
        plan: UnionPlan<'a>,
    ) -> Type {
        Type::Named(self.enqueue(merged, direction, naming, PendingKind::Union(plan)))
    }

    /// A schema that allows several JSON types.
    pub(super) fn kinds_union(
        &mut self,
        schema: &SchemaSet<'a>,
        kinds: Kinds,
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        let merged = self.merged(schema);
        let span = merged
            .nodes
            .first()
            .map_or_else(|| self.documents.entry().root.span, |node| node.span);
        let branches = kinds
            .each()
            .map(|kind| {
                let schema = schema.narrowed(kind);
                let merged = self.merged(&schema);
                BranchPlan {
                    schema,
                    merged,
                    name_request: NameRequest::of(kind.word()),
                    tags: Vec::new(),
                    default: false,
                    constant: None,
                    span,
                }
            })
            .collect();
        let plan = UnionPlan {
            tagging: Tagging::Untagged,
            branches,
            open: true,
        };
        LoweredSchema::of(self.union(merged, direction, naming, plan))
    }

    /// The type of an item of a list that is of one of several schemas, or of none of them.
    pub(super) fn items_union(
        &mut self,
        merged: &MergedSchema<'a>,
        schemas: &[&'a Node],
        direction: Direction,
        naming: &Naming,
    ) -> Type {
        let looked: Vec<(SchemaSet<'a>, MergedSchema<'a>)> = schemas
            .iter()
            .map(|node| {
                let schema = SchemaSet::one(node);
                let merged = self.merged(&schema);
                (schema, merged)
            })
            .collect();
        let nullable = looked.iter().any(|(_, item)| item.nullable);
        let plan = UnionPlan {
            tagging: Tagging::Untagged,
            branches: self.branch_plans(schemas, looked),
            open: true,
        };
        let used = LoweredSchema {
            nullable,
            ..LoweredSchema::of(self.union(merged.clone(), direction, naming, plan))
        };
        used.into_type()
    }
}

/// The number of alternatives that may be multiplied with those of another list.
const MOST_BRANCHES: usize = 64;
