//! Where an API is served.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Emitter;
use crate::emit::docs::{Depth, Doc};
use crate::emit::known::Known;
use crate::emit::plan::Krate;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::Server;
use crate::write::SourceFile;

/// `servers.rs`.
pub(super) fn file(emitter: Emitter<'_>) -> SourceFile {
    let scope = emitter.scope(Krate::Client, None);
    let mut head = Doc::new(Depth::Item);
    head.paragraph("Where the API is served.");
    let servers: Vec<TokenStream> = emitter
        .api
        .servers
        .iter()
        .map(|server| literal(&scope, server))
        .collect();
    let of = scope.known(Known::ServerSpec);
    let list = quote! {
        /// The servers that the document names, the preferred first.
        pub const SERVERS: &[#of] = &[#(#servers),*];
    };
    let (head, imports) = (head.inner(), scope.imports());
    SourceFile {
        name: "servers.rs".to_owned(),
        items: vec![quote!(#head), imports, list],
    }
}

/// The runtime's description of a server.
pub(super) fn literal(scope: &Scope<'_>, server: &Server) -> TokenStream {
    let (of, variable) = (
        scope.known(Known::ServerSpec),
        scope.known(Known::ServerVariable),
    );
    let url = text(server.url.text());
    let said = server
        .docs
        .description
        .as_ref()
        .or(server.docs.summary.as_ref());
    let description = text(said.map_or("", |said| said.text()));
    let variables = server.variables.iter().map(|wanted| {
        let (name, default) = (text(wanted.wire.text()), text(wanted.default.text()));
        let values = wanted.values.iter().map(|value| text(value.text()));
        quote!(#variable { name: #name, default: #default, values: &[#(#values),*] })
    });
    quote!(#of { url: #url, description: #description, variables: &[#(#variables),*] })
}
