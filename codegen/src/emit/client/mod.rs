//! Client crates: operations over the runtime, and a client that sends them.

mod arguments;
mod asked;
mod body;
mod constructor;
mod decode;
mod error;
mod example;
mod fake;
mod field_path;
mod flow;
mod headers;
mod library;
mod link;
mod manifest;
mod method;
mod multipart;
mod operation;
mod page_cursor;
mod paging;
mod payload;
mod polling;
mod quick_start;
mod reading;
mod receiver;
mod request;
mod sample;
mod security;
mod server;
mod servers;
mod setters;
mod sign_in;
mod spec;
mod statuses;
mod stream;
mod streamed;
mod success;
mod validate;
mod xml;

use std::iter;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;

use super::api_facts::CrateKind;
use super::docs::{Depth, Doc, code};
use super::emitter::Emitter;
use super::known::Known;
use super::scope::Scope;
use super::shared_tokens::SharedTokens;
use crate::ir::{Module, Operation};
use crate::package::{CrateSource, SourceFile};

pub(super) use library::fenced;
pub(super) use quick_start::program;

/// The client crate.
pub(super) fn source(emitter: Emitter<'_>) -> CrateSource<'_> {
    let api = emitter.api;
    let program = program(emitter);
    let mut files = vec![library::file(emitter, program.as_deref())];
    files.extend((!api.schemes.is_empty()).then(|| security::file(emitter)));
    files.extend((!api.servers.is_empty()).then(|| servers::file(emitter)));
    let modules = api.modules.iter().enumerate();
    files.extend(
        modules
            .filter(|(_, module)| !module.operations.is_empty())
            .map(|(at, module)| match module.receives {
                true => receiver::file(emitter, at, module),
                false => file(emitter, at, module),
            }),
    );
    files.extend(xml::file(emitter));
    if emitter.settings.fake {
        files.extend(fake::files(emitter));
    }
    let manifest = manifest::manifest(emitter);
    CrateSource {
        folder: manifest.name.clone(),
        manifest: Some(manifest),
        readme: super::readme::client(emitter, program.as_deref()),
        files,
    }
}

fn file<'a>(emitter: Emitter<'a>, at: usize, module: &'a Module) -> SourceFile<'a> {
    let scope = Rc::new(Scope::new(emitter, CrateKind::Client, Some(at)));
    let mut head = Doc::new(Depth::Item);
    head.authored(&module.docs, || {
        format!("Operations of {}.", code(module.name.as_str()))
    });
    head.paragraph(&emitter.generated(module.origin));
    let of = Rc::clone(&scope);
    let operations = module.operations.iter();
    let operations = operations.flat_map(move |operation| items(&of, operation));
    let of = Rc::clone(&scope);
    let methods = iter::once_with(move || methods(&of, module));
    let name = format!("{}.rs", module.name);
    SourceFile::new(name, operations.chain(methods), move || {
        let head = head.inner();
        vec![quote!(#head), scope.imports()]
    })
}

/// A method of the client for each operation.
fn methods(scope: &Scope<'_>, module: &Module) -> TokenStream {
    let operations = module.operations.iter();
    let methods = operations.map(|operation| SharedTokens(method::item(scope, operation)));
    let client = scope.known(Known::Client);
    quote!(impl #client { #(#methods)* })
}

fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let mut items = operation::items(scope, operation);
    items.extend(link::item(scope, operation));
    items.extend(paging::item(scope, operation));
    items.extend(polling::item(scope, operation));
    items.extend(streamed::item(scope, operation));
    items.extend(body::items(scope, operation));
    items.extend(multipart::items(scope, operation));
    items.extend(success::item(scope, operation));
    items.extend(error::item(scope, operation));
    items.extend(headers::items(scope, operation));
    items
}

/// `POST /mfa-providers`
fn line(operation: &Operation) -> String {
    match &operation.receiver {
        Some(receiver) => receiver::line(operation, receiver),
        None => format!("{} {}", operation.method, operation.path.text()),
    }
}
