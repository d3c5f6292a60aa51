//! The response of an operation where the caller asks for a stream.

use proc_macro2::TokenStream;
use quote::quote;

use super::stream;
use crate::emit::deprecated::allowed;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Framing, Operation, Presence, StreamFlag, Streamed};

/// The implementation for an operation that documents a stream beside another answer.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let streamed = operation.streamed.as_ref()?;
    let (of, spec, accept) = (
        scope.known(Known::Streamed),
        scope.known(Known::OperationSpec),
        scope.known(Known::Accept),
    );
    let (operations, reply, undecoded) = (
        scope.known(Known::Operation),
        scope.known(Known::Reply),
        scope.known(Known::Undecoded),
    );
    let (result, stream) = (scope.known(Known::Result), scope.known(Known::ItemStream));
    let name = ident::ty(&operation.name);
    let item = stream::item(scope, &streamed.items);
    let media = text(streamed.media_type.text());
    let sentinel = stream::sentinel(&streamed.items);
    let allowed = allowed(operation);
    let ask = ask(scope, operation, streamed);
    let read = read(scope, streamed);
    Some(quote! {
        #allowed
        impl #of for #name {
            type Item = #item;

            const STREAM: #spec = <Self as #operations>::SPEC
                .accept(#accept::Only(#media))
                .items(&[#media])
                #sentinel;

            #ask

            fn items(reply: &mut #reply) -> #result<#stream<Self::Item>, #undecoded> {
                #read
            }
        }
    })
}

fn read(scope: &Scope<'_>, streamed: &Streamed) -> TokenStream {
    let media = text(streamed.media_type.text());
    match &streamed.items.framing {
        Framing::Events(data) => {
            let data = stream::event_data(scope, data);
            quote!(reply.events(#media, #data))
        }
        framing => {
            let framing = stream::frames(scope, framing);
            quote!(reply.items(#media, #framing))
        }
    }
}

/// Sets the flag that asks for a stream.
fn ask(scope: &Scope<'_>, operation: &Operation, streamed: &Streamed) -> Option<TokenStream> {
    let set = match streamed.flag.as_ref()? {
        StreamFlag::Parameter(at) => {
            let parameter = operation.parameters.get(*at)?;
            let name = ident::field(&parameter.name);
            let value = set(scope, parameter.presence);
            quote!(self.#name = #value;)
        }
        StreamFlag::Member { name, presence } => {
            let body = operation.body.as_ref()?;
            let (field, name) = (ident::field(&body.name), ident::field(name));
            let value = set(scope, *presence);
            match body.required {
                true => quote!(self.#field.#name = #value;),
                false => {
                    let some = scope.known(Known::Some);
                    quote!(if let #some(body) = &mut self.#field { body.#name = #value; })
                }
            }
        }
    };
    Some(quote!(fn ask(&mut self) { #set }))
}

/// The function that tells whether the request asks for a stream; none where it has no flag.
pub(super) fn asks(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let flag = operation.streamed.as_ref()?.flag.as_ref()?;
    let is_set = match flag {
        StreamFlag::Parameter(at) => {
            let parameter = operation.parameters.get(*at)?;
            let name = ident::field(&parameter.name);
            is_set(scope, &quote!(self.#name), parameter.presence)
        }
        StreamFlag::Member { name, presence } => {
            let body = operation.body.as_ref()?;
            let (field, name) = (ident::field(&body.name), ident::field(name));
            match body.required {
                true => is_set(scope, &quote!(self.#field.#name), *presence),
                false => {
                    let is_set = is_set(scope, &quote!(body.#name), *presence);
                    quote!(self.#field.as_ref().is_some_and(|body| #is_set))
                }
            }
        }
    };
    Some(quote! {
        fn asks_for_stream(&self) -> bool {
            #is_set
        }
    })
}

fn is_set(scope: &Scope<'_>, flag: &TokenStream, presence: Presence) -> TokenStream {
    match presence {
        Presence::Required => flag.clone(),
        _ => {
            let set = set(scope, presence);
            quote!(#flag == #set)
        }
    }
}

fn set(scope: &Scope<'_>, presence: Presence) -> TokenStream {
    match presence {
        Presence::Required => quote!(true),
        Presence::Optional | Presence::Nullable => {
            let some = scope.known(Known::Some);
            quote!(#some(true))
        }
        Presence::OptionalNullable => {
            let presence = scope.known(Known::Presence);
            quote!(#presence::Present(true))
        }
    }
}
