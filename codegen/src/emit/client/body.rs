//! The enum of bodies, where an operation can send several that differ.

use proc_macro2::TokenStream;
use quote::quote;

use super::operation::payload_type;
use crate::emit::docs::code;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::ir::{Operation, Payload};

/// The enum; none where there is one kind of body.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let body = operation
        .body
        .as_ref()
        .filter(|body| body.payloads.len() > 1)?;
    let docs = format!(" What [`{}`] can send.", operation.name);
    let name = ident::ty(&body.enum_name);
    let variants = body.payloads.iter().map(|(media_type, payload, name)| {
        let docs = format!(" {}", code(media_type.text()));
        let (name, ty) = (ident::variant(name), payload_type(scope, payload));
        // A form may be much larger than its neighbours.
        let ty = if matches!(payload, Payload::Multipart(..)) {
            let boxed = scope.known(Known::Box);
            quote!(#boxed<#ty>)
        } else {
            ty
        };
        quote!(#[doc = #docs] #name(#ty))
    });
    Some(quote! {
        #[doc = #docs]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    })
}
