//! A file of a crate, item by item.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    Attribute, Fields, FieldsNamed, FnArg, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct,
    ReceiverKind, Signature, Type, Visibility,
};

use super::resolve::Imports;
use super::{Entry, Key, Surface};
use crate::compare::{Krate, Level};
use crate::write;

/// Adds the public items of a file. What is no Rust has none; that it is Rust is seen to where files are written.
pub(super) fn file(krate: Krate, module: &str, tokens: TokenStream, surface: &mut Surface) {
    let Ok(file) = syn::parse2::<syn::File>(tokens) else {
        return;
    };
    let mut imports = Imports::default();
    for item in &file.items {
        if let Item::Use(item) = item {
            imports.add(item);
        }
    }
    let mut reader = Reader {
        krate,
        module,
        imports,
        surface,
    };
    for item in &file.items {
        reader.item(item);
    }
}

struct Reader<'a> {
    krate: Krate,
    module: &'a str,
    imports: Imports,
    surface: &'a mut Surface,
}

impl Reader<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => self.structure(item),
            Item::Enum(item) if is_public(&item.vis) => self.enumeration(item),
            Item::Impl(item) => self.block(item),
            Item::Type(item) if is_public(&item.vis) => {
                let ty = &item.ty;
                self.head("pub type", &item.ident, quote!(= #ty), &item.attrs);
            }
            Item::Const(item) if is_public(&item.vis) => {
                let ty = &item.ty;
                self.head("pub const", &item.ident, quote!(: #ty), &item.attrs);
            }
            Item::Fn(item) if is_public(&item.vis) => {
                let signature = signature(&item.sig);
                self.head(
                    "pub fn",
                    &item.sig.ident,
                    quote!(as #signature),
                    &item.attrs,
                );
            }
            Item::Mod(item) if is_public(&item.vis) => {
                self.head("pub mod", &item.ident, TokenStream::new(), &item.attrs);
            }
            Item::Macro(item) => self.macro_call(&item.mac),
            _ => {}
        }
    }

    fn structure(&mut self, item: &ItemStruct) {
        let (name, generics) = (&item.ident, &item.generics);
        let open = openness(&item.attrs);
        let keyword = format!("{}pub struct", mark(open));
        self.head(&keyword, name, quote!(#generics), &item.attrs);
        self.derives(name, &item.attrs);
        let members: Vec<_> = item.fields.iter().collect();
        // Only where all of it is public can it be built by its members, so that one more is missed.
        let is_built = open == Level::Major && members.iter().all(|field| is_public(&field.vis));
        for (at, field) in members.into_iter().enumerate() {
            if is_public(&field.vis) {
                let member = field.ident.as_ref().map_or_else(|| at.to_string(), plain);
                let added = if is_built { Level::Major } else { Level::Minor };
                let ty = &field.ty;
                self.member(name, &member, ".", quote!(#ty), &field.attrs, added);
            }
        }
    }

    fn enumeration(&mut self, item: &ItemEnum) {
        let name = &item.ident;
        let open = openness(&item.attrs);
        let keyword = format!("{}pub enum", mark(open));
        self.head(&keyword, name, TokenStream::new(), &item.attrs);
        self.derives(name, &item.attrs);
        for variant in &item.variants {
            let (of, held) = (&variant.ident, held(&variant.fields));
            self.member(
                name,
                &plain(of),
                "::",
                quote!(#of #held),
                &variant.attrs,
                open,
            );
        }
    }

    fn block(&mut self, item: &ItemImpl) {
        let Some(owner) = owner(&item.self_ty) else {
            return;
        };
        let Some((of, _)) = &item.trait_ else {
            self.inherent(&owner, item);
            return;
        };
        let generics = &item.generics;
        let self_ty = &item.self_ty;
        let name = write::line(quote!(impl #generics #of for #self_ty));
        self.named_member(
            &owner,
            &format!("impl {}", write::line(quote!(#of))),
            name,
            quote!(impl),
            &item.attrs,
        );
        for inner in &item.items {
            if let ImplItem::Type(inner) = inner {
                let (of, ty) = (&inner.ident, &inner.ty);
                let (member, name) = (format!("type {of}"), format!("{owner}::{of}"));
                self.named_member(&owner, &member, name, quote!(type #of = #ty), &item.attrs);
            }
        }
    }

    fn inherent(&mut self, owner: &str, item: &ItemImpl) {
        for inner in &item.items {
            match inner {
                ImplItem::Fn(inner) if is_public(&inner.vis) => {
                    let signature = signature(&inner.sig);
                    let called = plain(&inner.sig.ident);
                    let attrs: Vec<Attribute> =
                        item.attrs.iter().chain(&inner.attrs).cloned().collect();
                    let (member, name) = (format!("{called}()"), format!("{owner}::{called}"));
                    self.named_member(owner, &member, name, quote!(pub #signature), &attrs);
                }
                ImplItem::Const(inner) if is_public(&inner.vis) => {
                    let (of, ty) = (&inner.ident, &inner.ty);
                    let name = format!("{owner}::{of}");
                    self.named_member(
                        owner,
                        &plain(of),
                        name,
                        quote!(pub const #of: #ty),
                        &inner.attrs,
                    );
                }
                _ => {}
            }
        }
    }

    /// What the runtime's macros add to a type.
    fn macro_call(&mut self, call: &syn::Macro) {
        let argument = write::line(call.tokens.clone());
        let owner = argument
            .split([',', ' '])
            .next()
            .unwrap_or_default()
            .to_owned();
        let path = write::line(call.path.to_token_stream());
        let member = format!("impl {path}!");
        self.named_member(
            &owner,
            &member,
            format!("{path}!({owner})"),
            quote!(impl),
            &[],
        );
    }

    fn derives(&mut self, name: &syn::Ident, attrs: &[Attribute]) {
        for attribute in attrs {
            let (list, gate) = if attribute.path().is_ident("derive") {
                (attribute.meta.to_token_stream(), None)
            } else if attribute.path().is_ident("cfg_attr") {
                (attribute.meta.to_token_stream(), feature(attribute))
            } else {
                continue;
            };
            for derived in derived(list) {
                let entry = Entry {
                    key: self.key(&plain(name), &format!("impl {derived}")),
                    name: format!("impl {derived} for {name}"),
                    text: "derived".to_owned(),
                    meaning: String::new(),
                    gate: gate.clone(),
                    is_deprecated: false,
                    added: Level::Minor,
                };
                self.surface.add(entry);
            }
        }
    }

    fn key(&self, owner: &str, member: &str) -> Key {
        Key {
            krate: self.krate,
            owner: owner.to_owned(),
            member: member.to_owned(),
        }
    }

    /// An item of the file itself; `rest` is what follows its name.
    fn head(&mut self, keyword: &str, name: &syn::Ident, rest: TokenStream, attrs: &[Attribute]) {
        let name = plain(name);
        // Modules have names of their own: a function may be called like one.
        let owner = if keyword == "pub mod" {
            format!("mod {name}")
        } else {
            name.clone()
        };
        let path = match self.module {
            "lib" => name,
            module => format!("{module}::{name}"),
        };
        let before = format!("{keyword} {path}");
        let key = self.key(&owner, "");
        self.entry(key, owner, &before, rest, attrs, Level::Minor);
    }

    fn member(
        &mut self,
        owner: &syn::Ident,
        member: &str,
        mark: &str,
        signature: TokenStream,
        attrs: &[Attribute],
        added: Level,
    ) {
        let name = format!("{}{mark}{member}", plain(owner));
        let key = self.key(&plain(owner), member);
        self.entry(key, name, "", signature, attrs, added);
    }

    fn named_member(
        &mut self,
        owner: &str,
        member: &str,
        name: String,
        signature: TokenStream,
        attrs: &[Attribute],
    ) {
        let key = self.key(owner, member);
        self.entry(key, name, "", signature, attrs, Level::Minor);
    }

    fn entry(
        &mut self,
        key: Key,
        name: String,
        before: &str,
        signature: TokenStream,
        attrs: &[Attribute],
        added: Level,
    ) {
        let gate = attrs
            .iter()
            .filter(|attribute| attribute.path().is_ident("cfg"));
        let entry = Entry {
            key,
            name,
            text: joined(before, &write::line(signature.clone())),
            meaning: joined(before, &write::line(self.imports.written_out(signature))),
            gate: gate.filter_map(feature).next(),
            is_deprecated: attrs
                .iter()
                .any(|attribute| attribute.path().is_ident("deprecated")),
            added,
        };
        self.surface.add(entry);
    }
}

/// What stands before a signature, and the signature.
fn joined(before: &str, signature: &str) -> String {
    match (before, signature) {
        (before, "") => before.to_owned(),
        ("", signature) => signature.to_owned(),
        (before, signature) if signature.starts_with([':', '<']) => format!("{before}{signature}"),
        (before, signature) => format!("{before} {signature}"),
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// A name without `r#`.
fn plain(name: &syn::Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

/// What one more member of a type comes to.
fn openness(attrs: &[Attribute]) -> Level {
    if attrs
        .iter()
        .any(|attribute| attribute.path().is_ident("non_exhaustive"))
    {
        Level::Minor
    } else {
        Level::Major
    }
}

fn mark(open: Level) -> &'static str {
    if open == Level::Minor {
        "#[non_exhaustive] "
    } else {
        ""
    }
}

/// What a variant holds.
fn held(fields: &Fields) -> TokenStream {
    match fields {
        Fields::Unit => TokenStream::new(),
        Fields::Unnamed(fields) => {
            let types = fields.unnamed.iter().map(|field| &field.ty);
            quote!((#(#types),*))
        }
        Fields::Named(FieldsNamed { named, .. }) => {
            let members = named.iter().map(|field| {
                let (name, ty) = (&field.ident, &field.ty);
                quote!(#name: #ty)
            });
            quote!({ #(#members),* })
        }
    }
}

/// A signature without what callers don't see: whether an argument is `mut`.
fn signature(signature: &Signature) -> TokenStream {
    let mut signature = signature.clone();
    for argument in &mut signature.inputs {
        match argument {
            FnArg::Receiver(receiver) if matches!(receiver.kind, ReceiverKind::Value) => {
                receiver.mutability = None;
            }
            FnArg::Receiver(_) => {}
            FnArg::Typed(typed) => typed.attrs.clear(),
        }
    }
    signature.to_token_stream()
}

/// The type of this file that an impl is for.
fn owner(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| plain(&last.ident)),
        Type::Reference(reference) => owner(&reference.elem),
        _ => None,
    }
}

/// The feature that an attribute asks for.
fn feature(attribute: &Attribute) -> Option<String> {
    let text = write::line(attribute.meta.to_token_stream());
    let (_, rest) = text.split_once("feature = \"")?;
    rest.split_once('"').map(|(name, _)| name.to_owned())
}

/// The names in a list of derives, wherever it stands in an attribute.
fn derived(attribute: TokenStream) -> Vec<String> {
    let text = write::line(attribute);
    let Some((_, list)) = text.split_once("derive(") else {
        return Vec::new();
    };
    let list = list.split(')').next().unwrap_or_default();
    list.split(',')
        .map(|path| {
            path.trim()
                .rsplit("::")
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect()
}
