//! The position of an operation among pages, read and set.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::paging::is_text;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::ir::{IntWidth, Operation, Paging, Type};

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
            Some((
                ident::field(&parameter.name),
                scope.resolved(&parameter.ty).clone(),
            ))
        };
        Some(match paging {
            Paging::Offset { offset, limit, .. } => {
                let (offset, limit) = (parameter(*offset)?, parameter(*limit)?);
                let (from, many) = (count(&offset)?, count(&limit)?);
                let (set_from, set_many) =
                    (set_count(&offset, "offset")?, set_count(&limit, "limit")?);
                Self::new(
                    quote!(#of),
                    quote!(#of::Offset { offset: #from, limit: #many }),
                    quote!(#of::Offset { offset, limit }),
                    quote!(#set_from #set_many),
                )
            }
            Paging::Range { range, .. } => {
                let range = parameter(*range)?;
                let (held, set) = (text(&range)?, set_text(&range, "range")?);
                Self::new(
                    quote!(#of),
                    quote!(#of::Range(#held)),
                    quote!(#of::Range(range)),
                    set,
                )
            }
            Paging::Cursor { cursor, .. } => {
                let cursor = parameter(*cursor)?;
                let (held, set) = (text(&cursor)?, set_text(&cursor, "cursor")?);
                Self::new(
                    quote!(#of),
                    quote!(#of::Cursor(#held)),
                    quote!(#of::Cursor(cursor)),
                    set,
                )
            }
            Paging::Link { .. } => {
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

type FieldTy = (Ident, Type);

/// A parameter as a count.
fn count((name, ty): &FieldTy) -> Option<TokenStream> {
    Some(match ty {
        Type::Int(IntWidth::U64) => quote!(self.#name),
        Type::Int(IntWidth::U8 | IntWidth::U16 | IntWidth::U32) => {
            quote!(self.#name.map(u64::from))
        }
        Type::Int(_) => quote!(self.#name.and_then(|count| count.try_into().ok())),
        Type::String => quote!(self.#name.as_ref().and_then(|count| count.parse().ok())),
        _ => return None,
    })
}

/// Puts a count into a parameter.
fn set_count((name, ty): &FieldTy, from: &str) -> Option<TokenStream> {
    let from = ident::plain(from);
    Some(match ty {
        Type::Int(IntWidth::U64) => quote!(self.#name = #from;),
        Type::Int(_) => quote!(self.#name = #from.and_then(|count| count.try_into().ok());),
        Type::String => quote!(self.#name = #from.map(|count| count.to_string());),
        _ => return None,
    })
}

/// A parameter as text.
fn text((name, ty): &FieldTy) -> Option<TokenStream> {
    match ty {
        Type::String => Some(quote!(self.#name.clone())),
        ty if is_text(ty) => Some(quote!(self.#name.as_ref().map(|held| held.to_string()))),
        _ => None,
    }
}

/// Puts text into a parameter.
fn set_text((name, ty): &FieldTy, from: &str) -> Option<TokenStream> {
    let from = ident::plain(from);
    match ty {
        Type::String => Some(quote!(self.#name = #from;)),
        ty if is_text(ty) => Some(quote!(self.#name = #from.and_then(|text| text.parse().ok());)),
        _ => None,
    }
}
