//! The effect of each rule on the wire: for callers and for servers that keep to the old document.

mod operations;
mod values;

use super::{Direction, Effect, Kind, Wire};

/// The effect of a change in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The effect on the wire.
    pub wire: Wire,
    /// The meaning, in a sentence.
    pub says: &'static str,
}

/// The statement of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Of what is sent.
    pub request: Told,
    /// Of what is received.
    pub response: Told,
}

/// The statement on what does not travel.
const UNUSED: Told = told(Effect::None, Effect::None, "No operation uses it.");

impl Rule {
    /// The same in both directions, or without any.
    const fn both(callers: Effect, servers: Effect, says: &'static str) -> Self {
        let told = told(callers, servers, says);
        Self {
            request: told,
            response: told,
        }
    }

    const fn sided(request: Told, response: Told) -> Self {
        Self { request, response }
    }

    /// Whether it makes a difference in which direction something travels.
    pub fn is_sided(&self) -> bool {
        self.request != self.response
    }

    /// The statement for this direction.
    pub(super) fn told(&self, direction: Direction) -> Vec<Told> {
        match direction {
            Direction {
                sent: false,
                received: false,
            } if self.is_sided() => vec![UNUSED],
            Direction {
                sent: true,
                received: true,
            } if self.is_sided() => vec![self.request, self.response],
            Direction { sent: true, .. } => vec![self.request],
            Direction { sent: false, .. } => vec![self.response],
        }
    }
}

const fn told(callers: Effect, servers: Effect, says: &'static str) -> Told {
    Told {
        wire: Wire { callers, servers },
        says,
    }
}

impl Kind {
    /// The statement of the rule.
    pub fn rule(self) -> Rule {
        operations::rule(self)
            .or_else(|| values::rule(self))
            .unwrap_or(Rule::both(
                Effect::None,
                Effect::None,
                "It changes nothing on the wire.",
            ))
    }

    /// Whether what comes of it in a crate is decided by the crate's public items alone, whatever it does on the wire:
    /// crates do not check what they receive, so limits on it are words to them.
    pub(super) fn is_words_when_received(self) -> bool {
        let is_default = matches!(
            self,
            Self::DefaultAdded | Self::DefaultChanged | Self::DefaultRemoved
        );
        is_default || self.is_limit()
    }

    /// Whether it has to do with the shape of public items, rather than with what they do or say.
    pub(super) fn shapes_items(self) -> bool {
        let is_conduct = matches!(
            self,
            Self::AcceptChanged
                | Self::VersionChanged
                | Self::RequestMediaTypeAdded
                | Self::RequestMediaTypeRemoved
                | Self::RequestMediaTypeChanged
                | Self::ResponseMediaTypeAdded
                | Self::ResponseMediaTypeRemoved
                | Self::ResponseMediaTypeChanged
                | Self::SecurityNarrowed
                | Self::SecurityWidened
                | Self::ReplayChanged
                | Self::AccessChanged
                | Self::ReadingChanged
                | Self::TagsChanged
                | Self::TaggingChanged
                | Self::DocsChanged
        );
        !is_conduct && !self.is_words_when_received()
    }

    /// Whether it is about a limit on a value.
    pub(super) fn is_limit(self) -> bool {
        matches!(
            self,
            Self::LimitNarrowed
                | Self::LimitWidened
                | Self::PatternAdded
                | Self::PatternChanged
                | Self::PatternRemoved
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, operations, values};

    #[test]
    fn every_rule_says_something_and_says_it_once() {
        for kind in Kind::ALL {
            let (operations, values) = (operations::rule(*kind), values::rule(*kind));
            assert!(operations.is_some() != values.is_some(), "{}", kind.code());
        }
    }
}
