//! Proposals: an overlay that fixes what lint found and what servers were seen to do otherwise.
//!
//! Only what has one fix is proposed, in the entry document, which is all that an overlay can change. The rest is named.

mod action;
mod departure;
mod finding;
mod record;

use std::collections::BTreeMap;

use crate::diagnostic::{Levels, Report};
use crate::ir::{Api, External};
use crate::lint;
use crate::load::{self, Documents, Node};
use crate::lower;
use crate::resolve::{self, Resolved};
use crate::source::{DocumentId, Sources, Span};

use self::action::{Action, Change, path};
pub use self::record::{Departure, NotARecord, records};

/// An overlay, and what it does not fix.
#[derive(Clone, Debug, Default)]
pub struct Proposal {
    /// The text of the overlay; none if nothing is to be changed.
    pub overlay: Option<String>,
    /// The number of its actions.
    pub actions: usize,
    /// The rest, which no overlay can fix, each a sentence.
    pub left: Vec<String>,
}

/// Lints documents, and proposes an overlay of the entry for what is found and for departures of servers.
///
/// None if something in the documents forbids it; `report` has the findings.
pub fn overlay(
    sources: &Sources<'_>,
    types: &[External],
    levels: &Levels,
    departures: &[Departure],
    report: &mut Report,
) -> Option<Proposal> {
    lint::check(sources, types, levels, report);
    if report.has_errors() {
        return None;
    }
    let documents = load::documents(sources, &mut Report::default())?;
    let mut unread = Report::default();
    let resolved = resolve::references(&documents, &mut unread);
    let api = lower::api(&documents, &resolved, types, &mut unread);
    let mut proposing = Proposing {
        documents: &documents,
        resolved: &resolved,
        api: &api,
        actions: Vec::new(),
        types: BTreeMap::new(),
        optional: BTreeMap::new(),
        left: Vec::new(),
    };
    proposing.findings(report);
    proposing.departures(departures);
    Some(proposing.finish())
}

struct Proposing<'a> {
    documents: &'a Documents,
    resolved: &'a Resolved<'a>,
    api: &'a Api,
    actions: Vec<Action>,
    /// The new types of schemas, by their pointers.
    types: BTreeMap<String, String>,
    /// The members that need not be there any more, by the pointers of their schemas.
    optional: BTreeMap<String, Vec<String>>,
    left: Vec<String>,
}

impl<'a> Proposing<'a> {
    fn push(&mut self, action: Action) {
        if !self.actions.iter().any(|known| known.is_same(&action)) {
            self.actions.push(action);
        }
    }

    fn update(&mut self, pointer: &str, value: serde_json::Value, why: &str) {
        self.push(Action::new(path(pointer), Change::Update(value), why));
    }

    fn remove(&mut self, target: String, why: &str) {
        self.push(Action::new(target, Change::Remove, why));
    }

    fn left(&mut self, what: String) {
        if !self.left.contains(&what) {
            self.left.push(what);
        }
    }

    /// Where something is in the entry document, as a pointer without `#`; none if it is in another one.
    fn pointer(&self, span: Span) -> Option<String> {
        let entry = span.document == DocumentId::ENTRY;
        let pointer = entry.then(|| self.documents.pointer(span))?;
        Some(pointer.strip_prefix('#').unwrap_or(&pointer).to_owned())
    }

    /// The node at a pointer of the entry document.
    fn node(&self, pointer: &str) -> Option<&'a Node> {
        self.documents.entry().find(pointer)
    }

    /// A member of a schema need not be there.
    fn make_optional(&mut self, schema: &Node, member: &str) -> bool {
        let Some(pointer) = self.pointer(schema.span) else {
            return false;
        };
        let members = self.optional.entry(pointer).or_default();
        if !members.iter().any(|known| known == member) {
            members.push(member.to_owned());
        }
        true
    }

    fn finish(mut self) -> Proposal {
        for (pointer, members) in std::mem::take(&mut self.optional) {
            self.remove_required(&pointer, &members);
        }
        Proposal {
            overlay: (!self.actions.is_empty()).then(|| {
                let entry = self.documents.entry().path.as_str();
                action::overlay(entry, &self.actions)
            }),
            actions: self.actions.len(),
            left: self.left,
        }
    }

    /// Takes members out of a list of required ones; the list with its last.
    fn remove_required(&mut self, pointer: &str, members: &[String]) {
        let required = self.node(pointer).and_then(|node| node.get("required"));
        let listed = required.map(Node::items).unwrap_or_default();
        let is_removed = |item: &Node| {
            item.as_str()
                .is_some_and(|name| members.iter().any(|member| member == name))
        };
        let why = "not always there";
        let list = format!("{}.required", path(pointer));
        if listed.iter().all(is_removed) {
            self.remove(list, why);
            return;
        }
        for member in members {
            self.remove(format!("{list}[?@ == {}]", action::quoted(member)), why);
        }
    }
}
