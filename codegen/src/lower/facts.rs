//! Facts about a type that templates read, found out in passes over all types.

use crate::ir::{Api, ExternalForm, FieldRole, Operation, Presence, Shape, Type, TypeId, Types};

use super::{boxes, telling};

/// Finds everything out.
pub(super) fn find(api: &mut Api) {
    directions(api);
    boxes::close_cycles(&mut api.types);
    boxes::hold_large(api);
    comparable(&mut api.types);
    checked(&mut api.types);
    telling::find(&mut api.types);
    defaults(&mut api.types);
    nulls(&mut api.types);
    digits(&mut api.types);
}

/// The types that an operation names, sent or received.
pub(super) fn types_of(operation: &Operation) -> Vec<TypeId> {
    let mut found = sent_by(operation);
    found.extend(received_by(operation));
    found
}

fn sent_by(operation: &Operation) -> Vec<TypeId> {
    let mut found = Vec::new();
    operation.each_sent(&mut |ty| ty.each_named(&mut |id| found.push(id)));
    found
}

fn received_by(operation: &Operation) -> Vec<TypeId> {
    let mut found = Vec::new();
    operation.each_received(&mut |ty| ty.each_named(&mut |id| found.push(id)));
    found
}

fn directions(api: &mut Api) {
    let operations = || api.modules.iter().flat_map(|module| &module.operations);
    let sent = api.types.reach(operations().flat_map(sent_by).collect());
    let received = api
        .types
        .reach(operations().flat_map(received_by).collect());
    // Receivers are read where they come, and sent by tests.
    let receivers = api.modules.iter().filter(|module| module.receives);
    let receivers = receivers.flat_map(|module| &module.operations);
    let both: Vec<TypeId> = receivers.flat_map(types_of).collect();
    let both = api.types.reach(both);
    let library = operations().next().is_none();
    for id in both {
        let facts = &mut api.types.get_mut(id).facts;
        (facts.sent, facts.received) = (true, true);
    }
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
    for id in api.types.reach(idle) {
        let facts = &mut api.types.get_mut(id).facts;
        facts.received = true;
        facts.sent |= library;
    }
}

/// The types that can be compared without exceptions, and hashed.
fn comparable(types: &mut Types) {
    fn whole(ty: &Type, eq: &[bool]) -> bool {
        match ty {
            Type::External(external) => external.form != ExternalForm::Own,
            Type::Float | Type::DateTime | Type::Secret(_) => false,
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
            def.shape.each_type(&mut |ty| all &= whole(ty, &eq));
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

/// The types that have limits somewhere, among those that are sent.
fn checked(types: &mut Types) {
    let mut marks: Vec<bool> = types
        .iter()
        .map(|(_, def)| match &def.shape {
            Shape::Struct(shape) => {
                let more = shape.additional.as_ref();
                !shape.constraints.is_empty()
                    || more.is_some_and(|more| !more.constraints.is_empty())
                    || shape
                        .fields
                        .iter()
                        .any(|field| !field.constraints.is_empty())
            }
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
            def.shape
                .each_type(&mut |ty| ty.each_named(&mut |id| parts.push(id)));
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
                    && !field.tells
            }),
            _ => false,
        };
    }
}

/// The types that a number of many digits is in, however deep.
fn digits(types: &mut Types) {
    let mut holders: Vec<Vec<TypeId>> = vec![Vec::new(); types.len()];
    let mut work = Vec::new();
    for (id, def) in types.iter() {
        def.shape.each_type(&mut |ty| {
            ty.each_named(&mut |held| holders[held.index()].push(id));
            ty.each(&mut |part| {
                if matches!(part, Type::External(external) if external.keeps_digits()) {
                    work.push(id);
                }
            });
        });
    }
    while let Some(id) = work.pop() {
        let facts = &mut types.get_mut(id).facts;
        if !std::mem::replace(&mut facts.digits, true) {
            work.extend(&holders[id.index()]);
        }
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
