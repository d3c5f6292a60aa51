//! Operations as values.

use proc_macro2::TokenStream;
use quote::quote;

use super::asked::{filled, is_asked_for, is_preset};
use super::payload::payload_type;
use super::{decode, error, example, line, request, spec, streamed, success, validate};
use crate::emit::deprecated::{allowed, deprecated};
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::{Argument, is_operator, placeholders, self_named, too_many};
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::emit::types::FieldTy;
use crate::ir::{Body, Operation, Parameter, Payload, Presence, Type};
use crate::names::{FieldName, FunctionName};

/// An operation's type, its constructor and setters, and what it tells the runtime.
pub(super) fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<TokenStream> {
    vec![
        structure(scope, operation),
        constructors(scope, operation),
        implemented(scope, operation),
    ]
}

fn structure(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let docs = docs(scope, operation);
    let default = derives_default(scope, operation).then(|| quote!(Default,));
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
    docs.paragraph(&format!(
        "Source: {}",
        code(&scope.emitter.place(operation.origin))
    ));
    docs
}

/// Whether nothing is required.
pub(super) fn is_default(scope: &Scope<'_>, operation: &Operation) -> bool {
    operation
        .parameters
        .iter()
        .all(|parameter| !is_asked_for(scope, parameter))
        && operation.body.as_ref().is_none_or(|body| !body.required)
}

/// Whether a value without anything in it is the default: no parameter is filled in.
fn derives_default(scope: &Scope<'_>, operation: &Operation) -> bool {
    is_default(scope, operation)
        && operation
            .parameters
            .iter()
            .all(|parameter| parameter.presence.may_be_absent())
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

/// The type of the body, without its presence.
pub(super) fn body_type(scope: &Scope<'_>, body: &Body) -> TokenStream {
    match body.payloads.as_slice() {
        [(_, payload, _)] => payload_type(scope, payload),
        _ => {
            let name = ident::ty(&body.enum_name);
            quote!(#name)
        }
    }
}

/// The parameters that must be given.
pub(super) fn required_names<'o>(
    scope: &'o Scope<'_>,
    operation: &'o Operation,
) -> impl Iterator<Item = &'o str> {
    let parameters = operation.parameters.iter();
    let required = parameters.filter(|parameter| is_asked_for(scope, parameter));
    required.map(|parameter| parameter.name.as_str())
}

/// The arguments that an operation needs: declared, and as members of its literal.
pub(super) struct Arguments {
    pub(super) declared: Vec<TokenStream>,
    pub(super) members: Vec<TokenStream>,
    /// As they are handed on.
    pub(super) names: Vec<TokenStream>,
}

pub(super) fn arguments(scope: &Scope<'_>, operation: &Operation) -> Arguments {
    let mut arguments = Arguments {
        declared: Vec::new(),
        members: Vec::new(),
        names: Vec::new(),
    };
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| is_asked_for(scope, parameter))
    {
        let taken = taken(parameter);
        let name = &taken.name;
        arguments.declared.push(taken.declared(scope));
        arguments.members.push(taken.member(scope));
        arguments.names.push(quote!(#name));
    }
    for body in operation.body.iter().filter(|body| body.required) {
        let name = ident::field(&body.name);
        let (declared, member) = body_argument(scope, body);
        arguments.declared.push(declared);
        arguments.members.push(member);
        arguments.names.push(quote!(#name));
    }
    arguments
}

/// A required body as an argument: declared, and as a member of the operation's literal.
pub(super) fn body_argument(scope: &Scope<'_>, body: &Body) -> (TokenStream, TokenStream) {
    let name = ident::field(&body.name);
    match single_type(body) {
        Some(ty) => {
            let taken = Argument {
                name: name.clone(),
                ty,
                presence: Presence::Required,
            };
            (taken.declared(scope), taken.member(scope))
        }
        None => {
            let (into, ty) = (scope.known(Known::Into), body_type(scope, body));
            (quote!(#name: impl #into<#ty>), quote!(#name: #name.into()))
        }
    }
}

/// The type of a body that is one type of the API.
fn single_type(body: &Body) -> Option<&Type> {
    match body.payloads.as_slice() {
        [(_, Payload::Json(ty) | Payload::Form(ty, _) | Payload::Xml(ty, _), _)] => Some(ty),
        _ => None,
    }
}

fn taken(parameter: &Parameter) -> Argument<'_> {
    Argument {
        name: ident::field(&parameter.name),
        ty: &parameter.ty,
        presence: parameter.presence,
    }
}

fn constructors(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let name = ident::ty(&operation.name);
    let allowed = allowed(operation);
    let new = SharedTokens(new(scope, operation));
    let optional = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.presence.may_be_absent() || is_preset(scope, parameter));
    let setters = optional.map(|parameter| SharedTokens(setter(scope, operation, parameter)));
    let body = operation
        .body
        .as_ref()
        .filter(|body| !body.required)
        .map(|body| SharedTokens(body_setter(scope, body)));
    let setters = setters.chain(body);
    let default = (is_default(scope, operation) && !derives_default(scope, operation)).then(|| {
        let default = scope.known(Known::Default);
        quote! {
            #allowed
            impl #default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        #allowed
        impl #name { #new #(#setters)* }

        #default
    }
}

fn new(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let Arguments {
        declared, members, ..
    } = arguments(scope, operation);
    let none = scope.known(Known::None);
    let absent = operation
        .parameters
        .iter()
        .filter(|parameter| !is_asked_for(scope, parameter))
        .map(|parameter| {
            let name = ident::field(&parameter.name);
            match parameter.presence {
                Presence::Required | Presence::Nullable => {
                    let value = filled(scope, parameter);
                    quote!(#name: #value)
                }
                Presence::OptionalNullable => {
                    let presence = scope.known(Known::Presence);
                    quote!(#name: #presence::Absent)
                }
                _ => quote!(#name: #none),
            }
        });
    let body = operation
        .body
        .as_ref()
        .filter(|body| !body.required)
        .map(|body| {
            let name = ident::field(&body.name);
            quote!(#name: #none)
        });
    let many = too_many(declared.len());
    let placeholders = placeholders(required_names(scope, operation));
    let self_named = self_named(&operation.name);
    let docs = new_docs(scope, operation);
    quote! {
        #docs
        #many
        #placeholders
        #self_named
        pub fn new(#(#declared),*) -> Self {
            Self { #(#members,)* #(#absent,)* #body }
        }
    }
}

/// Says what a constructor makes, and of what.
fn new_docs(scope: &Scope<'_>, operation: &Operation) -> Doc {
    let required = required_names(scope, operation).count();
    let mut parameters = operation.parameters.iter();
    let optional = parameters.any(|parameter| parameter.presence.may_be_absent());
    let body = operation.body.as_ref().map(|body| body.required);
    let with = match (required, body) {
        (0, Some(true)) => " with its required body",
        (0, _) => "",
        (1, Some(true)) => " with its required parameter and body",
        (1, _) => " with its required parameter",
        (_, Some(true)) => " with its required parameters and body",
        (..) => " with its required parameters",
    };
    let rest = match (optional, body) {
        (true, Some(false)) => "; optional parameters and the body are unset",
        (true, _) => "; optional parameters are unset",
        (false, Some(false)) => "; the body is unset",
        (false, _) => "",
    };
    let name = code(operation.name.as_str());
    let mut docs = Doc::new(Depth::Member);
    docs.paragraph(&format!("Creates a new {name}{with}{rest}."));
    docs
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
    parameter.name.setter(field_names(operation))
}

fn setter(scope: &Scope<'_>, operation: &Operation, parameter: &Parameter) -> TokenStream {
    let called = setter_name(operation, parameter);
    let name = ident::function(&called);
    let docs = Doc::of_setter(parameter.name.as_str(), &parameter.docs);
    let deprecated = parameter.deprecated.then(|| deprecated(&parameter.docs));
    let operator = is_operator(called.as_str());
    let taken = taken(parameter);
    let (declared, set) = (taken.declared(scope), taken.set(scope));
    quote! {
        #docs
        #deprecated
        #operator
        #[must_use]
        pub fn #name(mut self, #declared) -> Self {
            #set
            self
        }
    }
}

fn body_setter(scope: &Scope<'_>, body: &Body) -> TokenStream {
    let name = ident::field(&body.name);
    let docs = Doc::of_setter(body.name.as_str(), &body.docs);
    let (into, some, ty) = (
        scope.known(Known::Into),
        scope.known(Known::Some),
        body_type(scope, body),
    );
    quote! {
        #docs
        #[must_use]
        pub fn #name(mut self, #name: impl #into<#ty>) -> Self {
            self.#name = #some(#name.into());
            self
        }
    }
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
