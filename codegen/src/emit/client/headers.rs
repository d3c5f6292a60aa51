//! Headers that responses are documented to have, as typed keys of the operation.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::success::status;
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::{Ty, text};
use crate::ir::{Header, Operation, Status};

/// A constant for each header; nothing where none is documented.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let responses = &operation.responses;
    let mut seen = BTreeSet::new();
    let headers: Vec<(Status, &Header)> = responses
        .success
        .iter()
        .chain(&responses.errors)
        .flat_map(|response| {
            response
                .headers
                .iter()
                .map(|header| (response.status, header))
        })
        .filter(|(_, header)| seen.insert(header.name.as_str()))
        .collect();
    if headers.is_empty() {
        return None;
    }
    let name = ident::ty(&operation.name);
    let constants = headers
        .into_iter()
        .map(|(of, header)| constant(scope, of, header));
    Some(quote!(impl #name { #(#constants)* }))
}

fn constant(scope: &Scope<'_>, of: Status, header: &Header) -> TokenStream {
    let wire = code(header.wire.text());
    let mut docs = Doc::of(&header.docs, Depth::Member, || {
        format!("The header {wire}.")
    });
    docs.paragraph(&format!("The header {wire} of {}.", code(&status(of))));
    let name = ident::constant(header.name.as_str());
    let (typed, ty, wire) = (
        scope.known(Known::Header),
        Ty(scope, &header.ty),
        text(header.wire.text()),
    );
    quote! {
        #docs
        pub const #name: #typed<#ty> = #typed::new(#wire);
    }
}
