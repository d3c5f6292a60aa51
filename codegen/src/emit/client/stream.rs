//! Streams: items that are sent one after another.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::{Ty, text};
use crate::ir::{EventData, Framing, Items, Operation, Payload, Response};

/// The type of a stream.
pub(super) fn ty(scope: &Scope<'_>, items: &Items) -> TokenStream {
    let (of, item) = (scope.known(Known::ItemStream), item(scope, items));
    quote!(#of<#item>)
}

/// The type of an item.
pub(super) fn item(scope: &Scope<'_>, items: &Items) -> TokenStream {
    let item = Ty(scope, &items.ty);
    match items.framing {
        Framing::Events(_) => {
            let event = scope.known(Known::Event);
            quote!(#event<#item>)
        }
        _ => quote!(#item),
    }
}

/// The item that ends the stream, as a fact of the operation.
pub(super) fn sentinel(items: &Items) -> Option<TokenStream> {
    let item = text(items.sentinel.as_ref()?.text());
    Some(quote!(.sentinel(#item)))
}

/// The streams that an operation is answered with.
pub(super) fn received(operation: &Operation) -> impl Iterator<Item = &Items> {
    let responses = operation.responses.success.iter();
    responses.filter_map(|response| match &response.payload {
        Payload::Stream(items) => Some(items),
        _ => None,
    })
}

/// Reads a response item by item.
pub(super) fn read(scope: &Scope<'_>, response: &Response, items: &Items) -> TokenStream {
    let media = text(response.content_type());
    match &items.framing {
        Framing::Events(data) => {
            let data = event_data(scope, data);
            quote!(reply.events(#media, #data))
        }
        framing => {
            let framing = frames(scope, framing);
            quote!(reply.items(#media, #framing))
        }
    }
}

/// The function that writes or reads a body of items, and what it has to know of them.
pub(super) fn written(scope: &Scope<'_>, items: &Items) -> (Ident, TokenStream) {
    match &items.framing {
        Framing::Events(data) => (ident::plain("events"), event_data(scope, data)),
        framing => (ident::plain("items"), frames(scope, framing)),
    }
}

/// The separation of items.
pub(super) fn frames(scope: &Scope<'_>, framing: &Framing) -> TokenStream {
    let of = scope.known(Known::Framing);
    match framing {
        Framing::Lines | Framing::Events(_) => quote!(#of::Lines),
        Framing::Records => quote!(#of::Records),
        Framing::Values => quote!(#of::Values),
        Framing::Parts => quote!(#of::Parts),
    }
}

/// The notation of the data of events.
pub(super) fn event_data(scope: &Scope<'_>, data: &EventData) -> TokenStream {
    let of = scope.known(Known::EventData);
    match data {
        EventData::Json => quote!(#of::Json),
        EventData::Text => quote!(#of::Text),
        EventData::Named(texts) => {
            let texts = texts.iter().map(|name| text(name.text()));
            quote!(#of::Named(&[#(#texts),*]))
        }
    }
}

/// The media types whose bodies are read item by item.
pub(super) fn media_types(operation: &Operation) -> Vec<&str> {
    let responses = operation.responses.success.iter();
    let streams = responses.filter(|response| matches!(response.payload, Payload::Stream(_)));
    let mut types: Vec<&str> = Vec::new();
    for response in streams {
        let media = response.content_type();
        if !types.contains(&media) {
            types.push(media);
        }
    }
    types
}
