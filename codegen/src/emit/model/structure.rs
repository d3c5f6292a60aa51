//! Structs.

use proc_macro2::TokenStream;
use quote::quote;

use super::rename::Rule;
use super::{constructor, derives, docs, field, rename, traits, validate};
use crate::emit::ident;
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::ir::{FieldRole, Struct, TypeDef};

/// A struct, its constructor and setters, and its limits.
pub(super) fn item(scope: &Scope<'_>, def: &TypeDef, body: &Struct) -> TokenStream {
    let rule = rename::rule(&body.fields);
    let docs = docs(scope, def);
    let derives = derives::with_serde(scope, &def.facts);
    let has_rest = body.additional.is_some()
        || body
            .fields
            .iter()
            .any(|field| field.role == FieldRole::Flattened);
    let digits = (def.facts.digits && has_rest).then(|| quote!(#[wire(keeps_digits)]));
    let traits = traits::attributes(scope, def);
    let rename_all = rule.map(|Rule(rule)| quote!(#[wire(rename_all = #rule)]));
    let name = ident::ty(&def.name);
    let fields = body
        .fields
        .iter()
        .map(|field| SharedTokens(field::field(scope, def, field, rule)));
    let additional = body
        .additional
        .iter()
        .map(|additional| SharedTokens(field::additional(scope, additional)));
    let constructor = SharedTokens(constructor::item(scope, def, body));
    let validate = validate::structure(scope, def, body).map(SharedTokens);
    quote! {
        #docs
        #derives
        #traits
        #rename_all
        #digits
        #[non_exhaustive]
        pub struct #name { #(#fields,)* #(#additional,)* }

        #constructor
        #validate
    }
}
