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
    let streamed = operation.responses.success.iter().filter_map(streamed);
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
    let security = scope.known(Known::Security);
    let name = ident::constant(scheme.name.as_str());
    let scopes: Vec<Token> = credential
        .scopes
        .iter()
        .map(|wanted| text(wanted.text()))
        .collect();
    Some(if scopes.is_empty() {
        quote!(#security::#name)
    } else {
        quote!(#security::#name.scopes(&[#(#scopes),*]))
    })
}

fn accept(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let of = scope.known(Known::Accept);
    if operation.accept_template {
        quote!(#of::Api)
    } else {
        let types: Vec<&str> = operation.accept.iter().map(|media| media.text()).collect();
        let types = text(&types.join(", "));
        quote!(#of::Only(#types))
    }
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

/// The status of a response whose body is handed over unread.
fn streamed(response: &Response) -> Option<Token> {
    let status = match response.status {
        Status::Code(code) => code,
        // The first of a class stands for the class, and for all that have no response of their own.
        Status::Class(class) => u16::from(class) * 100,
        Status::Default => 200,
    };
    matches!(response.payload, Payload::Bytes | Payload::Multipart(..))
        .then(|| Token::u16_unsuffixed(status))
}
