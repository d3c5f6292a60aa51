//! Ways through a success body, as extensions name them, and what they have to lead to.

use crate::ir::{Shape, Struct, Type};
use crate::load::Node;
use crate::names::FieldName;
use crate::source::Span;

use super::super::Lowering;

/// A way through a success body: the fields that lead there, and what is found.
pub(super) struct FieldPath {
    pub(super) fields: Vec<FieldName>,
    pub(super) found: Type,
}

/// The part of an extension that does not match its operation, and its place.
pub(super) struct Misfit {
    pub(super) span: Span,
    pub(super) what: String,
}

impl Misfit {
    /// Says what a member of the extension is not; or that there is none.
    pub(super) fn of(extension: &Node, key: &str, what: &str) -> Self {
        match extension.get(key) {
            Some(node) => Self {
                span: node.span,
                what: format!("its `{key}` {what}"),
            },
            None => Self {
                span: extension.span,
                what: format!("it has no `{key}`"),
            },
        }
    }
}

impl Lowering<'_> {
    /// Follows a JSON pointer through structs; none where it leads to no field of one.
    pub(super) fn field_path(&self, body: &Type, pointer: &str) -> Option<FieldPath> {
        let mut found = body.clone();
        let mut fields = Vec::new();
        for segment in pointer.split('/').skip(1) {
            let (Type::Named(id) | Type::Boxed(id)) = found else {
                return None;
            };
            let Shape::Struct(Struct {
                fields: members, ..
            }) = &self.types.get(id).shape
            else {
                return None;
            };
            let member = members
                .iter()
                .find(|member| member.wire.text() == segment)?;
            fields.push(member.name.clone());
            found = member.ty.clone();
        }
        Some(FieldPath { fields, found })
    }

    /// A type, with aliases followed to what they stand for.
    pub(super) fn unaliased<'t>(&'t self, ty: &'t Type) -> &'t Type {
        self.types.resolved(ty)
    }
}

/// A type that can hold a count of items to skip or to return.
pub(super) fn is_count(ty: &Type) -> bool {
    matches!(ty, Type::Int(_) | Type::String)
}

/// A value that is written as text and read from it.
pub(super) fn is_text(ty: &Type) -> bool {
    matches!(
        ty,
        Type::String | Type::Int(_) | Type::Float | Type::Uuid | Type::DateTime | Type::Date
    )
}
