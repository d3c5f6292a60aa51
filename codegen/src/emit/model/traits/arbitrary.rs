//! Values made of random bytes.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::emit::known::Known;
use crate::emit::model::branch::is_unit;
use crate::emit::model::constructor::allow_deprecated;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::emit::{ident, literal};
use crate::ir::{
    Enum, ExternalForm, Field, Presence, Shape, Struct, Tagging, Type, TypeDef, Union,
};

/// The impl of `Arbitrary`.
pub(super) fn item(scope: &Scope<'_>, def: &TypeDef) -> TokenStream {
    let (name, ok) = (ident::ty(&def.name), scope.known(Known::Ok));
    let body = match &def.shape {
        Shape::Struct(body) => structure(scope, body),
        Shape::Enum(choice) => constants(choice),
        Shape::Union(choice) => union(scope, choice),
        Shape::Newtype(ty) | Shape::Alias(ty) => {
            let value = call(scope, ty);
            quote!(#ok(Self(#value?)))
        }
    };
    let deprecated = match &def.shape {
        Shape::Struct(body) => body.fields.iter().any(|field| field.deprecated),
        _ => false,
    };
    let deprecated = deprecated.then(allow_deprecated);
    let bytes = ident::plain(match &def.shape {
        Shape::Struct(body) if !takes_bytes(scope, body) => "_u",
        _ => "u",
    });
    quote! {
        impl<'a> ::countersign_runtime::arbitrary::Arbitrary<'a> for #name {
            #deprecated
            fn arbitrary(
                #bytes: &mut ::countersign_runtime::arbitrary::Unstructured<'a>,
            ) -> ::countersign_runtime::arbitrary::Result<Self> {
                #body
            }
        }
    }
}

fn structure(scope: &Scope<'_>, body: &Struct) -> TokenStream {
    let ok = scope.known(Known::Ok);
    let members = body.fields.iter().map(|field| {
        let (name, value) = (ident::field(&field.name), member(scope, field));
        quote!(#name: #value)
    });
    let additional = body.additional.iter().map(|additional| {
        let (name, made) = (ident::field(&additional.name), maker(scope, &additional.ty));
        quote!(#name: ::countersign_runtime::arbitrary::rest(u, #made)?)
    });
    quote!(#ok(Self { #(#members,)* #(#additional,)* }))
}

/// Whether anything in a struct is made of bytes, and not a constant.
fn takes_bytes(scope: &Scope<'_>, body: &Struct) -> bool {
    let mut fields = body.fields.iter();
    body.additional.is_some() || fields.any(|field| constant(scope, field).is_none())
}

/// The only value of a member that is always there.
fn constant(scope: &Scope<'_>, field: &Field) -> Option<TokenStream> {
    let constant = field.constant.as_ref();
    let constant = constant.filter(|_| field.presence == Presence::Required)?;
    literal::owned(scope, constant, &field.ty)
}

fn member(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let around = match field.presence {
        Presence::Required => {
            return constant(scope, field).unwrap_or_else(|| {
                let value = call(scope, &field.ty);
                quote!(#value?)
            });
        }
        Presence::Optional | Presence::Nullable => ident::plain("option"),
        Presence::OptionalNullable => ident::plain("presence"),
    };
    let made = maker(scope, &field.ty);
    quote!(::countersign_runtime::arbitrary::#around(u, #made)?)
}

fn constants(choice: &Enum) -> TokenStream {
    if choice.variants.is_empty() {
        return quote!(::countersign_runtime::arbitrary::read(u, ""));
    }
    let variants = choice.variants.iter();
    let variants = variants.map(|variant| ident::variant(&variant.name));
    quote!(::countersign_runtime::arbitrary::one_of(u, [#(Self::#variants),*]))
}

fn union(scope: &Scope<'_>, choice: &Union) -> TokenStream {
    let ok = scope.known(Known::Ok);
    let branches = choice.branches.iter().map(|branch| {
        let name = ident::variant(&branch.name);
        if is_unit(choice, branch) {
            return quote!(Self::#name);
        }
        let held = match (&branch.ty, &choice.tagging) {
            (Type::Tuple(items), Tagging::External | Tagging::Adjacent { .. })
                if !items.is_empty() =>
            {
                items.iter().map(|item| call(scope, item)).collect()
            }
            (ty, _) => vec![call(scope, ty)],
        };
        quote!(Self::#name(#(#held?),*))
    });
    let branches: Vec<TokenStream> = branches.collect();
    match branches.as_slice() {
        [] => quote!(::countersign_runtime::arbitrary::read(u, "")),
        [only] => {
            let unused = is_all_units(choice).then(|| quote!(let _ = u;));
            quote!(#unused #ok(#only))
        }
        [others @ .., last] => {
            let count = Token::usize_unsuffixed(branches.len());
            let simplest = Token::usize_unsuffixed(scope.api_facts.simplest(choice));
            let at = (0..others.len()).map(Token::usize_unsuffixed);
            quote! {
                #ok(match ::countersign_runtime::arbitrary::branch(u, #count, #simplest)? {
                    #(#at => #others,)*
                    _ => #last,
                })
            }
        }
    }
}

fn is_all_units(choice: &Union) -> bool {
    let mut branches = choice.branches.iter();
    branches.all(|branch| is_unit(choice, branch))
}

/// A function that makes a value of a type: by its name where it has one.
fn maker(scope: &Scope<'_>, ty: &Type) -> TokenStream {
    match plain(ty) {
        Some(name) => {
            let name = ident::plain(name);
            quote!(::countersign_runtime::arbitrary::#name)
        }
        None => {
            let value = call(scope, ty);
            quote!(|u| #value)
        }
    }
}

/// The result of making a value of a type.
fn call(scope: &Scope<'_>, ty: &Type) -> TokenStream {
    if let Some(name) = plain(ty) {
        let name = ident::plain(name);
        return quote!(::countersign_runtime::arbitrary::#name(u));
    }
    let around = |name: &str, inner: &Type| {
        let (name, made) = (ident::plain(name), maker(scope, inner));
        quote!(::countersign_runtime::arbitrary::#name(u, #made))
    };
    match ty {
        Type::List(inner) => around("list", inner),
        Type::Map(inner) => around("map", inner),
        Type::Nullable(inner) => around("option", inner),
        Type::Secret(inner) => around("secret", inner),
        Type::Tuple(items) => {
            let ok = scope.known(Known::Ok);
            let items = items.iter().map(|item| call(scope, item));
            quote!(#ok((#(#items?,)*)))
        }
        Type::External(external) => {
            let format = text(&external.format);
            quote!(::countersign_runtime::arbitrary::read(u, #format))
        }
        _ => quote!(::countersign_runtime::arbitrary::plain(u)),
    }
}

/// The function of the runtime that makes values of a type without the help of another.
fn plain(ty: &Type) -> Option<&'static str> {
    Some(match ty {
        Type::Float => "float",
        Type::Uuid => "uuid",
        Type::Date => "date",
        Type::Json => "json",
        Type::Named(_) => "nested",
        Type::Boxed(_) => "boxed",
        Type::External(external) if external.form == ExternalForm::Own => return None,
        Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Secret(_) => return None,
        Type::Tuple(_) => return None,
        _ => "plain",
    })
}
