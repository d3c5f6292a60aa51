//! Names that a file imports from other crates, written out: the same signature can be written in two ways.

use std::collections::HashMap;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote;
use syn::{ItemUse, UseTree};

/// The meaning of the names in a file.
#[derive(Debug, Default)]
pub(super) struct Imports(HashMap<String, TokenStream>);

impl Imports {
    /// Takes an import. Those from the crate itself are left as they are: where an item is told at the item.
    pub(super) fn add(&mut self, item: &ItemUse) {
        let leads_inside = |first: &Ident| first == "crate" || first == "self" || first == "super";
        if let UseTree::Path(path) = &item.tree
            && leads_inside(&path.ident)
        {
            return;
        }
        self.tree(&item.tree, &TokenStream::new());
    }

    fn tree(&mut self, tree: &UseTree, before: &TokenStream) {
        match tree {
            UseTree::Path(path) => {
                let name = &path.ident;
                self.tree(&path.tree, &quote!(#before #name ::));
            }
            UseTree::Name(name) => {
                let name = &name.ident;
                self.0.insert(name.to_string(), quote!(#before #name));
            }
            UseTree::Rename(rename) => {
                let name = &rename.ident;
                self.0
                    .insert(rename.rename.to_string(), quote!(#before #name));
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(tree, before);
                }
            }
            UseTree::Glob(_) => {}
        }
    }

    /// Tokens with all imported names written out.
    pub(super) fn written_out(&self, tokens: TokenStream) -> TokenStream {
        let mut after_path = false;
        let mut out = TokenStream::new();
        for tree in tokens {
            let begins = !after_path;
            after_path = matches!(&tree, TokenTree::Punct(mark) if mark.as_char() == ':');
            match tree {
                TokenTree::Ident(name) if begins => match self.0.get(&name.to_string()) {
                    Some(path) => out.extend(path.clone()),
                    None => out.extend([TokenTree::Ident(name)]),
                },
                TokenTree::Group(group) => {
                    let inner = self.written_out(group.stream());
                    out.extend([TokenTree::Group(Group::new(group.delimiter(), inner))]);
                }
                other => out.extend([other]),
            }
        }
        out
    }
}
