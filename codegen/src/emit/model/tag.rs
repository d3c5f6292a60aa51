//! The tags of unions as values of the members that hold them.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::emit::scope::Scope;
use crate::ir::{Branch, EnumBase, Literal, Shape, Type};

/// The tag of a branch as a number or a boolean, where the member that holds it is one.
pub(super) fn typed(scope: &Scope<'_>, branch: &Branch, key: &str) -> Option<TokenStream> {
    let (Type::Named(id) | Type::Boxed(id)) = scope.resolved(&branch.ty) else {
        return None;
    };
    let Shape::Struct(body) = &scope.api.type_def(*id).shape else {
        return None;
    };
    let member = body.fields.iter().find(|field| field.wire.text() == key)?;
    let tag = branch.tags.first()?.text();
    let number = || {
        let number: i128 = tag.parse().ok()?;
        let token = match (i32::try_from(number), i64::try_from(number)) {
            (Ok(number), _) => Token::i32_unsuffixed(number),
            (_, Ok(number)) => Token::i64_suffixed(number),
            _ => Token::u64_suffixed(u64::try_from(number).ok()?),
        };
        Some(quote!(#token))
    };
    match scope.resolved(&member.ty) {
        Type::Int(_) | Type::Float => number(),
        Type::Bool => {
            let truth: bool = tag.parse().ok()?;
            Some(quote!(#truth))
        }
        Type::Named(id) => match &scope.api.type_def(*id).shape {
            Shape::Enum(values) if values.base == EnumBase::String => None,
            Shape::Enum(values) => values
                .variants
                .iter()
                .find_map(|variant| match variant.value {
                    Literal::Int(value) if value.to_string() == tag => number(),
                    Literal::Bool(value) if value.to_string() == tag => Some(quote!(#value)),
                    _ => None,
                }),
            _ => None,
        },
        _ => None,
    }
}
