//! Why an operation failed, as far as the document says.

use proc_macro2::TokenStream;
use quote::quote;

use super::success::variant;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::ir::Operation;

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
        .map(|response| SharedTokens(variant(scope, response, false)));
    Some(quote! {
        #[doc = #docs]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    })
}
