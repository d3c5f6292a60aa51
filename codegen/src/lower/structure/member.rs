//! The facts about a member that its schema says beside its type.

use crate::ir::{self, Field, FieldRole, MemberMode, Presence, Reading, Type};
use crate::load::Node;
use crate::names::FieldName;
use crate::source::SpecStr;

use super::LoweredSchema;

/// Which way a property travels.
pub(super) fn access(nodes: &[&Node]) -> ir::Access {
    let says = |key: &str| {
        nodes
            .iter()
            .any(|node| node.get(key).and_then(Node::as_bool) == Some(true))
    };
    match (says("readOnly"), says("writeOnly")) {
        (true, false) => ir::Access::ReadOnly,
        (false, true) => ir::Access::WriteOnly,
        _ => ir::Access::ReadWrite,
    }
}

/// The reading of a property where a server departs from the document, as the document has it.
pub(super) fn said_reading(nodes: &[&Node]) -> Option<MemberMode> {
    let said = nodes.iter().find_map(|node| node.get("x-reading"));
    said.and_then(Node::as_str).and_then(MemberMode::named)
}

/// A write-only value is not shown again.
pub(super) fn secret(ty: Type, access: ir::Access) -> Type {
    match ty {
        Type::String if access == ir::Access::WriteOnly => Type::Secret(Box::new(Type::String)),
        _ => ty,
    }
}

/// The four states. A type that holds null itself leaves only two.
pub(in crate::lower) fn presence(required: bool, nullable: bool, ty: &Type) -> Presence {
    let nullable = nullable && !matches!(ty, Type::Json | Type::Null);
    match (required, nullable) {
        (true, false) => Presence::Required,
        (false, false) => Presence::Optional,
        (true, true) => Presence::Nullable,
        (false, true) => Presence::OptionalNullable,
    }
}

/// A field that spreads a union's members among those of its struct.
pub(in crate::lower) fn flattened(
    name: FieldName,
    used: LoweredSchema,
    docs: ir::Docs,
    origin: ir::Origin,
) -> Field {
    Field {
        name,
        wire: SpecStr::new(""),
        ty: used.ty,
        presence: Presence::Required,
        access: ir::Access::ReadWrite,
        default: None,
        constant: None,
        constraints: ir::Constraints::default(),
        role: FieldRole::Flattened,
        reading: Reading::Exact,
        tells: false,
        tolerance: None,
        deprecated: false,
        docs,
        origin,
    }
}
