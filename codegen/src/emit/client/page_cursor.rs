//! The position of an operation among pages, read and set.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::paging::is_text;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::ir::{IntWidth, Operation, Paging, PagingStyle, Presence, Type};

/// The two functions.
pub(super) struct PageCursor {
    pub(super) position: TokenStream,
    pub(super) turn_to: TokenStream,
}

impl PageCursor {
    /// None where a parameter can't hold a position.
    pub(super) fn of(scope: &Scope<'_>, operation: &Operation, paging: &Paging) -> Option<Self> {
        let of = scope.known(Known::Position);
        let parameter = |at: usize| {
            let parameter = operation.parameters.get(at)?;
            Some(Counted {
                name: ident::field(&parameter.name),
                ty: scope.resolved(&parameter.ty).clone(),
                is_required: parameter.presence == Presence::Required,
            })
        };
        let counts = |variant: &str, names: [&str; 2], first: usize, second: Option<usize>| {
            let (variant, [one, other]) = (ident::plain(variant), names.map(ident::plain));
            let from = parameter(first)?;
            let (held, set) = (count(scope, &from)?, set_count(scope, &from, names[0])?);
            let (many, set_many, pattern) = match second {
                Some(second) => {
                    let second = parameter(second)?;
                    let set = set_count(scope, &second, names[1])?;
                    (count(scope, &second)?, set, quote!({ #one, #other }))
                }
                None => {
                    let none = scope.known(Known::None);
                    (quote!(#none), TokenStream::new(), quote!({ #one, .. }))
                }
            };
            Some(Self::new(
                quote!(#of),
                quote!(#of::#variant { #one: #held, #other: #many }),
                quote!(#of::#variant #pattern),
                quote!(#set #set_many),
            ))
        };
        Some(match &paging.style {
            PagingStyle::Offset { offset, limit, .. } => {
                counts("Offset", ["offset", "limit"], *offset, *limit)?
            }
            PagingStyle::Page { page, size, .. } => counts("Page", ["page", "size"], *page, *size)?,
            PagingStyle::Range { range } => {
                let range = parameter(*range)?;
                let (held, set) = (text(&range)?, set_text(&range, "range")?);
                Self::new(
                    quote!(#of),
                    quote!(#of::Range(#held)),
                    quote!(#of::Range(range)),
                    set,
                )
            }
            PagingStyle::Cursor { cursor, .. } => {
                let cursor = parameter(*cursor)?;
                let (held, set) = (text(&cursor)?, set_text(&cursor, "cursor")?);
                Self::new(
                    quote!(#of),
                    quote!(#of::Cursor(#held)),
                    quote!(#of::Cursor(cursor)),
                    set,
                )
            }
            PagingStyle::Link { .. } | PagingStyle::LinkHeader => {
                let none = scope.known(Known::None);
                Self {
                    position: quote! {
                        fn position(&self) -> #of {
                            #of::Link(#none)
                        }
                    },
                    turn_to: quote!(fn turn_to(&mut self, _: #of) {}),
                }
            }
        })
    }

    fn new(of: TokenStream, held: TokenStream, pattern: TokenStream, set: TokenStream) -> Self {
        Self {
            position: quote! {
                fn position(&self) -> #of {
                    #held
                }
            },
            turn_to: quote! {
                fn turn_to(&mut self, position: #of) {
                    if let #pattern = position {
                        #set
                    }
                }
            },
        }
    }
}

/// A parameter that has a position.
struct Counted {
    name: Ident,
    ty: Type,
    is_required: bool,
}

/// A parameter as a count.
fn count(scope: &Scope<'_>, parameter: &Counted) -> Option<TokenStream> {
    let (name, some) = (&parameter.name, scope.known(Known::Some));
    Some(match (&parameter.ty, parameter.is_required) {
        (Type::Int(IntWidth::U64), false) => quote!(self.#name),
        (Type::Int(IntWidth::U64), true) => quote!(#some(self.#name)),
        (Type::Int(IntWidth::U8 | IntWidth::U16 | IntWidth::U32), false) => {
            quote!(self.#name.map(u64::from))
        }
        (Type::Int(IntWidth::U8 | IntWidth::U16 | IntWidth::U32), true) => {
            quote!(#some(self.#name.into()))
        }
        (Type::Int(_), false) => quote!(self.#name.and_then(|count| count.try_into().ok())),
        (Type::Int(_), true) => quote!(self.#name.try_into().ok()),
        (Type::Float, false) => {
            let of = scope.known(Known::Position);
            quote!(self.#name.and_then(#of::whole))
        }
        (Type::Float, true) => {
            let of = scope.known(Known::Position);
            quote!(#of::whole(self.#name))
        }
        (Type::String, false) => {
            quote!(self.#name.as_ref().and_then(|count| count.parse().ok()))
        }
        _ => return None,
    })
}

/// Puts a count into a parameter.
fn set_count(scope: &Scope<'_>, parameter: &Counted, from: &str) -> Option<TokenStream> {
    let (name, from) = (&parameter.name, ident::plain(from));
    Some(match (&parameter.ty, parameter.is_required) {
        (Type::Int(IntWidth::U64), false) => quote!(self.#name = #from;),
        (Type::Int(_), false) => {
            quote!(self.#name = #from.and_then(|count| count.try_into().ok());)
        }
        (Type::Int(IntWidth::U64), true) => {
            quote!(self.#name = #from.unwrap_or(self.#name);)
        }
        (Type::Int(_), true) => {
            let count = quote!(#from.and_then(|count| count.try_into().ok()));
            quote!(self.#name = #count.unwrap_or(self.#name);)
        }
        (Type::Float, false) => {
            let of = scope.known(Known::Position);
            quote!(self.#name = #from.and_then(#of::number);)
        }
        (Type::Float, true) => {
            let of = scope.known(Known::Position);
            quote!(self.#name = #from.and_then(#of::number).unwrap_or(self.#name);)
        }
        (Type::String, false) => quote!(self.#name = #from.map(|count| count.to_string());),
        _ => return None,
    })
}

/// A parameter as text.
fn text(Counted { name, ty, .. }: &Counted) -> Option<TokenStream> {
    match ty {
        Type::String => Some(quote!(self.#name.clone())),
        ty if is_text(ty) => Some(quote!(self.#name.as_ref().map(|held| held.to_string()))),
        _ => None,
    }
}

/// Puts text into a parameter.
fn set_text(Counted { name, ty, .. }: &Counted, from: &str) -> Option<TokenStream> {
    let from = ident::plain(from);
    match ty {
        Type::String => Some(quote!(self.#name = #from;)),
        ty if is_text(ty) => Some(quote!(self.#name = #from.and_then(|text| text.parse().ok());)),
        _ => None,
    }
}
