//! Client crates: operations over the runtime, and a client that sends them.

mod body;
mod decode;
mod error;
mod headers;
mod library;
mod manifest;
mod method;
mod multipart;
mod operation;
mod request;
mod security;
mod servers;
mod spec;
mod success;
mod validate;

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;
use super::docs::{Depth, Doc, code};
use super::known::Known;
use super::plan::Krate;
use super::scope::Scope;
use crate::ir::{Module, Operation};
use crate::write::{CrateSource, SourceFile};

/// The client crate.
pub(super) fn source(emitter: Emitter<'_>) -> CrateSource {
    let api = emitter.api;
    let mut files = vec![library::file(emitter)];
    files.extend((!api.schemes.is_empty()).then(|| security::file(emitter)));
    files.extend((!api.servers.is_empty()).then(|| servers::file(emitter)));
    let modules = api.modules.iter().enumerate();
    files.extend(
        modules
            .filter(|(_, module)| !module.operations.is_empty())
            .map(|(at, module)| file(emitter, at, module)),
    );
    CrateSource {
        manifest: manifest::manifest(emitter),
        readme: super::readme::client(emitter),
        files,
    }
}

fn file(emitter: Emitter<'_>, at: usize, module: &Module) -> SourceFile {
    let scope = emitter.scope(Krate::Client, Some(at));
    let mut head = Doc::new(Depth::Item);
    head.authored(&module.docs, || {
        format!("Operations of {}.", code(module.name.as_str()))
    });
    head.paragraph(&emitter.generated(module.origin));
    let methods = module
        .operations
        .iter()
        .map(|operation| method::item(&scope, operation));
    let client = scope.known(Known::Client);
    let methods = quote!(impl #client { #(#methods)* });
    let operations: Vec<TokenStream> = module
        .operations
        .iter()
        .flat_map(|operation| items(&scope, operation))
        .collect();
    let (head, imports) = (head.inner(), scope.imports());
    let mut items = vec![quote!(#head), imports, methods];
    items.extend(operations);
    SourceFile {
        name: format!("{}.rs", module.name),
        items,
    }
}

fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    [
        Some(operation::item(scope, operation)),
        body::item(scope, operation),
        multipart::item(scope, operation),
        success::item(scope, operation),
        error::item(scope, operation),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The first line of an operation's documentation and what follows it: what it does, its method and path, its place.
fn docs(scope: &Scope<'_>, operation: &Operation, depth: Depth) -> Doc {
    let mut docs = Doc::of(&operation.docs, depth, || {
        format!("Sends {}.", code(&line(operation)))
    });
    docs.paragraph(&code(&line(operation)));
    docs.paragraph(&format!(
        "Source: {}",
        code(&scope.emitter.place(operation.origin))
    ));
    docs
}

/// `POST /mfa-providers`
fn line(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path.text())
}
