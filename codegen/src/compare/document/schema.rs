//! Schemas before and after.

use std::collections::HashMap;

use super::keywords;
use super::parts::Parts;
use super::types::{Types, format, format_relation};
use super::{At, Pair, Said, Walk};
use crate::compare::Kind;
use crate::describe::plain;
use crate::load::{Distinct, Node, Value};

impl<'a> Walk<'a> {
    /// Compares two schemas and what is below them.
    pub(super) fn schema(&mut self, at: &At, pair: Pair<'a>) {
        let (old, new) = (
            Parts::of(&self.old, pair.old),
            Parts::of(&self.new, pair.new),
        );
        if !self.seen.insert((old.ids(), new.ids(), at.direction)) {
            return;
        }
        if self.became_choice(at, pair, &old, &new) {
            return;
        }
        self.types(at, pair, &old, &new);
        self.limits(at, &old, &new);
        self.pattern(at, &old, &new);
        self.values(at, &old, &new);
        self.assertions(at, &old, &new);
        self.members(at, &old, &new);
        self.other_members(at, &old, &new);
        self.inner(at, &old, &new);
    }

    /// A schema that has become a choice, or was one: whether that says all there is to say of both.
    fn became_choice(&mut self, at: &At, pair: Pair<'a>, old: &Parts<'a>, new: &Parts<'a>) -> bool {
        let (alone, choice, is_new) = match (old.choice(), new.choice()) {
            (None, Some(choice)) => (pair.old, choice, true),
            (Some(choice), None) => (pair.new, choice, false),
            _ => return false,
        };
        let same = choice.alternative(alone);
        let what = match (choice.is_limit, same, is_new) {
            (true, _, true) | (false, Some(_), false) => Kind::TypeNarrowed,
            (true, _, false) | (false, Some(_), true) => Kind::TypeWidened,
            (false, None, _) => Kind::TypeChanged,
        };
        let places = (
            old.spans_after(Some(pair.old.span)),
            new.spans_after(Some(pair.new.span)),
        );
        self.push(at, what, &places.0, &places.1, Said::default());
        if let Some(same) = same.filter(|_| !choice.is_limit) {
            let (old, new) = if is_new { (alone, same) } else { (same, alone) };
            self.schema(at, Pair { old, new });
        }
        !choice.is_limit
    }

    fn types(&mut self, at: &At, pair: Pair<'a>, old: &Parts<'a>, new: &Parts<'a>) {
        // What a choice allows is decided by its alternatives.
        if old.is_choice() || new.is_choice() {
            return;
        }
        let places = (
            old.spans_after(Some(pair.old.span)),
            new.spans_after(Some(pair.new.span)),
        );
        let (was, is) = (Types::of(old), Types::of(new));
        let formats = (format(old), format(new));
        let said = Said::of(Some(was.shown(formats.0)), Some(is.shown(formats.1)));
        let what = match was.relation(is, at.is_text) {
            Some(kind) => Some(kind),
            None => format_relation(formats.0, formats.1),
        };
        if let Some(what) = what {
            self.push(at, what, &places.0, &places.1, said);
        }
    }

    fn limits(&mut self, at: &At, old: &Parts<'a>, new: &Parts<'a>) {
        for keyword in keywords::limits() {
            let (was, is) = (
                keywords::tightest(old, keyword),
                keywords::tightest(new, keyword),
            );
            let value = |limit: Option<(&Node, f64)>| limit.map(|(_, value)| value);
            if let Some(what) = keywords::moved(keyword, value(was), value(is)) {
                let said = |limit: Option<(&Node, f64)>| match limit {
                    Some((node, _)) => Some(format!("{} {}", keyword.name(), text(node))),
                    None => Some(format!("no {}", keyword.name())),
                };
                let place = |limit: Option<(&Node, f64)>, parts: &Parts<'_>| {
                    parts.spans_after(limit.map(|(node, _)| node.span))
                };
                let said = Said::of(said(was), said(is));
                self.push(at, what, &place(was, old), &place(is, new), said);
            }
        }
    }

    fn pattern(&mut self, at: &At, old: &Parts<'a>, new: &Parts<'a>) {
        let pattern = |parts: &Parts<'a>| {
            let node = parts.first("pattern")?;
            let text = node.as_str().filter(|text| !keywords::matches_all(text))?;
            Some((node, text))
        };
        let (was, is) = (pattern(old), pattern(new));
        let what = match (was, is) {
            (None, Some(_)) => Kind::PatternAdded,
            (Some(_), None) => Kind::PatternRemoved,
            (Some((_, old)), Some((_, new))) if old != new => Kind::PatternChanged,
            _ => return,
        };
        let said = |pattern: Option<(&Node, &str)>| {
            pattern.map_or("no pattern".to_owned(), |(_, text)| {
                format!("pattern {}", plain(text))
            })
        };
        let place = |pattern: Option<(&Node, &str)>, parts: &Parts<'_>| {
            parts.spans_after(pattern.map(|(node, _)| node.span))
        };
        let texts = Said::of(Some(said(was)), Some(said(is)));
        self.push(at, what, &place(was, old), &place(is, new), texts);
    }

    /// The values that are listed: `enum` and `const`.
    fn values(&mut self, at: &At, old: &Parts<'a>, new: &Parts<'a>) {
        let (was, is) = (listed(old), listed(new));
        let (old_parts, new_parts) = (old.spans(), new.spans());
        match (was, is) {
            (None, Some(values)) => {
                let said = Said::of(Some("any value".to_owned()), Some(shown(&values)));
                self.push(at, Kind::TypeNarrowed, &old_parts, &new_parts, said);
            }
            (Some(values), None) => {
                let said = Said::of(Some(shown(&values)), Some("any value".to_owned()));
                self.push(at, Kind::TypeWidened, &old_parts, &new_parts, said);
            }
            (Some(was), Some(is)) => {
                let distinct = |values: &[&Node]| values.iter().copied().collect::<Distinct>();
                let (old_values, new_values) = (distinct(&was), distinct(&is));
                for gone in was.iter().filter(|value| !new_values.contains(value)) {
                    let said = Said::of(Some(text(gone)), None);
                    let places = old.spans_after(Some(gone.span));
                    self.push(at, Kind::EnumValueRemoved, &places, &new_parts, said);
                }
                for come in is.iter().filter(|value| !old_values.contains(value)) {
                    let said = Said::of(None, Some(text(come)));
                    let places = new.spans_after(Some(come.span));
                    self.push(at, Kind::EnumValueAdded, &old_parts, &places, said);
                }
            }
            (None, None) => {}
        }
    }

    fn assertions(&mut self, at: &At, old: &Parts<'a>, new: &Parts<'a>) {
        for keyword in keywords::assertions() {
            if keywords::below(keyword, old, new).is_some() {
                continue;
            }
            let name = keyword.name();
            let (was, is) = (old.all(name), new.all(name));
            if let Some(what) = keywords::asserted(keyword, &was, &is) {
                let said = |values: &[&Node]| match values {
                    [] => format!("no {name}"),
                    [first, ..] => format!("{name} {}", short(&keywords::canonical(first))),
                };
                let texts = Said::of(Some(said(&was)), Some(said(&is)));
                let place = |values: &[&Node], parts: &Parts<'_>| {
                    parts.spans_after(values.first().map(|value| value.span))
                };
                self.push(at, what, &place(&was, old), &place(&is, new), texts);
            }
        }
    }

    /// Members that are described, and which of them must be there.
    fn members(&mut self, at: &At, old: &Parts<'a>, new: &Parts<'a>) {
        let (must, now) = (old.required(), new.required());
        for was in old.properties() {
            let name = was.key.text();
            let below = at.below(&format!(".{}", plain(name)));
            if !goes(at, &Parts::of(&self.old, &was.value)) {
                continue;
            }
            let Some(is) = new.property(name) else {
                let what = if must.contains(&name) {
                    Kind::RequiredPropertyRemoved
                } else {
                    Kind::OptionalPropertyRemoved
                };
                self.push(&below, what, &[was.key_span], &new.spans(), Said::default());
                continue;
            };
            // Read-only from now on: servers ignore it in requests.
            if !goes(at, &Parts::of(&self.new, &is.value)) {
                let span = was.key_span;
                self.read_only.insert((span.document.0, span.start));
                continue;
            }
            let what = match (must.contains(&name), now.contains(&name)) {
                (false, true) => Some(Kind::BecameRequired),
                (true, false) => Some(Kind::BecameOptional),
                _ => None,
            };
            if let Some(what) = what {
                let places = ([was.key_span], [is.key_span]);
                self.push(&below, what, &places.0, &places.1, Said::default());
            }
            let pair = Pair {
                old: &was.value,
                new: &is.value,
            };
            let keys = Some((was.key_span, is.key_span));
            self.schema(&At { keys, ..below }, pair);
        }
        for is in new.properties() {
            let name = is.key.text();
            let below = at.below(&format!(".{}", plain(name)));
            if old.property(name).is_none() && goes(at, &Parts::of(&self.new, &is.value)) {
                let what = if now.contains(&name) {
                    Kind::RequiredPropertyAdded
                } else {
                    Kind::OptionalPropertyAdded
                };
                self.push(&below, what, &old.spans(), &[is.key_span], Said::default());
            }
        }
    }

    /// Members that are not described: they may be there unless `additionalProperties` is false. Readers ignore them.
    fn other_members(&mut self, at: &At, old: &Parts<'a>, new: &Parts<'a>) {
        let closed = |parts: &Parts<'a>| {
            let mut all = parts.all("additionalProperties").into_iter();
            all.find(|value| value.as_bool() == Some(false))
        };
        let (was, is) = (closed(old), closed(new));
        let what = match (was, is) {
            (None, Some(_)) if at.direction.sent => Kind::AdditionalPropertiesClosed,
            (None, Some(_)) => Kind::KeywordNarrowed,
            (Some(_), None) => Kind::AdditionalPropertiesOpened,
            _ => return,
        };
        let place = |closed: Option<&Node>, parts: &Parts<'_>| {
            parts.spans_after(closed.map(|value| value.span))
        };
        self.push(at, what, &place(was, old), &place(is, new), Said::default());
    }

    /// Schemas below this one.
    fn inner(&mut self, at: &At, old: &Parts<'a>, new: &Parts<'a>) {
        for keyword in keywords::assertions() {
            for (suffix, pair) in keywords::below(keyword, old, new).unwrap_or_default() {
                self.schema(&at.below(&suffix), pair);
            }
        }
        for (keyword, suffix) in [("items", "[]"), ("additionalProperties", ".*")] {
            if let (Some(was), Some(is)) = (old.first(keyword), new.first(keyword))
                && was.as_mapping().is_some()
                && is.as_mapping().is_some()
            {
                self.schema(&at.below(suffix), Pair { old: was, new: is });
            }
        }
        for keyword in ["oneOf", "anyOf"] {
            if let (Some(was), Some(is)) = (old.first(keyword), new.first(keyword)) {
                self.alternatives(at, (was, old), (is, new));
            }
        }
    }

    /// The alternatives of a choice: one is another by its reference, or by its position if there are as many as before.
    fn alternatives(
        &mut self,
        at: &At,
        (was, old): (&'a Node, &Parts<'a>),
        (is, new): (&'a Node, &Parts<'a>),
    ) {
        let are_as_many = was.items().len() == is.items().len();
        let key = |alternative: &Node| match reference(alternative) {
            Some(named) => named.to_owned(),
            None => keywords::canonical(alternative),
        };
        // The new ones by what they say, the first last.
        let mut alike: HashMap<String, Vec<usize>> = HashMap::new();
        for (position, alternative) in is.items().iter().enumerate().rev() {
            alike.entry(key(alternative)).or_default().push(position);
        }
        let mut free = vec![true; is.items().len()];
        let mut gone = Vec::new();
        for (position, alternative) in was.items().iter().enumerate() {
            let is_free = |at: &usize| free.get(*at) == Some(&true);
            let here = Some(position).filter(|_| are_as_many && reference(alternative).is_none());
            let found = here.filter(is_free).or_else(|| {
                let known = alike.get_mut(&key(alternative))?;
                std::iter::from_fn(|| known.pop()).find(is_free)
            });
            let Some((found, new)) = found.and_then(|at| Some((at, is.items().get(at)?))) else {
                gone.push(alternative);
                continue;
            };
            free[found] = false;
            let old = alternative;
            self.schema(at, Pair { old, new });
        }
        for gone in gone {
            let places = old.spans_after(Some(gone.span));
            self.push(
                at,
                Kind::BranchRemoved,
                &places,
                &new.spans(),
                Said::default(),
            );
        }
        // With one alternative there is nothing to choose, so readers do not keep others.
        let what = match was.items() {
            [_] => Kind::BranchAddedToClosedUnion,
            _ => Kind::BranchAdded,
        };
        let come = is.items().iter().zip(free).filter(|(_, is_free)| *is_free);
        for (come, _) in come {
            let places = new.spans_after(Some(come.span));
            self.push(at, what, &old.spans(), &places, Said::default());
        }
    }
}

fn goes(at: &At, parts: &Parts<'_>) -> bool {
    let is_hidden = (at.direction.sent && parts.says("readOnly"))
        || (at.direction.received && parts.says("writeOnly"));
    !is_hidden
}

fn reference(node: &Node) -> Option<&str> {
    node.get("$ref").and_then(Node::as_str)
}

/// The values that are listed, if any are: those that every list has.
fn listed<'a>(parts: &Parts<'a>) -> Option<Vec<&'a Node>> {
    let lists = parts
        .all("enum")
        .into_iter()
        .map(|list| list.items().iter().collect());
    let constants = parts.all("const").into_iter().map(|value| vec![value]);
    let mut lists = lists.chain(constants);
    let first: Vec<&Node> = lists.next()?;
    Some(lists.fold(first, |known, list: Vec<&Node>| {
        let list: Distinct = list.into_iter().collect();
        let known = known.into_iter();
        known.filter(|value| list.contains(value)).collect()
    }))
}

fn shown(values: &[&Node]) -> String {
    let texts: Vec<String> = values.iter().map(|value| text(value)).collect();
    short(&texts.join(" | "))
}

/// A value as people read it.
fn text(node: &Node) -> String {
    match &node.value {
        Value::Number(number) => number.text.text().to_owned(),
        _ => short(&plain(&keywords::canonical(node))),
    }
}

/// The number of characters of a value that are shown.
const EXCERPT: usize = 60;

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(EXCERPT).collect();
    if short.len() < text.len() {
        short.push_str("...");
    }
    short
}
