//! The description of an operation, as data.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::{reading, servers, statuses, stream};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Credential, Idempotency, Method, Operation, Payload, Response, SchemeKind};

/// The runtime's description of an operation: what every operation has, then what this one has beside it.
pub(super) fn literal(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let of = scope.known(Known::OperationSpec);
    let (name, path) = (text(operation.name.as_str()), text(operation.path.text()));
    let method = method(scope, &operation.method);
    let source = text(&scope.emitter.place(operation.origin));
    let of_responses = &operation.responses;
    let documented = of_responses.success.iter().chain(&of_responses.errors);
    let documented = statuses::literal(scope, documented.map(|response| response.status));
    let responses = documented.map(|statuses| quote!(.responses(#statuses)));
    let security = security(scope, operation);
    let accept = accept(scope, operation);
    let idempotency = idempotency(scope, &operation.idempotency);
    let reading = reading::of_operation(scope, operation);
    let streamed = statuses::streamed(scope, operation);
    let streamed = streamed.map(|statuses| quote!(.streamed(#statuses)));
    let items: Vec<TokenStream> = stream::media_types(operation)
        .into_iter()
        .map(|media| {
            let media = text(media);
            quote!(#media)
        })
        .collect();
    let items = (!items.is_empty()).then(|| quote!(.items(&[#(#items),*])));
    let sentinel = stream::received(operation).find_map(stream::sentinel);
    let buffered = buffered(operation);
    let streamed = quote!(#streamed #buffered);
    let servers = operation
        .servers
        .iter()
        .map(|server| servers::literal(scope, server));
    let servers = (!operation.servers.is_empty()).then(|| quote!(.servers(&[#(#servers),*])));
    quote! {
        #of::new(#name, #method, #path)
            #security
            #accept
            #idempotency
            #reading
            #streamed
            #items
            #sentinel
            #servers
            .source(#source)
            #responses
    }
}

/// One of HTTP's own methods by its constant, another by its name.
fn method(scope: &Scope<'_>, method: &Method) -> TokenStream {
    let of = scope.known(Known::Method);
    match method {
        Method::Standard(name) => {
            let name = ident::plain(name);
            quote!(#of::#name)
        }
        Method::Other(name) => {
            let name = text(name.text());
            quote!(#of::other(#name))
        }
    }
}

fn security(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let alternatives = operation.security.iter().map(|schemes| {
        let schemes = schemes
            .iter()
            .filter_map(|credential| scheme(scope, credential));
        quote!(&[#(#schemes),*])
    });
    (!operation.security.is_empty()).then(|| quote!(.security(&[#(#alternatives),*])))
}

/// A scheme as it is asked for, with the scopes that a token has to have.
fn scheme(scope: &Scope<'_>, credential: &Credential) -> Option<TokenStream> {
    let scheme = scope.api.schemes.get(credential.scheme)?;
    if scheme.kind == SchemeKind::Unknown {
        return None;
    }
    let (security, name) = (
        scope.known(Known::Security),
        ident::constant(scheme.name.as_str()),
    );
    let scoped = matches!(
        scheme.kind,
        SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect
    );
    let scopes = credential.scopes.iter().map(|scope| text(scope.text()));
    let scopes =
        (scoped && !credential.scopes.is_empty()).then(|| quote!(.scopes(&[#(#scopes),*])));
    Some(quote!(#security::#name #scopes))
}

fn accept(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    if operation.accept_template || operation.accept.is_empty() {
        return None;
    }
    let of = scope.known(Known::Accept);
    let types: Vec<&str> = operation.accept.iter().map(|media| media.text()).collect();
    let types = text(&types.join(", "));
    Some(quote!(.accept(#of::Only(#types))))
}

fn idempotency(scope: &Scope<'_>, idempotency: &Idempotency) -> Option<TokenStream> {
    let of = || scope.known(Known::Idempotency);
    match idempotency {
        Idempotency::Method => None,
        Idempotency::Idempotent => {
            let of = of();
            Some(quote!(.idempotency(#of::Idempotent)))
        }
        Idempotency::Key(header) => {
            let (of, header) = (of(), text(header.text()));
            Some(quote!(.idempotency(#of::Key(#header))))
        }
    }
}

/// The media types whose body is read into memory though others of the same status are handed over unread.
fn buffered(operation: &Operation) -> Option<TokenStream> {
    let responses = operation.responses.success.iter();
    let (bytes, others): (Vec<&Response>, Vec<&Response>) = responses
        .partition(|response| matches!(response.payload, Payload::Bytes | Payload::Multipart(..)));
    let shared = |response: &&&Response| {
        response.payload != Payload::Empty
            && bytes.iter().any(|other| other.status == response.status)
    };
    let media: Vec<Token> = others
        .iter()
        .filter(shared)
        .flat_map(|response| response.media_type.iter().chain(&response.also))
        .map(|media| text(media.text()))
        .collect();
    (!media.is_empty()).then(|| quote!(.buffered(&[#(#media),*])))
}
