//! Other names for types, and types around a type.

use proc_macro2::TokenStream;
use quote::quote;

use super::derives::with_serde;
use super::{docs, traits, validate};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::Ty;
use crate::ir::{Facts, Presence, Type, TypeDef};

/// Another name for a type.
pub(super) fn item(scope: &Scope<'_>, def: &TypeDef, ty: &Type) -> TokenStream {
    let docs = docs(scope, def);
    let name = ident::ty(&def.name);
    let complex = super::field::complex(crate::emit::types::complexity(ty, Presence::Required));
    let ty = Ty(scope, ty);
    quote! {
        #docs
        #complex
        pub type #name = #ty;
    }
}

/// A type of its own around another.
pub(super) fn newtype(scope: &Scope<'_>, def: &TypeDef, ty: &Type) -> TokenStream {
    let docs = docs(scope, def);
    let derives = with_serde(
        scope,
        &Facts {
            default: false,
            ..def.facts.clone()
        },
    );
    let traits = traits::attributes(scope, def);
    let name = ident::ty(&def.name);
    let from = scope.known(Known::From);
    let validate = validate::newtype(scope, def);
    let inner = Ty(scope, ty);
    quote! {
        #docs
        #derives
        #traits
        pub struct #name(pub #inner);

        impl #from<#inner> for #name {
            fn from(value: #inner) -> Self {
                Self(value)
            }
        }

        #validate
    }
}
