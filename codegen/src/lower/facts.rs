//! What templates ask of a type, found out in passes over all types.

use crate::ir::{
    Api, FieldRole, IntWidth, Operation, PartKind, Payload, Presence, Shape, Type, TypeId, Types,
};

/// Finds everything out.
pub(super) fn find(api: &mut Api) {
    super::tags::pin(&mut api.types);
    directions(api);
    box_cycles(&mut api.types);
    box_large(api);
    comparable(&mut api.types);
    checked(&mut api.types);
    defaults(&mut api.types);
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
fn each_type<'s>(shape: &'s Shape, visit: &mut dyn FnMut(&'s Type)) {
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
    found
}

fn payload_types(payload: &Payload, found: &mut Vec<TypeId>) {
    match payload {
        Payload::Json(ty) | Payload::OptionalJson(ty) | Payload::Form(ty) => named(ty, found),
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

/// Boxes what closes a cycle of types that contain each other by value. Lists and maps hold theirs on the heap anyway.
fn box_cycles(types: &mut Types) {
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
    each_type(&types.get(id).shape, &mut |ty| by_value(ty, &mut found));
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
fn box_large(api: &mut Api) {
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
            if let Payload::Json(ty) | Payload::OptionalJson(ty) | Payload::Form(ty) = payload {
                large(ty);
            }
        }
    }
}

/// How large each type is, in bytes, erring on the large side.
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
        Type::Boxed(_) | Type::Float(_) => 8,
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
