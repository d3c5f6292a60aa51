//! Values for examples: the plainest that an argument can have.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::describe::int;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::{is_asked_for, is_unit};
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Field, Presence, Shape, Type, TypeId};

/// The greatest depth of values in an example.
const DEEPEST: usize = 3;

/// The greatest number of arguments of a constructor in an example; more are no help to a reader.
const MOST: usize = 8;

/// The number of alternatives of a union that are tried.
const FEW: usize = 4;

/// A value that a constructor or a setter takes for something called `name`; none where it can't be written down.
pub(super) fn argument(
    scope: &Scope<'_>,
    name: &str,
    ty: &Type,
    presence: Presence,
) -> Option<TokenStream> {
    taken(scope, name, ty, presence, 0)
}

/// A struct made by its constructor; none where it can't be written down.
pub(super) fn constructed(scope: &Scope<'_>, ty: &Type) -> Option<TokenStream> {
    match scope.resolved(ty) {
        Type::Named(id) | Type::Boxed(id) => structure(scope, *id, 0),
        _ => None,
    }
}

fn taken(
    scope: &Scope<'_>,
    name: &str,
    ty: &Type,
    presence: Presence,
    depth: usize,
) -> Option<TokenStream> {
    match (presence, scope.resolved(ty)) {
        (Presence::OptionalNullable, _) => None,
        // What is generic over the type wants to know it.
        (Presence::Nullable, Type::Int(width)) => suffixed("1", int(*width)),
        (Presence::Nullable, Type::Float) => None,
        (_, Type::String) => Some(string(name)),
        (_, Type::Secret(inner)) if **inner == Type::String => Some(string(name)),
        (_, Type::Boxed(id)) => named(scope, *id, depth),
        (_, resolved) => owned(scope, name, resolved, depth),
    }
}

/// A value of exactly this type.
fn owned(scope: &Scope<'_>, name: &str, ty: &Type, depth: usize) -> Option<TokenStream> {
    Some(match scope.resolved(ty) {
        Type::Bool => quote!(true),
        Type::Int(_) => quote!(1),
        Type::Float => quote!(1.0),
        Type::String => {
            let name = string(name);
            quote!(#name.to_owned())
        }
        Type::Secret(inner) if **inner == Type::String => {
            let name = string(name);
            quote!(#name.into())
        }
        Type::Named(id) => named(scope, *id, depth)?,
        Type::Boxed(id) => {
            let (boxed, value) = (scope.known(Known::Box), named(scope, *id, depth)?);
            quote!(#boxed::new(#value))
        }
        _ => return None,
    })
}

fn string(name: &str) -> TokenStream {
    let name = text(name);
    quote!(#name)
}

fn suffixed(digits: &str, ty: &str) -> Option<TokenStream> {
    format!("{digits}_{ty}")
        .parse::<Token>()
        .ok()
        .map(|token| quote!(#token))
}

fn named(scope: &Scope<'_>, id: TypeId, depth: usize) -> Option<TokenStream> {
    if depth >= DEEPEST {
        return None;
    }
    let path = scope.type_path(id);
    match &scope.api.type_def(id).shape {
        Shape::Struct(_) => structure(scope, id, depth + 1),
        Shape::Enum(choice) => {
            let variant = ident::variant(&choice.variants.first()?.name);
            Some(quote!(#path::#variant))
        }
        Shape::Union(choice) => choice.branches.iter().take(FEW).find_map(|branch| {
            if is_unit(choice, branch) || matches!(branch.ty, Type::Tuple(_)) {
                return None;
            }
            let name = branch.name.as_str().to_lowercase();
            let held = owned(scope, &name, &branch.ty, depth + 1)?;
            let variant = ident::variant(&branch.name);
            Some(quote!(#path::#variant(#held)))
        }),
        Shape::Alias(_) | Shape::Newtype(_) => None,
    }
}

fn structure(scope: &Scope<'_>, id: TypeId, depth: usize) -> Option<TokenStream> {
    let def = scope.api.type_def(id);
    let Shape::Struct(body) = &def.shape else {
        return None;
    };
    let asked: Vec<&Field> = body
        .fields
        .iter()
        .filter(|field| is_asked_for(scope, field))
        .collect();
    if asked.len() > MOST {
        return None;
    }
    let arguments = asked
        .iter()
        .map(|field| taken(scope, field.name.as_str(), &field.ty, field.presence, depth));
    let arguments = arguments.collect::<Option<Vec<_>>>()?;
    let path = scope.type_path(id);
    Some(if def.facts.default {
        quote!(#path::default())
    } else {
        quote!(#path::new(#(#arguments),*))
    })
}
