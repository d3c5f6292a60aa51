//! A method of the client for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::operation::{Arguments, arguments, is_default};
use crate::emit::docs::Depth;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::too_many;
use crate::emit::scope::Scope;
use crate::ir::Operation;

/// The method.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let docs = docs(scope, operation, Depth::Member);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let (method, name) = (
        ident::function(&operation.method_name),
        ident::ty(&operation.name),
    );
    let call = scope.known(Known::Call);
    let Arguments {
        declared, names, ..
    } = arguments(scope, operation);
    // The client itself is an argument too.
    let many = too_many(declared.len() + 1);
    let standard = is_standard(operation.method_name.as_str(), declared.len());
    let value = if is_default(operation) {
        let default = scope.known(Known::Default);
        quote!(<#name as #default>::default())
    } else {
        quote!(#name::new(#(#names),*))
    };
    quote! {
        #docs
        #deprecated
        #many
        #standard
        pub fn #method(&self, #(#declared),*) -> #call<'_, #name> {
            self.core.call(#value)
        }
    }
}

/// A method may be called like one of a standard trait.
fn is_standard(name: &str, arguments: usize) -> Option<TokenStream> {
    matches!((name, arguments), ("clone", 0) | ("cmp", 1)).then(
        || quote!(#[allow(clippy::should_implement_trait, reason = "named after the operation")]),
    )
}
