//! What an operation is, as data.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::servers;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Credential, Operation, Payload, Replay, Response, Status};

/// The runtime's description of an operation.
pub(super) fn literal(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let of = scope.known(Known::OperationSpec);
    let name = text(operation.name.as_str());
    let (methods, method) = (scope.known(Known::Method), ident::plain(operation.method));
    let path = text(operation.path.text());
    let alternatives = operation.security.iter().map(|schemes| {
        let schemes = schemes
            .iter()
            .filter_map(|credential| scheme(scope, credential));
        quote!(&[#(#schemes),*])
    });
    let accept = accept(scope, operation);
    let replay = replay(scope, &operation.replay);
    let streamed = operation.responses.success.iter().flat_map(streamed);
    let source = text(&scope.emitter.place(operation.origin));
    let servers = operation
        .servers
        .iter()
        .map(|server| servers::literal(scope, server));
    quote! {
        #of {
            name: #name,
            method: #methods::#method,
            path: #path,
            security: &[#(#alternatives),*],
            accept: #accept,
            replay: #replay,
            streamed: &[#(#streamed),*],
            source: #source,
            servers: &[#(#servers),*],
        }
    }
}

fn scheme(scope: &Scope<'_>, credential: &Credential) -> Option<TokenStream> {
    let scheme = scope.api.schemes.get(credential.scheme)?;
    let (security, name) = (
        scope.known(Known::Security),
        ident::constant(scheme.name.as_str()),
    );
    Some(quote!(#security::#name))
}

fn accept(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let of = scope.known(Known::Accept);
    if operation.accept_template || operation.accept.is_empty() {
        return quote!(#of::Api);
    }
    let types: Vec<&str> = operation.accept.iter().map(|media| media.text()).collect();
    let types = text(&types.join(", "));
    quote!(#of::Only(#types))
}

fn replay(scope: &Scope<'_>, replay: &Replay) -> TokenStream {
    let of = scope.known(Known::Replay);
    match replay {
        Replay::Method => quote!(#of::Method),
        Replay::Idempotent => quote!(#of::Idempotent),
        Replay::Key(header) => {
            let header = text(header.text());
            quote!(#of::Key(#header))
        }
    }
}

/// The statuses at which a body is handed over unread; of a class, those that have a body.
fn streamed(response: &Response) -> Vec<Token> {
    let codes = match response.status {
        _ if !matches!(response.payload, Payload::Bytes | Payload::Multipart(..)) => Vec::new(),
        Status::Code(code) => vec![code],
        Status::Class(_) | Status::Default => vec![200, 201, 202, 203, 206],
    };
    codes.into_iter().map(Token::u16_unsuffixed).collect()
}
