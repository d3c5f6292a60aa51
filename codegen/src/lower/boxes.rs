//! Boxes: around types that would contain themselves, and around those that would make every holder large.

use crate::ir::{Api, IntWidth, Payload, Presence, Shape, Type, TypeId, Types};

/// Boxes what closes a cycle of types that contain each other by value. Lists and maps hold theirs on the heap anyway.
pub(super) fn close_cycles(types: &mut Types) {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; types.len()];
    let ids: Vec<TypeId> = types.iter().map(|(id, _)| id).collect();
    for root in ids {
        if marks[root.index()] != Mark::New {
            continue;
        }
        // (type, its parts by value, the next to look at)
        marks[root.index()] = Mark::Open;
        let mut path = vec![(root, parts_by_value(types, root), 0)];
        while let Some((id, parts, next)) = path.last_mut() {
            let (id, at) = (*id, *next);
            *next += 1;
            let Some(part) = parts.get(at).copied() else {
                marks[id.index()] = Mark::Done;
                path.pop();
                continue;
            };
            match marks[part.index()] {
                Mark::Open => box_part(types, id, part),
                Mark::New => {
                    marks[part.index()] = Mark::Open;
                    path.push((part, parts_by_value(types, part), 0));
                }
                Mark::Done => {}
            }
        }
    }
}

fn parts_by_value(types: &Types, id: TypeId) -> Vec<TypeId> {
    fn by_value(ty: &Type, found: &mut Vec<TypeId>) {
        match ty {
            Type::Named(id) => found.push(*id),
            Type::Nullable(inner) | Type::Secret(inner) => by_value(inner, found),
            Type::Tuple(items) => items.iter().for_each(|item| by_value(item, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    types
        .get(id)
        .shape
        .each_type(&mut |ty| by_value(ty, &mut found));
    found
}

fn box_part(types: &mut Types, id: TypeId, part: TypeId) {
    each_type_mut(&mut types.get_mut(id).shape, &mut |ty| boxed(ty, part));
}

fn boxed(ty: &mut Type, part: TypeId) {
    match ty {
        Type::Named(id) if *id == part => *ty = Type::Boxed(part),
        Type::Nullable(inner) | Type::Secret(inner) => boxed(inner, part),
        Type::Tuple(items) => items.iter_mut().for_each(|item| boxed(item, part)),
        _ => {}
    }
}

fn each_type_mut(shape: &mut Shape, visit: &mut dyn FnMut(&mut Type)) {
    match shape {
        Shape::Struct(shape) => shape
            .fields
            .iter_mut()
            .for_each(|field| visit(&mut field.ty)),
        Shape::Union(union) => union
            .branches
            .iter_mut()
            .for_each(|branch| visit(&mut branch.ty)),
        Shape::Alias(ty) | Shape::Newtype(ty) => visit(ty),
        Shape::Enum(_) => {}
    }
}

/// From how many bytes on a value goes on the heap where it stands among smaller ones.
const LARGE: usize = 120;

/// Boxes large structs in unions and responses, so that no enum is as large as its largest variant.
pub(super) fn hold_large(api: &mut Api) {
    let sizes = sizes(&api.types);
    let large = |ty: &mut Type| {
        let inner = match ty {
            Type::Nullable(inner) => inner,
            other => other,
        };
        if let Type::Named(id) = *inner
            && sizes.get(id.index()).is_some_and(|size| *size >= LARGE)
        {
            *inner = Type::Boxed(id);
        }
    };
    let ids: Vec<TypeId> = api.types.iter().map(|(id, _)| id).collect();
    for id in ids {
        if let Shape::Union(union) = &mut api.types.get_mut(id).shape {
            union
                .branches
                .iter_mut()
                .for_each(|branch| large(&mut branch.ty));
        }
    }
    for operation in api
        .modules
        .iter_mut()
        .flat_map(|module| &mut module.operations)
    {
        let several = operation.responses.success.len() > 1;
        let success = operation.responses.success.iter_mut().filter(|_| several);
        let bodies = operation
            .body
            .iter_mut()
            .filter(|body| body.payloads.len() > 1);
        let payloads =
            bodies.flat_map(|body| body.payloads.iter_mut().map(|(_, payload, _)| payload));
        let responses = success
            .chain(&mut operation.responses.errors)
            .map(|response| &mut response.payload);
        for payload in responses.chain(payloads) {
            if let Payload::Json(ty)
            | Payload::OptionalJson(ty)
            | Payload::Form(ty, _)
            | Payload::Xml(ty, _) = payload
            {
                large(ty);
            }
        }
    }
}

/// The size of each type, in bytes, erring on the large side.
fn sizes(types: &Types) -> Vec<usize> {
    let mut sizes = vec![0; types.len()];
    // Containment by value has no cycles any more, so as many rounds as it is deep reach the end.
    for _ in 0..64 {
        let before = sizes.clone();
        for (id, def) in types.iter() {
            sizes[id.index()] = match &def.shape {
                Shape::Struct(shape) => {
                    let map = if shape.additional.is_some() { 24 } else { 0 };
                    shape.fields.iter().fold(map, |sum: usize, field| {
                        let more = if field.presence == Presence::Required {
                            0
                        } else {
                            8
                        };
                        sum.saturating_add(size(&field.ty, &before).next_multiple_of(8) + more)
                    })
                }
                Shape::Union(union) => {
                    let largest = union
                        .branches
                        .iter()
                        .map(|branch| size(&branch.ty, &before).min(LARGE))
                        .max();
                    largest.unwrap_or(0).max(32) + 8
                }
                Shape::Enum(_) => 40,
                Shape::Alias(ty) | Shape::Newtype(ty) => size(ty, &before),
            }
            .min(1 << 20);
        }
        if sizes == before {
            break;
        }
    }
    sizes
}

fn size(ty: &Type, sizes: &[usize]) -> usize {
    match ty {
        Type::Named(id) => sizes.get(id.index()).copied().unwrap_or(LARGE),
        Type::Boxed(_) | Type::Float => 8,
        Type::Bool | Type::Null => 1,
        Type::Int(IntWidth::I64 | IntWidth::U64) => 8,
        Type::Int(_) | Type::Ipv4Addr | Type::Date => 4,
        Type::Uuid | Type::Ipv6Addr => 16,
        Type::IpAddr | Type::String | Type::Base64 | Type::List(_) | Type::Map(_) => 24,
        Type::DateTime | Type::Json => 32,
        Type::Secret(inner) => size(inner, sizes),
        Type::Nullable(inner) => size(inner, sizes).saturating_add(8),
        Type::Tuple(items) => items
            .iter()
            .fold(0, |sum: usize, item| sum.saturating_add(size(item, sizes))),
        Type::External(_) => 64,
    }
}
