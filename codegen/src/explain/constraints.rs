//! Limits of a value, and what becomes of each.

use crate::ir::{Constraints, TypeId};
use crate::load::{Entry, Node};
use crate::specification::Keyword;

use super::{Context, Reason, said};

/// Whether values with limits are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// So that they are checked first.
    Sent,
    /// They are received, and another type of the same schema is sent.
    SentAs(String),
    /// Only received, so that nothing is checked.
    Received,
}

/// The treatment of a limit of a sent value.
const CHECKED: &str = "it is checked before a request is sent, with all others at once";

impl<'a> Context<'a> {
    /// Whether a type, or the other side of its schema, is sent.
    pub(super) fn direction(&self, id: TypeId) -> Direction {
        let is_sent = |id: &TypeId| self.api.type_def(*id).facts.sent;
        if is_sent(&id) {
            return Direction::Sent;
        }
        match self.counterparts(id).into_iter().find(is_sent) {
            Some(counterpart) => Direction::SentAs(self.api.type_name(counterpart).to_string()),
            None => Direction::Received,
        }
    }

    /// The treatment of each limit that schemas set; `kept` is what was understood of them.
    pub(super) fn limits(
        &self,
        nodes: &[&'a Node],
        kept: &Constraints,
        direction: &Direction,
        reasons: &mut Vec<Reason>,
    ) {
        self.limits_of(nodes, kept, direction, "", reasons);
        let items = said(nodes, "items").map(|entry| self.index.applicable(&entry.value));
        if let Some(items) = items.filter(|_| !kept.items.is_empty()) {
            self.limits_of(&items, &kept.items, direction, "each item: ", reasons);
        }
    }

    fn limits_of(
        &self,
        nodes: &[&'a Node],
        kept: &Constraints,
        direction: &Direction,
        of: &str,
        reasons: &mut Vec<Reason>,
    ) {
        for keyword in Keyword::checked() {
            let Some(entry) = holding(nodes, kept, keyword) else {
                continue;
            };
            let name = keyword.name();
            let value = entry.value.to_json();
            if value == 0 || value == false {
                // It allows everything.
                continue;
            }
            let why = match direction {
                _ if !is_kept(kept, keyword) => {
                    "it can't be checked here: it is documented and left to the server".to_owned()
                }
                Direction::Sent => CHECKED.to_owned(),
                Direction::SentAs(name) => {
                    format!("in `{name}` {CHECKED}; what a server sends is taken as it comes")
                }
                Direction::Received => {
                    "it is documented: what a server sends is taken as it comes".to_owned()
                }
            };
            reasons.push(self.reason(format!("{of}`{name}: {value}`"), why, entry.key_span));
        }
    }
}

/// The entry of a keyword that holds: of several, the one that was decided to be the tightest.
fn holding<'a>(nodes: &[&'a Node], kept: &Constraints, keyword: Keyword) -> Option<&'a Entry> {
    let entries = || {
        let objects = nodes.iter().filter_map(|node| node.as_mapping());
        objects.filter_map(|object| object.entry(keyword.name()))
    };
    let place = kept.places.of(keyword).map(|origin| origin.span);
    let holds = |entry: &&Entry| Some(entry.value.span) == place;
    entries().find(holds).or_else(|| entries().next())
}

/// Whether a keyword decided about what was kept.
fn is_kept(kept: &Constraints, keyword: Keyword) -> bool {
    let other = match keyword {
        Keyword::Minimum => Keyword::ExclusiveMinimum,
        Keyword::ExclusiveMinimum => Keyword::Minimum,
        Keyword::Maximum => Keyword::ExclusiveMaximum,
        Keyword::ExclusiveMaximum => Keyword::Maximum,
        keyword => keyword,
    };
    kept.of(keyword).or_else(|| kept.of(other)).is_some()
}
