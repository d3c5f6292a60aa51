//! Branches that are one member each: the member's key is the tag. Beside other members they are spread among those.

use crate::ir::{self, Docs, Tagging, Type, TypeId};
use crate::load::Node;
use crate::names::{FieldName, Spelling, Words};
use crate::source::{Span, SpecStr};

use super::super::flat::{Conjunction, Flat};
use super::super::naming::Naming;
use super::super::schema::Use;
use super::super::{Known, Lowering, Plan, View, literal, structure};
use super::{BranchPlan, UnionPlan};
use crate::specification::{Keyword, Kinds};

impl<'a> Lowering<'a> {
    /// The field of a union that spreads its members among those of a struct.
    pub(in crate::lower) fn flattened_choice(
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
            flat.first(Keyword::OneOfNames)
                .and_then(|node| node.get(key))
                .and_then(literal::text)
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

    /// The branches, if each adds just one required member of its own.
    pub(super) fn one_key_each(
        &mut self,
        flat: &Flat<'a>,
        branches: &[&'a Node],
    ) -> Option<Vec<Keyed<'a>>> {
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
pub(super) type Keyed<'a> = (&'a SpecStr, Conjunction<'a>, Flat<'a>, Span);

pub(super) fn external(keyed: Vec<Keyed<'_>>) -> Vec<BranchPlan<'_>> {
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
