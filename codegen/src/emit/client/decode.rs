//! How a reply is read, by its status.

use proc_macro2::TokenStream;
use quote::quote;

use super::success::is_choice;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
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
    let mut sides: Vec<(Side, &Response)> = Vec::new();
    sides.extend(
        responses
            .success
            .iter()
            .map(|response| (Side::Success, response)),
    );
    sides.extend(
        responses
            .errors
            .iter()
            .map(|response| (Side::Failure, response)),
    );
    sides.sort_by_key(|(_, response)| rank(response.status));
    let mut arms: Vec<(TokenStream, TokenStream)> = sides
        .iter()
        .map(|(side, response)| {
            (
                pattern(response.status),
                read(scope, operation, *side, response),
            )
        })
        .collect();
    if responses.success.is_empty() {
        let ok = scope.known(Known::Ok);
        arms.insert(0, (quote!(200..=299), quote!(reply.empty().map(#ok))));
    }
    let covered = sides
        .iter()
        .any(|(_, response)| response.status == Status::Default);
    let rest = (!covered).then(|| quote!(_ => reply.undocumented(),));
    let body = match arms.as_slice() {
        [(_, only)] if covered => quote!(#only),
        _ => {
            let arms = arms
                .iter()
                .map(|(pattern, read)| quote!(#pattern => #read,));
            quote!(match reply.status() { #(#arms)* #rest })
        }
    };
    quote! {
        fn decode(reply: &mut #reply) -> #decoded<Self> {
            #body
        }
    }
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
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Class(class) => {
            let first = u16::from(class) * 100;
            let (first, last) = (
                proc_macro2::Literal::u16_unsuffixed(first),
                proc_macro2::Literal::u16_unsuffixed(first + 99),
            );
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    }
}

fn read(scope: &Scope<'_>, operation: &Operation, side: Side, response: &Response) -> TokenStream {
    let (ok, err) = (scope.known(Known::Ok), scope.known(Known::Err));
    let media = text(
        response
            .media_type
            .as_ref()
            .map_or("", |media| media.text()),
    );
    let read = match (&response.payload, side) {
        (Payload::Empty, _) => quote!(reply.empty()),
        (Payload::Json(_), _) => quote!(reply.json(#media)),
        (Payload::OptionalJson(_), _) => quote!(reply.optional_json(#media)),
        (Payload::Form(_), _) => quote!(reply.form(#media)),
        (Payload::Text, _) => quote!(reply.text(#media)),
        (Payload::Bytes | Payload::Multipart(..), Side::Success) => quote!(reply.stream()),
        (Payload::Bytes | Payload::Multipart(..), Side::Failure) => quote!(reply.bytes()),
    };
    let (wrap, choice) = match side {
        Side::Success => (ok, is_choice(operation).then_some(&operation.success_name)),
        Side::Failure => (err, Some(&operation.error_name)),
    };
    let Some(choice) = choice else {
        return quote!(#read.map(#wrap));
    };
    let (choice, variant) = (ident::ty(choice), ident::variant(&response.variant));
    if response.payload == Payload::Empty {
        quote!(#read.map(|()| #wrap(#choice::#variant)))
    } else {
        quote!(#read.map(|body| #wrap(#choice::#variant(body))))
    }
}
