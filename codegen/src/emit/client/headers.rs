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
    let sets = sets(operation);
    let named = sets.iter().filter_map(|set| {
        Some((
            scope
                .api_facts
                .header_names
                .get(operation, set.first()?.status)?,
            set,
        ))
    });
    named
        .flat_map(|(name, set)| item(scope, operation, name, set))
        .collect()
}

/// Responses with headers; those that have the same ones share a struct.
pub(in crate::emit) fn sets(operation: &Operation) -> Vec<Vec<&Response>> {
    let responses = operation
        .responses
        .success
        .iter()
        .chain(&operation.responses.errors);
    let mut sets: Vec<Vec<&Response>> = Vec::new();
    for response in responses.filter(|response| !response.headers.is_empty()) {
        let same = sets
            .iter_mut()
            .find(|set| set.first().is_some_and(|first| are_alike(first, response)));
        match same {
            Some(set) => set.push(response),
            None => sets.push(vec![response]),
        }
    }
    sets
}

/// The struct of a response's headers; none where it has none.
pub(super) fn name<'a>(
    scope: &Scope<'a>,
    operation: &Operation,
    response: &Response,
) -> Option<&'a TypeName> {
    let sets = sets(operation);
    let set = sets.iter().find(|set| {
        let mut statuses = set.iter().map(|response| response.status);
        statuses.any(|status| status == response.status)
    })?;
    scope
        .api_facts
        .header_names
        .get(operation, set.first()?.status)
}

fn are_alike(one: &Response, other: &Response) -> bool {
    let key = |response: &Response| -> Vec<_> {
        let headers = response.headers.iter();
        headers
            .map(|header| (header.wire.clone(), header.ty.clone(), header.required))
            .collect()
    };
    key(one) == key(other)
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
    let (map, result, error, ok) = (
        scope.known(Known::HeaderMap),
        scope.known(Known::Result),
        scope.known(Known::HeaderError),
        scope.known(Known::Ok),
    );
    vec![
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub struct #name { #(#fields,)* }
        },
        quote! {
            impl #name {
                /// Reads them from the headers of a response.
                ///
                /// # Errors
                /// One that must be there is absent, or one is of another type.
                pub fn read(headers: &#map) -> #result<Self, #error> {
                    #ok(Self { #(#reads,)* })
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
        return quote!(#docs pub #name: #ty);
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
    if header.required {
        quote!(#name: #of::required(headers, #wire)?)
    } else {
        quote!(#name: #of::optional(headers, #wire)?)
    }
}
