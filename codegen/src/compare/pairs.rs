//! Which type of the old API is which of the new one.
//!
//! Types are followed from the operations, so that one that was renamed is known by where it stands, and one that
//! requests and responses have come to see differently is known in both.

use std::collections::{BTreeMap, HashSet};

use crate::ir::{Api, FieldRole, Operation, Payload, Shape, Status, Type, TypeDef, TypeId};

use super::Direction;
use super::usage::{Sender, Usage, operations};

/// A type and what it has become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TypePair {
    pub(super) old: TypeId,
    pub(super) new: TypeId,
    pub(super) direction: Direction,
}

/// Whether two types are one before and after a change.
pub(super) fn correspond(old_api: &Api, new_api: &Api, old: TypeId, new: TypeId) -> bool {
    let (was, is) = (old_api.type_def(old), new_api.type_def(new));
    if was.name == is.name {
        return true;
    }
    let renamed = |api: &Api, def: &TypeDef| {
        api.types
            .iter()
            .find(|(_, other)| other.name == def.name)
            .map(|(_, def)| def.origin.span)
    };
    match (renamed(new_api, was), renamed(old_api, is)) {
        // The one is gone, the other new: the same if they hold much the same.
        (None, None) => alike(was, is),
        // Requests and responses see one schema as two types, now or before, or inline schemas that are alike as one.
        (Some(counterpart), None) => counterpart == is.origin.span || alike(was, is),
        (None, Some(counterpart)) => counterpart == was.origin.span || alike(was, is),
        (Some(_), Some(_)) => false,
    }
}

/// Whether half of what the larger of two types has is in the other.
fn alike(old: &TypeDef, new: &TypeDef) -> bool {
    let names = |def: &TypeDef| -> Option<HashSet<String>> {
        match &def.shape {
            Shape::Struct(body) => Some(
                body.fields
                    .iter()
                    .map(|field| field.wire.text().to_owned())
                    .collect(),
            ),
            Shape::Enum(choice) => Some(
                choice
                    .variants
                    .iter()
                    .map(|variant| format!("{:?}", variant.value))
                    .collect(),
            ),
            Shape::Union(choice) => Some(
                choice
                    .branches
                    .iter()
                    .map(|branch| branch.name.to_string())
                    .collect(),
            ),
            Shape::Alias(_) | Shape::Newtype(_) => None,
        }
    };
    let same_kind = std::mem::discriminant(&old.shape) == std::mem::discriminant(&new.shape);
    match (names(old), names(new)) {
        (Some(old), Some(new)) => {
            let shared = old.intersection(&new).count();
            same_kind && shared * 2 >= old.len().max(new.len())
        }
        (None, None) => same_kind,
        _ => false,
    }
}

/// All pairs, in the order of the new types.
pub(super) fn find(old: &Api, new: &Api, called: &[(&Operation, &Operation)]) -> Vec<TypePair> {
    let mut walk = Walk {
        old,
        new,
        pairs: BTreeMap::new(),
        seen: HashSet::new(),
        unfolded: HashSet::new(),
        work: Vec::new(),
    };
    for (was, is) in called {
        walk.operation(was, is, Sender::Client);
    }
    for was in operations(old, Sender::Server) {
        let is = operations(new, Sender::Server).find(|is| is.name == was.name);
        if let Some(is) = is {
            walk.operation(was, is, Sender::Server);
        }
    }
    walk.drain();
    walk.rest();
    let pairs = walk.pairs.into_iter();
    pairs
        .map(|((new, old), direction)| TypePair {
            old,
            new,
            direction,
        })
        .collect()
}

struct Walk<'a> {
    old: &'a Api,
    new: &'a Api,
    pairs: BTreeMap<(TypeId, TypeId), Direction>,
    seen: HashSet<(TypeId, TypeId, Direction)>,
    /// Names that were followed to what they stand for.
    unfolded: HashSet<(TypeId, TypeId, Direction)>,
    work: Vec<(TypeId, TypeId, Direction)>,
}

impl<'a> Walk<'a> {
    fn operation(&mut self, old: &'a Operation, new: &'a Operation, sender: Sender) {
        for was in &old.parameters {
            let is = new.parameters.iter().find(|is| is.wire == was.wire);
            if let Some(is) = is {
                self.pair(&was.ty, &is.ty, sender.request());
            }
        }
        if let (Some(was), Some(is)) = (&old.body, &new.body) {
            for ((_, was, _), (_, is, _)) in was.payloads.iter().zip(&is.payloads) {
                self.payload(was, is, sender.request());
            }
        }
        if let (Some(was), Some(is)) = (&old.streamed, &new.streamed) {
            self.pair(&was.items.ty, &is.items.ty, sender.response());
        }
        let responses = |operation: &'a Operation| {
            let responses = &operation.responses;
            responses.success.iter().chain(&responses.errors)
        };
        for was in responses(old) {
            let same = |status: &Status| *status == was.status;
            let Some(is) = responses(new).find(|is| same(&is.status)) else {
                continue;
            };
            self.payload(&was.payload, &is.payload, sender.response());
            for header in &was.headers {
                if let Some(now) = is.headers.iter().find(|now| now.wire == header.wire) {
                    self.pair(&header.ty, &now.ty, sender.response());
                }
            }
        }
    }

    fn payload(&mut self, old: &'a Payload, new: &'a Payload, direction: Direction) {
        match (old, new) {
            (
                Payload::Json(old) | Payload::OptionalJson(old) | Payload::Form(old, _),
                Payload::Json(new) | Payload::OptionalJson(new) | Payload::Form(new, _),
            ) => self.pair(old, new, direction),
            (Payload::Xml(old, _), Payload::Xml(new, _)) => self.pair(old, new, direction),
            (Payload::Stream(old), Payload::Stream(new)) => self.pair(&old.ty, &new.ty, direction),
            (Payload::Multipart(_, old), Payload::Multipart(_, new)) => {
                for was in old {
                    let is = new.iter().find(|is| is.wire == was.wire);
                    if let Some(is) = is.map(|is| &is.kind)
                        && let (Some(was), Some(is)) = (was.kind.ty(), is.ty())
                    {
                        self.pair(was, is, direction);
                    }
                }
            }
            _ => {}
        }
    }

    fn pair(&mut self, old: &'a Type, new: &'a Type, direction: Direction) {
        if let (Some(was), Some(is)) = (old.named(), new.named()) {
            self.meet(was, is, direction);
            // A list of itself leads back here.
            if !self.unfolded.insert((was, is, direction)) {
                return;
            }
        }
        match (
            self.old.types.on_the_wire(old),
            self.new.types.on_the_wire(new),
        ) {
            (Type::Named(old) | Type::Boxed(old), Type::Named(new) | Type::Boxed(new)) => {
                self.meet(*old, *new, direction);
            }
            (Type::List(old), Type::List(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new))
            | (Type::Secret(old), Type::Secret(new)) => self.pair(old, new, direction),
            (Type::Nullable(old), new) => self.pair(old, new, direction),
            (old, Type::Nullable(new)) => self.pair(old, new, direction),
            (Type::Tuple(old), Type::Tuple(new)) => {
                for (old, new) in old.iter().zip(new) {
                    self.pair(old, new, direction);
                }
            }
            _ => {}
        }
    }

    fn meet(&mut self, old: TypeId, new: TypeId, direction: Direction) {
        if correspond(self.old, self.new, old, new) && self.seen.insert((old, new, direction)) {
            let known = self.pairs.entry((new, old)).or_default();
            *known = known.or(direction);
            self.work.push((old, new, direction));
        }
    }

    fn drain(&mut self) {
        while let Some((old, new, direction)) = self.work.pop() {
            self.members(old, new, direction);
        }
    }

    fn members(&mut self, old: TypeId, new: TypeId, direction: Direction) {
        match (&self.old.type_def(old).shape, &self.new.type_def(new).shape) {
            (Shape::Struct(old), Shape::Struct(new)) => {
                for was in &old.fields {
                    let same = |is: &&crate::ir::Field| match was.role {
                        FieldRole::Member => is.wire == was.wire && is.role == was.role,
                        FieldRole::Flattened => is.role == was.role && is.name == was.name,
                    };
                    if let Some(is) = new.fields.iter().find(same) {
                        self.pair(&was.ty, &is.ty, direction);
                    }
                }
                if let (Some(was), Some(is)) = (&old.additional, &new.additional) {
                    self.pair(&was.ty, &is.ty, direction);
                }
            }
            (Shape::Union(old), Shape::Union(new)) => {
                for was in &old.branches {
                    if let Some(is) = new.branches.iter().find(|is| is.name == was.name) {
                        self.pair(&was.ty, &is.ty, direction);
                    }
                }
            }
            (Shape::Alias(old) | Shape::Newtype(old), Shape::Alias(new) | Shape::Newtype(new)) => {
                self.pair(old, new, direction);
            }
            _ => {}
        }
    }

    /// Types that no operation leads to in both.
    fn rest(&mut self) {
        let usage = (Usage::of(self.old), Usage::of(self.new));
        for (new, is) in self.new.types.iter() {
            if self.pairs.keys().any(|(known, _)| *known == new) {
                continue;
            }
            let same = self.old.types.iter().find(|(_, was)| was.name == is.name);
            if let Some((old, _)) = same {
                let direction = usage.0.direction(old).or(usage.1.direction(new));
                self.meet(old, new, direction);
                self.drain();
            }
        }
    }
}
