//! Further traits of generated types, each behind a cargo feature of the model.

use crate::ir::ExternalCrate;

/// A trait that generated types implement where a cargo feature is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derive {
    /// The cargo feature.
    pub feature: String,
    /// The trait.
    pub what: Derived,
    /// The names of the types, with `*` for any part of one; all if there are none.
    pub types: Vec<String>,
}

/// A trait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Derived {
    /// `arbitrary::Arbitrary`, by the runtime.
    Arbitrary,
    /// `proptest::arbitrary::Arbitrary`, by the runtime.
    Proptest,
    /// `schemars::JsonSchema`, by the runtime.
    Schemars,
    /// A derive macro of the caller's.
    Macro {
        /// Its path.
        path: String,
        /// The crate that it is from, if the manifest is to have it.
        krate: Option<ExternalCrate>,
    },
}

impl Derived {
    /// The feature of the runtime that has the trait.
    pub(crate) fn of_runtime(&self) -> Option<&'static str> {
        match self {
            Self::Arbitrary => Some("arbitrary"),
            Self::Proptest => Some("proptest"),
            Self::Schemars => Some("schemars"),
            Self::Macro { .. } => None,
        }
    }
}

impl Derive {
    /// Whether a type has it.
    pub(crate) fn is_for(&self, name: &str) -> bool {
        self.types.is_empty() || self.types.iter().any(|pattern| matches(pattern, name))
    }
}

/// Whether a name fits a pattern, in which `*` is any part of it.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, rest)) => name.strip_prefix(before).is_some_and(|name| {
            let mut ends = name.char_indices().map(|(at, _)| at).chain([name.len()]);
            ends.any(|at| name.get(at..).is_some_and(|name| matches(rest, name)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_any_part_of_a_name() {
        for (pattern, name) in [
            ("Pet", "Pet"),
            ("*", "Pet"),
            ("Pet*", "Pet"),
            ("Pet*", "PetOwner"),
            ("*Id", "PetId"),
            ("P*t*r", "PetOwner"),
        ] {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("Pet", "PetId"),
            ("*Id", "Idle"),
            ("P*x", "Pet"),
            ("", "Pet"),
        ] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }
}
