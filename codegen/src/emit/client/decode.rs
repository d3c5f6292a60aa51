//! Decoding of a reply, by its status.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::stream;
use super::success::is_choice;
use super::xml;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::emit::types::text;
use crate::ir::{Operation, Payload, Response, Status};

/// The function that reads a reply.
pub(super) fn function(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (reply, decoded) = (scope.known(Known::Reply), scope.known(Known::Decoded));
    let success = SharedTokens(success(scope, operation));
    let mut failures: Vec<&Response> = operation.responses.errors.iter().collect();
    failures.sort_by_key(|response| rank(response.status));
    let arms = failures.iter().map(|response| {
        let (pattern, read) = (
            pattern(response.status),
            failure(scope, operation, response),
        );
        SharedTokens(quote!(#pattern => #read,))
    });
    let rest = (!failures
        .iter()
        .any(|response| response.status == Status::Default))
    .then(|| quote!(_ => reply.undocumented(),));
    let overlapping = overlap(&failures);
    quote! {
        #overlapping
        #[inline]
        fn decode(reply: &mut #reply) -> #decoded<Self> {
            match reply.status() { #success #(#arms)* #rest }
        }
    }
}

/// Reads a success, whatever its status: servers answer 201 where 200 is documented. Where several are documented,
/// status and media type say which it is.
fn success(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let responses = &operation.responses.success;
    let ok = scope.known(Known::Ok);
    let mut payloads = responses.iter().map(|response| &response.payload);
    let first = payloads.next();
    if let Some(response) = responses.first()
        && payloads.all(|payload| Some(payload) == first)
    {
        let read = payload(scope, response);
        return quote!(200..=299 => #read.map(#ok),);
    }
    let readers = responses.iter().map(|response| {
        let (status, media) = (status(scope, response.status), text(documented(response)));
        let read = success_of(scope, operation, response);
        let reply = match response.payload {
            Payload::Empty => quote!(_),
            _ => quote!(reply),
        };
        SharedTokens(quote!((#status, #media, |#reply| #read)))
    });
    quote!(200..=299 => reply.success(&[#(#readers),*]),)
}

/// Reads one of several successes.
fn success_of(scope: &Scope<'_>, operation: &Operation, response: &Response) -> TokenStream {
    let ok = scope.known(Known::Ok);
    let read = payload(scope, response);
    if !is_choice(operation) {
        return quote!(#read.map(#ok));
    }
    let (choice, variant) = (
        ident::ty(&operation.success_name),
        ident::variant(&response.variant),
    );
    match response.payload {
        Payload::Empty => quote!(#ok(#ok(#choice::#variant))),
        _ => quote!(#read.map(|body| #ok(#choice::#variant(body)))),
    }
}

/// The status that a success is documented for, as the runtime has it.
fn status(scope: &Scope<'_>, status: Status) -> TokenStream {
    let of = scope.known(Known::Status);
    match status {
        Status::Code(code) => {
            let code = Token::u16_unsuffixed(code);
            quote!(#of::Code(#code))
        }
        Status::Class(_) | Status::Default => quote!(#of::Class(2)),
    }
}

/// The media type of a response; empty where it has no body.
fn documented(response: &Response) -> &str {
    match response.payload {
        Payload::Empty => "",
        _ => response.content_type(),
    }
}

/// A class stands for all of its statuses that have no response of their own, which clippy takes for a mistake.
fn overlap(failures: &[&Response]) -> Option<TokenStream> {
    let statuses = || failures.iter().map(|response| response.status);
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

/// Reads a failure.
fn failure(scope: &Scope<'_>, operation: &Operation, response: &Response) -> TokenStream {
    let (ok, err) = (scope.known(Known::Ok), scope.known(Known::Err));
    let (choice, variant) = (
        ident::ty(&operation.error_name),
        ident::variant(&response.variant),
    );
    match &response.payload {
        Payload::Empty => quote!(#ok(#err(#choice::#variant))),
        Payload::Json(_) if response.xml.is_some() => {
            let (media, document) = (text(response.content_type()), document(scope, response));
            quote!(reply.json_or_xml_error(#media, #document, #choice::#variant))
        }
        Payload::Xml(_, document) => {
            let (media, document) = (
                text(response.content_type()),
                xml::document(scope, *document),
            );
            quote!(reply.xml_error(#media, #document, #choice::#variant))
        }
        Payload::Json(_) | Payload::Form(..) => match response.content_type() {
            Payload::JSON => quote!(reply.json_error(#choice::#variant)),
            media => {
                let media = text(media);
                quote!(reply.json_error_as(#media, #choice::#variant))
            }
        },
        _ => {
            let read = payload(scope, response);
            quote!(#read.map(|body| #err(#choice::#variant(body))))
        }
    }
}

/// The description of a response that may come as XML.
fn document(scope: &Scope<'_>, response: &Response) -> TokenStream {
    xml::document(scope, response.xml.unwrap_or_default())
}

/// Reads what a response carries.
fn payload(scope: &Scope<'_>, response: &Response) -> TokenStream {
    let media = response.content_type();
    let method = match &response.payload {
        Payload::Empty => return quote!(reply.empty()),
        Payload::Json(_) if response.xml.is_some() => {
            let (media, document) = (text(media), document(scope, response));
            return quote!(reply.json_or_xml(#media, #document));
        }
        Payload::Xml(_, document) => {
            let (media, document) = (text(media), xml::document(scope, *document));
            return quote!(reply.xml(#media, #document));
        }
        Payload::Json(_) | Payload::Form(..) if media == Payload::JSON => {
            return quote!(reply.json());
        }
        Payload::Json(_) | Payload::Form(..) => "json_as",
        Payload::OptionalJson(_) => "optional_json",
        Payload::Text => "text",
        Payload::Bytes | Payload::Multipart(..) => "stream",
        Payload::Stream(items) => return stream::read(scope, response, items),
    };
    let (method, media) = (ident::plain(method), text(media));
    quote!(reply.#method(#media))
}
