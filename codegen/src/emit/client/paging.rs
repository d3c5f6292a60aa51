//! Operations that list page by page.

use proc_macro2::TokenStream;
use quote::quote;

use super::success::is_choice;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::allow_deprecated;
use crate::emit::scope::Scope;
use crate::emit::types::{Ty, text};
use crate::ir::{Field, Operation, Paging, Payload, Presence, Shape, Type};
use crate::names::FieldName;

/// How the runtime pages through an operation; none where it does not.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let paging = operation.paging.as_ref()?;
    let (Paging::Offset { items, item, .. }
    | Paging::Range { items, item, .. }
    | Paging::Cursor { items, item, .. }
    | Paging::Link { items, item, .. }) = paging;
    let way = Way::of(scope, operation, items)?;
    let deprecated = way.is_deprecated().then(allow_deprecated);
    let (page, items) = (pattern(operation), way.moved());
    let (of, vec, name, item) = (
        scope.known(Known::Paginated),
        scope.known(Known::Vec),
        ident::ty(&operation.name),
        Ty(scope, item),
    );
    let (kind, style) = (scope.known(Known::Paging), style(scope, operation, paging)?);
    let info = info(scope, operation, paging)?;
    let page = page.map(|pattern| quote!(let #pattern = page else { return #vec::new() };));
    Some(quote! {
        impl #of for #name {
            type Item = #item;

            const PAGING: #kind = #style;

            #deprecated
            fn items(page: Self::Success) -> #vec<Self::Item> {
                #page
                #items
            }

            #info
        }
    })
}

/// Which parameters move on, by their wire names.
fn style(scope: &Scope<'_>, operation: &Operation, paging: &Paging) -> Option<TokenStream> {
    let of = scope.known(Known::Paging);
    let wire = |at: usize| {
        operation
            .parameters
            .get(at)
            .map(|parameter| text(parameter.wire.text()))
    };
    Some(match paging {
        Paging::Offset { offset, limit, .. } => {
            let (offset, limit) = (wire(*offset)?, wire(*limit)?);
            quote!(#of::Offset { offset: #offset, limit: #limit })
        }
        Paging::Range { range, .. } => {
            let range = wire(*range)?;
            quote!(#of::Range { range: #range })
        }
        Paging::Cursor { cursor, .. } => {
            let cursor = wire(*cursor)?;
            quote!(#of::Cursor { cursor: #cursor })
        }
        Paging::Link { .. } => quote!(#of::Link),
    })
}

/// What a page says about the others: how many items there are, or what the next page is.
fn info(scope: &Scope<'_>, operation: &Operation, paging: &Paging) -> Option<TokenStream> {
    let (method, fields) = match paging {
        Paging::Offset { total, .. } | Paging::Range { total, .. } => ("total", total),
        Paging::Cursor { next, .. } | Paging::Link { next, .. } => ("next", next),
    };
    let way = Way::of(scope, operation, fields).filter(|way| way.is_plain(scope));
    if fields.is_empty() || (way.is_none() && method == "total") {
        return Some(TokenStream::new());
    }
    let way = way?;
    let deprecated = way.is_deprecated().then(allow_deprecated);
    let of = scope.known(Known::PageInfo);
    let page = pattern(operation);
    let page = page.map(|pattern| quote!(let #pattern = page else { return #of::new() };));
    let (method, value) = (ident::plain(method), way.borrowed());
    Some(quote! {
        #deprecated
        fn page_info(page: &Self::Success) -> #of {
            #page
            #of::new().#method(#value)
        }
    })
}

/// The pattern of the success that is a page, where there is an enum of successes.
fn pattern(operation: &Operation) -> Option<TokenStream> {
    let first = operation
        .responses
        .success
        .first()
        .filter(|_| is_choice(operation))?;
    let (of, variant) = (
        ident::ty(&operation.success_name),
        ident::variant(&first.variant),
    );
    Some(quote!(#of::#variant(page)))
}

/// The fields that lead from a page to something in it.
struct Way<'a>(Vec<&'a Field>);

impl<'a> Way<'a> {
    fn of(scope: &Scope<'a>, operation: &Operation, names: &[FieldName]) -> Option<Self> {
        let Payload::Json(page) = &operation.responses.success.first()?.payload else {
            return None;
        };
        let mut id = match page {
            Type::Named(id) | Type::Boxed(id) => Some(*id),
            _ => None,
        };
        let mut fields = Vec::with_capacity(names.len());
        for name in names {
            let Shape::Struct(body) = &scope.api.type_def(id?).shape else {
                return None;
            };
            let field = body.fields.iter().find(|field| field.name == *name)?;
            id = match &field.ty {
                Type::Named(id) | Type::Boxed(id) => Some(*id),
                _ => None,
            };
            fields.push(field);
        }
        Some(Self(fields))
    }

    fn is_deprecated(&self) -> bool {
        self.0.iter().any(|field| field.deprecated)
    }

    /// Whether what is found is one value that can be written as text.
    fn is_plain(&self, scope: &Scope<'_>) -> bool {
        let Some(last) = self.0.last() else {
            return false;
        };
        match scope.resolved(&last.ty) {
            Type::Named(id) => matches!(scope.api.type_def(*id).shape, Shape::Enum(_)),
            Type::Boxed(_) | Type::List(_) | Type::Tuple(_) | Type::Map(_) | Type::Nullable(_) => {
                false
            }
            Type::Null | Type::External(_) => false,
            _ => true,
        }
    }

    /// What is found, moved out of `page`; nothing found is an empty list.
    fn moved(&self) -> TokenStream {
        let mut value = quote!(page);
        let mut held = true;
        for field in &self.0 {
            let (name, optional) = (
                ident::field(&field.name),
                field.presence != Presence::Required,
            );
            let state =
                (field.presence == Presence::OptionalNullable).then(|| quote!(.into_option()));
            value = match (held, optional) {
                (true, _) => quote!(#value.#name #state),
                (false, false) => quote!(#value.map(|found| found.#name)),
                (false, true) => quote!(#value.and_then(|found| found.#name #state)),
            };
            held &= !optional;
        }
        if held {
            value
        } else {
            quote!(#value.unwrap_or_default())
        }
    }

    /// What is found, borrowed from `page`.
    fn borrowed(&self) -> TokenStream {
        let mut value = quote!(page);
        let mut held = true;
        for field in &self.0 {
            let (name, optional) = (
                ident::field(&field.name),
                field.presence != Presence::Required,
            );
            value = match (held, optional) {
                (true, false) => quote!(#value.#name),
                (true, true) => quote!(#value.#name.as_ref()),
                (false, false) => quote!(#value.map(|found| &found.#name)),
                (false, true) => quote!(#value.and_then(|found| found.#name.as_ref())),
            };
            held &= !optional;
        }
        if held { quote!(&#value) } else { value }
    }
}
