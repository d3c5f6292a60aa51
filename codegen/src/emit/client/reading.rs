//! The reading of answers that are not what the document says.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::ReadingMode;
use crate::settings::MemberMode;

/// A mode by its name.
pub(super) fn mode(scope: &Scope<'_>, mode: ReadingMode) -> TokenStream {
    let reading = scope.known(Known::Reading);
    let name = ident::plain(match mode {
        ReadingMode::Strict => "Strict",
        ReadingMode::Tolerant => "Tolerant",
    });
    quote!(#reading::#name)
}

/// The settings of an API, where they differ from what the runtime does by itself.
pub(super) fn settings(scope: &Scope<'_>) -> TokenStream {
    let reading = (scope.api.reading != ReadingMode::Strict).then(|| {
        let mode = mode(scope, scope.api.reading);
        quote!(.reading(#mode))
    });
    let members = &scope.emitter.settings.api.reading.members;
    let members = (!members.is_empty()).then(|| {
        let of = scope.known(Known::MemberReading);
        let rows = members.iter().map(|(pattern, mode)| {
            let pattern = text(pattern);
            let name = ident::plain(match mode {
                MemberMode::Strict => "Strict",
                MemberMode::Tolerant => "Tolerant",
                MemberMode::OneForList => "OneForList",
            });
            quote!((#pattern, #of::#name))
        });
        quote!(.members(&[#(#rows),*]))
    });
    quote!(#reading #members)
}
