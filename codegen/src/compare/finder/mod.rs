//! All changes from one API to another, found item by item.

mod api;
mod body;
mod fields;
mod limits;
mod operations;
mod parameters;
mod responses;
mod security;
mod streams;
mod types;
mod values;

use crate::describe::plain;
use crate::ir::{Api, Docs, Module, Operation, Origin};
use crate::source::SpecStr;

use super::draft::Draft;
use super::pairs;
use super::relation::Types;
use super::{CrateKind, Direction, Kind};

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
    /// The name.
    item: String,
    old: Origin,
    new: Origin,
    direction: Direction,
    carrier: CrateKind,
    /// The public items that it becomes: their owners and members.
    touches: Vec<(String, String)>,
}

impl Site {
    /// A change of it.
    fn draft(&self, finder: &Finder<'_>, what: Kind) -> Draft {
        let draft = Draft::new(what, self.item.clone(), self.carrier)
            .old(finder.old, self.old)
            .new_at(finder.new, self.new)
            .direction(self.direction);
        self.touches.iter().fold(draft, |draft, (owner, member)| {
            draft.touch_member(owner, member)
        })
    }
}

impl Finder<'_> {
    fn push(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    /// The documentation of an item, and its deprecation.
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
        if let Some((was, is)) = other_words(old.0, new.0) {
            let draft = site.draft(self, Kind::DocsChanged).told_only(true);
            self.push(draft.was(was).is(is));
        }
    }
}

/// The changed documentation, before and after. Notes are made of facts that are compared elsewhere.
fn other_words(old: &Docs, new: &Docs) -> Option<(String, String)> {
    let text = |text: &Option<SpecStr>| text.as_ref().map_or("none", SpecStr::text).to_owned();
    let list = |texts: &[SpecStr]| {
        let texts: Vec<&str> = texts.iter().map(SpecStr::text).collect();
        texts.join(", ")
    };
    let said = [
        (text(&old.summary), text(&new.summary)),
        (text(&old.description), text(&new.description)),
        (list(&old.examples), list(&new.examples)),
        (text(&old.link), text(&new.link)),
    ];
    let (was, is) = said.into_iter().find(|(was, is)| was != is)?;
    Some(excerpts(&plain(&was), &plain(&is)))
}

/// The number of characters of a text that are shown.
const EXCERPT: usize = 60;

/// Of two texts that differ, where they begin to: from the beginning of a word shortly before.
fn excerpts(old: &str, new: &str) -> (String, String) {
    let shared = old
        .chars()
        .zip(new.chars())
        .take_while(|(old, new)| old == new);
    let shared: String = shared.map(|(letter, _)| letter).collect();
    let words: Vec<&str> = shared.split_inclusive(' ').collect();
    let kept = words.len().saturating_sub(4);
    let start: usize = words.iter().take(kept).map(|word| word.len()).sum();
    let cut = |text: &str| {
        let rest = text.get(start..).unwrap_or_default();
        let mut excerpt: String = rest.chars().take(EXCERPT).collect();
        if excerpt.len() < rest.len() {
            excerpt.push_str("...");
        }
        let before = if start > 0 { "..." } else { "" };
        format!("\"{before}{excerpt}\"")
    };
    (cut(old), cut(new))
}

/// The module that an operation is in.
fn module_of<'a>(api: &'a Api, operation: &Operation) -> Option<&'a Module> {
    let mut modules = api.modules.iter();
    modules.find(|module| {
        let mut operations = module.operations.iter();
        operations.any(|other| std::ptr::eq(other, operation))
    })
}

/// Those that are one, as one.
pub(super) fn merged(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut merged: Vec<Draft> = Vec::new();
    for draft in drafts {
        match merged.iter_mut().find(|known| known.is_one_with(&draft)) {
            Some(known) => known.take_in(draft),
            None => merged.push(draft),
        }
    }
    merged
}
