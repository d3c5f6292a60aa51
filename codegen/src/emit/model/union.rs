//! Choices among types.

mod read;
mod write;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::branch::is_unit;
use super::derives::{Wanted, deserialize, serialize, without_serde};
use super::{docs, traits, validate};
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::Ty;
use crate::ir::{Branch, Tagging, Type, TypeDef, Union};

use read::read;
use write::write;

/// An enum with a variant for each branch, how it is read and how it is written.
pub(super) fn item(scope: &Scope<'_>, def: &TypeDef, choice: &Union) -> TokenStream {
    let docs = docs(scope, def);
    let derives = without_serde(&def.facts);
    let traits = traits::attributes(scope, def);
    let name = ident::ty(&def.name);
    let variants = choice
        .branches
        .iter()
        .map(|branch| variant(scope, choice, branch));
    let unknown = choice.unknown.as_ref().map(|name| {
        let (name, unknown, value) = (
            ident::variant(name),
            scope.known(Known::Unknown),
            scope.known(Known::Value),
        );
        quote! {
            /// A value that no other alternative matches.
            #name(#unknown<#value>),
        }
    });
    let read = half(scope, deserialize(&def.facts), || read(scope, def, choice));
    let write = half(scope, serialize(&def.facts), || write(scope, def, choice));
    let validate = validate::union(scope, def, choice);
    let conversions = conversions(scope, def, choice);
    quote! {
        #docs
        #derives
        #traits
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown
        }

        #(#conversions)*

        #read
        #write
        #validate
    }
}

/// The types that turn into the union by themselves: those that one alternative alone has.
fn conversions(scope: &Scope<'_>, def: &TypeDef, choice: &Union) -> Vec<TokenStream> {
    if choice.tagging != Tagging::Untagged || serialize(&def.facts) != Wanted::Always {
        return Vec::new();
    }
    let name = ident::ty(&def.name);
    let from = scope.known(Known::From);
    let held = || {
        choice
            .branches
            .iter()
            .filter(|branch| branch.constant.is_none())
    };
    let alone = held().filter(|branch| {
        let ty = unboxed(scope.resolved(&branch.ty));
        let others = held().filter(|other| unboxed(scope.resolved(&other.ty)) == ty);
        others.count() == 1
    });
    let mut conversions = Vec::new();
    for branch in alone {
        let variant = ident::variant(&branch.name);
        let mut convert = |of: TokenStream, value: TokenStream| {
            conversions.push(quote! {
                impl #from<#of> for #name {
                    fn from(value: #of) -> Self {
                        Self::#variant(#value)
                    }
                }
            });
        };
        match scope.resolved(&branch.ty) {
            Type::String => {
                let ty = Ty(scope, &branch.ty);
                convert(quote!(#ty), quote!(value));
                convert(quote!(&str), quote!(value.to_owned()));
            }
            Type::Bool | Type::Int(_) | Type::Float | Type::List(_) | Type::Named(_) => {
                let ty = Ty(scope, &branch.ty);
                convert(quote!(#ty), quote!(value));
            }
            Type::Boxed(id) => {
                let (boxed, path) = (scope.known(Known::Box), scope.type_path(*id));
                convert(quote!(#path), quote!(#boxed::new(value)));
            }
            _ => {}
        }
    }
    conversions
}

fn unboxed(ty: &Type) -> Type {
    match ty {
        Type::Boxed(id) => Type::Named(*id),
        other => other.clone(),
    }
}

fn branch_docs(branch: &Branch) -> Doc {
    Doc::of(&branch.docs, Depth::Member, || {
        let tags: Vec<_> = branch.tags.iter().map(|tag| code(tag.text())).collect();
        match tags.as_slice() {
            _ if branch.default => format!("Any other {}.", code(branch.name.as_str())),
            [] => format!("The alternative {}.", code(branch.name.as_str())),
            [tag] => format!("{tag}."),
            [first, second, third, rest @ ..] if rest.len() > 1 => {
                format!(
                    "{first}, {second}, {third} or one of {} others.",
                    rest.len()
                )
            }
            [tags @ .., last] => format!("{} or {last}.", tags.join(", ")),
        }
    })
}

/// The items of a branch that is a tuple under its tag: its variant holds them one by one.
fn items<'b>(choice: &Union, branch: &'b Branch) -> Option<&'b [Type]> {
    match (&branch.ty, &choice.tagging) {
        (Type::Tuple(items), Tagging::External | Tagging::Adjacent { .. }) if !items.is_empty() => {
            Some(items)
        }
        _ => None,
    }
}

/// Names for the items of a tuple.
fn item_names(items: &[Type]) -> Vec<Ident> {
    let names = (1..=items.len()).map(|at| ident::plain(&format!("item_{at}")));
    names.collect()
}

fn variant(scope: &Scope<'_>, choice: &Union, branch: &Branch) -> TokenStream {
    let docs = branch_docs(branch);
    let name = ident::variant(&branch.name);
    if is_unit(choice, branch) {
        quote!(#docs #name)
    } else if let Some(items) = items(choice, branch) {
        let items = items.iter().map(|item| Ty(scope, item));
        quote!(#docs #name(#(#items),*))
    } else {
        let ty = Ty(scope, &branch.ty);
        quote!(#docs #name(#ty))
    }
}

/// Emits a half of serde's impls where it is wanted.
fn half(scope: &Scope<'_>, wanted: Wanted, emit: impl FnOnce() -> TokenStream) -> TokenStream {
    match wanted {
        Wanted::Always => emit(),
        Wanted::Symmetric => scope.gated(emit),
    }
}
