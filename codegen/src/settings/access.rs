//! Credentials that operations need though the document does not say so.

use super::{Candidate, Filter, Selection};

/// The credentials of operations that document none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessSettings {
    /// Schemes, and the operations that need them; the first that fits counts.
    pub attached: Vec<Attached>,
}

/// A scheme, and the operations that need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// The name of the scheme in the document.
    pub scheme: String,
    /// The operations; all of them if there are no entries.
    pub operations: Filter,
}

impl AccessSettings {
    /// The scheme that an operation needs. One whose document says that it needs none has to be named by its id.
    pub fn scheme(&self, operation: &Candidate<'_>, is_public: bool) -> Option<&str> {
        let fits = |attached: &&Attached| {
            let named = !attached.operations.operations.is_empty();
            (named || !is_public) && attached.selection().has(operation)
        };
        let found = self.attached.iter().find(fits);
        found.map(|attached| attached.scheme.as_str())
    }

    /// Entries that match no operation or no scheme, each with the name of its list.
    pub fn unmatched(
        &self,
        operations: &[Candidate<'_>],
        schemes: &[&str],
    ) -> Vec<(&'static str, String)> {
        let unknown = self.attached.iter().map(|attached| &attached.scheme);
        let unknown = unknown.filter(|scheme| !schemes.contains(&scheme.as_str()));
        let unknown = unknown.map(|scheme| ("credential.scheme", scheme.clone()));
        let entries = self.attached.iter().flat_map(|attached| {
            let selection = attached.selection();
            let unmatched = selection.unmatched(operations).into_iter();
            let unmatched = unmatched.map(|(list, entry)| (list, entry.to_owned()));
            unmatched.collect::<Vec<_>>()
        });
        unknown.chain(entries).collect()
    }
}

impl Attached {
    fn selection(&self) -> Selection {
        Selection {
            only: self.operations.clone(),
            ..Selection::default()
        }
    }
}
