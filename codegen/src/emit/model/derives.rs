//! The derives of types: always those that every value needs, and serde's halves by direction.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::ir::Facts;

/// Whether code is needed always or by tests and fake servers alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// In every build.
    Always,
    /// With the feature `symmetric`.
    Symmetric,
}

/// When a type is serialised; types that nothing travels in can do both.
pub(super) fn serialize(facts: &Facts) -> Wanted {
    if facts.sent || !facts.received {
        Wanted::Always
    } else {
        Wanted::Symmetric
    }
}

/// When a type is deserialised.
pub(super) fn deserialize(facts: &Facts) -> Wanted {
    if facts.received || !facts.sent {
        Wanted::Always
    } else {
        Wanted::Symmetric
    }
}

/// `#[derive(..)]` with serde's halves.
pub(super) fn with_serde(scope: &Scope<'_>, facts: &Facts) -> TokenStream {
    let halves = [
        (Known::Serialize, serialize(facts)),
        (Known::Deserialize, deserialize(facts)),
    ];
    let always = halves
        .iter()
        .filter(|(_, wanted)| *wanted == Wanted::Always)
        .map(|(name, _)| scope.known(*name));
    let symmetric = halves
        .iter()
        .filter(|(_, wanted)| *wanted == Wanted::Symmetric)
        .map(|(name, _)| ident::plain(name.short()));
    let plain = names(facts);
    let symmetric = symmetric.map(|name| {
        let derived = quote!(derive(countersign_runtime::#name));
        match scope.symmetric() {
            Some(_) => quote!(#[cfg_attr(feature = "symmetric", #derived)]),
            None => quote!(#[#derived]),
        }
    });
    quote! {
        #[derive(#(#plain,)* #(#always),*)]
        #(#symmetric)*
    }
}

/// `#[derive(..)]` for a type whose serde impls are written out.
pub(super) fn without_serde(facts: &Facts) -> TokenStream {
    let plain = names(facts);
    quote!(#[derive(#(#plain),*)])
}

fn names(facts: &Facts) -> impl Iterator<Item = Ident> + Clone + use<> {
    [
        ("Clone", true),
        ("Debug", true),
        ("Default", facts.default),
        ("PartialEq", true),
        ("Eq", facts.eq),
        ("Hash", facts.hash),
    ]
    .into_iter()
    .filter(|(_, derived)| *derived)
    .map(|(name, _)| ident::plain(name))
}

/// `#[cfg(feature = "symmetric")]` where code is not always wanted.
pub(super) fn gate(scope: &Scope<'_>, wanted: Wanted) -> Option<TokenStream> {
    scope.symmetric().filter(|_| wanted == Wanted::Symmetric)
}
