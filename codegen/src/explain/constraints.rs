//! Limits of a value, and what becomes of each.

use crate::ir::{Constraints, TypeId};
use crate::load::Node;

use super::{Context, Reason, said};

/// Limits, in the order of the ledger.
const LIMITS: [&str; 13] = [
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Whether values with limits are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Travels {
    /// So that they are checked first.
    Sent,
    /// They are received, and another type of the same schema is sent.
    SentAs(String),
    /// Only received, so that nothing is checked.
    Received,
}

/// What becomes of a limit of what is sent.
const CHECKED: &str = "it is checked before a request is sent, with all others at once";

impl<'a> Context<'a> {
    /// Whether a type, or the other side of its schema, is sent.
    pub(super) fn travels(&self, id: TypeId) -> Travels {
        let is_sent = |id: &TypeId| self.api.type_def(*id).facts.sent;
        if is_sent(&id) {
            return Travels::Sent;
        }
        match self.twins(id).into_iter().find(is_sent) {
            Some(twin) => Travels::SentAs(self.api.type_name(twin).to_string()),
            None => Travels::Received,
        }
    }

    /// What becomes of each limit that schemas set; `kept` is what was understood of them.
    pub(super) fn limits(
        &self,
        nodes: &[&'a Node],
        kept: &Constraints,
        travels: &Travels,
        reasons: &mut Vec<Reason>,
    ) {
        self.limits_of(nodes, kept, travels, "", reasons);
        let items = said(nodes, "items").map(|entry| self.survey.speaking(&entry.value));
        if let Some(items) = items.filter(|_| !kept.items.is_empty()) {
            self.limits_of(&items, &kept.items, travels, "each item: ", reasons);
        }
    }

    fn limits_of(
        &self,
        nodes: &[&'a Node],
        kept: &Constraints,
        travels: &Travels,
        of: &str,
        reasons: &mut Vec<Reason>,
    ) {
        for keyword in LIMITS {
            let Some(entry) = said(nodes, keyword) else {
                continue;
            };
            let value = entry.value.to_json();
            if value == 0 || value == false {
                // It allows everything.
                continue;
            }
            let why = match travels {
                _ if !is_kept(kept, keyword) => {
                    "it can't be checked here: it is documented and left to the server".to_owned()
                }
                Travels::Sent => CHECKED.to_owned(),
                Travels::SentAs(name) => {
                    format!("in `{name}` {CHECKED}; what a server sends is taken as it comes")
                }
                Travels::Received => {
                    "it is documented: what a server sends is taken as it comes".to_owned()
                }
            };
            reasons.push(self.reason(format!("{of}`{keyword}: {value}`"), why, entry.key_span));
        }
    }
}

fn is_kept(kept: &Constraints, keyword: &str) -> bool {
    match keyword {
        "minLength" => kept.min_length.is_some(),
        "maxLength" => kept.max_length.is_some(),
        "pattern" => kept.pattern.is_some(),
        "minimum" | "exclusiveMinimum" => {
            kept.minimum.is_some() || kept.exclusive_minimum.is_some()
        }
        "maximum" | "exclusiveMaximum" => {
            kept.maximum.is_some() || kept.exclusive_maximum.is_some()
        }
        "multipleOf" => kept.multiple_of.is_some(),
        "minItems" => kept.min_items.is_some(),
        "maxItems" => kept.max_items.is_some(),
        "uniqueItems" => kept.unique_items,
        "minProperties" => kept.min_properties.is_some(),
        "maxProperties" => kept.max_properties.is_some(),
        _ => false,
    }
}
