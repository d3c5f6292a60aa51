//! Operations that say how far something is.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::deprecated::allowed;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::Operation;

/// The place in the answer, and its words; nothing where an operation says no such thing.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let polling = operation.polling.as_ref()?;
    let (polled, spec) = (scope.known(Known::Polled), scope.known(Known::PollSpec));
    let (name, status) = (ident::ty(&operation.name), text(&polling.status));
    let allowed = allowed(operation);
    let lists = [
        ("pending", &polling.pending),
        ("succeeded", &polling.succeeded),
        ("failed", &polling.failed),
    ];
    let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
    let lists = lists.map(|(key, list)| {
        let (key, words) = (ident::plain(key), list.iter().map(|word| text(word)));
        quote!(.#key(&[#(#words),*]))
    });
    Some(quote! {
        #allowed
        impl #polled for #name {
            const POLL: #spec = #spec::new(#status)#(#lists)*;
        }
    })
}
