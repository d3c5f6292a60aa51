//! Limits on values.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::compare::Kind;
use crate::compare::document::matches_all;
use crate::describe::plain;
use crate::ir::{Constraints, Limit, Literal, Pattern};
use crate::specification::{Keyword, Merge};

use super::{Finder, Site};

/// A keyword, and the limits that it is one of.
#[derive(Clone, Copy)]
struct Compared<'a> {
    keyword: Keyword,
    old: &'a Constraints,
    new: &'a Constraints,
}

impl Finder<'_> {
    /// All limits on a value, and those on its items.
    pub(super) fn limits(&mut self, site: &Site, old: &Constraints, new: &Constraints) {
        for keyword in Keyword::checked() {
            let compared = Compared { keyword, old, new };
            let (was, is) = (limit(old, keyword), limit(new, keyword));
            if let Some(kind) = changed(keyword, was.as_ref(), is.as_ref()) {
                self.limited(site, kind, &compared, was, is);
            }
        }
        if !old.items.is_empty() || !new.items.is_empty() {
            let mut site = site.clone();
            site.item.push_str("[]");
            self.limits(&site, &old.items, &new.items);
        }
    }

    fn limited(
        &mut self,
        site: &Site,
        kind: Kind,
        compared: &Compared<'_>,
        old: Option<Limit<'_>>,
        new: Option<Limit<'_>>,
    ) {
        let Compared { keyword, .. } = *compared;
        let mut draft = site.draft(self, kind);
        draft = draft.was(shown(keyword, old)).is(shown(keyword, new));
        // Where it is set, rather than where what it limits is.
        if let Some(set) = compared.old.places.of(keyword) {
            draft = draft.old(self.old, set);
        }
        if let Some(set) = compared.new.places.of(keyword) {
            draft = draft.new_at(self.new, set);
        }
        self.push(draft);
    }
}

/// A limit, unless it allows everything, as a pattern does that every text matches.
fn limit(constraints: &Constraints, keyword: Keyword) -> Option<Limit<'_>> {
    let limit = constraints.of(keyword);
    limit.filter(|limit| match limit {
        Limit::Patterns(patterns) => {
            let mut patterns = patterns.iter();
            !patterns.all(|pattern| matches_all(pattern.ecma.text()))
        }
        _ => true,
    })
}

/// The change of a limit; none if it is the same.
fn changed(keyword: Keyword, old: Option<&Limit<'_>>, new: Option<&Limit<'_>>) -> Option<Kind> {
    let is_pattern = keyword == Keyword::Pattern;
    Some(match (old, new) {
        (None, None) => return None,
        (None, Some(_)) if is_pattern => Kind::PatternAdded,
        (Some(_), None) if is_pattern => Kind::PatternRemoved,
        (None, Some(_)) => Kind::LimitNarrowed,
        (Some(_), None) => Kind::LimitWidened,
        (Some(Limit::Number(old)), Some(Limit::Number(new))) => {
            let order = old.order(new);
            if order == Ordering::Equal {
                return None;
            }
            match keyword.merge() {
                Merge::Greatest => narrowed(order == Ordering::Less),
                Merge::Least => narrowed(order == Ordering::Greater),
                _ => narrowed(!is_multiple(old, new)),
            }
        }
        (Some(Limit::Patterns(old)), Some(Limit::Patterns(new))) => {
            let all = |these: &[Arc<Pattern>], those: &[Arc<Pattern>]| {
                let has = |one: &Arc<Pattern>| those.iter().any(|other| other.ecma == one.ecma);
                these.iter().all(has)
            };
            match (all(old, new), all(new, old)) {
                (true, true) => return None,
                (true, false) => Kind::PatternAdded,
                (false, true) => Kind::PatternRemoved,
                (false, false) => Kind::PatternChanged,
            }
        }
        _ => return None,
    })
}

/// Whether one step is a multiple of another: every multiple of 6 is one of 3.
fn is_multiple(step: &Literal, of: &Literal) -> bool {
    match (step, of) {
        (Literal::Int(step), Literal::Int(of)) => *of != 0 && step % of == 0,
        _ => false,
    }
}

fn shown(keyword: Keyword, limit: Option<Limit<'_>>) -> String {
    let name = keyword.name();
    match limit {
        Some(Limit::Number(number)) => format!("{name} {}", shown_number(&number)),
        Some(Limit::Patterns(patterns)) => {
            let texts = patterns.iter().map(|pattern| plain(pattern.ecma.text()));
            format!("{name} {}", texts.collect::<Vec<_>>().join(" and "))
        }
        Some(Limit::Set) => format!("{name} true"),
        None if keyword == Keyword::UniqueItems => format!("{name} false"),
        None => format!("no {name}"),
    }
}

fn shown_number(literal: &Literal) -> String {
    match literal {
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        _ => String::new(),
    }
}

fn narrowed(is_narrowed: bool) -> Kind {
    if is_narrowed {
        Kind::LimitNarrowed
    } else {
        Kind::LimitWidened
    }
}
