//! Constants as expressions.

use proc_macro2::{Literal as Token, Punct, Spacing, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote};

use super::ident;
use super::known::{Known, PathTokens};
use super::scope::Scope;
use super::types::text;
use crate::ir::{IntWidth, Literal, Shape, Type, TypeId};

/// A constant as an owned value of a type; none if the type has no such value that Rust can write down.
pub(super) fn owned(scope: &Scope<'_>, literal: &Literal, ty: &Type) -> Option<TokenStream> {
    Some(match (literal, scope.resolved(ty)) {
        (Literal::Bool(value), Type::Bool) => quote!(#value),
        (Literal::Int(value), Type::Int(width)) if fits(*value, *width) => {
            Int(*value).into_token_stream()
        }
        (Literal::Int(value), Type::Float) => float(*value as f64)?,
        (Literal::Float(value), Type::Float) => float(*value)?,
        (Literal::String(value), Type::String) => {
            let (string, value) = (scope.known(Known::String), Token::string(value.text()));
            quote!(#string::from(#value))
        }
        (Literal::String(value), Type::Secret(inner)) if **inner == Type::String => {
            let (secret, value) = (scope.known(Known::Secret), Token::string(value.text()));
            quote!(#secret::from(#value))
        }
        (Literal::Variant(id, at), Type::Named(_)) => variant(scope, *id, *at)?,
        (Literal::Variant(id, at), Type::Boxed(_)) => {
            let (boxed, variant) = (scope.known(Known::Box), variant(scope, *id, *at)?);
            quote!(#boxed::new(#variant))
        }
        (Literal::Null, Type::Null) => quote!(()),
        _ => return None,
    })
}

/// A constant as the text of JSON; none if its text could not stand in a plain string.
pub(super) fn json(scope: &Scope<'_>, literal: &Literal) -> Option<Token> {
    let json = match literal {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => serde_json::to_string(value).ok()?,
        Literal::String(value) => serde_json::to_string(value.text()).ok()?,
        Literal::Json(json) => json.text().to_owned(),
        Literal::Variant(id, at) => {
            let Shape::Enum(choice) = &scope.api.type_def(*id).shape else {
                return None;
            };
            return json(scope, &choice.variants.get(*at)?.value);
        }
    };
    Some(text(&json))
}

fn variant(scope: &Scope<'_>, id: TypeId, at: usize) -> Option<TokenStream> {
    let Shape::Enum(choice) = &scope.api.type_def(id).shape else {
        return None;
    };
    let name = ident::variant(&choice.variants.get(at)?.name);
    let path = scope.type_path(id);
    Some(quote!(#path::#name))
}

fn fits(value: i128, width: IntWidth) -> bool {
    width.range().contains(&value)
}

fn float(value: f64) -> Option<TokenStream> {
    value
        .is_finite()
        .then(|| Float::of(value).into_token_stream())
}

/// An integer, without a suffix.
pub(super) struct Int(pub(super) i128);

impl ToTokens for Int {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if self.0 < 0 {
            tokens.append(Punct::new('-', Spacing::Alone));
        }
        tokens.append(Token::u128_unsuffixed(self.0.unsigned_abs()));
    }
}

/// A number with a fraction or an exponent, without a suffix.
pub(super) struct Float(String);

impl Float {
    pub(super) fn of(value: f64) -> Self {
        Self(digits(if value.is_finite() { value } else { 0.0 }))
    }
}

/// The shortest digits that mean the same number; with an exponent where there would be many zeros, or where the
/// number looks like a famous one (clippy takes `3.14` for a mistyped constant).
fn digits(value: f64) -> String {
    let plain = format!("{value:?}");
    let famous = plain.len() > 3 && FAMOUS.iter().any(|famous| looks_like(&plain, famous));
    if famous { format!("{value:e}") } else { plain }
}

fn looks_like(text: &str, famous: &str) -> bool {
    let text = text.trim_start_matches('-');
    // The last digit may have been rounded.
    text.get(..text.len() - 1)
        .is_some_and(|head| famous.starts_with(head))
}

const FAMOUS: &[&str] = &[
    "2.718281828459045",
    "0.3183098861837907",
    "0.7071067811865476",
    "0.6366197723675814",
    "1.1283791670955126",
    "0.39269908169872414",
    "1.0471975511965979",
    "1.5707963267948966",
    "0.7853981633974483",
    "0.5235987755982989",
    "2.302585092994046",
    "0.6931471805599453",
    "3.321928094887362",
    "1.4426950408889634",
    "0.30102999566398120",
    "0.4342944819032518",
    "3.141592653589793",
    "1.4142135623730951",
    "6.283185307179586",
    "1.618033988749895",
];

impl ToTokens for Float {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let digits = self.0.strip_prefix('-');
        if digits.is_some() {
            tokens.append(Punct::new('-', Spacing::Alone));
        }
        if let Ok(token) = digits.unwrap_or(&self.0).parse::<Token>() {
            tokens.append(token);
        }
    }
}

/// A constant as the runtime's `Scalar`; none if it is not a scalar.
pub(super) fn scalar(
    scalar: PathTokens<'_>,
    scope: &Scope<'_>,
    literal: &Literal,
) -> Option<TokenStream> {
    Some(match literal {
        Literal::Null => quote!(#scalar::Null),
        Literal::Bool(value) => quote!(#scalar::Bool(#value)),
        Literal::Int(value) => {
            let value = Int(*value);
            quote!(#scalar::Int(#value))
        }
        Literal::Float(value) => {
            let value = Float::of(*value);
            quote!(#scalar::Float(#value))
        }
        Literal::String(value) => {
            let value = Token::string(value.text());
            quote!(#scalar::Str(#value))
        }
        Literal::Variant(id, at) => return scalar_of(scalar, scope, *id, *at),
        Literal::Json(_) => return None,
    })
}

fn scalar_of(of: PathTokens<'_>, scope: &Scope<'_>, id: TypeId, at: usize) -> Option<TokenStream> {
    let Shape::Enum(choice) = &scope.api.type_def(id).shape else {
        return None;
    };
    match &choice.variants.get(at)?.value {
        Literal::Variant(..) => None,
        value => scalar(of, scope, value),
    }
}
