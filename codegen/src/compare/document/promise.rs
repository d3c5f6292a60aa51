//! Promises about the life of an item: `deprecated`, `x-sunset` and `x-stability-level`.

use super::dates::Date;
use super::operations::METHODS;
use super::{At, Pair, Said, Walk};
use crate::compare::Kind;
use crate::compare::draft::Draft;
use crate::describe::plain;
use crate::load::Node;

impl<'a> Walk<'a> {
    /// Promises about the life of an item: `x-sunset` and `x-stability-level`.
    pub(super) fn promise(&mut self, at: &At, pair: Pair<'a>) {
        let (was, is) = (sunset(pair.old), sunset(pair.new));
        let shown = |sunset: Option<&Node>| match sunset.map(|node| node.to_json()) {
            Some(serde_json::Value::String(text)) => format!("x-sunset {}", plain(&text)),
            Some(other) => format!("x-sunset {}", plain(&other.to_string())),
            None => "no x-sunset".to_owned(),
        };
        let is_withdrawn = pair.new.get("deprecated").and_then(Node::as_bool) != Some(true);
        if let Some(what) = sunset_moved(was, is).filter(|_| is.is_some() || !is_withdrawn) {
            let said = Said::of(Some(shown(was)), Some(shown(is)));
            self.push(
                at,
                what,
                &[was.unwrap_or(pair.old).span],
                &[is.unwrap_or(pair.new).span],
                said,
            );
        }
        let level = |node: &'a Node| node.get("x-stability-level");
        let (was, is) = (level(pair.old), level(pair.new));
        if let Some(what) = stability_moved(was, is) {
            let shown = |node: Option<&Node>| {
                node.map_or("no x-stability-level".to_owned(), |node| {
                    plain(node.as_str().unwrap_or("not a text"))
                })
            };
            let said = Said::of(Some(shown(was)), Some(shown(is)));
            self.push(
                at,
                what,
                &[was.unwrap_or(pair.old).span],
                &[is.unwrap_or(pair.new).span],
                said,
            );
        }
    }

    /// Tells removals that were announced from others.
    pub(super) fn announced(&self, today: Date, drafts: &mut [Draft]) {
        for draft in drafts
            .iter_mut()
            .filter(|draft| draft.what == Kind::OperationRemoved)
        {
            let Some(place) = &draft.old else { continue };
            let start = (place.span.document, place.span.start);
            let is_announced = self.old_operations().any(|operation| {
                (operation.span.document, operation.span.start) == start
                    && was_announced(operation, today)
            });
            if is_announced {
                draft.what = Kind::DeprecatedOperationRemoved;
            }
        }
    }

    fn old_operations(&self) -> impl Iterator<Item = &'a Node> {
        let paths = self.old.documents.entry().root.get("paths");
        let items = paths.map_or(&[][..], Node::entries).iter();
        items.flat_map(|entry| {
            let item = self.old.follow(&entry.value);
            METHODS.into_iter().filter_map(|method| item.get(method))
        })
    }
}

fn sunset(node: &Node) -> Option<&Node> {
    node.get("x-sunset").or_else(|| node.get("x-sunset-date"))
}

/// Which way the end of something was moved; none if it was not.
fn sunset_moved(old: Option<&Node>, new: Option<&Node>) -> Option<Kind> {
    let date = |node: &Node| node.as_str().and_then(Date::parse);
    Some(match (old, new) {
        (None, None) => return None,
        (Some(old), Some(new)) if old.to_json() == new.to_json() => return None,
        (None, Some(new)) if date(new).is_some() => Kind::SunsetAnnounced,
        (Some(old), Some(new)) => match (date(old), date(new)) {
            (Some(old), Some(new)) if new >= old => Kind::SunsetAnnounced,
            _ => Kind::SunsetShortened,
        },
        _ => Kind::SunsetShortened,
    })
}

/// Whether a stability level was lowered or can't be read; none if it says the same or more.
fn stability_moved(old: Option<&Node>, new: Option<&Node>) -> Option<Kind> {
    /// Levels, the least stable first; nothing said is as stable as can be.
    const LEVELS: [&str; 4] = ["draft", "alpha", "beta", "stable"];
    let rank = |node: Option<&Node>| match node {
        None => Some(LEVELS.len() - 1),
        Some(node) => LEVELS.iter().position(|level| node.as_str() == Some(level)),
    };
    let is_same = match (old, new) {
        (Some(old), Some(new)) => old.to_json() == new.to_json(),
        (None, None) => true,
        _ => false,
    };
    match (rank(old), rank(new)) {
        _ if is_same => None,
        (Some(old), Some(new)) if new >= old => None,
        _ => Some(Kind::StabilityLowered),
    }
}

/// Whether an operation was deprecated and the day of its end, if there is one, has come.
fn was_announced(operation: &Node, today: Date) -> bool {
    let is_deprecated = operation.get("deprecated").and_then(Node::as_bool) == Some(true);
    is_deprecated
        && sunset(operation).is_none_or(|node| {
            node.as_str()
                .and_then(Date::parse)
                .is_some_and(|date| date <= today)
        })
}
