//! Sets of statuses, as the runtime has them.

use std::collections::HashSet;

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::ir::{Operation, Payload, Status};

/// A set of statuses; none if there is nothing in it.
pub(super) fn literal(
    scope: &Scope<'_>,
    statuses: impl Iterator<Item = Status>,
) -> Option<TokenStream> {
    let (mut codes, mut classes, mut default) = (Vec::new(), Vec::new(), None);
    // Several media types of one status are one response of the document.
    let mut seen = HashSet::new();
    for status in statuses.filter(|status| seen.insert(*status)) {
        match status {
            Status::Code(code) => codes.push(Token::u16_unsuffixed(code)),
            Status::Class(class) => classes.push(Token::u8_unsuffixed(class)),
            Status::Default => default = Some(quote!(.and_default())),
        }
    }
    if codes.is_empty() && classes.is_empty() && default.is_none() {
        return None;
    }
    let of = scope.known(Known::Statuses);
    let classes = (!classes.is_empty()).then(|| quote!(.and_classes(&[#(#classes),*])));
    Some(quote!(#of::of(&[#(#codes),*]) #classes #default))
}

/// The statuses of successes whose body is handed over unread; none if there is no such success.
pub(super) fn streamed(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let success = operation.responses.success.iter();
    let streamed = success
        .filter(|response| matches!(response.payload, Payload::Bytes | Payload::Multipart(..)));
    // A body of another status may be that of a failure.
    let mut statuses: Vec<Status> = streamed
        .map(|response| match response.status {
            Status::Default => Status::Class(2),
            status => status,
        })
        .collect();
    // Where every success is bytes, so is one of a status that is not documented.
    let is_all = statuses.len() == operation.responses.success.len();
    if is_all && !statuses.is_empty() && !statuses.contains(&Status::Class(2)) {
        statuses.push(Status::Class(2));
    }
    if statuses == [Status::Class(2)] {
        let of = scope.known(Known::Statuses);
        return Some(quote!(#of::SUCCESS));
    }
    literal(scope, statuses.into_iter())
}
