//! Operations that list page by page.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::field_path::FieldPath;
use super::page_cursor::PageCursor;
use super::success::is_choice;
use crate::emit::deprecated::allowed;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::allow_deprecated;
use crate::emit::scope::Scope;
use crate::emit::types::{Ty, text};
use crate::ir::{NextCursor, Operation, Paging, PagingStyle, Type};
use crate::names::FieldName;

/// The paging of an operation by the runtime; none where it does not page.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let paging = operation.paging.as_ref()?;
    let items = FieldPath::of(scope, operation, &paging.items)?;
    let PageCursor { position, turn_to } = PageCursor::of(scope, operation, paging)?;
    let list = list(scope, paging, &items);
    let summary = summary(scope, operation, paging, &items)?;
    let (of, vec) = (scope.known(Known::Paginated), scope.known(Known::Vec));
    let (name, item) = (ident::ty(&operation.name), Ty(scope, &paging.item));
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

            #list

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

/// The document's description of the list; none where there is nothing to say.
fn list(scope: &Scope<'_>, paging: &Paging, items: &FieldPath<'_>) -> Option<TokenStream> {
    let wires: Vec<TokenStream> = items
        .wires()
        .map(|wire| text(wire.text()).into_token_stream())
        .collect();
    let mut said = Vec::new();
    if !wires.is_empty() {
        said.push(quote!(.items(&[#(#wires),*])));
    }
    let first = match &paging.style {
        PagingStyle::Page { first, .. } => *first,
        PagingStyle::Offset { first, .. } => Some(*first).filter(|first| *first != 0),
        PagingStyle::LinkHeader => {
            said.push(quote!(.link_header()));
            None
        }
        _ => None,
    };
    if let Some(first) = first {
        let first = Literal::u64_unsuffixed(first);
        said.push(quote!(.first(#first)));
    }
    if paging.end.partly_filled {
        said.push(quote!(.partly_filled()));
    }
    if said.is_empty() {
        return None;
    }
    let of = scope.known(Known::ListSpec);
    Some(quote!(const LIST: #of = #of::new() #(#said)*;))
}

/// The summary of a page: the number of its items, of all items, or the next page.
fn summary(
    scope: &Scope<'_>,
    operation: &Operation,
    paging: &Paging,
    items: &FieldPath<'_>,
) -> Option<TokenStream> {
    let (end, mut deprecated) = (&paging.end, items.is_deprecated());
    let mut said = Vec::new();
    let mut say = |(part, is_deprecated): (TokenStream, bool)| {
        deprecated |= is_deprecated;
        said.push(part);
    };
    for (fields, of) in [
        (&end.total, "total"),
        (&end.pages, "pages"),
        (&end.number, "number"),
    ] {
        let found = fields.as_ref();
        if let Some(part) = found.and_then(|fields| number(scope, operation, fields, of)) {
            say(part);
        }
    }
    if let Some(more) = &end.more {
        say(flag(scope, operation, &more.fields, more.says_last)?);
    }
    match &paging.style {
        PagingStyle::Cursor { next, .. } => say(match next {
            NextCursor::Body(next) => next_of(scope, operation, next)?,
            NextCursor::LastItem(field) => next_in(scope, paging, items, field)?,
        }),
        PagingStyle::Link { next } => say(next_of(scope, operation, next)?),
        _ => {}
    }
    let deprecated = deprecated.then(allow_deprecated);
    let of = scope.known(Known::Summary);
    let page = page(operation, &quote!(#of::new(0)));
    let list = items.borrowed();
    let count = if items.is_held() {
        quote!(#list.len())
    } else {
        quote!(#list.map_or(0, |items| items.len()))
    };
    Some(quote! {
        #deprecated
        fn summary(page: &Self::Success) -> #of {
            #page
            #of::new(#count)#(#said)*
        }
    })
}

/// `.total(..)` or its kin, and whether something on the way is deprecated.
fn number(
    scope: &Scope<'_>,
    operation: &Operation,
    fields: &[FieldName],
    of: &str,
) -> Option<(TokenStream, bool)> {
    let field_path = FieldPath::of(scope, operation, fields)?;
    let (Type::Int(_) | Type::Float) = scope.resolved(field_path.found()?) else {
        return None;
    };
    let (value, of) = (copied(scope, &field_path), ident::plain(of));
    Some((quote!(.#of(#value)), field_path.is_deprecated()))
}

/// `.more(..)`, and whether something on the way is deprecated.
fn flag(
    scope: &Scope<'_>,
    operation: &Operation,
    fields: &[FieldName],
    says_last: bool,
) -> Option<(TokenStream, bool)> {
    let field_path = FieldPath::of(scope, operation, fields)?;
    let Type::Bool = scope.resolved(field_path.found()?) else {
        return None;
    };
    let value = match (says_last, field_path.is_held()) {
        (false, _) => copied(scope, &field_path),
        (true, true) => {
            let (some, flag) = (scope.known(Known::Some), field_path.borrowed());
            quote!(#some(!#flag))
        }
        (true, false) => {
            let flag = field_path.borrowed();
            quote!(#flag.map(|last| !*last))
        }
    };
    Some((quote!(.more(#value)), field_path.is_deprecated()))
}

/// An option of a value that is copied.
fn copied(scope: &Scope<'_>, field_path: &FieldPath<'_>) -> TokenStream {
    let value = field_path.borrowed();
    if field_path.is_held() {
        let some = scope.known(Known::Some);
        quote!(#some(#value))
    } else {
        quote!(#value.copied())
    }
}

/// `.next(..)`, and whether something on the way is deprecated.
fn next_of(
    scope: &Scope<'_>,
    operation: &Operation,
    fields: &[FieldName],
) -> Option<(TokenStream, bool)> {
    let field_path = FieldPath::of(scope, operation, fields)?;
    let next = written(scope, &field_path)?;
    let next = match field_path.is_held() {
        true => {
            let some = scope.known(Known::Some);
            quote!(#some(#next))
        }
        false => next,
    };
    Some((quote!(.next(#next)), field_path.is_deprecated()))
}

/// `.next(..)` of the last item, and whether something on the way is deprecated.
fn next_in(
    scope: &Scope<'_>,
    paging: &Paging,
    items: &FieldPath<'_>,
    field: &FieldName,
) -> Option<(TokenStream, bool)> {
    let field_path = FieldPath::within(scope, &paging.item, "last", std::slice::from_ref(field))?;
    let next = written(scope, &field_path)?;
    let list = items.borrowed();
    let last = match items.is_held() {
        true => quote!(#list.last()),
        false => quote!(#list.and_then(|items| items.last())),
    };
    let next = match field_path.is_held() {
        true => quote!(#last.map(|last| #next)),
        false => quote!(#last.and_then(|last| #next)),
    };
    Some((quote!(.next(#next)), field_path.is_deprecated()))
}

/// A value as text: an option of it unless it is always there.
fn written(scope: &Scope<'_>, field_path: &FieldPath<'_>) -> Option<TokenStream> {
    let next = field_path.borrowed();
    Some(
        match (scope.resolved(field_path.found()?), field_path.is_held()) {
            (Type::String, true) => quote!(#next.clone()),
            (Type::String, false) => quote!(#next.cloned()),
            (ty, true) if is_text(ty) => quote!(#next.to_string()),
            (ty, false) if is_text(ty) => quote!(#next.map(|next| next.to_string())),
            _ => return None,
        },
    )
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
