//! The Rust types of payloads.

use proc_macro2::TokenStream;
use quote::quote;

use super::stream;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::Ty;
use crate::ir::{Body, Payload};

/// The type of a payload that is sent.
pub(super) fn payload_type(scope: &Scope<'_>, payload: &Payload) -> TokenStream {
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
        Payload::Multipart(name, _) => {
            let name = ident::ty(name);
            quote!(#name)
        }
        Payload::Text => {
            let string = scope.known(Known::String);
            quote!(#string)
        }
        Payload::Bytes => {
            let body = scope.known(Known::Body);
            quote!(#body)
        }
        Payload::Stream(items) => stream::ty(scope, items),
    }
}

/// The type of the body, without its presence.
pub(super) fn body_type(scope: &Scope<'_>, body: &Body) -> TokenStream {
    match body.payloads.as_slice() {
        [(_, payload, _)] => payload_type(scope, payload),
        _ => {
            let name = ident::ty(&body.enum_name);
            quote!(#name)
        }
    }
}
