//! Limits on values.

use std::cmp::Ordering;

use crate::compare::Kind;
use crate::ir::{Constraints, Literal};

use super::{Finder, Site};

/// On which side of a limit what is admitted lies.
#[derive(Clone, Copy, PartialEq)]
enum Bound {
    Least,
    Most,
}

/// A keyword, and the limits that it is one of.
#[derive(Clone, Copy)]
struct Keyword<'a> {
    name: &'static str,
    old: &'a Constraints,
    new: &'a Constraints,
}

impl Finder<'_> {
    /// All limits on a value, and those on its items.
    pub(super) fn limits(&mut self, site: &Site, old: &Constraints, new: &Constraints) {
        let keyword = |name| Keyword { name, old, new };
        let whole = |size: Option<u64>| size.map(|size| Literal::Int(size.into()));
        for (name, bound, was, is) in [
            ("minLength", Bound::Least, old.min_length, new.min_length),
            ("maxLength", Bound::Most, old.max_length, new.max_length),
            ("minItems", Bound::Least, old.min_items, new.min_items),
            ("maxItems", Bound::Most, old.max_items, new.max_items),
            (
                "minProperties",
                Bound::Least,
                old.min_properties,
                new.min_properties,
            ),
            (
                "maxProperties",
                Bound::Most,
                old.max_properties,
                new.max_properties,
            ),
        ] {
            self.limit(
                site,
                (keyword(name), bound),
                whole(was).as_ref(),
                whole(is).as_ref(),
            );
        }
        for (name, bound, was, is) in [
            ("minimum", Bound::Least, &old.minimum, &new.minimum),
            ("maximum", Bound::Most, &old.maximum, &new.maximum),
            (
                "exclusiveMinimum",
                Bound::Least,
                &old.exclusive_minimum,
                &new.exclusive_minimum,
            ),
            (
                "exclusiveMaximum",
                Bound::Most,
                &old.exclusive_maximum,
                &new.exclusive_maximum,
            ),
        ] {
            self.limit(site, (keyword(name), bound), was.as_ref(), is.as_ref());
        }
        self.multiple(site, keyword("multipleOf"));
        if old.unique_items != new.unique_items {
            let what = narrowed(new.unique_items);
            let (was, is) = (old.unique_items.to_string(), new.unique_items.to_string());
            self.limited(site, what, &keyword("uniqueItems"), Some(was), Some(is));
        }
        self.pattern(site, keyword("pattern"));
        if !old.items.is_empty() || !new.items.is_empty() {
            let mut site = site.clone();
            site.item.push_str("[]");
            self.limits(&site, &old.items, &new.items);
        }
    }

    fn limit(
        &mut self,
        site: &Site,
        (keyword, bound): (Keyword<'_>, Bound),
        old: Option<&Literal>,
        new: Option<&Literal>,
    ) {
        let what = match (old, new) {
            (None, None) => return,
            (None, Some(_)) => Kind::LimitNarrowed,
            (Some(_), None) => Kind::LimitWidened,
            (Some(old), Some(new)) => match order(old, new) {
                Ordering::Equal => return,
                Ordering::Less => narrowed(bound == Bound::Least),
                Ordering::Greater => narrowed(bound == Bound::Most),
            },
        };
        self.limited(site, what, &keyword, old.map(number), new.map(number));
    }

    fn multiple(&mut self, site: &Site, keyword: Keyword<'_>) {
        let (old, new) = (
            keyword.old.multiple_of.as_ref(),
            keyword.new.multiple_of.as_ref(),
        );
        let what = match (old, new) {
            (Some(Literal::Int(old)), Some(Literal::Int(new))) if old == new => return,
            (None, None) => return,
            // Every multiple of 6 is one of 3.
            (Some(Literal::Int(old)), Some(Literal::Int(new))) if *new != 0 && old % new == 0 => {
                Kind::LimitWidened
            }
            (Some(_), None) => Kind::LimitWidened,
            (Some(old), Some(new)) if order(old, new) == Ordering::Equal => return,
            _ => Kind::LimitNarrowed,
        };
        self.limited(site, what, &keyword, old.map(number), new.map(number));
    }

    fn pattern(&mut self, site: &Site, keyword: Keyword<'_>) {
        let (old, new) = (keyword.old, keyword.new);
        let what = match (&old.pattern, &new.pattern) {
            (None, Some(_)) => Kind::PatternAdded,
            (Some(_), None) => Kind::PatternRemoved,
            (Some(old), Some(new)) if old.ecma != new.ecma => Kind::PatternChanged,
            _ => return,
        };
        let text = |limits: &Constraints| {
            let pattern = limits.pattern.as_ref();
            pattern.map(|pattern| crate::emit::plain(pattern.ecma.text()))
        };
        self.limited(site, what, &keyword, text(old), text(new));
    }

    fn limited(
        &mut self,
        site: &Site,
        what: Kind,
        keyword: &Keyword<'_>,
        old: Option<String>,
        new: Option<String>,
    ) {
        let said = |value: Option<String>| match value {
            Some(value) => format!("{} {value}", keyword.name),
            None => format!("no {}", keyword.name),
        };
        let mut draft = site.draft(self, what).was(said(old)).is(said(new));
        // Where it is set, rather than where what it limits is.
        if let Some(set) = keyword.old.places.of(keyword.name) {
            draft = draft.old(self.old, set);
        }
        if let Some(set) = keyword.new.places.of(keyword.name) {
            draft = draft.new_at(self.new, set);
        }
        self.push(draft);
    }
}

fn narrowed(is_narrowed: bool) -> Kind {
    if is_narrowed {
        Kind::LimitNarrowed
    } else {
        Kind::LimitWidened
    }
}

fn order(old: &Literal, new: &Literal) -> Ordering {
    match (old, new) {
        (Literal::Int(old), Literal::Int(new)) => old.cmp(new),
        _ => value(old).total_cmp(&value(new)),
    }
}

fn value(literal: &Literal) -> f64 {
    match literal {
        Literal::Int(value) => *value as f64,
        Literal::Float(value) => *value,
        _ => 0.0,
    }
}

fn number(literal: &Literal) -> String {
    match literal {
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        _ => String::new(),
    }
}
