//! The enum of bodies, where an operation can send several that differ.

use proc_macro2::TokenStream;
use quote::quote;

use super::operation::{is_streamed, payload_type};
use crate::emit::docs::code;
use crate::emit::ident;
use crate::emit::scope::Scope;
use crate::ir::Operation;

/// The enum; none where there is one kind of body.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let body = operation
        .body
        .as_ref()
        .filter(|body| body.payloads.len() > 1)?;
    let docs = format!(" What [`{}`] can send.", operation.name);
    let compared = (!body
        .payloads
        .iter()
        .any(|(_, payload, _)| is_streamed(payload)))
    .then(|| quote!(, PartialEq));
    let name = ident::ty(&body.enum_name);
    let variants = body.payloads.iter().map(|(media_type, payload, name)| {
        let docs = format!(" {}", code(media_type.text()));
        let (name, ty) = (ident::variant(name), payload_type(scope, payload));
        quote!(#[doc = #docs] #name(#ty))
    });
    Some(quote! {
        #[doc = #docs]
        #[derive(Clone, Debug #compared)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    })
}
