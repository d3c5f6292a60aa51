//! The names of operations.

use std::collections::BTreeMap;

/// The names of operations, as the caller wants them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamingSettings {
    /// Whether ids that frameworks derive are shortened to the names that people gave.
    pub shorten: bool,
    /// Names by `operationId`.
    pub operations: BTreeMap<String, String>,
}

impl NamingSettings {
    /// Ids that no operation has.
    pub fn unmatched<'s>(&'s self, ids: &[Option<&str>]) -> impl Iterator<Item = &'s str> {
        let operations = self.operations.keys().map(String::as_str);
        operations.filter(|id| !ids.contains(&Some(id)))
    }
}
