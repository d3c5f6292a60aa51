//! Changes that the documents show and the two APIs do not.
//!
//! An API carries what becomes Rust. Keywords that no Rust type shows, limits on what is raw text or an enumeration,
//! parameters that are left out, webhooks and callbacks are not part of it, and are still part of the contract. So both
//! documents are walked side by side, and each difference of such a keyword is judged by the direction in which its
//! value is sent. What the comparison of the APIs has found at the same place is not told again.

mod dates;
mod keywords;
mod known;
mod operations;
mod parts;
mod promise;
mod schema;
mod types;
mod webhooks;

use std::collections::HashSet;

use super::draft::Draft;
use super::{CrateKind, Direction, Kind, Place};
use crate::diagnostic::Report;
use crate::load::{Documents, Node, NodeId};
use crate::resolve::{self, Resolved};
use crate::source::Span;

pub use dates::Date;
pub(super) use keywords::matches_all;
use known::Known;

/// Finds the changes that `drafts`, those of the APIs, do not have. Removals of what was announced become that in
/// `drafts`.
pub(super) fn find(
    old: &Documents,
    new: &Documents,
    today: Date,
    drafts: &mut [Draft],
) -> Vec<Draft> {
    let mut walk = Walk {
        old: Side::of(old),
        new: Side::of(new),
        known: Known::of(drafts),
        seen: HashSet::new(),
        read_only: HashSet::new(),
        found: Vec::new(),
    };
    walk.document();
    walk.announced(today, drafts);
    walk.became_read_only(drafts);
    walk.found
}

/// The documents of one side, and where their references lead.
struct Side<'a> {
    documents: &'a Documents,
    resolved: Resolved<'a>,
}

impl<'a> Side<'a> {
    fn of(documents: &'a Documents) -> Self {
        Self {
            documents,
            resolved: resolve::references(documents, &mut Report::default()),
        }
    }

    /// A node, or the target of its reference.
    fn follow(&self, node: &'a Node) -> &'a Node {
        self.resolved
            .target(node)
            .map_or(node, |target| target.node)
    }

    /// A member of an object, followed.
    fn get(&self, node: &'a Node, key: &str) -> Option<&'a Node> {
        node.get(key).map(|value| self.follow(value))
    }

    fn place(&self, span: Span) -> Place {
        let document = self.documents.document(span.document);
        let position = document.position(span);
        Place {
            document: document.path.clone(),
            line: position.line,
            column: position.column,
            span,
        }
    }
}

/// Two nodes of which one became the other.
#[derive(Clone, Copy, Debug)]
struct Pair<'a> {
    old: &'a Node,
    new: &'a Node,
}

/// The serialization of values at a place.
#[derive(Clone, Debug)]
struct At {
    /// The item, as people read it: `POST /pets body.name`.
    item: String,
    direction: Direction,
    /// Everything is text on the wire here: a parameter, a form, XML.
    is_text: bool,
    /// The keys of a member, before and after.
    keys: Option<(Span, Span)>,
}

impl At {
    /// A place below this one.
    fn below(&self, suffix: &str) -> Self {
        Self {
            item: format!("{}{suffix}", self.item),
            keys: None,
            ..*self
        }
    }
}

/// Two documents side by side.
struct Walk<'a> {
    old: Side<'a>,
    new: Side<'a>,
    known: Known,
    /// Schemas that were compared, in which direction.
    seen: HashSet<(Vec<NodeId>, Vec<NodeId>, Direction)>,
    /// Members of requests that have become read-only, by document and byte.
    read_only: HashSet<(u32, u32)>,
    found: Vec<Draft>,
}

impl<'a> Walk<'a> {
    /// A change, unless the APIs show it at one of these places.
    fn push(&mut self, at: &At, what: Kind, old: &[Span], new: &[Span], said: Said) {
        let is_at_key = at
            .keys
            .is_some_and(|(old, new)| self.known.has(what, &[old], &[new]));
        if is_at_key || self.known.has(what, old, new) {
            return;
        }
        let mut draft = Draft::new(what, at.item.clone(), CrateKind::Client)
            .direction(at.direction)
            .told_only(true);
        draft.old = old.first().map(|span| self.old.place(*span));
        draft.new = new.first().map(|span| self.new.place(*span));
        (draft.was, draft.is) = (said.was, said.is);
        self.found.push(draft);
    }

    /// Tells members that became read-only from those that are removed from requests.
    fn became_read_only(&self, drafts: &mut [Draft]) {
        let is_sent = |draft: &&mut Draft| draft.direction == Direction::SENT;
        for draft in drafts.iter_mut().filter(is_sent) {
            let is_removed = matches!(
                draft.what,
                Kind::RequiredPropertyRemoved | Kind::OptionalPropertyRemoved
            );
            let place = draft.old.as_ref().filter(|_| is_removed);
            if place.is_some_and(|place| {
                self.read_only
                    .contains(&(place.span.document.0, place.span.start))
            }) {
                draft.what = Kind::BecameReadOnly;
            }
        }
    }

    /// Members of two objects that have the same key.
    fn in_both(&self, pair: Pair<'a>) -> Vec<(&'a str, Pair<'a>)> {
        let entries = pair.old.entries().iter();
        entries
            .filter_map(|entry| {
                let new = pair.new.get(entry.key.text())?;
                let old = &entry.value;
                Some((entry.key.text(), Pair { old, new }))
            })
            .collect()
    }
}

/// A value before and after, in a few words.
#[derive(Clone, Debug, Default)]
struct Said {
    was: Option<String>,
    is: Option<String>,
}

impl Said {
    fn of(was: Option<String>, is: Option<String>) -> Self {
        Self { was, is }
    }
}
