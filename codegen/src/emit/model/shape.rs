//! The shapes that distinguish the alternatives of an untagged union, as the runtime's data.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::literal::scalar;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{
    Branch, Enum, ExternalForm, FieldRole, Literal, Presence, Shape, Struct, Tagging, Type, Union,
};

/// Most values of an enum that are told: more would cost more than a closer choice is worth.
const MOST_VALUES: usize = 64;

/// The depth to which lists of lists, and unions of unions, are examined.
const DEEPEST: usize = 4;

/// Most alternatives that the shapes of one union are made of, however deep.
const MOST_PARTS: usize = 256;

/// The shape of a type that is one of so many alternatives.
pub(super) fn shape(scope: &Scope<'_>, ty: &Type, alternatives: usize) -> TokenStream {
    let mut room = MOST_PARTS / alternatives.max(1);
    of(scope, ty, 0, &mut room)
}

fn of(scope: &Scope<'_>, ty: &Type, depth: usize, room: &mut usize) -> TokenStream {
    let shape = scope.known(Known::Shape);
    let plain = |name: &str| {
        let name = ident::plain(name);
        quote!(#shape::#name)
    };
    match scope.resolved(ty) {
        Type::Bool => plain("BOOLEAN"),
        Type::Int(_) => plain("INTEGER"),
        Type::Float => plain("NUMBER"),
        Type::String | Type::Uuid | Type::DateTime | Type::Date | Type::Base64 => plain("STRING"),
        Type::IpAddr | Type::Ipv4Addr | Type::Ipv6Addr => plain("STRING"),
        Type::Null => plain("NULL"),
        Type::List(item) if depth < DEEPEST => {
            let item = of(scope, item, depth + 1, room);
            quote!(#shape::array_of(&const { #item }))
        }
        Type::List(_) | Type::Tuple(_) => plain("ARRAY"),
        Type::Map(_) => plain("OBJECT"),
        Type::Secret(inner) => of(scope, inner, depth, room),
        Type::External(external) => plain(match external.form {
            ExternalForm::Text => "STRING",
            ExternalForm::Number => "NUMBER",
            // Text or a number.
            ExternalForm::Own | ExternalForm::Digits => "ANY",
        }),
        Type::Json | Type::Nullable(_) => plain("ANY"),
        Type::Named(id) | Type::Boxed(id) => match &scope.api.type_def(*id).shape {
            Shape::Struct(body) => structure(scope, body),
            Shape::Enum(choice) => enumeration(scope, choice),
            Shape::Newtype(inner) if depth < DEEPEST => of(scope, inner, depth + 1, room),
            Shape::Union(choice) if depth < DEEPEST && choice.branches.len() <= *room => {
                *room -= choice.branches.len();
                union(scope, choice, depth, room)
            }
            Shape::Union(_) | Shape::Alias(_) | Shape::Newtype(_) => plain("ANY"),
        },
    }
}

/// The shape of a union within a union: one of its own alternatives fits, or it does not.
fn union(scope: &Scope<'_>, choice: &Union, depth: usize, room: &mut usize) -> TokenStream {
    let shape = scope.known(Known::Shape);
    let by_member = |key: &str, branch: &Branch, object: TokenStream| {
        let (key, tags) = (text(key), branch.tags.iter().map(|tag| text(tag.text())));
        match branch.default {
            true => object,
            false => quote!(#object.tagged(#key, &[#(#tags),*])),
        }
    };
    let mut told = |branch: &Branch| match &choice.tagging {
        Tagging::Untagged => match &branch.constant {
            Some(constant) => {
                let (scalar, constant) = (scope.known(Known::Scalar), text(constant.text()));
                quote!(#shape::constant(&[#scalar::Str(#constant)]))
            }
            None => of(scope, &branch.ty, depth + 1, room),
        },
        Tagging::Internal(key) => {
            by_member(key.text(), branch, of(scope, &branch.ty, depth + 1, room))
        }
        Tagging::Adjacent { tag, .. } => by_member(tag.text(), branch, quote!(#shape::OBJECT)),
        Tagging::External if branch.ty == Type::Null => {
            let scalar = scope.known(Known::Scalar);
            let tags = branch.tags.iter().map(|tag| text(tag.text()));
            quote!(#shape::constant(&[#(#scalar::Str(#tags)),*]))
        }
        Tagging::External => {
            let tags: Vec<Token> = branch.tags.iter().map(|tag| text(tag.text())).collect();
            quote!(#shape::object(&[#(#tags),*], &[#(#tags),*]))
        }
    };
    let branches: Vec<TokenStream> = choice.branches.iter().map(&mut told).collect();
    quote!(#shape::any_of(&const { [#(#branches),*] }))
}

fn structure(scope: &Scope<'_>, body: &Struct) -> TokenStream {
    let shape = scope.known(Known::Shape);
    let members = || {
        body.fields
            .iter()
            .filter(|field| field.role == FieldRole::Member)
    };
    let required: Vec<Token> = members()
        .filter(|field| matches!(field.presence, Presence::Required | Presence::Nullable))
        .map(|field| text(field.wire.text()))
        .collect();
    let known: Vec<Token> = members().map(|field| text(field.wire.text())).collect();
    let consts: Vec<TokenStream> = members()
        .filter_map(|field| {
            let constant = field.constant.as_ref()?;
            let value = scalar(scope.known(Known::Scalar), scope, constant)?;
            let wire = text(field.wire.text());
            Some(quote!((#wire, #value)))
        })
        .collect();
    let object = if known.is_empty() {
        quote!(#shape::OBJECT)
    } else {
        quote!(#shape::object(&[#(#required),*], &[#(#known),*]))
    };
    if consts.is_empty() {
        object
    } else {
        quote!(#object.with_consts(&[#(#consts),*]))
    }
}

fn enumeration(scope: &Scope<'_>, choice: &Enum) -> TokenStream {
    let shape = scope.known(Known::Shape);
    let json = choice
        .variants
        .iter()
        .map(|variant| json_type(&variant.value));
    let json = json.reduce(|one, other| if one == other { one } else { "ANY" });
    let json = ident::plain(json.unwrap_or("ANY"));
    let values: Vec<TokenStream> = choice
        .variants
        .iter()
        .take(MOST_VALUES)
        .filter_map(|variant| scalar(scope.known(Known::Scalar), scope, &variant.value))
        .collect();
    quote!(#shape::#json.with_values(&[#(#values),*]))
}

fn json_type(value: &Literal) -> &'static str {
    match value {
        Literal::Bool(_) => "BOOLEAN",
        Literal::Int(_) => "INTEGER",
        Literal::Float(_) => "NUMBER",
        Literal::String(_) => "STRING",
        Literal::Null => "NULL",
        Literal::Variant(..) | Literal::Json(_) => "ANY",
    }
}
