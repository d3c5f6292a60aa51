//! Schemas before and after.

use super::keywords;
use super::parts::Parts;
use super::{At, Pair, Said, Walk};
use crate::compare::Kind;
use crate::describe::plain;
use crate::load::{Distinct, Node, Value};
use crate::specification::Kinds;

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
        self.types(at, pair, &old, &new);
        self.limits(at, &old, &new);
        self.pattern(at, &old, &new);
        self.values(at, &old, &new);
        self.assertions(at, &old, &new);
        self.members(at, &old, &new);
        self.inner(at, &old, &new);
    }

    fn types(&mut self, at: &At, pair: Pair<'a>, old: &Parts<'a>, new: &Parts<'a>) {
        // What a choice allows is decided by its alternatives.
        if old.is_choice() || new.is_choice() {
            return;
        }
        let (was, is) = (Types::of(old), Types::of(new));
        let places = (
            old.spans_after(Some(pair.old.span)),
            new.spans_after(Some(pair.new.span)),
        );
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

    /// Schemas below this one.
    fn inner(&mut self, at: &At, old: &Parts<'a>, new: &Parts<'a>) {
        for (keyword, suffix) in [
            ("items", "[]"),
            ("additionalProperties", ".*"),
            ("contains", "[?]"),
        ] {
            if let (Some(was), Some(is)) = (old.first(keyword), new.first(keyword))
                && was.as_mapping().is_some()
                && is.as_mapping().is_some()
            {
                self.schema(&at.below(suffix), Pair { old: was, new: is });
            }
        }
        for keyword in ["oneOf", "anyOf"] {
            let (was, is) = (old.first(keyword), new.first(keyword));
            let (Some(was), Some(is)) = (was, is) else {
                continue;
            };
            for (position, old) in was.items().iter().enumerate() {
                let same = is
                    .items()
                    .iter()
                    .find(|new| reference(new) == reference(old) && reference(old).is_some());
                // Alternatives without a name are one by their position, if there are as many as before.
                let inline = (was.items().len() == is.items().len())
                    .then(|| is.items().get(position))
                    .flatten()
                    .filter(|new| reference(old).is_none() && reference(new).is_none());
                if let Some(new) = same.or(inline) {
                    self.schema(at, Pair { old, new });
                }
            }
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

/// The JSON types that a schema allows; a schema without `type` allows all.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Types(Kinds);

impl Types {
    fn of(parts: &Parts<'_>) -> Self {
        let named = parts.all("type").into_iter().map(named);
        let all = named.fold(Kinds::ANY, |all, kinds| {
            Kinds::EACH
                .into_iter()
                .chain([Kinds::NULL])
                .filter(|kind| all.has(*kind) && kinds.has(*kind))
                .fold(Kinds::NONE, Kinds::with)
        });
        if parts.says("nullable") {
            return Self(all.with(Kinds::NULL));
        }
        Self(all)
    }

    fn within(self, other: Self) -> bool {
        self.0.without(other.0).is_none()
    }

    /// Which way the types have gone. Where everything is text, any other type is one more spelling of text.
    fn relation(self, new: Self, is_text: bool) -> Option<Kind> {
        let is_nested = self.0.has(Kinds::ARRAY.with(Kinds::OBJECT));
        let is_any_text = is_text && new.0.has(Kinds::STRING) && !is_nested;
        match (self.within(new), new.within(self)) {
            (true, true) => None,
            (true, false) => Some(Kind::TypeWidened),
            (false, _) if is_any_text && !self.0.has(Kinds::STRING) => Some(Kind::TypeWidened),
            (false, true) => Some(Kind::TypeNarrowed),
            (false, false) => Some(Kind::TypeChanged),
        }
    }

    fn shown(self, format: Option<&str>) -> String {
        let kinds = if self.0 == Kinds::ANY {
            "any value".to_owned()
        } else {
            let kinds = Kinds::EACH.into_iter().chain([Kinds::NULL]);
            // Every number may be whole.
            let is_told = |kind: &Kinds| {
                self.0.has(*kind) && !(*kind == Kinds::INTEGER && self.0.has(Kinds::NUMBER))
            };
            let words: Vec<&str> = kinds.filter(is_told).map(word).collect();
            words.join(" or ")
        };
        match format {
            Some(format) => format!("{kinds}, format {}", plain(format)),
            None => kinds,
        }
    }
}

/// The types that the value of `type` names; every integer is a number.
fn named(node: &Node) -> Kinds {
    let one = std::slice::from_ref(node);
    let names = if node.as_str().is_some() {
        one
    } else {
        node.items()
    };
    let kinds = names.iter().filter_map(|name| Kinds::named(name.as_str()?));
    let kinds = kinds.fold(Kinds::NONE, Kinds::with);
    if kinds.has(Kinds::NUMBER) {
        kinds.with(Kinds::INTEGER)
    } else {
        kinds
    }
}

fn word(kind: Kinds) -> &'static str {
    match kind {
        Kinds::NULL => "null",
        Kinds::BOOLEAN => "boolean",
        Kinds::INTEGER => "integer",
        Kinds::NUMBER => "number",
        Kinds::STRING => "string",
        Kinds::ARRAY => "array",
        _ => "object",
    }
}

fn format<'a>(parts: &Parts<'a>) -> Option<&'a str> {
    let format = parts.first("format").and_then(Node::as_str);
    // It says how to show a value, not which values there are.
    format.filter(|format| *format != "password")
}

/// Which way a format has gone.
fn format_relation(old: Option<&str>, new: Option<&str>) -> Option<Kind> {
    match (old, new) {
        (old, new) if old == new => None,
        (None, Some(_)) => Some(Kind::TypeNarrowed),
        (Some(_), None) => Some(Kind::TypeWidened),
        (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => Some(Kind::TypeWidened),
        (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => {
            Some(Kind::TypeNarrowed)
        }
        _ => Some(Kind::TypeChanged),
    }
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
