//! Further traits of types, each behind a cargo feature: derive macros of the caller's, and those that the runtime helps
//! with, since its own types and raw JSON have to have them too.

mod arbitrary;
mod schemars;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::ident;
use crate::emit::scope::Scope;
use crate::ir::{Shape, TypeDef};
use crate::settings::{Derive, Derived};

/// `#[cfg_attr(feature = "..", derive(..))]` for each derive macro.
pub(super) fn attributes(scope: &Scope<'_>, def: &TypeDef) -> TokenStream {
    let derives = wanted(scope, def).filter_map(|derive| match &derive.what {
        Derived::Macro { path, .. } => Some((derive, path)),
        _ => None,
    });
    let attributes = derives.map(|(derive, path)| {
        // The caller's path. One that is not a path is found out when the file is parsed.
        let path: TokenStream = path.parse().unwrap_or_default();
        let feature = &derive.feature;
        match scope.emitter.settings.has_features() {
            true => quote!(#[cfg_attr(feature = #feature, derive(#path))]),
            false => quote!(#[derive(#path)]),
        }
    });
    attributes.collect()
}

/// The impls of the traits that the runtime helps with.
pub(super) fn impls(scope: &Scope<'_>, def: &TypeDef) -> Vec<TokenStream> {
    if matches!(def.shape, Shape::Alias(_)) {
        return Vec::new();
    }
    let impls = wanted(scope, def).filter_map(|derive| {
        let gate = scope.emitter.feature(&derive.feature);
        Some(match &derive.what {
            Derived::Arbitrary => {
                let item = arbitrary::item(scope, def);
                quote!(#gate #item)
            }
            Derived::Proptest => {
                let name = ident::ty(&def.name);
                quote!(#gate ::countersign_runtime::proptest!(#name);)
            }
            Derived::Schemars => {
                let item = schemars::item(scope, def);
                quote!(#gate #item)
            }
            Derived::Macro { .. } => return None,
        })
    });
    impls.collect()
}

fn wanted<'s>(scope: &Scope<'s>, def: &'s TypeDef) -> impl Iterator<Item = &'s Derive> {
    let derives = scope.emitter.settings.derives.iter();
    derives.filter(|derive| derive.is_for(def.name.as_str()))
}
