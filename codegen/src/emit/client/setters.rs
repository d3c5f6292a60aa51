//! Setters of what is optional: of operations as values, and of calls of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::taken;
use super::asked::is_preset;
use super::payload::body_type;
use crate::emit::deprecated::{allowed, deprecated};
use crate::emit::docs::Doc;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::is_operator;
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::ir::{Body, Operation, Parameter};
use crate::names::{FieldName, FunctionName};

/// The owner of a setter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// The operation as a value.
    Operation,
    /// A call of it.
    Call,
}

/// The setters of an operation.
pub(super) fn of_operation(scope: &Scope<'_>, operation: &Operation) -> Vec<SharedTokens> {
    all(scope, operation, Owner::Operation)
}

/// The same for calls of it; nothing where it has none, or where nobody calls it.
pub(super) fn of_calls(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    if operation.receiver.is_some() {
        return None;
    }
    let setters = all(scope, operation, Owner::Call);
    if setters.is_empty() {
        return None;
    }
    let (call, name) = (scope.known(Known::Call), ident::ty(&operation.name));
    let allowed = allowed(operation);
    Some(quote! {
        #allowed
        impl #call<'_, #name> { #(#setters)* }
    })
}

fn all(scope: &Scope<'_>, operation: &Operation, owner: Owner) -> Vec<SharedTokens> {
    let parameters = operation.parameters.iter();
    let optional = parameters
        .filter(|parameter| parameter.presence.may_be_absent() || is_preset(scope, parameter));
    let setters = optional.map(|parameter| setter(scope, operation, parameter, owner));
    let body = operation
        .set_body()
        .map(|body| body_setter(scope, body, owner));
    setters.chain(body).map(SharedTokens).collect()
}

/// The names of all fields of an operation.
fn field_names(operation: &Operation) -> impl Iterator<Item = &FieldName> + Clone {
    let body = operation.body.as_ref().map(|body| &body.name);
    operation
        .parameters
        .iter()
        .map(|parameter| &parameter.name)
        .chain(body)
}

/// The name of the setter of a parameter.
pub(super) fn setter_name(operation: &Operation, parameter: &Parameter) -> FunctionName {
    parameter.name.call_setter(field_names(operation))
}

fn setter(
    scope: &Scope<'_>,
    operation: &Operation,
    parameter: &Parameter,
    owner: Owner,
) -> TokenStream {
    let called = setter_name(operation, parameter);
    let name = ident::function(&called);
    let docs = Doc::of_setter(parameter.name.as_str(), &parameter.docs);
    let deprecated = parameter.deprecated.then(|| deprecated(&parameter.docs));
    let operator = is_operator(called.as_str());
    let taken = taken(parameter);
    let declared = taken.declared(scope);
    let set = taken.set_in(scope, &owner.place());
    let must_use = owner.must_use();
    quote! {
        #docs
        #deprecated
        #operator
        #must_use
        pub fn #name(mut self, #declared) -> Self {
            #set
            self
        }
    }
}

fn body_setter(scope: &Scope<'_>, body: &Body, owner: Owner) -> TokenStream {
    let name = ident::field(&body.name);
    let docs = Doc::of_setter(body.name.as_str(), &body.docs);
    let (into, some, ty) = (
        scope.known(Known::Into),
        scope.known(Known::Some),
        body_type(scope, body),
    );
    let (place, must_use) = (owner.place(), owner.must_use());
    quote! {
        #docs
        #must_use
        pub fn #name(mut self, #name: impl #into<#ty>) -> Self {
            #place.#name = #some(#name.into());
            self
        }
    }
}

impl Owner {
    /// Where the operation is.
    fn place(self) -> TokenStream {
        match self {
            Self::Operation => quote!(self),
            Self::Call => quote!(self.operation),
        }
    }

    /// The type of calls says it itself.
    fn must_use(self) -> Option<TokenStream> {
        (self == Self::Operation).then(|| quote!(#[must_use]))
    }
}
