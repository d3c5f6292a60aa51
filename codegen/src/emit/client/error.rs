//! Why an operation failed, as far as the document says.

use proc_macro2::TokenStream;
use quote::quote;

use super::success::variant;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::Ty;
use crate::ir::{Operation, Payload};

/// The type of the failure: an enum, or a type without values where none is documented.
pub(super) fn ty(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    if operation.responses.errors.is_empty() {
        let never = scope.known(Known::Infallible);
        quote!(#never)
    } else {
        let name = ident::ty(&operation.error_name);
        quote!(#name)
    }
}

/// The enum of failures; none where none is documented.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let responses = &operation.responses.errors;
    if responses.is_empty() {
        return None;
    }
    let docs = format!(" Why [`{}`] failed, by status.", operation.name);
    let name = ident::ty(&operation.error_name);
    let variants = responses
        .iter()
        .map(|response| variant(response, |payload| payload_type(scope, payload)));
    Some(quote! {
        #[doc = #docs]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    })
}

/// What an error carries: never a stream, since whoever sees the error will hardly read one.
fn payload_type(scope: &Scope<'_>, payload: &Payload) -> TokenStream {
    match payload {
        Payload::Empty => quote!(()),
        Payload::Json(ty) | Payload::Form(ty) => {
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
            let vec = scope.known(Known::Vec);
            quote!(#vec<u8>)
        }
    }
}
