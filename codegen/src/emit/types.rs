//! Types as they are written.

use proc_macro2::{Literal as Token, TokenStream};
use quote::{ToTokens, quote};

use super::ident;
use super::known::Known;
use super::scope::Scope;
use crate::describe::int;
use crate::ir::{ExternalForm, Presence, Type};

/// A type, ready to be written.
pub(super) struct Ty<'a>(pub(super) &'a Scope<'a>, pub(super) &'a Type);

impl ToTokens for Ty<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self(scope, ty) = self;
        match ty {
            Type::Bool => ident::plain("bool").to_tokens(tokens),
            Type::Int(width) => ident::plain(int(*width)).to_tokens(tokens),
            Type::Float => ident::plain("f64").to_tokens(tokens),
            Type::String => scope.known(Known::String).to_tokens(tokens),
            Type::Uuid => scope.known(Known::Uuid).to_tokens(tokens),
            Type::DateTime => scope.known(Known::DateTime).to_tokens(tokens),
            Type::Date => scope.known(Known::Date).to_tokens(tokens),
            Type::IpAddr => scope.known(Known::IpAddr).to_tokens(tokens),
            Type::Ipv4Addr => scope.known(Known::Ipv4Addr).to_tokens(tokens),
            Type::Ipv6Addr => scope.known(Known::Ipv6Addr).to_tokens(tokens),
            Type::Base64 => scope.known(Known::Base64).to_tokens(tokens),
            Type::Json => scope.known(Known::Value).to_tokens(tokens),
            Type::Null => tokens.extend(quote!(())),
            Type::List(item) => self.generic(Known::Vec, item, tokens),
            Type::Tuple(items) => {
                let items = items.iter().map(|item| Ty(scope, item));
                tokens.extend(quote!((#(#items,)*)));
            }
            Type::Map(value) => {
                let map = scope.known(Known::BTreeMap);
                let string = scope.known(Known::String);
                let value = Ty(scope, value);
                tokens.extend(quote!(#map<#string, #value>));
            }
            Type::Nullable(inner) => self.generic(Known::Option, inner, tokens),
            Type::Secret(inner) => self.generic(Known::Secret, inner, tokens),
            Type::Named(id) => scope.type_path(*id).to_tokens(tokens),
            Type::Boxed(id) => {
                let boxed = scope.known(Known::Box);
                let path = scope.type_path(*id);
                tokens.extend(quote!(#boxed<#path>));
            }
            // The caller's path. One that is not a type is found out when the file is parsed.
            Type::External(external) => {
                let path: TokenStream = external.path.parse().unwrap_or_default();
                let around = match external.form {
                    ExternalForm::Own => None,
                    ExternalForm::Text | ExternalForm::Digits => Some(Known::AsText),
                    ExternalForm::Number => Some(Known::AsNumber),
                };
                tokens.extend(match around.map(|around| scope.known(around)) {
                    Some(around) => quote!(#around<#path>),
                    None => path,
                });
            }
        }
    }
}

impl Ty<'_> {
    fn generic(&self, outer: Known, inner: &Type, tokens: &mut TokenStream) {
        let outer = self.0.known(outer);
        let inner = Ty(self.0, inner);
        tokens.extend(quote!(#outer<#inner>));
    }
}

/// A type with its presence, ready to be written as the type of a field.
pub(super) struct FieldTy<'a>(
    pub(super) &'a Scope<'a>,
    pub(super) &'a Type,
    pub(super) Presence,
);

impl ToTokens for FieldTy<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self(scope, ty, presence) = self;
        let inner = Ty(scope, ty);
        match presence {
            Presence::Required => inner.to_tokens(tokens),
            Presence::Optional | Presence::Nullable => inner.generic(Known::Option, ty, tokens),
            Presence::OptionalNullable => inner.generic(Known::Presence, ty, tokens),
        }
    }
}

/// The depth of a type as clippy counts it; it calls more than [`COMPLEX`] too complex.
pub(super) fn complexity(ty: &Type, presence: Presence) -> u64 {
    let depth = u64::from(presence != Presence::Required);
    depth * 10 + weigh(ty, depth + 1)
}

/// Where clippy's `type_complexity` begins, less what a parameter adds with `impl Into<..>`.
pub(super) const COMPLEX: u64 = 200;

fn weigh(ty: &Type, nest: u64) -> u64 {
    let here = 10 * nest;
    match ty {
        Type::List(inner) | Type::Nullable(inner) | Type::Secret(inner) => {
            here + weigh(inner, nest + 1)
        }
        Type::Map(inner) => here + 10 * (nest + 1) + weigh(inner, nest + 1),
        Type::Boxed(_) => here + 10 * (nest + 1),
        Type::Tuple(items) => here + items.iter().map(|item| weigh(item, nest + 1)).sum::<u64>(),
        _ => here,
    }
}

/// A string literal.
pub(super) fn text(text: &str) -> Token {
    Token::string(text)
}
