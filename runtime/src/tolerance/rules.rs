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
    /// The same, and a list of one value is read as that value.
    ListForOne,
    /// The same, and a value that is not text is read as its JSON text where text is expected.
    JsonText,
}

impl MemberReading {
    /// The name in documents and settings: `one-for-list`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Tolerant => "tolerant",
            Self::OneForList => "one-for-list",
            Self::ListForOne => "list-for-one",
            Self::JsonText => "json-text",
        }
    }

    /// The reading of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let all = [
            Self::Strict,
            Self::Tolerant,
            Self::OneForList,
            Self::ListForOne,
            Self::JsonText,
        ];
        all.into_iter().find(|reading| reading.name() == name)
    }
}

/// The rules of one answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    pub(crate) reading: Reading,
    /// Patterns of the document's settings.
    pub(crate) documented: &'static [(&'static str, MemberReading)],
    /// The same, for the operation.
    pub(crate) operation: &'static [(&'static str, MemberReading)],
    /// Patterns of the client, then of the call.
    pub(crate) members: std::sync::Arc<[(String, MemberReading)]>,
}

impl Rules {
    /// Whether any correction can be made.
    pub(crate) fn may_correct(&self) -> bool {
        let documented = self.documented.iter().chain(self.operation);
        let documented = documented.map(|(_, reading)| reading);
        let mut members = documented.chain(self.members.iter().map(|(_, reading)| reading));
        self.reading == Reading::Tolerant
            || members.any(|reading| *reading != MemberReading::Strict)
    }

    /// Whether corrections are made of the answer as a whole.
    pub(crate) fn tolerates_whole(&self) -> bool {
        match self.of_member(&[]) {
            Some(reading) => reading != MemberReading::Strict,
            None => self.reading == Reading::Tolerant,
        }
    }

    /// The last rule for a place.
    pub(super) fn of_member(&self, path: &[Segment]) -> Option<MemberReading> {
        let documented = self.documented.iter().chain(self.operation);
        let documented = documented.map(|(pattern, reading)| (*pattern, *reading));
        let members = self.members.iter();
        let members = members.map(|(pattern, reading)| (pattern.as_str(), *reading));
        let mut rules = documented.chain(members).rev();
        rules
            .find(|(pattern, _)| pattern::fits(pattern, path))
            .map(|(_, reading)| reading)
    }
}
