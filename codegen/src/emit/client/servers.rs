//! Where an API is served.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::server;
use crate::emit::api_facts::CrateKind;
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::emitter::Emitter;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::Server;
use crate::names::{FieldName, NameRequest, Scope as Names};
use crate::package::SourceFile;
use crate::source::SpecStr;

/// `servers.rs`.
pub(super) fn file(emitter: Emitter<'_>) -> SourceFile<'_> {
    let scope = Scope::new(emitter, CrateKind::Client, None);
    let mut head = Doc::new(Depth::Item);
    head.paragraph("Where the API is served.");
    if let Some(first) = emitter.api.servers.first() {
        head.paragraph(&emitter.generated(first.origin));
    }
    let servers = emitter
        .api
        .servers
        .iter()
        .map(|server| literal(&scope, server));
    let of = scope.known(Known::ServerSpec);
    let list = quote! {
        /// The servers that the document names, the preferred first.
        pub const SERVERS: &[#of] = &[#(#servers),*];
    };
    let mut items = vec![list];
    items.extend(named(&scope));
    items.extend(server::items(&scope));
    SourceFile::new("servers.rs", items, move || {
        let head = head.inner();
        vec![quote!(#head), scope.imports()]
    })
}

/// The positions of servers that the document gives names.
fn named(scope: &Scope<'_>) -> Vec<TokenStream> {
    let servers = scope.api.servers.iter().enumerate();
    let servers: Vec<(usize, &SpecStr)> = servers
        .filter_map(|(at, server)| Some((at, server.name.as_ref()?)))
        .collect();
    let requests = servers.iter().map(|(_, name)| NameRequest::of(name.text()));
    let requests: Vec<NameRequest> = requests.collect();
    let names = Names::new(&["servers"])
        .assign(&requests, |words| FieldName::new(words).as_str().to_owned());
    let constants = servers.iter().zip(&names).map(|((at, name), words)| {
        let docs = format!(
            " The server {}: `Builder::server` takes it.",
            code(name.text())
        );
        let constant = ident::constant(FieldName::new(words).as_str());
        let at = Token::usize_unsuffixed(*at);
        quote! {
            #[doc = #docs]
            pub const #constant: usize = #at;
        }
    });
    constants.collect()
}

/// The runtime's description of a server.
pub(super) fn literal(scope: &Scope<'_>, server: &Server) -> TokenStream {
    let of = scope.known(Known::ServerSpec);
    let url = text(server.url.text());
    let variables = server.variables.iter().map(|wanted| {
        let values: Vec<&str> = wanted.values.iter().map(SpecStr::text).collect();
        variable(
            scope,
            wanted.wire.text(),
            Some(wanted.default.text()),
            &values,
        )
    });
    quote!(#of { url: #url, variables: &[#(#variables),*] })
}

/// The runtime's description of something that the caller may choose.
pub(super) fn variable(
    scope: &Scope<'_>,
    name: &str,
    default: Option<&str>,
    values: &[&str],
) -> TokenStream {
    let of = scope.known(Known::Variable);
    let (name, values) = (text(name), values.iter().map(|value| text(value)));
    let default = match default {
        Some(default) => {
            let (some, default) = (scope.known(Known::Some), text(default));
            quote!(#some(#default))
        }
        None => {
            let none = scope.known(Known::None);
            quote!(#none)
        }
    };
    quote!(#of { name: #name, default: #default, values: &[#(#values),*] })
}
