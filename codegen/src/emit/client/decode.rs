//! Decoding of a reply, by its status.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::media::{JSON, media_type};
use super::stream;
use super::success::is_choice;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::emit::types::text;
use crate::ir::{Operation, Payload, Response, Status};

/// On which side of the result a response is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Success,
    Failure,
}

/// The function that reads a reply.
pub(super) fn function(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (reply, decoded) = (scope.known(Known::Reply), scope.known(Known::Decoded));
    let responses = &operation.responses;
    let successes = responses
        .success
        .iter()
        .map(|response| (Side::Success, response));
    let failures = responses
        .errors
        .iter()
        .map(|response| (Side::Failure, response));
    let mut sides: Vec<(Side, &Response)> = successes.chain(failures).collect();
    sides.sort_by_key(|(_, response)| rank(response.status));
    let arms = sides.iter().map(|(side, response)| {
        let (pattern, read) = (
            pattern(response.status),
            read(scope, operation, *side, response),
        );
        SharedTokens(quote!(#pattern => #read,))
    });
    let rest = (!sides
        .iter()
        .any(|(_, response)| response.status == Status::Default))
    .then(|| quote!(_ => reply.undocumented(),));
    let overlapping = overlap(&sides);
    quote! {
        #overlapping
        fn decode(reply: &mut #reply) -> #decoded<Self> {
            match reply.status() { #(#arms)* #rest }
        }
    }
}

/// A class stands for all of its statuses that have no response of their own, which clippy takes for a mistake.
fn overlap(sides: &[(Side, &Response)]) -> Option<TokenStream> {
    let statuses = || sides.iter().map(|(_, response)| response.status);
    let is_class = |status: &Status| matches!(status, Status::Class(_));
    let overlapping = statuses()
        .filter(is_class)
        .any(|class| statuses().any(|status| status != class && class.covers(status)));
    overlapping.then(|| {
        quote!(#[allow(clippy::match_overlapping_arm, reason = "a class covers the statuses without an arm of their own")])
    })
}

/// Single statuses before classes, the default last.
fn rank(status: Status) -> u8 {
    match status {
        Status::Code(_) => 0,
        Status::Class(_) => 1,
        Status::Default => 2,
    }
}

fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Token::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Class(class) => {
            let first = u16::from(class) * 100;
            let (first, last) = (
                Token::u16_unsuffixed(first),
                Token::u16_unsuffixed(first + 99),
            );
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    }
}

fn read(scope: &Scope<'_>, operation: &Operation, side: Side, response: &Response) -> TokenStream {
    let (wrap, choice) = match side {
        Side::Success => (
            Known::Ok,
            is_choice(operation).then_some(&operation.success_name),
        ),
        Side::Failure => (Known::Err, Some(&operation.error_name)),
    };
    let wrap = scope.known(wrap);
    let Some(choice) = choice else {
        let read = payload(scope, response);
        return quote!(#read.map(#wrap));
    };
    let (choice, variant) = (ident::ty(choice), ident::variant(&response.variant));
    match (&response.payload, side) {
        (Payload::Empty, _) => {
            let ok = scope.known(Known::Ok);
            quote!(#ok(#wrap(#choice::#variant)))
        }
        (Payload::Json(_) | Payload::Form(..), Side::Failure) => match media_type(response, JSON) {
            JSON => quote!(reply.json_error(#choice::#variant)),
            media => {
                let media = text(media);
                quote!(reply.json_error_as(#media, #choice::#variant))
            }
        },
        _ => {
            let read = payload(scope, response);
            quote!(#read.map(|body| #wrap(#choice::#variant(body))))
        }
    }
}

/// Reads what a response carries.
fn payload(scope: &Scope<'_>, response: &Response) -> TokenStream {
    let (method, otherwise) = match &response.payload {
        Payload::Empty => return quote!(reply.empty()),
        Payload::Json(_) | Payload::Form(..) => match media_type(response, JSON) {
            JSON => return quote!(reply.json()),
            _ => ("json_as", JSON),
        },
        Payload::OptionalJson(_) => ("optional_json", JSON),
        Payload::Text => ("text", "text/plain"),
        Payload::Bytes | Payload::Multipart(..) => ("stream", "application/octet-stream"),
        Payload::Stream(items) => return stream::read(scope, response, items),
    };
    let (method, media) = (ident::plain(method), text(media_type(response, otherwise)));
    quote!(reply.#method(#media))
}
