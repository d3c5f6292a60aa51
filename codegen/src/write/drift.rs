//! The differences between the files on disk and those that the documents give.

use super::Tree;

/// Paths that differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Expected, but not there.
    pub missing: Vec<String>,
    /// There, but with other content.
    pub stale: Vec<String>,
    /// There, but not expected.
    pub orphaned: Vec<String>,
}

impl Drift {
    /// Whether nothing differs.
    pub fn is_none(&self) -> bool {
        self.missing.is_empty() && self.stale.is_empty() && self.orphaned.is_empty()
    }
}

/// Compares the expected files with those on disk.
pub fn drift(expected: &Tree, actual: &Tree) -> Drift {
    let mut drift = Drift::default();
    for (path, text) in expected {
        match actual.get(path) {
            None => drift.missing.push(path.clone()),
            Some(found) if found != text => drift.stale.push(path.clone()),
            Some(_) => {}
        }
    }
    drift.orphaned = actual
        .keys()
        .filter(|path| !expected.contains_key(*path))
        .cloned()
        .collect();
    drift
}
