//! The reading of answers that are not what the document says.

use crate::ir::ReadingMode;

/// The settings for reading answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingSettings {
    /// The mode, whatever the document says.
    pub mode: Option<ReadingMode>,
    /// The mode where neither the settings nor the document name one.
    pub otherwise: ReadingMode,
    /// Modes of operations, by their ids.
    pub operations: Vec<(String, ReadingMode)>,
    /// Modes of members, by patterns of their places in answers.
    pub members: Vec<(String, MemberMode)>,
    /// Whether members that the document does not name are kept.
    pub keep_unknown: bool,
}

/// The reading of members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberMode {
    /// Departures are errors.
    Strict,
    /// Departures are corrected.
    Tolerant,
    /// The same, and one value is a list of one.
    OneForList,
}

impl MemberMode {
    /// The mode of this name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "strict" => Some(Self::Strict),
            "tolerant" => Some(Self::Tolerant),
            "one-for-list" => Some(Self::OneForList),
            _ => None,
        }
    }
}

impl ReadingSettings {
    /// The mode of an operation, where it has one of its own.
    pub fn of_operation(&self, id: Option<&str>) -> Option<ReadingMode> {
        let id = id?;
        let mut operations = self.operations.iter();
        let found = operations.find(|(known, _)| known == id);
        found.map(|(_, mode)| *mode)
    }

    /// Ids that no operation has.
    pub fn unmatched<'s>(&'s self, ids: &[Option<&str>]) -> impl Iterator<Item = &'s str> {
        let operations = self.operations.iter().map(|(id, _)| id.as_str());
        operations.filter(|id| !ids.contains(&Some(id)))
    }
}
