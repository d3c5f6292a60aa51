//! The modules of a crate, as its root declares and exports them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::imports::Segment;

/// A module.
pub(super) struct Declared {
    /// Its name.
    pub(super) name: Ident,
    /// `#[cfg(..)]`, where it is behind a feature.
    pub(super) gate: Option<TokenStream>,
    /// Whether what it has can be found at the root too.
    pub(super) export: Export,
}

/// Whether the items of a module can be found at the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Export {
    /// They can.
    All,
    /// Only by the module's path.
    Nothing,
}

/// Declares modules, then exports what is in them; both in the order of their names, as rustfmt wants them.
pub(super) fn declared(mut modules: Vec<Declared>) -> TokenStream {
    modules.sort_by_cached_key(|module| Segment::of(&module.name.to_string()));
    let exports = || modules.iter().filter(|module| module.export == Export::All);
    let gated = exports().filter(|module| module.gate.is_some());
    let gated = gated.map(|Declared { name, gate, .. }| {
        quote! {
            #gate
            #[doc(no_inline)]
            pub use self::#name::*;
        }
    });
    let free: Vec<&Ident> = exports()
        .filter(|module| module.gate.is_none())
        .map(|module| &module.name)
        .collect();
    let free = match free.as_slice() {
        [] => None,
        [name] => Some(quote!(#[doc(no_inline)] pub use self::#name::*;)),
        names => Some(quote!(#[doc(no_inline)] pub use self::{#(#names::*),*};)),
    };
    let modules = modules
        .iter()
        .map(|Declared { name, gate, .. }| quote!(#gate pub mod #name;));
    quote!(#(#modules)* #free #(#gated)*)
}

/// Private modules, and what is in them.
pub(super) fn parts(mut parts: Vec<Declared>) -> TokenStream {
    parts.sort_by_cached_key(|part| Segment::of(&part.name.to_string()));
    let exports = parts.iter().map(|Declared { name, gate, .. }| {
        quote! {
            #gate
            pub use self::#name::*;
        }
    });
    let modules = parts
        .iter()
        .map(|Declared { name, gate, .. }| quote!(#gate mod #name;));
    quote!(#(#modules)* #(#exports)*)
}
