//! Constructors of operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{Arguments, asked, derives_default, is_default, required_names};
use super::asked::{filled, is_asked_for};
use super::setters;
use crate::emit::deprecated::allowed;
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::{placeholders, self_named, too_many};
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::ir::{Operation, Presence};

/// The constructor of an operation, its setters, and its default.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let name = ident::ty(&operation.name);
    let allowed = allowed(operation);
    let new = SharedTokens(new(scope, operation));
    let setters = setters::of_operation(scope, operation);
    let default = (is_default(scope, operation) && !derives_default(scope, operation)).then(|| {
        let default = scope.known(Known::Default);
        let none = operation.given_body().map(|_| scope.known(Known::None));
        quote! {
            #allowed
            impl #default for #name {
                fn default() -> Self {
                    Self::new(#none)
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
    } = Arguments::of(scope, operation);
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
    let body = operation.set_body().map(|body| {
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
    let required = asked(scope, operation).len();
    let mut parameters = operation.parameters.iter();
    let optional = parameters.any(|parameter| parameter.presence.may_be_absent());
    let body = operation.given_body().map(|body| body.required);
    let with = match (required, body) {
        (0, Some(true)) => " with its required body",
        (0, Some(false)) => " with its optional body",
        (0, None) => "",
        (1, Some(true)) => " with its required parameter and body",
        (1, Some(false)) => " with its required parameter and optional body",
        (1, None) => " with its required parameter",
        (_, Some(true)) => " with its required parameters and body",
        (_, Some(false)) => " with its required parameters and optional body",
        (_, None) => " with its required parameters",
    };
    let rest = match (optional, operation.set_body().is_some()) {
        (true, true) => "; optional parameters and the body are unset",
        (true, false) => "; optional parameters are unset",
        (false, true) => "; the body is unset",
        (false, false) => "",
    };
    let name = code(operation.name.as_str());
    let mut docs = Doc::new(Depth::Member);
    docs.paragraph(&format!("Creates a new {name}{with}{rest}."));
    docs
}
