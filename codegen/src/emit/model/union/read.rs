//! Reading a choice among types.

use proc_macro2::{Ident, Literal as Token, TokenStream};
use quote::quote;

use super::{is_unit, item_names, items};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::derives::{deserialize, gate};
use crate::emit::model::limits::{limits, pattern};
use crate::emit::model::shape::shape;
use crate::emit::scope::Scope;
use crate::emit::types::text;
use crate::ir::{Branch, Shape, Struct, Tagging, Type, TypeDef, Union};

pub(super) fn read(scope: &Scope<'_>, def: &TypeDef, choice: &Union) -> TokenStream {
    let gate = gate(scope, deserialize(&def.facts));
    let (trait_name, deserializer) = (
        scope.known(Known::Deserialize),
        scope.known(Known::Deserializer),
    );
    let result = scope.known(Known::Result);
    let name = ident::ty(&def.name);
    let body = match &choice.tagging {
        Tagging::External => tagged(scope, def, choice, Tag::External),
        Tagging::Internal(key) => tagged(scope, def, choice, Tag::Internal(text(key.text()))),
        Tagging::Adjacent { tag, content } => tagged(
            scope,
            def,
            choice,
            Tag::Adjacent(text(tag.text()), text(content.text())),
        ),
        Tagging::Untagged => untagged(scope, def, choice),
    };
    quote! {
        #gate
        impl<'de> #trait_name<'de> for #name {
            fn deserialize<D: #deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                #body
            }
        }
    }
}

/// The module of the runtime with the functions that read the JSON of a union.
fn reader(scope: &Scope<'_>, def: &TypeDef) -> TokenStream {
    let union = scope.known(Known::Union);
    match def.facts.digits {
        true => quote!(#union::exact),
        false => quote!(#union),
    }
}

enum Tag {
    External,
    Internal(Token),
    Adjacent(Token, Token),
}

fn tagged(scope: &Scope<'_>, def: &TypeDef, choice: &Union, tag: Tag) -> TokenStream {
    let union = reader(scope, def);
    let (ok, err) = (scope.known(Known::Ok), scope.known(Known::Err));
    let reads = choice.branches.iter().map(|branch| {
        let name = ident::variant(&branch.name);
        let read = if is_unit(choice, branch) {
            quote!(#ok(Self::#name))
        } else if let Some(items) = items(choice, branch) {
            let items = item_names(items);
            quote!(value.read(|(#(#items,)*)| Self::#name(#(#items),*)))
        } else {
            quote!(value.read(Self::#name))
        };
        (
            branch
                .tags
                .iter()
                .map(|tag| text(tag.text()))
                .collect::<Vec<_>>(),
            read,
        )
    });
    let tags: Vec<Token> = choice
        .branches
        .iter()
        .filter_map(|branch| Some(text(branch.tags.first()?.text())))
        .collect();
    let unlisted = |found: TokenStream| quote!(#err(::serde::de::Error::unknown_variant(#found, &[#(#tags),*])));
    if let Tag::Internal(key) = tag {
        let some = scope.known(Known::Some);
        let arms = reads
            .filter(|(tags, _)| !tags.is_empty())
            .map(|(tags, read)| quote!(#some(#(#tags)|*) => #read,));
        let default = choice.branches.iter().find(|branch| branch.default);
        let rest = match (&choice.unknown, default) {
            (_, Some(branch)) => {
                let name = ident::variant(&branch.name);
                quote!(_ => value.read(Self::#name))
            }
            (Some(name), None) => {
                let name = ident::variant(name);
                quote!(_ => #ok(Self::#name(value.into())))
            }
            (None, None) => {
                let unlisted = unlisted(quote!(tag.unwrap_or_default()));
                quote!(tag => #unlisted)
            }
        };
        return quote! {
            let value = #union::content(deserializer)?;
            match value.tag(#key) { #(#arms)* #rest }
        };
    }
    let (content, kept) = match tag {
        Tag::Adjacent(key, content) => (
            quote!(#union::adjacent(deserializer, #key, #content)?),
            quote!(value.into()),
        ),
        _ if choice.unknown.is_some() => (
            quote!(#union::keyed(deserializer)?),
            quote!(value.unknown(tag)),
        ),
        _ => (quote!(#union::external(deserializer)?), TokenStream::new()),
    };
    let arms = reads
        .filter(|(tags, _)| !tags.is_empty())
        .map(|(tags, read)| quote!(#(#tags)|* => #read,));
    let rest = match &choice.unknown {
        Some(name) => {
            let name = ident::variant(name);
            quote!(_ => #ok(Self::#name(#kept)))
        }
        None => {
            let unlisted = unlisted(quote!(&tag));
            quote!(_ => #unlisted)
        }
    };
    quote! {
        let (tag, value) = #content;
        match tag.as_str() { #(#arms)* #rest }
    }
}

fn untagged(scope: &Scope<'_>, def: &TypeDef, choice: &Union) -> TokenStream {
    let (union, reader) = (scope.known(Known::Union), reader(scope, def));
    let patterns = choice
        .branches
        .iter()
        .filter(|branch| needs_limits(choice, branch));
    let patterns =
        patterns.filter_map(|branch| pattern(scope, &branch.constraints, &pattern_name(branch)));
    let patterns = quote!(#(#patterns)*);
    let branches = choice.branches.iter().map(|branch| {
        let name = ident::variant(&branch.name);
        if let Some(constant) = &branch.constant {
            let (ok, constant) = (scope.known(Known::Ok), text(constant.text()));
            let (shape, scalar) = (scope.known(Known::Shape), scope.known(Known::Scalar));
            return quote!((#shape::constant(&[#scalar::Str(#constant)]), |_| #ok(Self::#name)));
        }
        let shape = shape(scope, &branch.ty, choice.branches.len());
        let limits = needs_limits(choice, branch)
            .then(|| limits(scope, &branch.constraints, &pattern_name(branch)))
            .flatten()
            .map(|limits| quote!(.with_limits(#limits)));
        quote!((#shape #limits, |value| value.read(Self::#name)))
    });
    match &choice.unknown {
        None => quote!(#patterns #reader::content(deserializer)?.choose(&[#(#branches),*])),
        Some(unknown) => {
            let (ok, unknown) = (scope.known(Known::Ok), ident::variant(unknown));
            let choose = ident::plain(match may_lose(scope, choice) {
                true => "choose_whole",
                false => "choose",
            });
            quote! {
                #patterns
                let value = #reader::content(deserializer)?;
                value
                    .#choose::<_, #union::Error>(&[#(#branches),*])
                    .or_else(|_| #ok(Self::#unknown(value.into())))
            }
        }
    }
}

/// Whether a value may have members of two branches, and neither keeps those of the other.
fn may_lose(scope: &Scope<'_>, choice: &Union) -> bool {
    let objects = choice.branches.iter().filter_map(|branch| {
        let (Type::Named(id) | Type::Boxed(id)) = scope.resolved(&branch.ty) else {
            return None;
        };
        match &scope.api.type_def(*id).shape {
            Shape::Struct(body) => Some(body),
            _ => None,
        }
    });
    let objects: Vec<&Struct> = objects.collect();
    choice.inclusive && objects.len() > 1 && objects.iter().all(|body| body.additional.is_none())
}

/// Whether limits alone tell a branch from another.
fn needs_limits(choice: &Union, branch: &Branch) -> bool {
    let same = |other: &&Branch| other.ty == branch.ty && other.constant.is_none();
    let scalar = matches!(branch.ty, Type::String | Type::Int(_) | Type::Float);
    scalar && branch.constant.is_none() && choice.branches.iter().filter(same).count() > 1
}

fn pattern_name(branch: &Branch) -> Ident {
    ident::constant(branch.name.as_str())
}
