//! Choices among types.

use proc_macro2::{Ident, Literal as Token, TokenStream};
use quote::quote;

use super::derives::{Gate, Wanted, deserialize, serialize, without_serde};
use super::limits::{limits, pattern};
use super::shape::shape;
use super::{docs, validate};
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::scope::Scope;
use crate::emit::types::{Ty, text};
use crate::ir::{Branch, Shape, Struct, Tagging, Type, TypeDef, Union};

/// An enum with a variant for each branch, how it is read and how it is written.
pub(super) fn item(scope: &Scope<'_>, def: &TypeDef, choice: &Union) -> TokenStream {
    let docs = docs(scope, def);
    let derives = without_serde(&def.facts);
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

/// Whether a branch is its tag and nothing else.
pub(in crate::emit) fn is_unit(choice: &Union, branch: &Branch) -> bool {
    branch.constant.is_some() || (branch.ty == Type::Null && choice.tagging != Tagging::Untagged)
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

fn read(scope: &Scope<'_>, def: &TypeDef, choice: &Union) -> TokenStream {
    let gate = Gate(deserialize(&def.facts));
    let (trait_name, deserializer) = (
        scope.known(Known::Deserialize),
        scope.known(Known::Deserializer),
    );
    let result = scope.known(Known::Result);
    let name = ident::ty(&def.name);
    let body = match &choice.tagging {
        Tagging::External => tagged(scope, choice, Tag::External),
        Tagging::Internal(key) => tagged(scope, choice, Tag::Internal(text(key.text()))),
        Tagging::Adjacent { tag, content } => tagged(
            scope,
            choice,
            Tag::Adjacent(text(tag.text()), text(content.text())),
        ),
        Tagging::Untagged => untagged(scope, choice),
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

enum Tag {
    External,
    Internal(Token),
    Adjacent(Token, Token),
}

fn tagged(scope: &Scope<'_>, choice: &Union, tag: Tag) -> TokenStream {
    let union = scope.known(Known::Union);
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

fn untagged(scope: &Scope<'_>, choice: &Union) -> TokenStream {
    let union = scope.known(Known::Union);
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
        let shape = shape(scope, &branch.ty);
        let limits = needs_limits(choice, branch)
            .then(|| limits(scope, &branch.constraints, &pattern_name(branch)))
            .flatten()
            .map(|limits| quote!(.with_limits(#limits)));
        quote!((#shape #limits, |value| value.read(Self::#name)))
    });
    match &choice.unknown {
        None => quote!(#patterns #union::content(deserializer)?.choose(&[#(#branches),*])),
        Some(unknown) => {
            let (ok, unknown) = (scope.known(Known::Ok), ident::variant(unknown));
            let choose = ident::plain(match may_lose(scope, choice) {
                true => "choose_whole",
                false => "choose",
            });
            quote! {
                #patterns
                let value = #union::content(deserializer)?;
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

fn write(scope: &Scope<'_>, def: &TypeDef, choice: &Union) -> TokenStream {
    let gate = Gate(serialize(&def.facts));
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
