//! The fields of a struct.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rename::{Rule, is_exception};
use crate::emit::deprecated::deprecated;
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::scope::Scope;
use crate::emit::types::{COMPLEX, FieldTy, complexity, text};
use crate::emit::{ident, literal};
use crate::ir::{
    Access, Additional, Field, FieldRole, Presence, Reading, Shape, Tagging, Type, TypeDef,
};

/// A field of a type with its documentation and attributes.
pub(super) fn field(
    scope: &Scope<'_>,
    def: &TypeDef,
    field: &Field,
    rule: Option<Rule>,
) -> TokenStream {
    let docs = docs(scope, def, field);
    let wire = attributes(scope, field, rule);
    let deprecated = field.deprecated.then(|| deprecated(&field.docs));
    let complex = complex(complexity(&field.ty, field.presence));
    let name = ident::field(&field.name);
    let ty = FieldTy(scope, &field.ty, field.presence);
    quote! {
        #docs
        #deprecated
        #complex
        #wire
        pub #name: #ty
    }
}

/// The map of members that have no field.
pub(super) fn additional(scope: &Scope<'_>, additional: &Additional) -> TokenStream {
    let name = ident::field(&additional.name);
    let map = Type::Map(Box::new(additional.ty.clone()));
    let complex = complex(complexity(&map, Presence::Required));
    let ty = FieldTy(scope, &map, Presence::Required);
    quote! {
        /// Additional properties not described by the API.
        #complex
        #[wire(flatten)]
        pub #name: #ty
    }
}

/// A type that mirrors a deeply nested value is as it has to be.
pub(super) fn complex(complexity: u64) -> Option<TokenStream> {
    (complexity > COMPLEX)
        .then(|| quote!(#[allow(clippy::type_complexity, reason = "as deep as the value is")]))
}

/// The author's documentation. The source is named at the type, unless the field comes from another document.
fn docs(scope: &Scope<'_>, def: &TypeDef, field: &Field) -> Doc {
    let mut docs = Doc::of(&field.docs, Depth::Member, || otherwise(field));
    if field.origin.span.document != def.origin.span.document {
        let place = code(&scope.emitter.place(field.origin));
        docs.paragraph(&format!("Source: {place}"));
    }
    docs
}

fn otherwise(field: &Field) -> String {
    match field.role {
        FieldRole::Member => format!("The property {}.", code(field.wire.text())),
        FieldRole::Flattened => "The chosen alternative.".to_owned(),
    }
}

fn attributes(scope: &Scope<'_>, field: &Field, rule: Option<Rule>) -> Option<TokenStream> {
    if field.role == FieldRole::Flattened {
        let names = flattened(scope, field);
        return Some(if names.is_empty() {
            quote!(#[wire(flatten)])
        } else {
            quote!(#[wire(flatten(#(#names),*))])
        });
    }
    let mut parts: Vec<TokenStream> = Vec::new();
    if is_exception(field, rule) {
        let wire = text(field.wire.text());
        parts.push(quote!(rename = #wire));
    }
    match field.reading {
        Reading::WholeNumber => parts.push(quote!(read = "whole")),
        Reading::NumericString => parts.push(quote!(read = "numeric")),
        Reading::Exact if field.presence == Presence::Optional && admits_null(scope, &field.ty) => {
            parts.push(quote!(read = "any"));
        }
        // The derive macro sees integers by their names alone.
        Reading::Exact if hides_integers(scope, &field.ty) => parts.push(quote!(read = "whole")),
        Reading::Exact => {}
    }
    // What is an `Option` because it may be null must be there all the same.
    if is_nullable(field) {
        parts.push(quote!(nullable));
    }
    if let Some(json) = default(scope, field) {
        parts.push(quote!(default = #json));
    }
    if let Some(mode) = field.tolerance {
        let mode = text(mode.name());
        parts.push(quote!(reading = #mode));
    }
    (!parts.is_empty()).then(|| quote!(#[wire(#(#parts),*)]))
}

/// The default of a member that must be there, as JSON: a tolerant reading takes it where a server leaves it out.
fn default(scope: &Scope<'_>, field: &Field) -> Option<Literal> {
    let default = field.default.as_ref();
    let default = default.filter(|_| field.presence == Presence::Required)?;
    let is_plain = !matches!(field.ty, Type::Secret(_)) && field.access != Access::WriteOnly;
    is_plain.then(|| literal::json(scope, default)).flatten()
}

/// Whether a type is of integers, by another name.
fn hides_integers(scope: &Scope<'_>, ty: &Type) -> bool {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            hides_integers(scope, inner)
        }
        Type::Named(_) => is_of_integers(scope, scope.resolved(ty)),
        _ => false,
    }
}

fn is_of_integers(scope: &Scope<'_>, ty: &Type) -> bool {
    match scope.resolved(ty) {
        Type::Int(_) => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            is_of_integers(scope, inner)
        }
        _ => false,
    }
}

/// Whether `null` is among the values of a type.
fn admits_null(scope: &Scope<'_>, ty: &Type) -> bool {
    match scope.resolved(ty) {
        Type::Json | Type::Null | Type::Nullable(_) => true,
        Type::Named(id) | Type::Boxed(id) => scope.api.type_def(*id).facts.null,
        _ => false,
    }
}

fn is_nullable(field: &Field) -> bool {
    match field.presence {
        Presence::Nullable => true,
        Presence::Required => matches!(field.ty, Type::Nullable(_)),
        Presence::Optional | Presence::OptionalNullable => false,
    }
}

/// The members that the branches of a flattened union have.
fn flattened(scope: &Scope<'_>, field: &Field) -> Vec<Literal> {
    let (Type::Named(id) | Type::Boxed(id)) = scope.resolved(&field.ty) else {
        return Vec::new();
    };
    match &scope.api.type_def(*id).shape {
        Shape::Union(choice) if choice.tagging == Tagging::External => {
            let tags = choice.branches.iter().flat_map(|branch| &branch.tags);
            tags.map(|tag| text(tag.text())).collect()
        }
        _ => Vec::new(),
    }
}
