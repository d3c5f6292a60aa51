//! The enum of bodies, where an operation can send several that differ.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::payload::payload_type;
use crate::emit::docs::code;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::Ty;
use crate::ir::{Body, Operation, Payload, Type};
use crate::names::VariantName;

/// The enum and what turns into it; nothing where there is one kind of body.
pub(super) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let body = operation.body.as_ref();
    let Some(body) = body.filter(|body| body.payloads.len() > 1) else {
        return Vec::new();
    };
    let mut items = vec![choice(scope, operation, body)];
    items.extend(conversions(scope, body));
    items
}

fn choice(scope: &Scope<'_>, operation: &Operation, body: &Body) -> TokenStream {
    let docs = format!(
        " The kinds of body that [`{}`] can send. What is given without a kind is sent as the first that fits.",
        operation.name
    );
    let name = ident::ty(&body.enum_name);
    let variants = body.payloads.iter().map(|(media_type, payload, name)| {
        let docs = format!(" {}", code(media_type.text()));
        let (name, ty) = (ident::variant(name), held(scope, payload));
        quote!(#[doc = #docs] #name(#ty))
    });
    quote! {
        #[doc = #docs]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    }
}

/// The content of a variant. A form may be much larger than its neighbours.
fn held(scope: &Scope<'_>, payload: &Payload) -> TokenStream {
    let ty = payload_type(scope, payload);
    match payload {
        Payload::Multipart(..) => {
            let boxed = scope.known(Known::Box);
            quote!(#boxed<#ty>)
        }
        _ => ty,
    }
}

/// A type that turns into a body.
struct Given {
    /// The member that distinguishes it from others, aliases resolved.
    key: String,
    ty: TokenStream,
    /// The content of a variant for its `body`.
    value: TokenStream,
}

/// A `From` for the type of each variant, the first one's where several have the same.
fn conversions(scope: &Scope<'_>, body: &Body) -> Vec<TokenStream> {
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for (_, payload, variant) in &body.payloads {
        for given in given(scope, payload) {
            if seen.insert(given.key.clone()) {
                all.push(conversion(scope, body, variant, &given));
                if !body.required {
                    all.push(optional(scope, body, &given));
                }
            }
        }
    }
    all
}

fn conversion(
    scope: &Scope<'_>,
    body: &Body,
    variant: &VariantName,
    Given { ty, value, .. }: &Given,
) -> TokenStream {
    let from = scope.known(Known::From);
    let (of, variant) = (ident::ty(&body.enum_name), ident::variant(variant));
    quote! {
        impl #from<#ty> for #of {
            fn from(body: #ty) -> Self {
                Self::#variant(#value)
            }
        }
    }
}

/// A value of a type that turns into an optional body is an argument for it.
fn optional(scope: &Scope<'_>, body: &Body, Given { ty, .. }: &Given) -> TokenStream {
    let (into, option, some) = (
        scope.known(Known::IntoBody),
        scope.known(Known::Option),
        scope.known(Known::Some),
    );
    let of = ident::ty(&body.enum_name);
    quote! {
        impl #into<#of> for #ty {
            fn into_body(self) -> #option<#of> {
                #some(self.into())
            }
        }
    }
}

/// The types that a payload is made of. None for a type of the caller's, which may be another one's twin.
fn given(scope: &Scope<'_>, payload: &Payload) -> Vec<Given> {
    let plain = |ty: TokenStream| Given {
        key: ty.to_string(),
        ty,
        value: quote!(body),
    };
    match payload {
        Payload::Json(ty) | Payload::Form(ty, _) | Payload::Xml(ty, _) => match types(scope, ty) {
            Some(Type::String) => texts(scope),
            Some(resolved) => {
                let boxed = matches!(ty, Type::Boxed(_)).then(|| scope.known(Known::Box));
                let shown = Ty(scope, &resolved);
                vec![Given {
                    key: format!("{resolved:?}"),
                    ty: quote!(#shown),
                    value: boxed.map_or(quote!(body), |boxed| quote!(#boxed::new(body))),
                }]
            }
            None => Vec::new(),
        },
        Payload::Text => texts(scope),
        Payload::Multipart(..) => {
            let boxed = scope.known(Known::Box);
            vec![Given {
                value: quote!(#boxed::new(body)),
                ..plain(payload_type(scope, payload))
            }]
        }
        Payload::Bytes => vec![plain(payload_type(scope, payload))],
        Payload::Empty | Payload::OptionalJson(_) | Payload::Stream(_) => Vec::new(),
    }
}

fn texts(scope: &Scope<'_>) -> Vec<Given> {
    let string = scope.known(Known::String);
    let of = |ty: TokenStream, value: TokenStream| Given {
        key: ty.to_string(),
        ty,
        value,
    };
    vec![
        of(quote!(#string), quote!(body)),
        of(quote!(&str), quote!(body.to_owned())),
    ]
}

/// A type with its aliases resolved and out of its box; none where a type of the caller's is in it.
fn types(scope: &Scope<'_>, ty: &Type) -> Option<Type> {
    let inner = |ty: &Type| types(scope, ty).map(Box::new);
    Some(match scope.resolved(ty) {
        Type::External(_) => return None,
        Type::List(item) => Type::List(inner(item)?),
        Type::Map(value) => Type::Map(inner(value)?),
        Type::Nullable(value) => Type::Nullable(inner(value)?),
        Type::Secret(value) => Type::Secret(inner(value)?),
        Type::Tuple(items) => {
            let items = items.iter().map(|item| types(scope, item));
            Type::Tuple(items.collect::<Option<Vec<Type>>>()?)
        }
        Type::Boxed(id) => Type::Named(*id),
        other => other.clone(),
    })
}
