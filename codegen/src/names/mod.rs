//! Names: words come from the document, case comes from Rust. Nothing else makes identifiers.

mod reserved;
mod scope;
mod split;
mod words;

use std::fmt;
use std::sync::Arc;

pub use reserved::{is_keyword, is_unrawable};
pub use scope::{Fallback, Scope, Spelling, case_word};
pub use words::Words;

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $case:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Makes the name of `words`.
            pub fn new(words: &Words) -> Self {
                Self(words.$case().into())
            }

            /// The identifier, without `r#`.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// The name of a type.
    TypeName, upper_camel
}
name! {
    /// The name of a variant.
    VariantName, upper_camel
}
name! {
    /// The name of a field or a parameter. May be a keyword: then it is written `r#type`.
    FieldName, snake
}
name! {
    /// The name of a function. May be a keyword: then it is written `r#move`.
    FunctionName, snake
}
name! {
    /// The name of a module, which is the name of its file too.
    ModuleName, module
}
