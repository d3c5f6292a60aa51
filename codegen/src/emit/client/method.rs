//! A method of the client for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{Arguments, required_names};
use super::line;
use crate::emit::deprecated::{allowed, deprecated};
use crate::emit::docs::{Depth, Doc, code};
use crate::emit::ident;
use crate::emit::known::Known;
use crate::emit::model::{placeholders, too_many};
use crate::emit::scope::Scope;
use crate::ir::{Docs, Operation};
use crate::source::SpecStr;

/// The method.
pub(super) fn item(scope: &Scope<'_>, operation: &Operation) -> TokenStream {
    let docs = docs(operation);
    let deprecated = operation.deprecated.then(|| deprecated(&operation.docs));
    let allowed = deprecated.as_ref().and_then(|_| allowed(operation));
    let (method, name) = (
        ident::function(&operation.method_name),
        ident::ty(&operation.name),
    );
    let call = scope.known(Known::Call);
    let Arguments {
        declared, names, ..
    } = Arguments::of(scope, operation);
    // The client itself is an argument too.
    let many = too_many(declared.len() + 1);
    let placeholders = placeholders(required_names(scope, operation));
    let standard = is_standard(operation.method_name.as_str(), declared.len());
    quote! {
        #docs
        #deprecated
        #allowed
        #many
        #placeholders
        #standard
        pub fn #method(&self, #(#declared),*) -> #call<'_, #name> {
            self.call(#name::new(#(#names),*))
        }
    }
}

/// One sentence or two: the rest stands at the operation's type.
fn docs(operation: &Operation) -> Doc {
    let said = operation
        .docs
        .summary
        .as_ref()
        .or(operation.docs.description.as_ref());
    let first = said.map(|said| said.text().trim().split("\n\n").next().unwrap_or_default());
    let brief = Docs {
        summary: first.map(SpecStr::new),
        ..Docs::default()
    };
    let see = format!("{}: see [`{}`].", code(&line(operation)), operation.name);
    Doc::above(&brief, Depth::Member, &see)
}

/// A method may be called like one of a standard trait, or like a constructor.
fn is_standard(name: &str, arguments: usize) -> Option<TokenStream> {
    let lint = match (name, arguments) {
        ("clone", 0) | ("cmp", 1) => quote!(should_implement_trait),
        ("new", _) => quote!(new_ret_no_self),
        _ => return None,
    };
    Some(quote!(#[allow(clippy::#lint, reason = "named after the operation")]))
}
