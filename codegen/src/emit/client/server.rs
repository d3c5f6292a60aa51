//! Servers whose URLs have variables, as structs with a field for each.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::is_operator;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Server, ServerVariable};
use crate::names::{FieldName, NameRequest, Scope as Names, TypeName, Words};

/// A struct for each server of the API that has variables.
pub(super) fn items(scope: &Scope<'_>) -> Vec<TokenStream> {
    let servers = scope.api.servers.iter();
    let servers: Vec<&Server> = servers
        .filter(|server| !server.variables.is_empty())
        .collect();
    let lone = servers.len() == 1;
    let name_requests: Vec<NameRequest> = servers
        .iter()
        .map(|server| name_request(server, lone))
        .collect();
    let names = Names::default().assign(&name_requests, |words| {
        TypeName::new(words).as_str().to_owned()
    });
    servers
        .iter()
        .zip(&names)
        .flat_map(|(server, name)| Typed::new(scope, server, &TypeName::new(name)).items())
        .collect()
}

/// The only one is `Server`; others are called by a short description, or by their URL.
fn name_request(server: &Server, lone: bool) -> NameRequest {
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
    NameRequest::named(server.url.text(), names)
}

/// A server, its type and a field for each of its variables.
struct Typed<'a> {
    scope: &'a Scope<'a>,
    server: &'a Server,
    name: Ident,
    fields: Vec<(&'a ServerVariable, FieldName)>,
}

impl<'a> Typed<'a> {
    fn new(scope: &'a Scope<'a>, server: &'a Server, name: &TypeName) -> Self {
        let variables = server.variables.iter();
        let name_requests: Vec<NameRequest> = variables
            .clone()
            .map(|variable| NameRequest::of(variable.wire.text()))
            .collect();
        let names = Names::new(&["new", "url"]).assign(&name_requests, |words| {
            FieldName::new(words).as_str().to_owned()
        });
        let fields = variables.zip(names.iter().map(FieldName::new)).collect();
        Self {
            scope,
            server,
            name: ident::ty(name),
            fields,
        }
    }

    fn items(&self) -> Vec<TokenStream> {
        let mut items = vec![self.structure()];
        items.extend(self.default());
        items.push(self.methods());
        items
    }

    /// Values that are all empty are what a derive gives.
    fn is_empty(&self) -> bool {
        self.fields
            .iter()
            .all(|(variable, _)| variable.default.text().is_empty())
    }

    fn structure(&self) -> TokenStream {
        let Self {
            scope,
            server,
            name,
            fields,
        } = self;
        let url = code(server.url.text());
        let mut docs = Doc::of(&server.docs, Depth::Item, || format!("The server {url}."));
        docs.paragraph(&url);
        let string = scope.known(Known::String);
        let fields = fields.iter().map(|(variable, field)| {
            let (docs, field) = (variable_docs(variable), ident::field(field));
            quote!(#docs pub #field: #string)
        });
        let default = self.is_empty().then(|| quote!(Default,));
        quote! {
            #docs
            #[derive(Clone, Debug, #default PartialEq)]
            #[non_exhaustive]
            pub struct #name { #(#fields,)* }
        }
    }

    fn default(&self) -> Option<TokenStream> {
        let Self {
            scope,
            name,
            fields,
            ..
        } = self;
        let (default, string) = (scope.known(Known::Default), scope.known(Known::String));
        let members = fields.iter().map(|(variable, field)| {
            let (field, value) = (ident::field(field), text(variable.default.text()));
            quote!(#field: #string::from(#value))
        });
        (!self.is_empty()).then(|| {
            quote! {
                impl #default for #name {
                    fn default() -> Self {
                        Self { #(#members,)* }
                    }
                }
            }
        })
    }

    fn methods(&self) -> TokenStream {
        let Self {
            scope,
            name,
            fields,
            ..
        } = self;
        let (default, string) = (scope.known(Known::Default), scope.known(Known::String));
        let setters = fields.iter().map(|(_, field)| self.setter(field));
        let pieces = self.pieces();
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
        }
    }

    fn setter(&self, field: &FieldName) -> TokenStream {
        let (into, string) = (
            self.scope.known(Known::Into),
            self.scope.known(Known::String),
        );
        let docs = format!(" Sets `{field}`.");
        let (operator, field) = (is_operator(field.as_str()), ident::field(field));
        quote! {
            #[doc = #docs]
            #operator
            #[must_use]
            pub fn #field(mut self, #field: impl #into<#string>) -> Self {
                self.#field = #field.into();
                self
            }
        }
    }

    /// The URL, cut at its variables.
    fn pieces(&self) -> Vec<TokenStream> {
        let mut pieces = Vec::new();
        let mut rest = self.server.url.text();
        while let Some((before, after)) = rest.split_once('{') {
            let Some((wanted, after)) = after.split_once('}') else {
                break;
            };
            pieces.extend(piece(before));
            let known = self
                .fields
                .iter()
                .find(|(variable, _)| variable.wire.text() == wanted);
            pieces.extend(known.map(|(_, field)| {
                let field = ident::field(field);
                quote!(self.#field.as_str())
            }));
            rest = after;
        }
        pieces.extend(piece(rest));
        pieces
    }
}

fn piece(literal: &str) -> Option<TokenStream> {
    let token = text(literal);
    (!literal.is_empty()).then(|| quote!(#token))
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
