//! Unions: what authors mean by `oneOf`, `anyOf`, several types and inheritance.
//!
//! The kind of a union is decided at once, by looking at the alternatives without lowering them; these are
//! lowered later, from the queue.

mod branch;
mod events;
mod keyed;
pub(super) mod name_override;
mod overlap;
mod ring;
mod tags;

use std::collections::HashMap;

use crate::ir::{Branch, Docs, Shape, Tagging, Type, TypeId, Union};
use crate::load::{Node, Value};
use crate::names::{NameRequest, Scope, VariantName};
use crate::source::{Span, SpecStr};

use super::docs::limit_notes;
use super::enumeration::{Told, unknown_name};
use super::keywords;
use super::merged::{AdditionalProperties, Choice, MergedSchema, SchemaSet};
use super::naming::Naming;
use super::schema::LoweredSchema;
use super::subtypes::Subtype;
use super::{Direction, Lowering, PendingKind};
use crate::specification::{Keyword, Kinds};

use ring::Alternatives;
use tags::told_apart;

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
            .map(|branch| {
                let schema = schema.with_branch(choice, branch);
                let merged = self.merged(&schema);
                (schema, merged)
            })
            .collect();
        if let Some(used) = self.listed_values(&looked, &merged, direction, naming) {
            return used;
        }
        let plan = self.plan_union(&merged, choice, branches, looked);
        LoweredSchema::of(Type::Named(self.enqueue(
            merged,
            direction,
            naming,
            PendingKind::Union(plan),
        )))
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
        LoweredSchema::of(Type::Named(self.enqueue(
            merged,
            direction,
            naming,
            PendingKind::Union(plan),
        )))
    }

    /// The type of an item of a list that is of one of several schemas, or of none of them.
    pub(super) fn items_union(
        &mut self,
        merged: &MergedSchema<'a>,
        schemas: &[&'a Node],
        direction: Direction,
        naming: &Naming,
    ) -> Type {
        let looked = schemas
            .iter()
            .map(|node| {
                let schema = SchemaSet::one(node);
                let merged = self.merged(&schema);
                (schema, merged)
            })
            .collect();
        let plan = UnionPlan {
            tagging: Tagging::Untagged,
            branches: self.branch_plans(schemas, looked),
            open: true,
        };
        Type::Named(self.enqueue(merged.clone(), direction, naming, PendingKind::Union(plan)))
    }

    /// A schema with a discriminator on which others build: a value of it is one of them.
    pub(super) fn inherited(
        &mut self,
        merged: MergedSchema<'a>,
        subtypes: &[Subtype<'a>],
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        let Some(tag) = merged.discriminator.and_then(tags::property) else {
            return LoweredSchema::of(Type::Named(self.enqueue(
                merged,
                direction,
                naming,
                PendingKind::Struct,
            )));
        };
        let discriminator = merged.discriminator;
        let mut claims = Vec::new();
        let mut branches: Vec<BranchPlan<'a>> = Vec::new();
        for subtype in subtypes {
            let (node, name) = (subtype.node, subtype.name);
            let schema = SchemaSet::one(node);
            let branch = self.merged(&schema);
            claims.push(self.claim(node, Some(name), &branch, discriminator, &tag));
            branches.push(BranchPlan {
                schema,
                merged: branch,
                name_request: NameRequest::of(name.text()),
                tags: Vec::new(),
                default: false,
                constant: None,
                span: node.span,
            });
        }
        // A mapping may name the base itself: a value that is nothing more.
        let own = self.own_branch(&merged);
        if let Some((own, base)) = own {
            claims.push(self.claim(base, None, &own.merged, discriminator, &tag));
            branches.push(own);
        }
        let tagging = match told_apart(claims, &tags::mapped(discriminator)) {
            Some(tags) => {
                for (plan, tags) in branches.iter_mut().zip(tags) {
                    plan.tags = tags;
                }
                Tagging::Internal(tag)
            }
            None => {
                self.report_overlaps(&branches);
                Tagging::Untagged
            }
        };
        let plan = UnionPlan {
            tagging,
            branches,
            open: true,
        };
        LoweredSchema::of(Type::Named(self.enqueue(
            merged,
            direction,
            naming,
            PendingKind::Union(plan),
        )))
    }

    /// The branch of a base that its own mapping names, and the base.
    fn own_branch(&mut self, merged: &MergedSchema<'a>) -> Option<(BranchPlan<'a>, &'a Node)> {
        let discriminator = merged.discriminator?;
        let base = *merged.nodes.first()?;
        let mapping = discriminator.get("mapping")?.entries();
        mapping
            .iter()
            .find(|entry| self.mapped_node(&entry.value) == Some(base.id))?;
        let schema = SchemaSet {
            skip: vec![discriminator.id],
            ..SchemaSet::one(base)
        };
        let branch = BranchPlan {
            merged: self.merged(&schema),
            schema,
            name_request: NameRequest::of("base"),
            tags: Vec::new(),
            default: false,
            constant: None,
            span: base.span,
        };
        Some((branch, base))
    }

    /// Lowers the branches of a union.
    pub(super) fn define_union(&mut self, id: TypeId, plan: UnionPlan<'a>, direction: Direction) {
        let UnionPlan {
            tagging,
            branches,
            open,
        } = plan;
        let branches = without_twins(branches);
        let mut scope = Scope::new(&["Self"]);
        let name_requests: Vec<NameRequest> = branches
            .iter()
            .map(|branch| branch.name_request.clone())
            .collect();
        let names = scope.assign(&name_requests, |words| {
            VariantName::new(words).as_str().to_owned()
        });
        let inclusive = branches.iter().any(|branch| {
            let mut lists = branch
                .schema
                .nodes
                .iter()
                .filter_map(|node| node.get("anyOf"));
            lists.any(|list| branch.schema.skip.contains(&list.id))
        });
        let mut lowered = Vec::with_capacity(branches.len());
        for (branch, words) in branches.into_iter().zip(&names) {
            let naming = Naming::member(id, words.clone());
            let used = match &branch.constant {
                Some(_) => LoweredSchema::of(Type::String),
                None => self.schema(&branch.schema, direction, &naming),
            };
            let mut docs = self.docs(&branch.schema.nodes);
            docs.notes.extend(limit_notes(&used.constraints));
            let constraints = used.constraints.clone();
            let ty = used.into_type();
            // Branches that only differ in what nobody can tell are one; texts of two formats or patterns are two.
            let is_known = |(known, format): &(Branch, Option<&str>)| {
                known.ty == ty
                    && known.constraints == constraints
                    && known.constant == branch.constant
                    && *format == branch.merged.format
            };
            if branch.tags.is_empty() && lowered.iter().any(is_known) {
                continue;
            }
            let lone = Branch {
                name: VariantName::new(words),
                tags: branch.tags,
                default: branch.default,
                ty,
                constant: branch.constant,
                constraints,
                docs: Docs {
                    examples: Vec::new(),
                    ..docs
                },
                origin: self.origin(branch.span),
            };
            lowered.push((lone, branch.merged.format));
        }
        let unknown = open.then(|| unknown_name(&mut scope));
        self.types.get_mut(id).shape = Shape::Union(Union {
            tagging,
            branches: lowered.into_iter().map(|(branch, _)| branch).collect(),
            inclusive,
            unknown,
        });
    }

    /// Whether a branch allows null and nothing else.
    fn is_null(&self, branch: &'a Node) -> bool {
        let Some(node) = self.follow(branch) else {
            return false;
        };
        let null = |node: &Node| matches!(node.value, Value::Null) || node.as_str() == Some("null");
        let is = |key: &str| match node.get(key).map(|value| (value, value.items())) {
            Some((_, [only])) => null(only),
            Some((value, [])) => null(value),
            _ => false,
        };
        is("type") || is("enum") || (node.get("const").is_some_and(null)) || is_any_or_null(node)
    }

    /// Whether alternatives allow every JSON value: one for each type, lists and objects of the same.
    fn is_any_json(&mut self, choice: &Choice<'a>, branches: &[&'a Node], nullable: bool) -> bool {
        let mut kinds = Kinds::NONE;
        for branch in branches {
            let merged = self.merged(&SchemaSet::one(branch));
            let own = merged.likely_kinds();
            let again = |inner: Option<&'a Node>| {
                inner.is_none_or(|inner| {
                    keywords::only_annotates(inner) && inner.get("$ref").is_none()
                        || self.leads_to(vec![inner], choice.list.id)
                })
            };
            let values = match merged.additional {
                AdditionalProperties::Schema(values) => again(Some(values)),
                AdditionalProperties::Unsaid | AdditionalProperties::Anything => true,
                AdditionalProperties::Closed => false,
            };
            let plain = merged.nodes.iter().all(|node| {
                node.entries().iter().all(|entry| match entry.key.text() {
                    "type" | "items" | "additionalProperties" | "$ref" => true,
                    keyword => Keyword::is_annotation(keyword),
                })
            });
            if own.is_none() || !plain || !again(merged.items) || !values {
                return false;
            }
            kinds = kinds.with(own);
        }
        let all = [
            Kinds::OBJECT,
            Kinds::ARRAY,
            Kinds::BOOLEAN,
            Kinds::NUMBER,
            Kinds::STRING,
        ];
        nullable && all.into_iter().all(|kind| kinds.has(kind))
    }

    /// Whether the branches only say which members of the object around them are required together.
    fn only_require(&self, merged: &MergedSchema<'a>, branches: &[&'a Node]) -> bool {
        merged.has_members()
            && branches.iter().all(|branch| {
                self.follow(branch).is_some_and(|node| {
                    node.entries().iter().all(|entry| match entry.key.text() {
                        "required" | "not" => true,
                        "type" => entry.value.as_str() == Some("object"),
                        "properties" => entry.value.entries().iter().all(|property| {
                            merged.property(property.key.text()).is_some()
                                && keywords::only_annotates(&property.value)
                        }),
                        keyword => Keyword::is_annotation(keyword),
                    })
                })
            })
    }
}

/// `{type: object, nullable: true}`, which generators put beside a reference for want of a null.
fn is_any_or_null(node: &Node) -> bool {
    node.get("nullable").and_then(Node::as_bool) == Some(true)
        && node.get("type").and_then(Node::as_str) == Some("object")
        && node.entries().iter().all(|entry| {
            let keyword = entry.key.text();
            keyword == "type" || Keyword::is_annotation(keyword)
        })
}

/// The number of alternatives that may be multiplied with those of another list.
const MOST_BRANCHES: usize = 64;

/// The branches without those that repeat an earlier one word by word, if no tag tells them apart.
fn without_twins(branches: Vec<BranchPlan<'_>>) -> Vec<BranchPlan<'_>> {
    let mut kept: Vec<BranchPlan<'_>> = Vec::with_capacity(branches.len());
    for branch in branches {
        let repeats = |other: &BranchPlan<'_>| {
            other.tags.is_empty() && other.name_request.text == branch.name_request.text
        };
        if !branch.tags.is_empty() || !kept.iter().any(repeats) {
            kept.push(branch);
        }
    }
    kept
}
