//! A file of a crate, item by item.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Fields, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct};

use super::resolve::Imports;
use super::syntax::{
    derived, feature, held, is_public, joined, mark, openness, owner, plain, signature,
};
use super::{Entry, Holds, Key, Surface};
use crate::compare::{CrateKind, Level};
use crate::layout;

/// Adds the public items of a file. What is no Rust has none; that it is Rust is seen to where files are written.
pub(super) fn file(krate: CrateKind, module: &str, tokens: TokenStream, surface: &mut Surface) {
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
    krate: CrateKind,
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
                let ty = &field.ty;
                let called = format!("{}.{member}", plain(name));
                let key = self.key(&plain(name), &member);
                let mut entry = self.entry(key, called, quote!(#ty), &field.attrs);
                entry.added = if is_built { Level::Major } else { Level::Minor };
                self.surface.add(entry);
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
            let called = format!("{}::{}", plain(name), plain(of));
            let key = self.key(&plain(name), &plain(of));
            let mut entry = self.entry(key, called, quote!(#of #held), &variant.attrs);
            entry.added = open;
            entry.variant = Some(match variant.fields {
                Fields::Unit => Holds::Nothing,
                _ => Holds::Something,
            });
            self.surface.add(entry);
        }
    }

    fn block(&mut self, item: &ItemImpl) {
        let Some(owner) = owner(&item.self_ty) else {
            return;
        };
        let Some((of, _)) = &item.trait_ else {
            // A call has the setters of its operation, which are read there.
            if owner != "Call" {
                self.inherent(&owner, item);
            }
            return;
        };
        let generics = &item.generics;
        let self_ty = &item.self_ty;
        let name = layout::one_line(quote!(impl #generics #of for #self_ty));
        self.named_member(
            &owner,
            &format!("impl {}", layout::one_line(quote!(#of))),
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

    /// The items that the runtime's macros add to a type.
    fn macro_call(&mut self, call: &syn::Macro) {
        let argument = layout::one_line(call.tokens.clone());
        let owner = argument
            .split([',', ' '])
            .next()
            .unwrap_or_default()
            .to_owned();
        let path = layout::one_line(call.path.to_token_stream());
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
                let key = self.key(&plain(name), &format!("impl {derived}"));
                let called = format!("impl {derived} for {name}");
                let mut entry = self.entry(key, called, quote!(derived), &[]);
                entry.gate = gate.clone();
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
        let mut entry = self.entry(self.key(&owner, ""), owner, rest, attrs);
        let before = format!("{keyword} {path}");
        entry.text = joined(&before, &entry.text);
        entry.meaning = joined(&before, &entry.meaning);
        self.surface.add(entry);
    }

    /// The named parts of an item.
    fn named_member(
        &mut self,
        owner: &str,
        member: &str,
        name: String,
        signature: TokenStream,
        attrs: &[Attribute],
    ) {
        let entry = self.entry(self.key(owner, member), name, signature, attrs);
        self.surface.add(entry);
    }

    fn entry(&self, key: Key, name: String, signature: TokenStream, attrs: &[Attribute]) -> Entry {
        let is = |attribute: &Attribute, name| attribute.path().is_ident(name);
        let gates = attrs.iter().filter(|attribute| is(attribute, "cfg"));
        Entry {
            key,
            name,
            text: layout::one_line(signature.clone()),
            meaning: layout::one_line(self.imports.written_out(signature)),
            gate: gates.filter_map(feature).next(),
            is_deprecated: attrs.iter().any(|attribute| is(attribute, "deprecated")),
            added: Level::Minor,
            variant: None,
        }
    }
}
