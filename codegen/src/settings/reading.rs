//! The reading of answers that are not what the document says.

use crate::ir::{MemberMode, ReadingMode};

/// The settings for reading answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingSettings {
    /// The mode, whatever the document says.
    pub mode: Option<ReadingMode>,
    /// The mode where neither the settings nor the document name one.
    pub otherwise: ReadingMode,
    /// Modes of operations, by their ids. One that is about shape is for the answer as a whole.
    pub operations: Vec<(String, MemberMode)>,
    /// Modes of members, by patterns of their places in answers; of one operation after its id: `listPets#/*/tags`.
    pub members: Vec<(String, MemberMode)>,
    /// Members that are optional in answers whatever the document says: `Pet.name`, or the place of the property.
    pub optional: Vec<String>,
    /// Whether members that the document does not name are kept.
    pub keep_unknown: bool,
}

impl ReadingSettings {
    /// The mode of an operation, where it has one of its own.
    pub fn of_operation(&self, id: Option<&str>) -> Option<MemberMode> {
        let id = id?;
        let mut operations = self.operations.iter();
        let found = operations.find(|(known, _)| known == id);
        found.map(|(_, mode)| *mode)
    }

    /// The modes of members in the answers of all operations.
    pub fn members_of_all(&self) -> impl Iterator<Item = (&str, MemberMode)> {
        let members = self.members.iter();
        let members = members.map(|(pattern, mode)| (split(pattern), *mode));
        members.filter_map(|((id, pattern), mode)| id.is_none().then_some((pattern, mode)))
    }

    /// The modes of members in the answers of one operation.
    pub fn members_of(&self, id: Option<&str>) -> Vec<(String, MemberMode)> {
        let members = self.members.iter();
        let members = members.map(|(pattern, mode)| (split(pattern), *mode));
        let own = members.filter(|((of, _), _)| of.is_some() && *of == id);
        own.map(|((_, pattern), mode)| (pattern.to_owned(), mode))
            .collect()
    }

    /// Entries whose operation does not exist, each with its list.
    pub fn unmatched<'s>(
        &'s self,
        ids: &[Option<&str>],
    ) -> impl Iterator<Item = (&'static str, &'s str)> {
        let operations = self.operations.iter().map(|(id, _)| id.as_str());
        let operations = operations.map(|id| ("reading.operations", Some(id), id));
        let members = self.members.iter().map(|(pattern, _)| pattern.as_str());
        let members = members.map(|pattern| ("reading.members", split(pattern).0, pattern));
        let of_operations = operations.chain(members);
        of_operations
            .filter(|(_, id, _)| id.is_some() && !ids.contains(id))
            .map(|(list, _, entry)| (list, entry))
    }
}

/// The operation that a pattern is for, and the pattern itself.
fn split(pattern: &str) -> (Option<&str>, &str) {
    match pattern.split_once('#') {
        Some((id, rest)) if !id.is_empty() && !id.contains(['/', '*']) => (Some(id), rest),
        _ => (None, pattern),
    }
}
