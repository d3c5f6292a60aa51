//! Choices among constants. They are open: a value that the document doesn't list is kept.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, traits};
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::literal::{Int, scalar};
use crate::emit::scope::Scope;
use crate::emit::shared_tokens::SharedTokens;
use crate::emit::types::text;
use crate::ir::{Enum, EnumBase, IntWidth, Literal, TypeDef, Variant};

/// An enum. Its values stand beside its variants, unless they are of several kinds.
pub(super) fn item(scope: &Scope<'_>, def: &TypeDef, choice: &Enum) -> TokenStream {
    match choice.base {
        EnumBase::String => derived(scope, def, choice, Known::StringEnum, None),
        EnumBase::Int(width) => {
            let repr = Some(repr(width)).filter(|repr| *repr != "i32");
            let repr = repr.map(ident::plain).map(|repr| quote!(#[wire(#repr)]));
            derived(scope, def, choice, Known::IntegerEnum, repr)
        }
        EnumBase::Mixed => mixed(scope, def, choice),
    }
}

fn derived(
    scope: &Scope<'_>,
    def: &TypeDef,
    choice: &Enum,
    of: Known,
    repr: Option<TokenStream>,
) -> TokenStream {
    let (docs, traits) = (docs(scope, def), traits::attributes(scope, def));
    let (name, of) = (ident::ty(&def.name), scope.known(of));
    let variants = choice.variants.iter().map(|variant| {
        let value = value(choice.base, variant);
        let variant = self::variant(variant, quote!(#[wire(#value)]));
        SharedTokens(variant)
    });
    let unknown = unknown(scope, choice, quote!(#[wire(unknown)]));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash, #of)]
        #traits
        #repr
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown,
        }
    }
}

/// The value of a variant; of a number, its name too where it has one.
fn value(base: EnumBase, of: &Variant) -> TokenStream {
    if base == EnumBase::String {
        let value = text(spelling(of));
        return quote!(#value);
    }
    let number = Int(number(of));
    match &of.label {
        Some(label) => {
            let label = text(label.text());
            quote!(#number, #label)
        }
        None => quote!(#number),
    }
}

/// The variant that keeps what is not listed.
fn unknown(scope: &Scope<'_>, choice: &Enum, attribute: TokenStream) -> TokenStream {
    let (name, kept) = (ident::variant(&choice.unknown), scope.known(Known::Unknown));
    let held = match choice.base {
        EnumBase::String => scope.known(Known::String),
        EnumBase::Int(_) | EnumBase::Mixed => scope.known(Known::Value),
    };
    quote! {
        /// A value not listed in the API description, kept as received.
        #attribute
        #name(#kept<#held>)
    }
}

/// An enum of values of several kinds, and the table of them.
fn mixed(scope: &Scope<'_>, def: &TypeDef, choice: &Enum) -> TokenStream {
    let (docs, traits) = (docs(scope, def), traits::attributes(scope, def));
    let name = ident::ty(&def.name);
    let variants = choice.variants.iter();
    let variants = variants.map(|of| SharedTokens(variant(of, TokenStream::new())));
    let kept_as = unknown(scope, choice, TokenStream::new());
    let (of, scalar_type, kept, held) = (
        scope.known(Known::ValueEnum),
        scope.known(Known::Scalar),
        scope.known(Known::Unknown),
        scope.known(Known::Value),
    );
    let (option, some, none) = (
        scope.known(Known::Option),
        scope.known(Known::Some),
        scope.known(Known::None),
    );
    let unknown = ident::variant(&choice.unknown);
    let as_unknown = if choice.variants.is_empty() {
        quote!(let Self::#unknown(value) = self; #some(value))
    } else {
        quote!(match self { Self::#unknown(value) => #some(value), _ => #none, })
    };
    let rows = choice.variants.iter().filter_map(|variant| {
        let (value, name) = (
            scalar(scalar_type, scope, &variant.value)?,
            ident::variant(&variant.name),
        );
        Some(quote!((#value, Self::#name)))
    });
    let table =
        SharedTokens(quote!(const VALUES: &'static [(#scalar_type, Self)] = &[#(#rows),*];));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #traits
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #kept_as,
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

        countersign_runtime::value_enum!(#name);
    }
}

fn variant(variant: &Variant, attribute: TokenStream) -> TokenStream {
    let docs = Doc::of(&variant.docs, Depth::Member, || verbatim(variant));
    let name = ident::variant(&variant.name);
    quote!(#docs #attribute #name)
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
