//! Writing a choice among types.

use proc_macro2::TokenStream;
use quote::quote;

use super::{is_unit, item_names, items};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::derives::{gate, serialize};
use crate::emit::model::tag;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Branch, Tagging, TypeDef, Union};

pub(super) fn write(scope: &Scope<'_>, def: &TypeDef, choice: &Union) -> TokenStream {
    let gate = gate(scope, serialize(&def.facts));
    let (trait_name, serializer) = (
        scope.known(Known::Serialize),
        scope.known(Known::Serializer),
    );
    let result = scope.known(Known::Result);
    let name = ident::ty(&def.name);
    let arms = choice.branches.iter().map(|branch| {
        let (name, write) = (ident::variant(&branch.name), written(scope, choice, branch));
        if is_unit(choice, branch) {
            (quote!(Self::#name), write)
        } else if let Some(items) = items(choice, branch) {
            let items = item_names(items);
            (quote!(Self::#name(#(#items),*)), write)
        } else {
            (quote!(Self::#name(value)), write)
        }
    });
    let unknown = choice.unknown.as_ref().map(|name| {
        let name = ident::variant(name);
        (
            quote!(Self::#name(value)),
            quote!(#trait_name::serialize(value, serializer)),
        )
    });
    let arms: Vec<_> = arms.chain(unknown).collect();
    let body = match arms.as_slice() {
        [(pattern, write)] => quote!(let #pattern = self; #write),
        _ => {
            let arms = arms
                .iter()
                .map(|(pattern, write)| quote!(#pattern => #write,));
            quote!(match self { #(#arms)* })
        }
    };
    quote! {
        #gate
        impl #trait_name for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                #body
            }
        }
    }
}

fn written(scope: &Scope<'_>, choice: &Union, branch: &Branch) -> TokenStream {
    let union = || scope.known(Known::Union);
    // What is read as the default is written with the tag that it came with, as one of its own members.
    let tag = branch.tags.first().filter(|_| !branch.default);
    let tag = tag.map(|tag| text(tag.text()));
    if let Some(constant) = &branch.constant {
        let constant = text(constant.text());
        return quote!(serializer.serialize_str(#constant));
    }
    let value = match items(choice, branch) {
        Some(items) => {
            let items = item_names(items);
            quote!(&(#(#items,)*))
        }
        None => quote!(value),
    };
    match (&choice.tagging, tag) {
        (Tagging::External, Some(tag)) if is_unit(choice, branch) => {
            quote!(serializer.collect_map([(#tag, ())]))
        }
        (Tagging::External, Some(tag)) => {
            let union = union();
            quote!(#union::write_external(serializer, #tag, #value))
        }
        (Tagging::Internal(key) | Tagging::Adjacent { tag: key, .. }, Some(tag))
            if is_unit(choice, branch) =>
        {
            let key = text(key.text());
            quote!(serializer.collect_map([(#key, #tag)]))
        }
        (Tagging::Internal(key), Some(tag)) => {
            let tag = tag::typed(scope, branch, key.text()).unwrap_or(quote!(#tag));
            let (key, union) = (text(key.text()), union());
            quote!(#union::write_tagged(serializer, #key, #tag, value))
        }
        (Tagging::Adjacent { tag: key, content }, Some(tag)) => {
            let (key, content, union) = (text(key.text()), text(content.text()), union());
            quote!(#union::write_adjacent(serializer, #key, #tag, #content, #value))
        }
        (Tagging::Untagged, _) | (_, None) => {
            let trait_name = scope.known(Known::Serialize);
            quote!(#trait_name::serialize(value, serializer))
        }
    }
}
