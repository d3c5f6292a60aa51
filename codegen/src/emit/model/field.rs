//! The fields of a struct.

use proc_macro2::TokenStream;
use quote::quote;

use super::rename::{Rule, is_exception};
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::{COMPLEX, Held, complexity, text};
use crate::ir::{Additional, Field, FieldRole, Presence, Reading};

/// A field with its documentation and attributes.
pub(super) fn field(scope: &Scope<'_>, field: &Field, rule: Option<Rule>) -> TokenStream {
    let docs = Doc::of(&field.docs, Depth::Member, || otherwise(field));
    let serde = attributes(scope, field, rule);
    let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
    let complex = complex(complexity(&field.ty, field.presence));
    let name = ident::field(&field.name);
    let ty = Held(scope, &field.ty, field.presence);
    quote! {
        #docs
        #deprecated
        #complex
        #serde
        pub #name: #ty
    }
}

/// The map of members that have no field.
pub(super) fn additional(scope: &Scope<'_>, additional: &Additional) -> TokenStream {
    let name = ident::field(&additional.name);
    let map = crate::ir::Type::Map(Box::new(additional.ty.clone()));
    let complex = complex(complexity(&map, Presence::Required));
    let ty = Held(scope, &map, Presence::Required);
    quote! {
        /// Members that the document doesn't name.
        #complex
        #[serde(flatten)]
        pub #name: #ty
    }
}

/// A type that mirrors a deeply nested value is as it has to be.
pub(super) fn complex(complexity: u64) -> Option<TokenStream> {
    (complexity > COMPLEX)
        .then(|| quote!(#[allow(clippy::type_complexity, reason = "as deep as the value is")]))
}

fn otherwise(field: &Field) -> String {
    match field.role {
        FieldRole::Member => format!("The member {}.", code(field.wire.text())),
        FieldRole::Flattened => "The alternative that is chosen.".to_owned(),
    }
}

fn attributes(scope: &Scope<'_>, field: &Field, rule: Option<Rule>) -> Option<TokenStream> {
    let mut parts: Vec<TokenStream> = Vec::new();
    if field.role == FieldRole::Flattened {
        parts.push(quote!(flatten));
    } else if is_exception(field, rule) {
        let wire = text(field.wire.text());
        parts.push(quote!(rename = #wire));
    }
    let read = read(field);
    let omitted = match field.presence {
        Presence::Optional => Some(format!("{}::is_none", scope.known(Known::Option).text())),
        Presence::OptionalNullable => Some(format!(
            "{}::is_absent",
            scope.known(Known::Presence).text()
        )),
        Presence::Required | Presence::Nullable => None,
    };
    // serde lets an `Option` be absent by itself, but not one that is read by a function.
    if field.presence == Presence::OptionalNullable || omitted.is_some() && read.is_some() {
        parts.push(quote!(default));
    }
    parts.extend(read.map(|read| quote!(deserialize_with = #read)));
    parts.extend(omitted.map(|omitted| quote!(skip_serializing_if = #omitted)));
    (!parts.is_empty()).then(|| quote!(#[serde(#(#parts),*)]))
}

/// The function that reads a field, where serde's own way won't do.
fn read(field: &Field) -> Option<&'static str> {
    match (field.reading, field.presence) {
        (Reading::WholeNumber, _) => Some("countersign_runtime::read::whole"),
        (Reading::NumericString, _) => Some("countersign_runtime::read::numeric"),
        (Reading::Exact, Presence::Nullable) => Some("countersign_runtime::read::required"),
        (Reading::Exact, _) => None,
    }
}
