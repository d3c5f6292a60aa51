//! The relation of the values that two types allow on the wire.

use crate::ir::{Api, EnumBase, IntWidth, Literal, Shape, Type, TypeId};

use super::pairs::correspond;

/// The values that a new type allows, compared with those of an old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// The same.
    Same,
    /// Less.
    Narrower,
    /// More.
    Wider,
    /// Something else.
    Other,
}

impl Relation {
    /// That of a whole of two parts.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Same, relation) | (relation, Self::Same) => relation,
            (one, other) if one == other => one,
            _ => Self::Other,
        }
    }
}

/// Old and new types, compared.
#[derive(Clone, Copy)]
pub(super) struct Types<'a> {
    pub(super) old: &'a Api,
    pub(super) new: &'a Api,
}

impl<'a> Types<'a> {
    /// The values that `new` allows, compared with `old`. The members of named types are compared where these are defined.
    pub(super) fn relation(self, old: &Type, new: &Type) -> Relation {
        self.below(old, new, &mut Vec::new())
    }

    /// The same below types that are named in `around`: a list of itself is what it was if its items are.
    fn below(self, old: &Type, new: &Type, around: &mut Vec<(TypeId, TypeId)>) -> Relation {
        if let (Some(was), Some(is)) = (old.named(), new.named()) {
            if around.contains(&(was, is)) {
                return Relation::Same;
            }
            around.push((was, is));
        }
        let (old, new) = (
            self.old.types.on_the_wire(old),
            self.new.types.on_the_wire(new),
        );
        match (old, new) {
            (Type::Secret(old), new) => self.below(old, new, around),
            (old, Type::Secret(new)) => self.below(old, new, around),
            (Type::Named(old) | Type::Boxed(old), Type::Named(new) | Type::Boxed(new)) => {
                if correspond(self.old, self.new, *old, *new) {
                    Relation::Same
                } else {
                    Relation::Other
                }
            }
            (Type::List(old), Type::List(new)) | (Type::Map(old), Type::Map(new)) => {
                self.below(old, new, around)
            }
            (Type::Tuple(old), Type::Tuple(new)) if old.len() == new.len() => old
                .iter()
                .zip(new)
                .map(|(old, new)| self.below(old, new, around))
                .fold(Relation::Same, Relation::and),
            (Type::Nullable(old), Type::Nullable(new)) => self.below(old, new, around),
            (old, Type::Nullable(new)) => self.below(old, new, around).and(Relation::Wider),
            (Type::Nullable(old), new) => self.below(old, new, around).and(Relation::Narrower),
            (old, new) if old == new => Relation::Same,
            (old, new) if admits(self.new, new, self.old, old) => Relation::Wider,
            (old, new) if admits(self.old, old, self.new, new) => Relation::Narrower,
            _ => Relation::Other,
        }
    }

    /// Whether one of both is a secret where the other is not: `Some(true)` if the new one is.
    pub(super) fn secrecy(self, old: &Type, new: &Type) -> Option<bool> {
        let (old, new) = (
            is_secret(self.old.types.on_the_wire(old)),
            is_secret(self.new.types.on_the_wire(new)),
        );
        (old != new).then_some(new)
    }
}

fn is_secret(ty: &Type) -> bool {
    match ty {
        Type::Secret(_) => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_secret(inner),
        _ => false,
    }
}

/// Whether `wide` admits all that `narrow` does, and more.
fn admits(wide_api: &Api, wide: &Type, narrow_api: &Api, narrow: &Type) -> bool {
    match (wide, narrow) {
        (Type::Json, _) => true,
        (Type::Float, Type::Int(_)) => true,
        (Type::Int(wide), Type::Int(narrow)) => {
            let ((least, most), (low, high)) = (range(*wide), range(*narrow));
            least <= low && high <= most
        }
        (Type::String, narrow) => is_text(narrow_api, narrow),
        (Type::IpAddr, Type::Ipv4Addr | Type::Ipv6Addr) => true,
        (Type::Named(wide) | Type::Boxed(wide), narrow) => {
            has_branch(wide_api, *wide, narrow_api, narrow)
        }
        _ => false,
    }
}

/// Whether a type is one alternative of a union.
fn has_branch(wide_api: &Api, wide: TypeId, narrow_api: &Api, narrow: &Type) -> bool {
    let Shape::Union(union) = &wide_api.type_def(wide).shape else {
        return false;
    };
    let narrow_name = narrow.named().map(|id| narrow_api.type_name(id));
    union.branches.iter().any(|branch| match branch.ty.named() {
        Some(id) => Some(wide_api.type_name(id)) == narrow_name,
        None => narrow_name.is_none() && branch.ty == *narrow,
    })
}

/// Whether a type is text on the wire.
fn is_text(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Uuid | Type::DateTime | Type::Date | Type::Base64 => true,
        Type::IpAddr | Type::Ipv4Addr | Type::Ipv6Addr => true,
        Type::Named(id) | Type::Boxed(id) => matches!(
            &api.type_def(*id).shape,
            Shape::Enum(choice) if choice.base == EnumBase::String
        ),
        _ => false,
    }
}

fn range(width: IntWidth) -> (i128, i128) {
    match width {
        IntWidth::I8 => (i8::MIN.into(), i8::MAX.into()),
        IntWidth::I16 => (i16::MIN.into(), i16::MAX.into()),
        IntWidth::I32 => (i32::MIN.into(), i32::MAX.into()),
        IntWidth::I64 => (i64::MIN.into(), i64::MAX.into()),
        IntWidth::U8 => (0, u8::MAX.into()),
        IntWidth::U16 => (0, u16::MAX.into()),
        IntWidth::U32 => (0, u32::MAX.into()),
        IntWidth::U64 => (0, u64::MAX.into()),
    }
}

/// Whether two constants are the same on the wire.
pub(super) fn same_literal(old_api: &Api, old: &Literal, new_api: &Api, new: &Literal) -> bool {
    let value = |api: &Api, id: TypeId, at: usize| match &api.type_def(id).shape {
        Shape::Enum(choice) => choice.variants.get(at).map(|variant| variant.value.clone()),
        _ => None,
    };
    match (old, new) {
        (Literal::Variant(old, at), Literal::Variant(new, to)) => {
            value(old_api, *old, *at) == value(new_api, *new, *to)
        }
        (Literal::Variant(old, at), new) => value(old_api, *old, *at).as_ref() == Some(new),
        (old, Literal::Variant(new, at)) => Some(old) == value(new_api, *new, *at).as_ref(),
        // A number is the same however it is written.
        (Literal::Int(whole), Literal::Float(number))
        | (Literal::Float(number), Literal::Int(whole)) => *whole as f64 == *number,
        (old, new) => old == new,
    }
}
