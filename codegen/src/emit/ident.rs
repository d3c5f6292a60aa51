//! Names as identifiers. Nothing is invented here: each identifier is a name's, or follows from one by rule.

use proc_macro2::{Ident, Span};

use crate::names::{FieldName, FunctionName, ModuleName, TypeName, VariantName, is_keyword};

/// The identifier of a type.
pub(super) fn ty(name: &TypeName) -> Ident {
    verbatim(name.as_str())
}

/// The identifier of a variant.
pub(super) fn variant(name: &VariantName) -> Ident {
    verbatim(name.as_str())
}

/// The identifier of a field or a parameter.
pub(super) fn field(name: &FieldName) -> Ident {
    verbatim(name.as_str())
}

/// The identifier of a function.
pub(super) fn function(name: &FunctionName) -> Ident {
    verbatim(name.as_str())
}

/// The identifier of a module.
pub(super) fn module(name: &ModuleName) -> Ident {
    verbatim(name.as_str())
}

/// The constant that belongs to a field or a function.
pub(super) fn constant(name: &str) -> Ident {
    plain(&name.to_ascii_uppercase())
}

/// An identifier of ours, known to be legal.
pub(super) fn plain(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// An identifier that may be a keyword.
pub(super) fn verbatim(name: &str) -> Ident {
    if is_keyword(name) {
        Ident::new_raw(name, Span::call_site())
    } else {
        plain(name)
    }
}
