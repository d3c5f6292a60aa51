//! Operations that list page by page.

use proc_macro2::TokenStream;
use quote::quote;

use super::field_path::FieldPath;
use super::page_cursor::PageCursor;
use super::success::is_choice;
use crate::emit::deprecated::allowed;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::allow_deprecated;
use crate::emit::scope::Scope;
use crate::emit::types::Ty;
use crate::ir::{Operation, Paging, Type};
use crate::names::FieldName;

/// The paging of an operation by the runtime; none where it does not page.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let paging = operation.paging.as_ref()?;
    let (Paging::Offset { items, item, .. }
    | Paging::Range { items, item, .. }
    | Paging::Cursor { items, item, .. }
    | Paging::Link { items, item, .. }) = paging;
    let items = FieldPath::of(scope, operation, items)?;
    let PageCursor { position, turn_to } = PageCursor::of(scope, operation, paging)?;
    let summary = summary(scope, operation, paging, &items)?;
    let (of, vec) = (scope.known(Known::Paginated), scope.known(Known::Vec));
    let (name, item) = (ident::ty(&operation.name), Ty(scope, item));
    let page = page(operation, &quote!(#vec::new()));
    let deprecated = items.is_deprecated().then(allow_deprecated);
    let allowed = allowed(operation);
    let found = items.moved();
    let found = if items.is_held() {
        found
    } else {
        quote!(#found.unwrap_or_default())
    };
    Some(quote! {
        #allowed
        impl #of for #name {
            type Item = #item;

            #position
            #turn_to
            #summary

            #deprecated
            fn items(page: Self::Success) -> #vec<Self::Item> {
                #page
                #found
            }
        }
    })
}

/// The summary of a page: the number of its items, of all items, or the next page.
fn summary(
    scope: &Scope<'_>,
    operation: &Operation,
    paging: &Paging,
    items: &FieldPath<'_>,
) -> Option<TokenStream> {
    let (more, deprecated) = match paging {
        Paging::Offset { total, .. } | Paging::Range { total, .. } => {
            total_of(scope, operation, total).unwrap_or_default()
        }
        Paging::Cursor { next, .. } | Paging::Link { next, .. } => next_of(scope, operation, next)?,
    };
    let deprecated = (deprecated || items.is_deprecated()).then(allow_deprecated);
    let of = scope.known(Known::Summary);
    let page = page(operation, &quote!(#of::new(0)));
    let count = if items.is_held() {
        let list = items.borrowed();
        quote!(#list.len())
    } else {
        let list = items.borrowed();
        quote!(#list.map_or(0, |items| items.len()))
    };
    Some(quote! {
        #deprecated
        fn summary(page: &Self::Success) -> #of {
            #page
            #of::new(#count)#more
        }
    })
}

/// `.total(..)`, and whether something on the way is deprecated.
fn total_of(
    scope: &Scope<'_>,
    operation: &Operation,
    fields: &[FieldName],
) -> Option<(TokenStream, bool)> {
    let field_path = FieldPath::of(scope, operation, fields)?;
    let Type::Int(_) = scope.resolved(field_path.found()?) else {
        return None;
    };
    let total = field_path.borrowed();
    let total = if field_path.is_held() {
        let some = scope.known(Known::Some);
        quote!(#some(#total))
    } else {
        quote!(#total.copied())
    };
    Some((quote!(.total(#total)), field_path.is_deprecated()))
}

/// `.next(..)`, and whether something on the way is deprecated.
fn next_of(
    scope: &Scope<'_>,
    operation: &Operation,
    fields: &[FieldName],
) -> Option<(TokenStream, bool)> {
    let field_path = FieldPath::of(scope, operation, fields)?;
    let (some, next) = (scope.known(Known::Some), field_path.borrowed());
    let next = match (scope.resolved(field_path.found()?), field_path.is_held()) {
        (Type::String, true) => quote!(#some(#next.clone())),
        (Type::String, false) => quote!(#next.cloned()),
        (ty, true) if is_text(ty) => quote!(#some(#next.to_string())),
        (ty, false) if is_text(ty) => quote!(#next.map(|next| next.to_string())),
        _ => return None,
    };
    Some((quote!(.next(#next)), field_path.is_deprecated()))
}

/// A value that is written as text and read from it.
pub(super) fn is_text(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Int(_) | Type::Float | Type::Uuid | Type::DateTime | Type::Date
    )
}

/// Takes the page out of an enum of successes.
fn page(operation: &Operation, otherwise: &TokenStream) -> Option<TokenStream> {
    let first = operation.responses.success.first();
    let first = first.filter(|_| is_choice(operation))?;
    let (of, variant) = (
        ident::ty(&operation.success_name),
        ident::variant(&first.variant),
    );
    Some(quote!(let #of::#variant(page) = page else { return #otherwise; };))
}
