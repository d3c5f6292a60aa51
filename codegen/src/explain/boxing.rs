//! Why something stands on the heap: the cycle that it closes, or its size.

use std::collections::{HashMap, VecDeque};

use crate::ir::{Api, Shape, Type, TypeId};

/// Why a part of a type is boxed, if it is.
pub(super) fn why(api: &Api, owner: TypeId, ty: &Type) -> Option<String> {
    let part = boxed(ty)?;
    let Some(cycle) = cycle(api, owner, part) else {
        return Some("it is large, and would make every value of the enum as large".to_owned());
    };
    let names: Vec<String> = cycle
        .iter()
        .map(|id| format!("`{}`", api.type_name(*id)))
        .collect();
    Some(format!(
        "{} contains itself: {}; without the heap it would have no end",
        names.first().map_or("the type", String::as_str),
        names.join(" -> ")
    ))
}

/// Whether a type stands on the heap.
pub(super) fn is_boxed(ty: &Type) -> bool {
    boxed(ty).is_some()
}

fn boxed(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Boxed(id) => Some(*id),
        Type::Nullable(inner) | Type::Secret(inner) => boxed(inner),
        Type::Tuple(items) => items.iter().find_map(boxed),
        _ => None,
    }
}

/// The shortest way from a type over one of its parts back to itself, by containment.
fn cycle(api: &Api, owner: TypeId, part: TypeId) -> Option<Vec<TypeId>> {
    let mut before: HashMap<TypeId, TypeId> = HashMap::from([(part, owner)]);
    let mut work = VecDeque::from([part]);
    while let Some(at) = work.pop_front() {
        if at == owner {
            let mut way = vec![owner];
            let mut step = owner;
            while let Some(previous) = before.get(&step).copied() {
                way.push(previous);
                if previous == owner {
                    break;
                }
                step = previous;
            }
            way.reverse();
            return Some(way);
        }
        for next in parts(api, at) {
            if next == owner || !before.contains_key(&next) {
                before.entry(next).or_insert(at);
                work.push_back(next);
            }
        }
    }
    None
}

/// The types that a type contains by value or in a box; lists and maps end a cycle anyway.
fn parts(api: &Api, id: TypeId) -> Vec<TypeId> {
    fn within(ty: &Type, found: &mut Vec<TypeId>) {
        match ty {
            Type::Named(id) | Type::Boxed(id) => found.push(*id),
            Type::Nullable(inner) | Type::Secret(inner) => within(inner, found),
            Type::Tuple(items) => items.iter().for_each(|item| within(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    match &api.type_def(id).shape {
        Shape::Struct(body) => body
            .fields
            .iter()
            .for_each(|field| within(&field.ty, &mut found)),
        Shape::Union(choice) => choice
            .branches
            .iter()
            .for_each(|branch| within(&branch.ty, &mut found)),
        Shape::Alias(ty) | Shape::Newtype(ty) => within(ty, &mut found),
        Shape::Enum(_) => {}
    }
    found
}
