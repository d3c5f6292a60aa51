//! The facts in the syntax of an item.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Fields, FieldsNamed, FnArg, ReceiverKind, Signature, Type, Visibility};

use crate::compare::Level;
use crate::layout;

/// The qualifiers before a signature, and the signature.
pub(super) fn joined(before: &str, signature: &str) -> String {
    match (before, signature) {
        (before, "") => before.to_owned(),
        ("", signature) => signature.to_owned(),
        (before, signature) if signature.starts_with([':', '<']) => format!("{before}{signature}"),
        (before, signature) => format!("{before} {signature}"),
    }
}

/// Whether all may use it.
pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// A name without `r#`.
pub(super) fn plain(name: &syn::Ident) -> String {
    let name = name.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

/// The verdict on one more member of a type.
pub(super) fn openness(attrs: &[Attribute]) -> Level {
    if attrs
        .iter()
        .any(|attribute| attribute.path().is_ident("non_exhaustive"))
    {
        Level::Minor
    } else {
        Level::Major
    }
}

/// The mark of an open item.
pub(super) fn mark(open: Level) -> &'static str {
    if open == Level::Minor {
        "#[non_exhaustive] "
    } else {
        ""
    }
}

/// The content of a variant.
pub(super) fn held(fields: &Fields) -> TokenStream {
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
pub(super) fn signature(signature: &Signature) -> TokenStream {
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
pub(super) fn owner(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| plain(&last.ident)),
        Type::Reference(reference) => owner(&reference.elem),
        _ => None,
    }
}

/// The feature that an attribute asks for.
pub(super) fn feature(attribute: &Attribute) -> Option<String> {
    let text = layout::one_line(attribute.meta.to_token_stream());
    let (_, rest) = text.split_once("feature = \"")?;
    rest.split_once('"').map(|(name, _)| name.to_owned())
}

/// The names in a list of derives, wherever it stands in an attribute.
pub(super) fn derived(attribute: TokenStream) -> Vec<String> {
    let text = layout::one_line(attribute);
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
