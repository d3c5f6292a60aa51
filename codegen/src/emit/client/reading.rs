//! The reading of answers that are not what the document says.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{MemberMode, Operation, ReadingMode};

/// A mode by its name.
fn mode(scope: &Scope<'_>, mode: ReadingMode) -> TokenStream {
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
    let members = scope.emitter.settings.api.reading.members_of_all();
    let members = self::members(scope, members);
    quote!(#reading #members)
}

/// The settings of an operation.
pub(super) fn of_operation(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let reading = operation.reading.map(|of| {
        let mode = mode(scope, of);
        quote!(.reading(#mode))
    });
    let members = operation.member_readings.iter();
    let members = members.map(|(pattern, mode)| (pattern.as_str(), *mode));
    let members = self::members(scope, members);
    quote!(#reading #members)
}

/// The settings of members, by patterns.
fn members<'m>(
    scope: &Scope<'_>,
    members: impl Iterator<Item = (&'m str, MemberMode)>,
) -> Option<TokenStream> {
    let rows = members.map(|(pattern, mode)| {
        let of = scope.known(Known::MemberReading);
        let pattern = text(pattern);
        let name = ident::plain(match mode {
            MemberMode::Strict => "Strict",
            MemberMode::Tolerant => "Tolerant",
            MemberMode::OneForList => "OneForList",
            MemberMode::ListForOne => "ListForOne",
            MemberMode::JsonText => "JsonText",
        });
        quote!((#pattern, #of::#name))
    });
    let rows: Vec<TokenStream> = rows.collect();
    (!rows.is_empty()).then(|| quote!(.members(&[#(#rows),*])))
}
