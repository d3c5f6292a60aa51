//! Where departures are corrected.

use super::pattern;
use super::session::Segment;

/// The reading of answers that are not what the document says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reading {
    /// They are errors.
    #[default]
    Strict,
    /// Departures that can be meant in one way alone are corrected, and recorded: see
    /// [`Response::departures`](crate::Response::departures).
    Tolerant,
}

/// The reading of some members of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MemberReading {
    /// Departures are errors.
    Strict,
    /// Departures are corrected.
    Tolerant,
    /// The same, and one value is read as a list of one.
    OneForList,
}

/// The rules of one answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    pub(crate) reading: Reading,
    /// Patterns of the document's settings.
    pub(crate) documented: &'static [(&'static str, MemberReading)],
    /// Patterns of the client.
    pub(crate) members: std::sync::Arc<[(String, MemberReading)]>,
}

impl Rules {
    /// Whether any correction can be made.
    pub(crate) fn may_correct(&self) -> bool {
        let documented = self.documented.iter().map(|(_, reading)| reading);
        let mut members = documented.chain(self.members.iter().map(|(_, reading)| reading));
        self.reading == Reading::Tolerant
            || members.any(|reading| *reading != MemberReading::Strict)
    }

    /// The last rule for a place.
    fn of_member(&self, path: &[Segment]) -> Option<MemberReading> {
        let documented = self.documented.iter();
        let documented = documented.map(|(pattern, reading)| (*pattern, *reading));
        let members = self.members.iter();
        let members = members.map(|(pattern, reading)| (pattern.as_str(), *reading));
        let mut rules = documented.chain(members).rev();
        rules
            .find(|(pattern, _)| pattern::fits(pattern, path))
            .map(|(_, reading)| reading)
    }

    /// Whether corrections are made at a place.
    pub(super) fn tolerates(&self, path: &[Segment]) -> bool {
        match self.of_member(path) {
            Some(reading) => reading != MemberReading::Strict,
            None => self.reading == Reading::Tolerant,
        }
    }

    /// Whether one value is a list of one at a place.
    pub(super) fn takes_one_for_list(&self, path: &[Segment]) -> bool {
        self.of_member(path) == Some(MemberReading::OneForList)
    }
}
