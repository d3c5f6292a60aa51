//! The success of an operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::stream;
use crate::emit::docs::{Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::emit::types::Ty;
use crate::ir::{Operation, Payload, Response, Type};

/// The type of the success.
pub(super) fn ty(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    match operation.responses.success.as_slice() {
        [] => quote!(()),
        [first, ..] if !is_choice(operation) => payload_type(scope, &unboxed(&first.payload)),
        _ => {
            let name = ident::ty(&operation.success_name);
            quote!(#name)
        }
    }
}

/// Whether documented successes differ in what they carry, so that there is an enum of them.
pub(super) fn is_choice(operation: &Operation) -> bool {
    let mut payloads = operation
        .responses
        .success
        .iter()
        .map(|response| held(&response.payload));
    let first = payloads.next();
    payloads.any(|payload| Some(payload) != first)
}

/// A payload by what its value is: text is the same whether it came as text or in JSON.
fn held(payload: &Payload) -> Payload {
    match payload {
        Payload::Text => Payload::Json(Type::String),
        other => unboxed(other),
    }
}

/// The enum of successes; none where there is one.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    if !is_choice(operation) {
        return None;
    }
    let responses = &operation.responses.success;
    let docs = format!(" What [`{}`] yields, by status.", operation.name);
    let name = ident::ty(&operation.success_name);
    let variants = responses.iter().map(|response| {
        let mut same = responses
            .iter()
            .filter(|other| other.status == response.status);
        let is_one_of_several = same.nth(1).is_some();
        SharedTokens(variant(scope, response, is_one_of_several))
    });
    Some(quote! {
        #[doc = #docs]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    })
}

/// A variant for a response, which says its media type where its status has several.
pub(super) fn variant(
    scope: &Scope<'_>,
    response: &Response,
    is_one_of_several: bool,
) -> TokenStream {
    let mut docs = Doc::of_response(&response.status.to_string(), &response.docs);
    if let Some(media) = response.media_type.as_ref().filter(|_| is_one_of_several) {
        docs.paragraph(&format!("As {}.", code(media.text())));
    }
    let name = ident::variant(&response.variant);
    if response.payload == Payload::Empty {
        quote!(#docs #name)
    } else {
        let ty = payload_type(scope, &response.payload);
        quote!(#docs #name(#ty))
    }
}

/// The type of a payload that is received.
fn payload_type(scope: &Scope<'_>, payload: &Payload) -> TokenStream {
    match payload {
        Payload::Empty => quote!(()),
        Payload::Json(ty) | Payload::Form(ty, _) | Payload::Xml(ty, _) => {
            let ty = Ty(scope, ty);
            quote!(#ty)
        }
        Payload::OptionalJson(ty) => {
            let (option, ty) = (scope.known(Known::Option), Ty(scope, ty));
            quote!(#option<#ty>)
        }
        Payload::Text => {
            let string = scope.known(Known::String);
            quote!(#string)
        }
        Payload::Bytes | Payload::Multipart(..) => {
            let body = scope.known(Known::Body);
            quote!(#body)
        }
        Payload::Stream(items) => stream::ty(scope, items),
    }
}

/// A single variant needs no box.
fn unboxed(payload: &Payload) -> Payload {
    match payload {
        Payload::Json(Type::Boxed(id)) => Payload::Json(Type::Named(*id)),
        Payload::Xml(Type::Boxed(id), document) => Payload::Xml(Type::Named(*id), *document),
        Payload::OptionalJson(Type::Boxed(id)) => Payload::OptionalJson(Type::Named(*id)),
        other => other.clone(),
    }
}
