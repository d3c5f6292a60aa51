//! Headers that responses are documented to have: a struct for each set of them.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::{Ty, text};
use crate::ir::{Header, Operation, Response};
use crate::names::TypeName;

/// The structs of an operation's response headers.
pub(super) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let sets = operation.header_sets().into_iter();
    let named = operation.header_names.iter().zip(sets);
    named
        .flat_map(|(name, set)| item(scope, operation, name, &set))
        .collect()
}

fn item(
    scope: &Scope<'_>,
    operation: &Operation,
    name: &TypeName,
    set: &[&Response],
) -> Vec<TokenStream> {
    let Some(first) = set.first() else {
        return Vec::new();
    };
    let statuses: Vec<String> = set
        .iter()
        .map(|response| code(&response.status.to_string()))
        .collect();
    let mut docs = Doc::new(Depth::Item);
    docs.paragraph(&format!(
        "Headers of an answer to [`{}`], status {}.",
        operation.name,
        statuses.join(", ")
    ));
    let name = ident::ty(name);
    let fields = first.headers.iter().map(|header| field(scope, header));
    let reads = first.headers.iter().map(|header| read(scope, header));
    let map = scope.known(Known::HeaderMap);
    vec![
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub struct #name { #(#fields,)* }
        },
        quote! {
            impl #name {
                /// Reads them from the headers of a response. One that can't be read doesn't spoil the others: it is
                /// absent, or says why where it must be there.
                pub fn read(headers: &#map) -> Self {
                    Self { #(#reads,)* }
                }
            }
        },
    ]
}

fn field(scope: &Scope<'_>, header: &Header) -> TokenStream {
    let docs = Doc::of(&header.docs, Depth::Member, || {
        format!("The header {}.", code(header.wire.text()))
    });
    let (name, ty) = (ident::field(&header.name), Ty(scope, &header.ty));
    if header.required {
        let (result, error) = (scope.known(Known::Result), scope.known(Known::HeaderError));
        return quote!(#docs pub #name: #result<#ty, #error>);
    }
    let option = scope.known(Known::Option);
    quote!(#docs pub #name: #option<#ty>)
}

fn read(scope: &Scope<'_>, header: &Header) -> TokenStream {
    let (of, name, wire) = (
        scope.known(Known::Header),
        ident::field(&header.name),
        text(header.wire.text()),
    );
    let function = ident::plain(match (header.required, header.is_json) {
        (true, false) => "required",
        (true, true) => "required_json",
        (false, false) => "lenient",
        (false, true) => "lenient_json",
    });
    quote!(#name: #of::#function(headers, #wire))
}
