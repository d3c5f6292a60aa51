//! Unions: what authors mean by `oneOf`, `anyOf`, several types and inheritance.
//!
//! What kind of union it is, is decided at once, by looking at the branches without lowering them; the branches are
//! lowered later, from the queue.

mod branch;
mod keyed;
mod overlap;
pub(super) mod pin;
mod tags;

use std::collections::HashMap;

use crate::ir::{Branch, Docs, Shape, Tagging, Type, TypeId, Union};
use crate::load::{Node, Value};
use crate::names::{Scope, Spelling, VariantName};
use crate::source::{Span, SpecStr};

use super::docs::limit_notes;
use super::enumeration::{Told, unknown_name};
use super::flat::{Choice, Conjunction, Flat};
use super::keywords;
use super::naming::Naming;
use super::schema::Use;
use super::subtypes::Subtype;
use super::{Lowering, Plan, View};
use crate::specification::{Keyword, Kinds};

use tags::{Claim, told_apart};

/// A union whose branches are still to be lowered.
pub(super) struct UnionPlan<'a> {
    tagging: Tagging,
    branches: Vec<BranchPlan<'a>>,
    /// Whether values that fit no branch are kept.
    open: bool,
}

/// A branch that is still to be lowered.
struct BranchPlan<'a> {
    schema: Conjunction<'a>,
    flat: Flat<'a>,
    spelling: Spelling,
    tags: Vec<SpecStr>,
    span: Span,
}

impl<'a> Lowering<'a> {
    /// Lowers a schema with alternatives.
    pub(super) fn choice(
        &mut self,
        schema: &Conjunction<'a>,
        mut flat: Flat<'a>,
        view: View,
        naming: &Naming,
    ) -> Use {
        let Some(choice) = flat.choices.first().copied() else {
            return Use::of(Type::Json);
        };
        let all = choice.list.items();
        let branches: Vec<&'a Node> = all.iter().filter(|branch| !self.is_null(branch)).collect();
        let nullable = branches.len() < all.len();
        let mut used = match branches.as_slice() {
            [] => Use::of(Type::Null),
            [only] => self.schema(&schema.with_branch(&choice, only), view, naming),
            _ if self.only_require(&flat, &branches) => {
                flat.choices.remove(0);
                self.by_shape(schema, flat, view, naming)
            }
            _ if flat.has_members() && self.one_key_each(&flat, &branches).is_some() => {
                Use::of(Type::Named(self.enqueue(flat, view, naming, Plan::Struct)))
            }
            _ => self.alternatives(schema, flat, &choice, &branches, view, naming),
        };
        used.nullable |= nullable;
        used
    }

    fn alternatives(
        &mut self,
        schema: &Conjunction<'a>,
        flat: Flat<'a>,
        choice: &Choice<'a>,
        branches: &[&'a Node],
        view: View,
        naming: &Naming,
    ) -> Use {
        if branches.len() > MOST_BRANCHES && flat.choices.len() > 1 {
            return self.raw(
                schema,
                "its alternatives multiply beyond what a Rust enum should hold",
            );
        }
        let looked: Vec<(Conjunction<'a>, Flat<'a>)> = branches
            .iter()
            .map(|branch| {
                let schema = schema.with_branch(choice, branch);
                let flat = self.flatten(&schema);
                (schema, flat)
            })
            .collect();
        if let Some(used) = self.listed_values(&looked, &flat, view, naming) {
            return used;
        }
        let plan = self.plan_union(&flat, choice, branches, looked);
        Use::of(Type::Named(self.enqueue(
            flat,
            view,
            naming,
            Plan::Union(plan),
        )))
    }

    /// Alternatives that only list constants, perhaps beside "or any text", are one enum.
    fn listed_values(
        &mut self,
        looked: &[(Conjunction<'a>, Flat<'a>)],
        flat: &Flat<'a>,
        view: View,
        naming: &Naming,
    ) -> Option<Use> {
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
        let shape = Shape::Enum(self.enumeration(flat, &values, &told, naming));
        Some(Use::of(Type::Named(
            self.declare(flat, view, naming, shape),
        )))
    }

    /// A schema that allows several JSON types.
    pub(super) fn kinds_union(
        &mut self,
        schema: &Conjunction<'a>,
        kinds: Kinds,
        view: View,
        naming: &Naming,
    ) -> Use {
        let flat = self.flatten(schema);
        let span = flat
            .nodes
            .first()
            .map_or_else(|| self.documents.entry().root.span, |node| node.span);
        let branches = kinds
            .each()
            .map(|kind| {
                let schema = schema.narrowed(kind);
                let flat = self.flatten(&schema);
                BranchPlan {
                    schema,
                    flat,
                    spelling: Spelling::of(kind.word()),
                    tags: Vec::new(),
                    span,
                }
            })
            .collect();
        let plan = UnionPlan {
            tagging: Tagging::Untagged,
            branches,
            open: true,
        };
        Use::of(Type::Named(self.enqueue(
            flat,
            view,
            naming,
            Plan::Union(plan),
        )))
    }

    /// A schema with a discriminator on which others build: a value of it is one of them.
    pub(super) fn inherited(
        &mut self,
        flat: Flat<'a>,
        subtypes: &[Subtype<'a>],
        view: View,
        naming: &Naming,
    ) -> Use {
        let Some(tag) = flat.discriminator.and_then(tags::property) else {
            return Use::of(Type::Named(self.enqueue(flat, view, naming, Plan::Struct)));
        };
        let mut claims = Vec::new();
        let mut branches: Vec<BranchPlan<'a>> = Vec::new();
        for subtype in subtypes {
            let (node, name) = (subtype.node, subtype.name);
            let schema = Conjunction::one(node);
            let branch = self.flatten(&schema);
            claims.push(Claim {
                name: Some(name.clone()),
                tags: self.tags_of(node, Some(name), &branch, flat.discriminator, &tag),
            });
            branches.push(BranchPlan {
                schema,
                flat: branch,
                spelling: Spelling::of(name.text()),
                tags: Vec::new(),
                span: node.span,
            });
        }
        let tagging = match told_apart(claims) {
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
        Use::of(Type::Named(self.enqueue(
            flat,
            view,
            naming,
            Plan::Union(plan),
        )))
    }

    /// Lowers the branches of a union.
    pub(super) fn define_union(&mut self, id: TypeId, plan: UnionPlan<'a>, view: View) {
        let UnionPlan {
            tagging,
            branches,
            open,
        } = plan;
        let branches = without_twins(branches);
        let mut scope = Scope::new(&["Self"]);
        let spellings: Vec<Spelling> = branches
            .iter()
            .map(|branch| branch.spelling.clone())
            .collect();
        let names = scope.judge(&spellings, |words| {
            VariantName::new(words).as_str().to_owned()
        });
        let mut lowered = Vec::with_capacity(branches.len());
        for (branch, words) in branches.into_iter().zip(&names) {
            let naming = Naming::member(id, words.clone());
            let used = self.schema(&branch.schema, view, &naming);
            let mut docs = self.docs(&branch.schema.nodes);
            docs.notes.extend(limit_notes(&used.constraints));
            let constraints = used.constraints.clone();
            let ty = used.into_type();
            // Branches that only differ in what no Rust type shows are one.
            if branch.tags.is_empty() && lowered.iter().any(|known: &Branch| known.ty == ty) {
                continue;
            }
            lowered.push(Branch {
                name: VariantName::new(words),
                tags: branch.tags,
                ty,
                constraints,
                docs: Docs {
                    examples: Vec::new(),
                    ..docs
                },
                origin: self.origin(branch.span),
            });
        }
        let unknown = open.then(|| unknown_name(&mut scope));
        self.types.get_mut(id).shape = Shape::Union(Union {
            tagging,
            branches: lowered,
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
        is("type") || is("enum") || (node.get("const").is_some_and(null))
    }

    /// Whether the branches only say which members of the object around them are required together.
    fn only_require(&self, flat: &Flat<'a>, branches: &[&'a Node]) -> bool {
        flat.has_members()
            && branches.iter().all(|branch| {
                self.follow(branch).is_some_and(|node| {
                    node.entries().iter().all(|entry| match entry.key.text() {
                        "required" | "not" => true,
                        "type" => entry.value.as_str() == Some("object"),
                        "properties" => entry.value.entries().iter().all(|property| {
                            flat.property(property.key.text()).is_some()
                                && keywords::only_annotates(&property.value)
                        }),
                        keyword => Keyword::is_annotation(keyword),
                    })
                })
            })
    }
}

/// How many branches may be multiplied with those of another list.
const MOST_BRANCHES: usize = 64;

/// The branches without those that repeat an earlier one word by word, if no tag tells them apart.
fn without_twins(branches: Vec<BranchPlan<'_>>) -> Vec<BranchPlan<'_>> {
    let mut kept: Vec<BranchPlan<'_>> = Vec::with_capacity(branches.len());
    for branch in branches {
        let repeats = |other: &BranchPlan<'_>| {
            other.tags.is_empty() && other.spelling.text == branch.spelling.text
        };
        if !branch.tags.is_empty() || !kept.iter().any(repeats) {
            kept.push(branch);
        }
    }
    kept
}
