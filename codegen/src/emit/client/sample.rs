//! Values for examples: the plainest that an argument can have.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::describe::int;
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::{is_asked_for, is_unit};
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Field, IntWidth, Parameter, Presence, Shape, Type, TypeId};
use crate::source::SpecStr;

/// The greatest depth of values in an example.
const DEEPEST: usize = 3;

/// The greatest number of arguments of a constructor in an example; more are no help to a reader.
const MOST: usize = 8;

/// The number of alternatives of a union that are tried.
const FEW: usize = 4;

/// The purpose of an argument: a parameter or a member.
pub(super) struct Sampled<'a> {
    name: &'a str,
    ty: &'a Type,
    presence: Presence,
    examples: &'a [SpecStr],
}

impl<'a> Sampled<'a> {
    /// A parameter of an operation.
    pub(super) fn of(parameter: &'a Parameter) -> Self {
        Self {
            name: parameter.name.as_str(),
            ty: &parameter.ty,
            presence: parameter.presence,
            examples: &parameter.docs.examples,
        }
    }

    fn of_field(field: &'a Field) -> Self {
        Self {
            name: field.name.as_str(),
            ty: &field.ty,
            presence: field.presence,
            examples: &field.docs.examples,
        }
    }

    /// Whether the document has a value for it.
    pub(super) fn is_documented(&self, scope: &Scope<'_>) -> bool {
        match scope.resolved(self.ty) {
            Type::Named(id) if newtype(scope, *id).is_some() => {
                newtype(scope, *id).is_some_and(|ty| self.around(ty).is_documented(scope))
            }
            Type::String => self.text().is_some(),
            Type::Int(_) => self.number().is_some(),
            _ => false,
        }
    }

    /// The same of a type that its own is around.
    fn around<'b>(&'b self, ty: &'b Type) -> Sampled<'b> {
        Sampled {
            name: self.name,
            ty,
            presence: self.presence,
            examples: self.examples,
        }
    }

    fn values(&self) -> impl Iterator<Item = serde_json::Value> {
        let texts = self.examples.iter().map(|example| example.text());
        texts.filter_map(|text| serde_json::from_str(text).ok())
    }

    /// A text that the document gives as an example, if nothing in it needs care in a comment.
    fn text(&self) -> Option<String> {
        let texts = self.values().filter_map(|value| match value {
            serde_json::Value::String(text) => Some(text),
            _ => None,
        });
        texts.into_iter().find(|text| is_plain(text))
    }

    fn number(&self) -> Option<i64> {
        self.values()
            .find_map(|value| value.as_i64().filter(|number| *number >= 0))
    }
}

/// Whether a text has only letters, digits and a few signs, and is short.
fn is_plain(text: &str) -> bool {
    let is_sign =
        |letter: char| matches!(letter, ' ' | '.' | ',' | '-' | '_' | ':' | '/' | '@' | '+');
    let is_known = |letter: char| letter.is_ascii_alphanumeric() || is_sign(letter);
    (1..=40).contains(&text.len())
        && text.chars().all(is_known)
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
}

/// A value that a constructor or a setter takes; none where it can't be written down.
pub(super) fn argument(scope: &Scope<'_>, of: &Sampled<'_>) -> Option<TokenStream> {
    taken(scope, of, 0)
}

/// The value of a required field, of exactly its type; none where it can't be written down.
pub(super) fn member(scope: &Scope<'_>, of: &Sampled<'_>) -> Option<TokenStream> {
    match (of.presence, scope.resolved(of.ty)) {
        (Presence::Required, Type::Int(_)) => argument(scope, of),
        (Presence::Required, _) => owned(scope, of.name, of.ty, 0),
        _ => None,
    }
}

/// A struct made by its constructor; none where it can't be written down.
pub(super) fn constructed(scope: &Scope<'_>, ty: &Type) -> Option<TokenStream> {
    match scope.resolved(ty) {
        Type::Named(id) | Type::Boxed(id) => structure(scope, *id, 0),
        _ => None,
    }
}

fn taken(scope: &Scope<'_>, of: &Sampled<'_>, depth: usize) -> Option<TokenStream> {
    let string = || string(of.text().as_deref().unwrap_or(of.name));
    match (of.presence, scope.resolved(of.ty)) {
        (Presence::OptionalNullable, _) => None,
        // What is generic over the type wants to know it.
        (Presence::Nullable, Type::Int(width)) => suffixed("1", int(*width)),
        (Presence::Nullable, Type::Float) => None,
        (_, Type::String) => Some(string()),
        (_, Type::Secret(inner)) if **inner == Type::String => Some(self::string(of.name)),
        (_, Type::Int(width)) => {
            let number = of
                .number()
                .filter(|number| fits(*number, *width))
                .unwrap_or(1);
            let number = Token::i64_unsuffixed(number);
            Some(quote!(#number))
        }
        (_, Type::Boxed(id)) => named(scope, *id, depth),
        (Presence::Required | Presence::Optional, Type::Named(id))
            if newtype(scope, *id).is_some() =>
        {
            let of = of.around(newtype(scope, *id)?);
            match of.ty {
                Type::Uuid => None,
                _ => taken(scope, &of, depth),
            }
        }
        (_, resolved) => owned(scope, of.name, resolved, depth),
    }
}

/// Whether a number from zero on is one of this type.
fn fits(number: i64, width: IntWidth) -> bool {
    let most = match width {
        IntWidth::I8 => i64::from(i8::MAX),
        IntWidth::U8 => i64::from(u8::MAX),
        IntWidth::I16 => i64::from(i16::MAX),
        IntWidth::U16 => i64::from(u16::MAX),
        IntWidth::I32 => i64::from(i32::MAX),
        IntWidth::U32 => i64::from(u32::MAX),
        IntWidth::I64 | IntWidth::U64 => i64::MAX,
    };
    number <= most
}

/// A value of exactly this type.
fn owned(scope: &Scope<'_>, name: &str, ty: &Type, depth: usize) -> Option<TokenStream> {
    Some(match scope.resolved(ty) {
        Type::Bool => quote!(true),
        Type::Int(_) => quote!(1),
        Type::Float => quote!(1.0),
        Type::String => {
            let name = string(name);
            quote!(#name.to_owned())
        }
        Type::Secret(inner) if **inner == Type::String => {
            let name = string(name);
            quote!(#name.into())
        }
        Type::Named(id) if newtype(scope, *id).is_some() => {
            let path = scope.type_path(*id);
            match newtype(scope, *id)? {
                Type::String => {
                    let name = string(name);
                    quote!(#path::from(#name))
                }
                Type::Int(_) => quote!(#path::from(1)),
                _ => return None,
            }
        }
        Type::Named(id) => named(scope, *id, depth)?,
        Type::Boxed(id) => {
            let (boxed, value) = (scope.known(Known::Box), named(scope, *id, depth)?);
            quote!(#boxed::new(#value))
        }
        _ => return None,
    })
}

/// The type that a type of its own is around.
fn newtype<'s>(scope: &'s Scope<'_>, id: TypeId) -> Option<&'s Type> {
    match &scope.api.type_def(id).shape {
        Shape::Newtype(inner) if inner.is_plain() => Some(inner),
        _ => None,
    }
}

fn string(name: &str) -> TokenStream {
    let name = text(name);
    quote!(#name)
}

fn suffixed(digits: &str, ty: &str) -> Option<TokenStream> {
    format!("{digits}_{ty}")
        .parse::<Token>()
        .ok()
        .map(|token| quote!(#token))
}

fn named(scope: &Scope<'_>, id: TypeId, depth: usize) -> Option<TokenStream> {
    if depth >= DEEPEST {
        return None;
    }
    let path = scope.type_path(id);
    match &scope.api.type_def(id).shape {
        Shape::Struct(_) => structure(scope, id, depth + 1),
        Shape::Enum(choice) => {
            let variant = ident::variant(&choice.variants.first()?.name);
            Some(quote!(#path::#variant))
        }
        Shape::Union(choice) => choice.branches.iter().take(FEW).find_map(|branch| {
            if is_unit(choice, branch) || matches!(branch.ty, Type::Tuple(_)) {
                return None;
            }
            let name = branch.name.as_str().to_lowercase();
            let held = owned(scope, &name, &branch.ty, depth + 1)?;
            let variant = ident::variant(&branch.name);
            Some(quote!(#path::#variant(#held)))
        }),
        Shape::Alias(_) | Shape::Newtype(_) => None,
    }
}

fn structure(scope: &Scope<'_>, id: TypeId, depth: usize) -> Option<TokenStream> {
    let def = scope.api.type_def(id);
    let Shape::Struct(body) = &def.shape else {
        return None;
    };
    let asked: Vec<&Field> = body
        .fields
        .iter()
        .filter(|field| is_asked_for(scope, field))
        .collect();
    if asked.len() > MOST {
        return None;
    }
    let arguments = asked
        .iter()
        .map(|field| taken(scope, &Sampled::of_field(field), depth));
    let arguments = arguments.collect::<Option<Vec<_>>>()?;
    let path = scope.type_path(id);
    Some(if def.facts.default {
        quote!(#path::default())
    } else {
        quote!(#path::new(#(#arguments),*))
    })
}
