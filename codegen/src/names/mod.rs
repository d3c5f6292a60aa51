//! Names: words come from the document, case comes from Rust. Nothing else makes identifiers.

mod reserved;
mod scope;
mod short;
mod split;
mod symbol;
mod words;

use std::fmt;
use std::sync::Arc;

pub use reserved::{is_keyword, is_unrawable};
pub use scope::{Fallback, NameRequest, Scope, case_word};
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

/// Methods of traits of std that a value may have: a setter of the same name would hide them, or be mistaken for one.
const OF_STD: [&str; 20] = [
    "as_mut",
    "as_ref",
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "cmp",
    "default",
    "eq",
    "fmt",
    "from",
    "hash",
    "into",
    "ne",
    "partial_cmp",
    "to_owned",
    "to_string",
    "try_from",
    "try_into",
    "type_id",
];

/// Methods of a client's calls, which have the setters of their operations beside them: those of `own_call.rs` in the
/// runtime.
pub const OF_CALL: [&str; 36] = [
    "anonymous",
    "events",
    "header",
    "if_absent",
    "if_match",
    "if_none_match",
    "into_future",
    "into_operation",
    "items",
    "json_body",
    "operation",
    "pages",
    "path_segment",
    "query_text",
    "raw",
    "raw_blocking",
    "raw_body",
    "raw_path_segment",
    "raw_stream",
    "raw_stream_blocking",
    "read_as",
    "read_as_blocking",
    "reading",
    "reading_of",
    "reconnect",
    "retry",
    "send",
    "send_and_wait",
    "send_and_wait_blocking",
    "send_blocking",
    "send_if_modified",
    "stream",
    "timeout",
    "wait",
    "wait_blocking",
    "with",
];

/// Whether a method of this name would hide one of std.
pub fn hides_std(name: &str) -> bool {
    OF_STD.contains(&name)
}

impl FieldName {
    /// The name of its setter, unlike all of its neighbours' and unlike the constructor's: `port`, `with_clone`.
    pub fn setter<'n>(&self, neighbours: impl Iterator<Item = &'n Self> + Clone) -> FunctionName {
        self.setter_beside(&[], neighbours)
    }

    /// The name of the setter of a parameter, which a call has beside methods of its own: `limit`, `with_timeout`.
    pub fn call_setter<'n>(
        &self,
        neighbours: impl Iterator<Item = &'n Self> + Clone,
    ) -> FunctionName {
        self.setter_beside(&OF_CALL, neighbours)
    }

    fn setter_beside<'n>(
        &self,
        taken: &[&str],
        neighbours: impl Iterator<Item = &'n Self> + Clone,
    ) -> FunctionName {
        let mut name = Arc::clone(&self.0);
        // Fields have different names, so that its own is free unless methods have it.
        let is_method = |name: &str| name == "new" || taken.contains(&name);
        if hides_std(&name) || is_method(&name) {
            for before in ["with", "and_with", "set", "put"] {
                name = format!("{before}_{}", self.0).into();
                if !is_method(&name) && neighbours.clone().all(|other| *other.0 != *name) {
                    break;
                }
            }
        }
        FunctionName(name)
    }
}

#[cfg(test)]
mod tests {
    use super::{FieldName, Words};

    #[test]
    fn no_setter_hides_a_method_of_std_or_another_setter() {
        let names = ["clone", "with_clone", "new", "port", "type"];
        let names = names.map(|name| FieldName::new(&Words::of(name)));
        let setters = names
            .each_ref()
            .map(|name| name.setter(names.iter()).to_string());
        let wanted = ["and_with_clone", "with_clone", "with_new", "port", "type"];
        assert_eq!(setters, wanted);
    }

    #[test]
    fn no_setter_of_a_call_hides_a_method_of_calls() {
        let names = ["timeout", "with_send", "send", "limit", "new", "with"];
        let names = names.map(|name| FieldName::new(&Words::of(name)));
        let setters = names
            .each_ref()
            .map(|name| name.call_setter(names.iter()).to_string());
        let wanted = [
            "with_timeout",
            "with_send",
            "and_with_send",
            "limit",
            "with_new",
            "with_with",
        ];
        assert_eq!(setters, wanted);
    }
}
