//! The tag that leads to a struct in a union is a constant of that struct: nobody has to write it, or can miswrite it.

use std::collections::HashMap;

use crate::ir::{Literal, Presence, Shape, Tagging, Type, TypeId, Types};
use crate::source::SpecStr;

/// A member of a struct that holds the tag, and the tag; none if unions differ about it.
type Overridden = Option<(SpecStr, SpecStr)>;

/// Makes constants of the tags that lead to a struct in every union that has it.
pub(in crate::lower) fn tags(types: &mut Types) {
    for (id, overridden) in overridden(types) {
        let Some((member, tag)) = overridden else {
            continue;
        };
        let constant = constant(types, id, &member, &tag);
        if let Shape::Struct(body) = &mut types.get_mut(id).shape
            && let Some(constant) = constant
        {
            let field = body.fields.iter_mut().find(|field| field.wire == member);
            if let Some(field) = field {
                field.constant = Some(constant);
            }
        }
    }
}

fn overridden(types: &Types) -> HashMap<TypeId, Overridden> {
    let mut overridden: HashMap<TypeId, Overridden> = HashMap::new();
    for (_, def) in types.iter() {
        let Shape::Union(union) = &def.shape else {
            continue;
        };
        let Tagging::Internal(member) = &union.tagging else {
            continue;
        };
        for branch in &union.branches {
            let Type::Named(id) = &branch.ty else {
                continue;
            };
            let this = match branch.tags.as_slice() {
                [tag] => Some((member.clone(), tag.clone())),
                _ => None,
            };
            let known = overridden.entry(*id).or_insert_with(|| this.clone());
            if *known != this {
                *known = None;
            }
        }
    }
    overridden
}

/// The tag as a value of the member that holds it, if it has to be there and says nothing of the kind itself.
fn constant(types: &Types, id: TypeId, member: &SpecStr, tag: &SpecStr) -> Option<Literal> {
    let Shape::Struct(body) = &types.get(id).shape else {
        return None;
    };
    let field = body.fields.iter().find(|field| field.wire == *member)?;
    if field.constant.is_some() || field.presence != Presence::Required {
        return None;
    }
    match &field.ty {
        Type::String => Some(Literal::String(tag.clone())),
        Type::Int(_) => tag.text().parse().ok().map(Literal::Int),
        Type::Bool => tag.text().parse().ok().map(Literal::Bool),
        Type::Named(of) => match &types.get(*of).shape {
            Shape::Enum(values) => values
                .variants
                .iter()
                .position(|variant| match &variant.value {
                    Literal::String(text) => text == tag,
                    Literal::Int(number) => number.to_string() == tag.text(),
                    Literal::Bool(truth) => truth.to_string() == tag.text(),
                    _ => false,
                })
                .map(|at| Literal::Variant(*of, at)),
            _ => None,
        },
        _ => None,
    }
}
