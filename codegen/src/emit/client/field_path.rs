//! The way from a success to something in it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::ident;
use crate::emit::scope::Scope;
use crate::ir::{Field, Operation, Payload, Presence, Type};
use crate::names::FieldName;
use crate::source::SpecStr;

/// The fields that lead from a variable, which holds a success, to something in it.
pub(super) struct FieldPath<'a> {
    from: Ident,
    fields: Vec<&'a Field>,
}

impl<'a> FieldPath<'a> {
    /// The way along named fields. None where they are not there.
    pub(super) fn of(
        scope: &Scope<'a>,
        operation: &Operation,
        names: &[FieldName],
    ) -> Option<Self> {
        let known =
            |at: usize, field: &Field| names.get(at).is_some_and(|name| field.name == *name);
        Self::along(scope, operation, "page", names.len(), known)
    }

    /// The way that a JSON pointer tells. None where it leads to no field.
    pub(super) fn by_pointer(
        scope: &Scope<'a>,
        operation: &Operation,
        pointer: &str,
    ) -> Option<Self> {
        let names: Vec<&str> = pointer.split('/').skip(1).collect();
        let known =
            |at: usize, field: &Field| names.get(at).is_some_and(|name| field.wire.text() == *name);
        Self::along(scope, operation, "answer", names.len(), known)
    }

    fn along(
        scope: &Scope<'a>,
        operation: &Operation,
        from: &str,
        steps: usize,
        is_next: impl Fn(usize, &Field) -> bool,
    ) -> Option<Self> {
        let Payload::Json(success) = &operation.responses.success.first()?.payload else {
            return None;
        };
        let mut fields: Vec<&'a Field> = Vec::with_capacity(steps);
        // The type of the success is of the operation, the fields are of the API.
        let mut all = scope.api.types.fields_of(success);
        for at in 0..steps {
            let field = all?.iter().find(|field| is_next(at, field))?;
            all = scope.api.types.fields_of(&field.ty);
            fields.push(field);
        }
        let from = ident::plain(from);
        Some(Self { from, fields })
    }

    /// The way along named fields of a value of a type, which a variable holds.
    pub(super) fn within(
        scope: &Scope<'a>,
        ty: &Type,
        from: &str,
        names: &[FieldName],
    ) -> Option<Self> {
        let fields = scope.api.types.along(ty, names)?;
        let from = ident::plain(from);
        Some(Self { from, fields })
    }

    /// The names on the wire.
    pub(super) fn wires(&self) -> impl Iterator<Item = &SpecStr> {
        self.fields.iter().map(|field| &field.wire)
    }

    /// The type of what is found, without its presence.
    pub(super) fn found(&self) -> Option<&'a Type> {
        self.fields.last().map(|field| &field.ty)
    }

    /// Whether a field on the way is deprecated.
    pub(super) fn is_deprecated(&self) -> bool {
        self.fields.iter().any(|field| field.deprecated)
    }

    /// Whether it is always there.
    pub(super) fn is_held(&self) -> bool {
        self.fields
            .iter()
            .all(|field| field.presence == Presence::Required)
    }

    /// The value, moved out; an option of it unless it is always there.
    pub(super) fn moved(&self) -> TokenStream {
        let from = &self.from;
        let mut value = quote!(#from);
        let mut held = true;
        for field in &self.fields {
            let name = ident::field(&field.name);
            let optional = field.presence != Presence::Required;
            let state =
                (field.presence == Presence::OptionalNullable).then(|| quote!(.into_option()));
            value = match (held, optional) {
                (true, _) => quote!(#value.#name #state),
                (false, false) => quote!(#value.map(|found| found.#name)),
                (false, true) => quote!(#value.and_then(|found| found.#name #state)),
            };
            held &= !optional;
        }
        value
    }

    /// The value: a place if it is always there, else an optional reference.
    pub(super) fn borrowed(&self) -> TokenStream {
        let from = &self.from;
        let mut value = quote!(#from);
        let mut held = true;
        for field in &self.fields {
            let name = ident::field(&field.name);
            let optional = field.presence != Presence::Required;
            value = match (held, optional) {
                (true, false) => quote!(#value.#name),
                (true, true) => quote!(#value.#name.as_ref()),
                (false, false) => quote!(#value.map(|found| &found.#name)),
                (false, true) => quote!(#value.and_then(|found| found.#name.as_ref())),
            };
            held &= !optional;
        }
        value
    }
}
