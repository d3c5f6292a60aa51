//! Unions: what authors mean by `oneOf`, `anyOf`, several types and inheritance.
//!
//! What kind of union it is, is decided at once, by looking at the branches without lowering them; the branches are
//! lowered later, from the queue.

mod branch;
mod overlap;
mod tags;

use std::collections::HashMap;

use crate::ir::{self, Branch, Docs, Shape, Tagging, Type, TypeId, Union};
use crate::load::{Node, Value};
use crate::names::{FieldName, Scope, Spelling, VariantName, Words};
use crate::source::{Span, SpecStr};

use super::docs::limit_notes;
use super::enumeration::{Told, unknown_name};
use super::flat::{Choice, Conjunction, Flat};
use super::keywords::{self, Kinds};
use super::naming::Naming;
use super::schema::Use;
use super::subtypes::Subtype;
use super::{Known, Lowering, Plan, View, structure};

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

    /// The field of a union that spreads its members among those of a struct.
    pub(super) fn flattened_choice(
        &mut self,
        id: TypeId,
        flat: &Flat<'a>,
        view: View,
    ) -> Option<ir::Field> {
        let choice = flat.choices.first().copied()?;
        let branches: Vec<&'a Node> = choice
            .list
            .items()
            .iter()
            .filter(|branch| !self.is_null(branch))
            .collect();
        let keyed = self.one_key_each(flat, &branches)?;
        let keys: Vec<&SpecStr> = keyed.iter().map(|(key, ..)| *key).collect();
        let told = |key: &str| {
            flat.annotation("x-one-of")
                .and_then(|node| node.get(key))
                .and_then(super::literal::text)
        };
        let words = told("rust-field").map_or_else(|| joined(&keys), |name| Words::of(name.text()));
        let mut naming = Naming::member(id, words.clone());
        naming.pin = told("rust-name");
        let list = keys
            .iter()
            .map(|key| format!("`{}`", key.text()))
            .collect::<Vec<_>>()
            .join(", ");
        let docs = Docs {
            description: Some(SpecStr::new(format!("Exactly one of {list}."))),
            ..Docs::default()
        };
        let union = self.container(choice.list, external(keyed), view, &naming, &docs);
        let origin = self.origin(choice.list.span);
        Some(structure::flattened(
            FieldName::new(&words),
            Use::of(Type::Named(union)),
            docs,
            origin,
        ))
    }

    /// The type of a union that spreads its members: one for both ways, unless its branches differ.
    fn container(
        &mut self,
        list: &'a Node,
        branches: Vec<BranchPlan<'a>>,
        view: View,
        naming: &Naming,
        docs: &Docs,
    ) -> TypeId {
        let schema = Conjunction::one(list);
        let view = self.view_of(&schema, view);
        let key = (schema.key(), view);
        if let Some(Known::Done(used)) = self.known.get(&key)
            && let Type::Named(id) = used.ty
        {
            return id;
        }
        let nothing = Conjunction {
            nodes: Vec::new(),
            skip: Vec::new(),
            only: Kinds::NONE,
        };
        let flat = Flat {
            kinds: Kinds::OBJECT,
            ..self.flatten(&nothing)
        };
        let plan = Plan::Union(UnionPlan {
            tagging: Tagging::External,
            branches,
            open: false,
        });
        let id = self.enqueue(flat, view, naming, plan);
        let origin = self.origin(list.span);
        let def = self.types.get_mut(id);
        def.origin = origin;
        def.docs = docs.clone();
        self.known
            .insert(key, Known::Done(Box::new(Use::of(Type::Named(id)))));
        id
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
                        keyword => keywords::is_annotation(keyword),
                    })
                })
            })
    }

    /// The branches, if each adds just one required member of its own.
    fn one_key_each(&mut self, flat: &Flat<'a>, branches: &[&'a Node]) -> Option<Vec<Keyed<'a>>> {
        let mut keyed: Vec<Keyed<'a>> = Vec::new();
        for branch in branches {
            let alone = self.flatten(&Conjunction::one(branch));
            let [property] = alone.properties.as_slice() else {
                return None;
            };
            let key = property.key;
            let fits = alone.requires(key.text())
                && alone.required.len() == 1
                && alone.choices.is_empty()
                && flat.property(key.text()).is_none()
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
type Keyed<'a> = (&'a SpecStr, Conjunction<'a>, Flat<'a>, Span);

/// How many branches may be multiplied with those of another list.
const MOST_BRANCHES: usize = 64;

fn external(keyed: Vec<Keyed<'_>>) -> Vec<BranchPlan<'_>> {
    keyed
        .into_iter()
        .map(|(key, schema, flat, span)| BranchPlan {
            schema,
            flat,
            spelling: Spelling::of(key.text()),
            tags: vec![key.clone()],
            span,
        })
        .collect()
}

/// `folder or snippet or device`.
fn joined(keys: &[&SpecStr]) -> Words {
    let few: Vec<&str> = keys.iter().take(3).map(|key| key.text()).collect();
    Words::of(&few.join(" or "))
}
