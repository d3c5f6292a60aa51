//! The arguments of calls: what a constructor and the client's method take.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::asked::is_asked_for;
use super::payload::body_type;
use crate::emit::deprecated::{allowed, deprecated};
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::{Known, PathForm};
use crate::emit::model::Argument;
use crate::emit::scope::Scope;
use crate::emit::types::{FieldTy, Ty};
use crate::ir::{Body, Operation, Parameter, Payload, Presence, Type};

/// The arguments that an operation needs: declared, and as members of its literal.
#[derive(Default)]
pub(super) struct Arguments {
    pub(super) declared: Vec<TokenStream>,
    pub(super) members: Vec<TokenStream>,
    /// As they are handed on.
    pub(super) names: Vec<TokenStream>,
}

impl Arguments {
    pub(super) fn of(scope: &Scope<'_>, operation: &Operation) -> Self {
        let mut arguments = Self::default();
        if scope.api.is_by_name(operation) {
            arguments.by_name(scope, operation);
        } else {
            for parameter in asked(scope, operation) {
                let taken = taken(parameter);
                let name = &taken.name;
                arguments.declared.push(taken.declared(scope));
                arguments.members.push(taken.member(scope));
                arguments.names.push(quote!(#name));
            }
        }
        if let Some(body) = operation.given_body() {
            let name = ident::field(&body.name);
            let (declared, member) = body_argument(scope, body);
            arguments.declared.push(declared);
            arguments.members.push(member);
            arguments.names.push(quote!(#name));
        }
        arguments
    }

    fn by_name(&mut self, scope: &Scope<'_>, operation: &Operation) {
        let (given, ty) = (given(operation), args_type(scope, operation));
        for parameter in asked(scope, operation) {
            let name = ident::field(&parameter.name);
            self.members.push(match is_borrowed(scope, parameter) {
                true => quote!(#name: #given.#name.into()),
                false => quote!(#name: #given.#name),
            });
        }
        self.declared.push(quote!(#given: #ty));
        self.names.push(quote!(#given));
    }
}

/// The struct of the required parameters of an operation; none where they are given by position.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    if !scope.api.is_by_name(operation) {
        return None;
    }
    let mut docs = Doc::new(Depth::Item);
    docs.paragraph(&format!(
        "The required parameters of [`{}`], by name, since several are of the same type.",
        operation.name
    ));
    let name = ident::ty(&operation.args_name);
    let lifetime = borrows(scope, operation).then(|| quote!(<'a>));
    let asked = asked(scope, operation).into_iter();
    let fields = asked.map(|parameter| {
        let docs = Doc::of(&parameter.docs, Depth::Member, || {
            format!("The parameter {}.", code(parameter.wire.text()))
        });
        let deprecated = parameter.deprecated.then(|| deprecated(&parameter.docs));
        let name = ident::field(&parameter.name);
        match is_borrowed(scope, parameter) {
            true => quote!(#docs #deprecated pub #name: &'a str),
            false => {
                let ty = FieldTy(scope, &parameter.ty, parameter.presence);
                quote!(#docs #deprecated pub #name: #ty)
            }
        }
    });
    let allowed = allowed(operation);
    Some(quote! {
        #docs
        #allowed
        #[derive(Clone, Debug)]
        pub struct #name #lifetime { #(#fields,)* }
    })
}

/// The parameters that must be given.
pub(super) fn asked<'o>(scope: &Scope<'_>, operation: &'o Operation) -> Vec<&'o Parameter> {
    let parameters = operation.parameters.iter();
    let asked = parameters.filter(|parameter| is_asked_for(scope, parameter));
    asked.collect()
}

/// Whether nothing is required.
pub(super) fn is_default(scope: &Scope<'_>, operation: &Operation) -> bool {
    asked(scope, operation).is_empty() && operation.body.as_ref().is_none_or(|body| !body.required)
}

/// Whether a value without anything in it is the default: no parameter is filled in.
pub(super) fn derives_default(scope: &Scope<'_>, operation: &Operation) -> bool {
    is_default(scope, operation)
        && operation
            .parameters
            .iter()
            .all(|parameter| parameter.presence.may_be_absent())
}

/// The names of arguments, one for each parameter that must be given.
pub(super) fn required_names<'o>(scope: &Scope<'_>, operation: &'o Operation) -> Vec<&'o str> {
    if scope.api.is_by_name(operation) {
        return Vec::new();
    }
    let asked = asked(scope, operation).into_iter();
    asked.map(|parameter| parameter.name.as_str()).collect()
}

/// The argument that has the parameters by name.
fn given(operation: &Operation) -> Ident {
    let body = operation.body.as_ref();
    ident::plain(
        match body.is_some_and(|body| body.name.as_str() == "args") {
            true => "required",
            false => "args",
        },
    )
}

fn args_type(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let name = ident::ty(&operation.args_name);
    let lifetime = borrows(scope, operation).then(|| quote!(<'_>));
    quote!(#name #lifetime)
}

fn borrows(scope: &Scope<'_>, operation: &Operation) -> bool {
    let mut asked = asked(scope, operation).into_iter();
    asked.any(|parameter| is_borrowed(scope, parameter))
}

/// Whether a parameter by name is a text that its caller keeps.
pub(super) fn is_borrowed(scope: &Scope<'_>, parameter: &Parameter) -> bool {
    parameter.presence == Presence::Required && *scope.resolved(&parameter.ty) == Type::String
}

/// A body as an argument: declared, and as a member of the operation's literal.
pub(super) fn body_argument(scope: &Scope<'_>, body: &Body) -> (TokenStream, TokenStream) {
    let name = ident::field(&body.name);
    if !body.required {
        let into = scope.known(Known::IntoBody);
        let value = match into.form {
            PathForm::Short => quote!(#name.into_body()),
            PathForm::Full => quote!(#into::into_body(#name)),
        };
        return match nullable(scope, body) {
            Some(inner) => {
                let (ty, some) = (Ty(scope, inner), scope.known(Known::Some));
                let member = quote!(#name: #value.map(#some));
                (quote!(#name: impl #into<#ty>), member)
            }
            None => {
                let ty = body_type(scope, body);
                (quote!(#name: impl #into<#ty>), quote!(#name: #value))
            }
        };
    }
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

/// The type of an optional body without `null`: as an argument, `None` leaves the body out.
pub(super) fn nullable<'a>(scope: &'a Scope<'_>, body: &'a Body) -> Option<&'a Type> {
    match scope.resolved(single_type(body)?) {
        Type::Nullable(inner) if !body.required => Some(inner),
        _ => None,
    }
}

/// The type of a body that is one type of the API.
fn single_type(body: &Body) -> Option<&Type> {
    match body.payloads.as_slice() {
        [(_, Payload::Json(ty) | Payload::Form(ty, _) | Payload::Xml(ty, _), _)] => Some(ty),
        _ => None,
    }
}

pub(super) fn taken(parameter: &Parameter) -> Argument<'_> {
    Argument {
        name: ident::field(&parameter.name),
        ty: &parameter.ty,
        presence: parameter.presence,
    }
}
