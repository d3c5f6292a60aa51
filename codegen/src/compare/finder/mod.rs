//! All changes from one API to another, found item by item.

mod api;
mod body;
mod fields;
mod limits;
mod operations;
mod responses;
mod security;
mod types;
mod values;

use crate::ir::{Api, Docs, Module, Operation, Origin};

use super::draft::Draft;
use super::pairs;
use super::relation::Types;
use super::{Kind, Krate, Travels};

/// Finds all changes.
pub(super) fn find(old: &Api, new: &Api) -> Vec<Draft> {
    let operations = operations::Matched::find(old, new);
    let same: Vec<(&Operation, &Operation)> = operations
        .same
        .iter()
        .map(|pair| (pair.old, pair.new))
        .collect();
    let pairs = pairs::find(old, new, &same);
    let mut finder = Finder {
        old,
        new,
        types: Types { old, new },
        drafts: Vec::new(),
    };
    finder.api();
    finder.all_operations(&operations);
    finder.all_types(&pairs);
    merged(finder.drafts)
}

struct Finder<'a> {
    old: &'a Api,
    new: &'a Api,
    types: Types<'a>,
    drafts: Vec<Draft>,
}

/// An item of both APIs, and what changes of it have in common.
#[derive(Clone, Debug)]
struct Site {
    /// What it is called.
    item: String,
    old: Origin,
    new: Origin,
    travels: Travels,
    carrier: Krate,
    /// The public items that it becomes: their owners and members.
    touches: Vec<(String, String)>,
}

impl Site {
    /// A change of it.
    fn draft(&self, finder: &Finder<'_>, what: Kind) -> Draft {
        let draft = Draft::new(what, self.item.clone(), self.carrier)
            .old(finder.old, self.old)
            .new_at(finder.new, self.new)
            .travels(self.travels);
        self.touches.iter().fold(draft, |draft, (owner, member)| {
            draft.touch_member(owner, member)
        })
    }
}

impl Finder<'_> {
    fn push(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    /// What is said of an item and whether it is deprecated.
    fn told(&mut self, site: &Site, old: (&Docs, bool), new: (&Docs, bool)) {
        if old.1 != new.1 {
            let what = if new.1 {
                Kind::Deprecated
            } else {
                Kind::DeprecationWithdrawn
            };
            let draft = site.draft(self, what);
            self.push(draft);
        }
        if !same_words(old.0, new.0) {
            let draft = site.draft(self, Kind::DocsChanged).told_only(true);
            self.push(draft);
        }
    }
}

/// Whether an author says the same. Notes are made of what is compared elsewhere.
fn same_words(old: &Docs, new: &Docs) -> bool {
    old.summary == new.summary
        && old.description == new.description
        && old.examples == new.examples
        && old.link == new.link
}

/// The module that an operation is in.
fn module_of<'a>(api: &'a Api, operation: &Operation) -> Option<&'a Module> {
    let mut modules = api.modules.iter();
    modules.find(|module| {
        let mut operations = module.operations.iter();
        operations.any(|other| std::ptr::eq(other, operation))
    })
}

/// One stretch of a document can be part of several items: a property that others include, a response that many share.
/// What changes there is one change.
fn merged(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut merged: Vec<Draft> = Vec::new();
    for draft in drafts {
        let same = |known: &&mut Draft| {
            known.what == draft.what
                && known.carrier == draft.carrier
                && known.old == draft.old
                && known.new == draft.new
                && known.was == draft.was
                && known.is == draft.is
        };
        match merged.iter_mut().find(same) {
            Some(known) => {
                if known.item != draft.item && !known.also.contains(&draft.item) {
                    known.also.push(draft.item);
                }
                known.travels = known.travels.or(draft.travels);
                known.is_told_only &= draft.is_told_only;
                for touch in draft.touches {
                    if !known.touches.contains(&touch) {
                        known.touches.push(touch);
                    }
                }
            }
            None => merged.push(draft),
        }
    }
    merged
}
