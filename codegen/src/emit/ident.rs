//! Names as identifiers.

use proc_macro2::{Ident, Span};

use crate::names::{FieldName, FunctionName, ModuleName, TypeName, VariantName, is_keyword};

/// A name that can be written as an identifier.
pub(super) trait Named {
    fn text(&self) -> &str;

    /// The identifier, raw where it is a keyword.
    fn ident(&self) -> Ident {
        let text = self.text();
        if is_keyword(text) { Ident::new_raw(text, Span::call_site()) } else { Ident::new(text, Span::call_site()) }
    }
}

macro_rules! named {
    ($($name:ident),*) => {
        $(impl Named for $name {
            fn text(&self) -> &str {
                self.as_str()
            }
        })*
    };
}

named!(FieldName, FunctionName, ModuleName, TypeName, VariantName);

/// An identifier of the generator's own.
pub(super) fn own(text: &str) -> Ident {
    Ident::new(text, Span::call_site())
}
