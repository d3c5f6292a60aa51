//! Operations as values.

use proc_macro2::TokenStream;
use quote::quote;

use super::payload::body_type;
use super::{
    arguments, constructor, decode, error, example, line, request, setters, spec, streamed,
    success, validate,
};
use crate::emit::deprecated::{allowed, deprecated};
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::emit::types::FieldTy;
use crate::ir::{Body, Operation, Parameter};

/// An operation's type, its constructor and setters, and what it tells the runtime.
pub(super) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    let mut items = vec![structure(scope, operation)];
    items.extend(arguments::item(scope, operation));
    items.push(constructor::item(scope, operation));
    items.extend(setters::of_calls(scope, operation));
    items.push(implemented(scope, operation));
    items
}

fn structure(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let docs = docs(scope, operation);
    let default = arguments::derives_default(scope, operation).then(|| quote!(Default,));
    let name = ident::ty(&operation.name);
    let fields = operation
        .parameters
        .iter()
        .map(|parameter| SharedTokens(field(scope, parameter)));
    let body = operation
        .body
        .as_ref()
        .map(|body| SharedTokens(body_field(scope, body)));
    let fields = fields.chain(body);
    let deprecated = operation.deprecated.then(|| deprecated(&operation.docs));
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }
    }
}

/// Its documentation: summary, method and path, an example, and its source.
fn docs(scope: &Scope<'_>, operation: &Operation) -> Doc {
    let line = match operation.receiver {
        Some(_) => line(operation),
        None => code(&line(operation)),
    };
    let mut docs = Doc::above(&operation.docs, Depth::Item, &line);
    if operation.receiver.is_none() {
        docs.block(&example::lines(scope, operation));
    }
    if operation.streamed.is_some() {
        docs.paragraph("Answered by a stream where a call asks for it: `.stream().send()`.");
    }
    if operation.paging.is_some() {
        docs.paragraph("A list in pages: `.items()` and `.pages()` go through all of them.");
    }
    if operation.polling.is_some() {
        docs.paragraph(
            "Says how far something is: `.wait(Polling::new())` repeats it until that has ended.",
        );
    }
    docs.paragraph(&format!(
        "Source: {}",
        code(&scope.emitter.place(operation.origin))
    ));
    docs
}

fn field(scope: &Scope<'_>, parameter: &Parameter) -> TokenStream {
    let docs = Doc::of(&parameter.docs, Depth::Member, || {
        format!("The parameter {}.", code(parameter.wire.text()))
    });
    let deprecated = parameter.deprecated.then(|| deprecated(&parameter.docs));
    let name = ident::field(&parameter.name);
    let ty = FieldTy(scope, &parameter.ty, parameter.presence);
    quote!(#docs #deprecated pub #name: #ty)
}

fn body_field(scope: &Scope<'_>, body: &Body) -> TokenStream {
    let docs = Doc::of(&body.docs, Depth::Member, || "The request body.".to_owned());
    let name = ident::field(&body.name);
    let ty = body_type(scope, body);
    let ty = if body.required {
        ty
    } else {
        let option = scope.known(Known::Option);
        quote!(#option<#ty>)
    };
    quote!(#docs pub #name: #ty)
}

fn implemented(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let (of, spec_type) = (
        scope.known(Known::Operation),
        scope.known(Known::OperationSpec),
    );
    let name = ident::ty(&operation.name);
    let (success, failure) = (success::ty(scope, operation), error::ty(scope, operation));
    let allowed = allowed(operation);
    let spec = SharedTokens(spec::literal(scope, operation));
    let request = SharedTokens(request::function(scope, operation));
    let validate = validate::function(scope, operation).map(SharedTokens);
    let asks = streamed::asks(scope, operation).map(SharedTokens);
    let decode = SharedTokens(decode::function(scope, operation));
    quote! {
        #allowed
        impl #of for #name {
            type Success = #success;
            type Failure = #failure;

            const SPEC: #spec_type = #spec;

            #request

            #validate
            #asks
            #decode
        }
    }
}
