//! Plain values that are types of their own.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, traits};
use crate::emit::ident;
use crate::emit::scope::Scope;
use crate::emit::types::Ty;
use crate::ir::{Type, TypeDef};

/// A type around a text, a whole number or a UUID.
pub(super) fn item(scope: &Scope<'_>, def: &TypeDef, ty: &Type) -> TokenStream {
    let (docs, traits) = (docs(scope, def), traits::attributes(scope, def));
    let (name, inner) = (ident::ty(&def.name), Ty(scope, ty));
    let (copy, implemented) = match ty {
        Type::String => (None, quote!(countersign_runtime::text_newtype!(#name);)),
        _ => {
            let read = ident::plain(match ty {
                Type::Int(_) => "whole",
                _ => "plain",
            });
            let read = quote!(countersign_runtime::read::#read);
            (
                Some(quote!(Copy,)),
                quote!(countersign_runtime::copied_newtype!(#name: #inner, #read);),
            )
        }
    };
    quote! {
        #docs
        #[derive(Clone, #copy Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #traits
        pub struct #name(#inner);

        #implemented
    }
}
