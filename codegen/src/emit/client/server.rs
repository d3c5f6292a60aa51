//! Servers whose URLs have variables, as structs with a field for each.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Server, ServerVariable};
use crate::names::{FieldName, Scope as Names, Spelling, TypeName, Words};

/// A struct for each server of the API that has variables.
pub(super) fn items(scope: &Scope<'_>) -> Vec<TokenStream> {
    let servers: Vec<&Server> = scope
        .api
        .servers
        .iter()
        .filter(|server| !server.variables.is_empty())
        .collect();
    let lone = servers.len() == 1;
    let spellings: Vec<Spelling> = servers
        .iter()
        .map(|server| spelling(server, lone))
        .collect();
    let names =
        Names::default().judge(&spellings, |words| TypeName::new(words).as_str().to_owned());
    servers
        .iter()
        .zip(&names)
        .flat_map(|(server, name)| item(scope, server, &TypeName::new(name)))
        .collect()
}

/// The only one is `Server`; others are called by a short description, or by their URL.
fn spelling(server: &Server, lone: bool) -> Spelling {
    let server_word = Words::of("server");
    let said = server
        .docs
        .summary
        .as_ref()
        .or(server.docs.description.as_ref());
    let said = said
        .map(|said| Words::of(said.text()))
        .filter(|words| words.iter().count() <= 3);
    let mut names = Vec::new();
    names.extend(lone.then(|| server_word.clone()));
    names.extend(said.map(|words| words.then(&server_word)));
    names.push(Words::of(server.url.text()).then(&server_word));
    Spelling::named(server.url.text(), names)
}

fn item(scope: &Scope<'_>, server: &Server, name: &TypeName) -> Vec<TokenStream> {
    let url = code(server.url.text());
    let mut docs = Doc::of(&server.docs, Depth::Item, || format!("The server {url}."));
    docs.paragraph(&url);
    let spellings: Vec<Spelling> = server
        .variables
        .iter()
        .map(|variable| Spelling::of(variable.wire.text()))
        .collect();
    let fields = Names::new(&["new", "url"]).judge(&spellings, |words| {
        FieldName::new(words).as_str().to_owned()
    });
    let fields: Vec<Ident> = fields
        .iter()
        .map(|words| ident::field(&FieldName::new(words)))
        .collect();
    let string = scope.known(Known::String);
    let declared = server
        .variables
        .iter()
        .zip(&fields)
        .map(|(variable, field)| {
            let docs = variable_docs(variable);
            quote!(#docs pub #field: #string)
        });
    let members = server
        .variables
        .iter()
        .zip(&fields)
        .map(|(variable, field)| {
            let default = text(variable.default.text());
            quote!(#field: #string::from(#default))
        });
    let (into, default) = (scope.known(Known::Into), scope.known(Known::Default));
    let setters = fields.iter().map(|field| {
        let docs = format!(" Sets `{field}`.");
        quote! {
            #[doc = #docs]
            #[must_use]
            pub fn #field(mut self, #field: impl #into<#string>) -> Self {
                self.#field = #field.into();
                self
            }
        }
    });
    let pieces = pieces(server, &fields);
    let name = ident::ty(name);
    vec![
        quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub struct #name { #(#declared,)* }
        },
        quote! {
            impl #default for #name {
                fn default() -> Self {
                    Self { #(#members,)* }
                }
            }
        },
        quote! {
            impl #name {
                /// The server as the document has it.
                pub fn new() -> Self {
                    <Self as #default>::default()
                }

                #(#setters)*

                /// Its URL, for the builder of a client.
                pub fn url(&self) -> #string {
                    [#(#pieces),*].concat()
                }
            }
        },
    ]
}

fn variable_docs(variable: &ServerVariable) -> Doc {
    let mut docs = Doc::of(&variable.docs, Depth::Member, || {
        format!("The variable {}.", code(variable.wire.text()))
    });
    docs.paragraph(&format!("Default: {}", code(variable.default.text())));
    if !variable.values.is_empty() {
        let values: Vec<String> = variable
            .values
            .iter()
            .map(|value| code(value.text()))
            .collect();
        docs.paragraph(&format!("One of {}.", values.join(", ")));
    }
    docs
}

/// The URL, cut at its variables.
fn pieces(server: &Server, fields: &[Ident]) -> Vec<TokenStream> {
    let mut pieces = Vec::new();
    let mut rest = server.url.text();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((wanted, after)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            let before = text(before);
            pieces.push(quote!(#before));
        }
        let at = server
            .variables
            .iter()
            .position(|variable| variable.wire.text() == wanted);
        pieces.extend(
            at.and_then(|at| fields.get(at))
                .map(|field| quote!(self.#field.as_str())),
        );
        rest = after;
    }
    if !rest.is_empty() {
        let rest = text(rest);
        pieces.push(quote!(#rest));
    }
    pieces
}
