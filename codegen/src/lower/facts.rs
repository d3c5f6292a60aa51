//! What templates ask of a type, found out in passes over all types.

use crate::ir::{
    Api, FieldRole, Operation, PartKind, Payload, Presence, Shape, Type, TypeId, Types,
};

use super::boxes;

/// Finds everything out.
pub(super) fn find(api: &mut Api) {
    directions(api);
    boxes::close_cycles(&mut api.types);
    boxes::hold_large(api);
    comparable(&mut api.types);
    checked(&mut api.types);
    defaults(&mut api.types);
    nulls(&mut api.types);
}

/// The types that a type names directly.
fn named(ty: &Type, found: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) | Type::Boxed(id) => found.push(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Secret(inner) => {
            named(inner, found)
        }
        Type::Tuple(items) => items.iter().for_each(|item| named(item, found)),
        _ => {}
    }
}

/// Every use of a type in a shape.
pub(super) fn each_type<'s>(shape: &'s Shape, visit: &mut dyn FnMut(&'s Type)) {
    match shape {
        Shape::Struct(shape) => {
            shape.fields.iter().for_each(|field| visit(&field.ty));
            if let Some(additional) = &shape.additional {
                visit(&additional.ty);
            }
        }
        Shape::Union(union) => union.branches.iter().for_each(|branch| visit(&branch.ty)),
        Shape::Alias(ty) | Shape::Newtype(ty) => visit(ty),
        Shape::Enum(_) => {}
    }
}

/// All types that can be reached from some.
pub(super) fn reach(types: &Types, roots: Vec<TypeId>) -> Vec<TypeId> {
    let mut seen = vec![false; types.len()];
    let mut work = roots;
    let mut reached = Vec::new();
    while let Some(id) = work.pop() {
        if seen.get(id.index()) != Some(&false) {
            continue;
        }
        seen[id.index()] = true;
        reached.push(id);
        each_type(&types.get(id).shape, &mut |ty| named(ty, &mut work));
    }
    reached
}

/// The types that an operation names, sent or received.
pub(super) fn types_of(operation: &Operation) -> Vec<TypeId> {
    let mut found = sent_by(operation);
    found.extend(received_by(operation));
    found
}

fn sent_by(operation: &Operation) -> Vec<TypeId> {
    let mut found = Vec::new();
    operation
        .parameters
        .iter()
        .for_each(|parameter| named(&parameter.ty, &mut found));
    for (_, payload, _) in operation.body.iter().flat_map(|body| &body.payloads) {
        payload_types(payload, &mut found);
    }
    found
}

fn received_by(operation: &Operation) -> Vec<TypeId> {
    let mut found = Vec::new();
    for response in operation
        .responses
        .success
        .iter()
        .chain(&operation.responses.errors)
    {
        payload_types(&response.payload, &mut found);
        response
            .headers
            .iter()
            .for_each(|header| named(&header.ty, &mut found));
    }
    if let Some(streamed) = &operation.streamed {
        named(&streamed.items.ty, &mut found);
    }
    found
}

fn payload_types(payload: &Payload, found: &mut Vec<TypeId>) {
    match payload {
        Payload::Json(ty) | Payload::OptionalJson(ty) | Payload::Form(ty) => named(ty, found),
        Payload::Stream(items) => named(&items.ty, found),
        Payload::Multipart(_, parts) => parts.iter().for_each(|part| match &part.kind {
            PartKind::Text(ty) | PartKind::Texts(ty) | PartKind::Json(ty) => named(ty, found),
            PartKind::File | PartKind::Files | PartKind::Others => {}
        }),
        Payload::Empty | Payload::Text | Payload::Bytes => {}
    }
}

fn directions(api: &mut Api) {
    let operations = || api.modules.iter().flat_map(|module| &module.operations);
    let sent = reach(&api.types, operations().flat_map(sent_by).collect());
    let received = reach(&api.types, operations().flat_map(received_by).collect());
    let library = operations().next().is_none();
    for id in sent {
        api.types.get_mut(id).facts.sent = true;
    }
    for id in received {
        api.types.get_mut(id).facts.received = true;
    }
    // What no operation names is read, as an event or a file would be; a library of schemas is read and written.
    let idle = api
        .types
        .iter()
        .filter(|(_, def)| !def.facts.sent && !def.facts.received);
    let idle: Vec<TypeId> = idle.map(|(id, _)| id).collect();
    for id in reach(&api.types, idle) {
        let facts = &mut api.types.get_mut(id).facts;
        facts.received = true;
        facts.sent |= library;
    }
}

/// What can be compared without exceptions, and hashed.
fn comparable(types: &mut Types) {
    fn whole(ty: &Type, eq: &[bool]) -> bool {
        match ty {
            Type::Float(_) | Type::External(_) | Type::DateTime | Type::Secret(_) => false,
            Type::Named(id) | Type::Boxed(id) => eq.get(id.index()).copied().unwrap_or(false),
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => whole(inner, eq),
            Type::Tuple(items) => items.iter().all(|item| whole(item, eq)),
            Type::Json => false,
            _ => true,
        }
    }
    let mut eq = vec![true; types.len()];
    loop {
        let mut changed = false;
        for (id, def) in types.iter() {
            let mut all = !matches!(def.shape, Shape::Union(_))
                && !matches!(&def.shape, Shape::Enum(choices) if choices.base == crate::ir::EnumBase::Mixed);
            each_type(&def.shape, &mut |ty| all &= whole(ty, &eq));
            if eq[id.index()] && !all {
                eq[id.index()] = false;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for (def, eq) in types.iter_mut().zip(eq) {
        def.facts.eq = eq;
        def.facts.hash = eq && matches!(def.shape, Shape::Enum(_));
    }
}

/// What has limits somewhere in it, among what is sent.
fn checked(types: &mut Types) {
    let mut marks: Vec<bool> = types
        .iter()
        .map(|(_, def)| match &def.shape {
            Shape::Struct(shape) => shape
                .fields
                .iter()
                .any(|field| !field.constraints.is_empty()),
            Shape::Union(union) => union
                .branches
                .iter()
                .any(|branch| !branch.constraints.is_empty()),
            _ => false,
        })
        .collect();
    loop {
        let mut changed = false;
        for (id, def) in types.iter() {
            let mut parts = Vec::new();
            each_type(&def.shape, &mut |ty| named(ty, &mut parts));
            let mark = marks[id.index()] || parts.iter().any(|part| marks[part.index()]);
            changed |= mark != marks[id.index()];
            marks[id.index()] = mark;
        }
        if !changed {
            break;
        }
    }
    for (def, mark) in types.iter_mut().zip(marks) {
        def.facts.checked = mark && def.facts.sent;
    }
}

/// Structs all of whose members may be absent.
fn defaults(types: &mut Types) {
    for def in types.iter_mut() {
        def.facts.default = match &def.shape {
            Shape::Struct(shape) => shape.fields.iter().all(|field| {
                matches!(
                    field.presence,
                    Presence::Optional | Presence::OptionalNullable
                ) && field.role == FieldRole::Member
            }),
            _ => false,
        };
    }
}

/// Unions of which `null` is a value.
fn nulls(types: &mut Types) {
    for def in types.iter_mut() {
        def.facts.null = match &def.shape {
            Shape::Union(union) => union
                .branches
                .iter()
                .any(|branch| matches!(branch.ty, Type::Json | Type::Null | Type::Nullable(_))),
            _ => false,
        };
    }
}
