//! Optional constants that tell the alternatives of a union apart.
//!
//! A document that forgets to require them means them all the same: without its constant a value is of no alternative
//! for a server that looks for it.

use std::collections::HashSet;

use crate::ir::{Field, Literal, Presence, Shape, Tagging, Type, TypeId, Types};

/// Marks the fields.
pub(super) fn find(types: &mut Types) {
    let unions: Vec<Vec<TypeId>> = types
        .iter()
        .filter_map(|(_, def)| alternatives(&def.shape))
        .collect();
    for alternatives in unions {
        for wire in told_by(types, &alternatives) {
            for id in &alternatives {
                if let Shape::Struct(body) = &mut types.get_mut(*id).shape {
                    let mut fields = body.fields.iter_mut();
                    let field = fields.find(|field| field.wire.text() == wire);
                    if let Some(field) = field.filter(|field| field.presence == Presence::Optional)
                    {
                        field.tells = true;
                    }
                }
            }
        }
    }
}

/// The alternatives of a union without a tag, if all of them are types by themselves.
fn alternatives(shape: &Shape) -> Option<Vec<TypeId>> {
    let Shape::Union(union) = shape else {
        return None;
    };
    let named = union.branches.iter().map(|branch| match &branch.ty {
        Type::Named(id) | Type::Boxed(id) => Some(*id),
        _ => None,
    });
    let named: Vec<TypeId> = named.collect::<Option<_>>()?;
    (union.tagging == Tagging::Untagged && named.len() > 1).then_some(named)
}

/// The members that have a text of their own in each alternative.
fn told_by(types: &Types, alternatives: &[TypeId]) -> Vec<String> {
    let fields = |id: &TypeId| match &types.get(*id).shape {
        Shape::Struct(body) => body.fields.as_slice(),
        _ => &[],
    };
    let Some((first, others)) = alternatives.split_first() else {
        return Vec::new();
    };
    let tells = |field: &&Field| {
        let Some(own) = text(field) else { return false };
        let mut known = HashSet::from([own]);
        others.iter().all(|id| {
            let mut all = fields(id).iter();
            let same = all.find(|other| other.wire == field.wire);
            same.and_then(text).is_some_and(|text| known.insert(text))
        })
    };
    let found = fields(first).iter().filter(tells);
    found.map(|field| field.wire.text().to_owned()).collect()
}

fn text(field: &Field) -> Option<&str> {
    match &field.constant {
        Some(Literal::String(text)) => Some(text.text()),
        _ => None,
    }
}
