//! The answers of a fake, by side and status: the reverse of reading a reply.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::emit::client::statuses;
use crate::emit::client::stream;
use crate::emit::client::success::is_choice;
use crate::emit::client::xml;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::emit::types::text;
use crate::ir::{Framing, Items, Operation, Payload, Response};

/// The function that writes an answer.
pub(in crate::emit::client) fn function(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (result, answer) = (scope.known(Known::Result), scope.known(Known::Answer));
    let arms = successes(scope, operation)
        .into_iter()
        .chain(failures(scope, operation))
        .map(SharedTokens);
    quote! {
        fn answer(outcome: #result<Self::Success, Self::Failure>, answer: &mut #answer) {
            match outcome { #(#arms,)* };
        }
    }
}

fn successes(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let ok = scope.known(Known::Ok);
    let responses: Vec<&Response> = operation.responses.success.iter().collect();
    let Some(first) = responses.first() else {
        return vec![quote!(#ok(()) => answer.undocumented())];
    };
    if !is_choice(operation) {
        let held = match first.payload {
            Payload::Empty => quote!(()),
            _ => quote!(body),
        };
        let write = write(scope, operation, &responses);
        return vec![quote!(#ok(#held) => #write)];
    }
    let (root, of) = (scope.root(), ident::ty(&operation.success_name));
    let arms = responses.iter().map(|response| {
        let (held, write) = (variant(response), write(scope, operation, &[response]));
        quote!(#ok(#root::#of::#held) => #write)
    });
    arms.collect()
}

fn failures(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let (err, of) = (scope.known(Known::Err), ident::ty(&operation.error_name));
    let root = scope.root();
    let arms = operation.responses.errors.iter().map(|response| {
        let (held, write) = (variant(response), write(scope, operation, &[response]));
        quote!(#err(#root::#of::#held) => #write)
    });
    arms.collect()
}

/// The pattern of a variant, after its enum.
fn variant(response: &Response) -> TokenStream {
    let name = ident::variant(&response.variant);
    match response.payload {
        Payload::Empty => quote!(#name),
        _ => quote!(#name(body)),
    }
}

/// Writes a payload, with any of the statuses that have it, and checks the headers that belong to each.
fn write(scope: &Scope<'_>, operation: &Operation, responses: &[&Response]) -> TokenStream {
    let Some(first) = responses.first() else {
        return quote!(answer);
    };
    let of_responses = responses.iter().map(|response| response.status);
    let Some(statuses) = statuses::literal(scope, of_responses) else {
        return quote!(answer);
    };
    let media = text(first.content_type());
    let write = match &first.payload {
        Payload::Empty => quote!(answer.empty(#statuses)),
        Payload::Json(_) | Payload::Form(..) => match first.content_type() {
            Payload::JSON => quote!(answer.json(#statuses, &body)),
            _ => quote!(answer.json_as(#statuses, #media, &body)),
        },
        Payload::OptionalJson(_) => quote!(answer.optional_json(#statuses, #media, &body)),
        Payload::Xml(_, document) => {
            let document = xml::document(scope, *document);
            quote!(answer.xml(#statuses, #media, #document, &body))
        }
        Payload::Text => quote!(answer.text(#statuses, #media, &body)),
        Payload::Bytes | Payload::Multipart(..) => quote!(answer.bytes(#statuses, #media, body)),
        Payload::Stream(items) => self::items(scope, items, &statuses, &media),
    };
    let headers = responses.iter().filter_map(|response| {
        let name = operation.headers_of(response)?;
        let (name, status) = (
            ident::ty(name),
            statuses::literal(scope, std::iter::once(response.status))?,
        );
        let required = response.headers.iter().filter(|header| header.required);
        let required: Vec<_> = required.map(|header| ident::field(&header.name)).collect();
        let ok = (!required.is_empty()).then(|| scope.known(Known::Ok))?;
        let root = scope.root();
        Some(quote! {
            .headers(#status, |headers| {
                let read = #root::#name::read(headers);
                #(read.#required?;)*
                #ok(())
            })
        })
    });
    quote!(#write #(#headers)*)
}

/// Writes items, one after another.
pub(super) fn items(
    scope: &Scope<'_>,
    items: &Items,
    statuses: &TokenStream,
    media: &impl ToTokens,
) -> TokenStream {
    match &items.framing {
        Framing::Events(data) => {
            let data = stream::event_data(scope, data);
            quote!(answer.events(#statuses, #media, #data, &body))
        }
        framing => {
            let framing = stream::frames(scope, framing);
            quote!(answer.items(#statuses, #media, #framing, &body))
        }
    }
}
