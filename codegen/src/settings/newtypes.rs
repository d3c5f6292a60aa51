//! Types of their own for ids and other plain values.

use std::collections::BTreeMap;

use super::derives::matches;

/// The plain values that have types of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewtypeSettings {
    /// Names of schemas below `components`, with `*` for any part of one.
    pub schemas: Vec<String>,
    /// Rust names, each with the places of its values: JSON pointers of schemas, with `*` for any part of a key, and names
    /// of properties and parameters.
    pub places: BTreeMap<String, Vec<String>>,
}

impl NewtypeSettings {
    /// Whether a component is a type of its own.
    pub(crate) fn has_component(&self, name: &str) -> bool {
        self.schemas.iter().any(|pattern| matches(pattern, name))
    }
}
