//! Types that lead back to themselves with no value between: a decoder of such a type would never end.
//!
//! Lists of alternatives are freed of them where the schema says what is meant; this is the guard behind that. What
//! closes a ring becomes raw JSON.

use crate::diagnostic::Code;
use crate::ir::{FieldRole, Shape, Tagging, Type, TypeId};

use super::Lowering;

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

impl Lowering<'_> {
    /// Opens every ring.
    pub(super) fn open_rings(&mut self) {
        let mut marks = vec![Mark::New; self.types.len()];
        let ids: Vec<TypeId> = self.types.iter().map(|(id, _)| id).collect();
        for root in ids {
            if marks[root.index()] != Mark::New {
                continue;
            }
            // (type, what its values are as they stand, the next to look at)
            marks[root.index()] = Mark::Open;
            let mut path = vec![(root, same_value(&self.types.get(root).shape), 0)];
            while let Some((id, parts, next)) = path.last_mut() {
                let (id, at) = (*id, *next);
                *next += 1;
                let Some(part) = parts.get(at).copied() else {
                    marks[id.index()] = Mark::Done;
                    path.pop();
                    continue;
                };
                match marks[part.index()] {
                    Mark::Open => self.open_ring(id, part),
                    Mark::New => {
                        marks[part.index()] = Mark::Open;
                        path.push((part, same_value(&self.types.get(part).shape), 0));
                    }
                    Mark::Done => {}
                }
            }
        }
    }

    fn open_ring(&mut self, id: TypeId, part: TypeId) {
        let def = self.types.get_mut(id);
        let raw = |ty: &mut Type| {
            if as_it_stands(ty) == Some(part) {
                *ty = Type::Json;
            }
        };
        match &mut def.shape {
            Shape::Union(union) => union
                .branches
                .iter_mut()
                .for_each(|branch| raw(&mut branch.ty)),
            Shape::Alias(ty) | Shape::Newtype(ty) => raw(ty),
            Shape::Struct(body) => body.fields.iter_mut().for_each(|field| raw(&mut field.ty)),
            Shape::Enum(_) => {}
        }
        let origin = def.origin;
        self.stats.raw_json.push(origin);
        self.warn(
            Code::RawJson,
            origin.span,
            "the schema leads back to itself with no value between",
            (
                "refer back through a member or an item",
                "the alternative that closes the ring is kept as raw JSON",
            ),
        );
    }
}

/// The types whose values are values of a type as they stand, not a member or an item of it.
fn same_value(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Union(union) => match union.tagging {
            Tagging::External | Tagging::Adjacent { .. } => Vec::new(),
            Tagging::Internal(_) | Tagging::Untagged => union
                .branches
                .iter()
                .filter_map(|branch| as_it_stands(&branch.ty))
                .collect(),
        },
        Shape::Alias(ty) | Shape::Newtype(ty) => as_it_stands(ty).into_iter().collect(),
        Shape::Struct(body) => body
            .fields
            .iter()
            .filter(|field| field.role == FieldRole::Flattened)
            .filter_map(|field| as_it_stands(&field.ty))
            .collect(),
        Shape::Enum(_) => Vec::new(),
    }
}

fn as_it_stands(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) | Type::Boxed(id) => Some(*id),
        Type::Nullable(inner) | Type::Secret(inner) => as_it_stands(inner),
        _ => None,
    }
}
