//! Choices among constants. They are open: a value that the document doesn't list is kept.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::literal::{Int, scalar};
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::emit::types::text;
use crate::ir::{Enum, EnumBase, IntWidth, Literal, TypeDef, Variant};

/// An enum, its table of values, and what the runtime makes of them.
pub(super) fn item(scope: &Scope<'_>, def: &TypeDef, choice: &Enum) -> TokenStream {
    let docs = docs(scope, def);
    let name = ident::ty(&def.name);
    let unknown = ident::variant(&choice.unknown);
    let variants = choice.variants.iter().map(|of| SharedTokens(variant(of)));
    let kept = scope.known(Known::Unknown);
    let held = match choice.base {
        EnumBase::String => scope.known(Known::String),
        EnumBase::Int(_) | EnumBase::Mixed => scope.known(Known::Value),
    };
    let (option, some, none) = (
        scope.known(Known::Option),
        scope.known(Known::Some),
        scope.known(Known::None),
    );
    let as_unknown = if choice.variants.is_empty() {
        quote!(let Self::#unknown(value) = self; #some(value))
    } else {
        quote!(match self { Self::#unknown(value) => #some(value), _ => #none, })
    };
    let table = SharedTokens(table(scope, choice));
    let (of, macro_name) = match choice.base {
        EnumBase::String => (Known::StringEnum, "string_enum"),
        EnumBase::Int(_) => (Known::IntegerEnum, "integer_enum"),
        EnumBase::Mixed => (Known::ValueEnum, "value_enum"),
    };
    let (of, macro_name) = (scope.known(of), ident::plain(macro_name));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that the document doesn't list.
            #unknown(#kept<#held>),
        }

        impl #of for #name {
            #table

            fn unknown(value: #kept<#held>) -> Self {
                Self::#unknown(value)
            }

            fn as_unknown(&self) -> #option<&#kept<#held>> {
                #as_unknown
            }
        }

        countersign_runtime::#macro_name!(#name);
    }
}

fn variant(variant: &Variant) -> TokenStream {
    let docs = Doc::of(&variant.docs, Depth::Member, || verbatim(variant));
    let name = ident::variant(&variant.name);
    quote!(#docs #name)
}

/// A value as documentation shows it where its author says nothing.
fn verbatim(variant: &Variant) -> String {
    let value = match &variant.value {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        Literal::String(value) | Literal::Json(value) => value.text().to_owned(),
        Literal::Variant(..) => variant.name.to_string(),
    };
    match &variant.label {
        Some(label) => format!("{}: {}.", code(&value), code(label.text())),
        None if value.is_empty() => "The empty string.".to_owned(),
        None => format!("{}.", code(&value)),
    }
}

fn table(scope: &Scope<'_>, choice: &Enum) -> TokenStream {
    let names = choice
        .variants
        .iter()
        .map(|variant| ident::variant(&variant.name));
    match choice.base {
        EnumBase::String => {
            let values = choice
                .variants
                .iter()
                .map(|variant| text(spelling(variant)));
            quote!(const VALUES: &'static [(&'static str, Self)] = &[#((#values, Self::#names)),*];)
        }
        EnumBase::Int(width) => {
            let repr = ident::plain(repr(width));
            let values = choice.variants.iter().map(|variant| Int(number(variant)));
            let labels = choice.variants.iter().map(|variant| match &variant.label {
                Some(label) => text(label.text()),
                None => text(&number(variant).to_string()),
            });
            quote! {
                type Repr = #repr;

                const VALUES: &'static [(Self::Repr, &'static str, Self)] =
                    &[#((#values, #labels, Self::#names)),*];
            }
        }
        EnumBase::Mixed => {
            let of = scope.known(Known::Scalar);
            let rows = choice.variants.iter().filter_map(|variant| {
                let (value, name) = (
                    scalar(of, scope, &variant.value)?,
                    ident::variant(&variant.name),
                );
                Some(quote!((#value, Self::#name)))
            });
            quote!(const VALUES: &'static [(#of, Self)] = &[#(#rows),*];)
        }
    }
}

fn spelling(variant: &Variant) -> &str {
    match &variant.value {
        Literal::String(value) => value.text(),
        _ => variant.name.as_str(),
    }
}

fn number(variant: &Variant) -> i128 {
    match variant.value {
        Literal::Int(value) => value,
        _ => 0,
    }
}

/// The integer type that an enum travels as: one of those that the runtime has tables for.
fn repr(width: IntWidth) -> &'static str {
    match width {
        IntWidth::I8 | IntWidth::I16 | IntWidth::I32 | IntWidth::U8 | IntWidth::U16 => "i32",
        IntWidth::I64 | IntWidth::U32 => "i64",
        IntWidth::U64 => "u64",
    }
}
