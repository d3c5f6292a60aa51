//! Merges a value into nodes of a document.

use rustc_hash::FxHashMap;

use super::action::Edition;
use super::target::{self, Location};
use super::{Applied, wrong};
use crate::load::build::Arena;
use crate::load::{Entry, Mapping, Node, Value};
use crate::source::Span;

/// Brings a value into the target of an action.
pub(super) fn update(target: &mut Node, update: Node, edition: Edition) -> Applied<()> {
    match kind(target) {
        Kind::List if kind(&update) != Kind::List => append(target, vec![update]),
        Kind::Primitive if edition == Edition::V10 => Err(wrong(
            update.span,
            "the target is neither an object nor a list, as Overlay 1.0 demands",
            "write `overlay: 1.1.0`, or name the object around the target",
        )),
        _ => merge(target, update),
    }
}

/// Brings a value into another one of its kind: members into objects, items to the end of lists, and primitives in place
/// of primitives.
fn merge(target: &mut Node, update: Node) -> Applied<()> {
    match (kind(target), kind(&update)) {
        (Kind::Object, Kind::Object) => members(target, update),
        (Kind::List, Kind::List) => match update.value {
            Value::Sequence(items) => append(target, items.into_vec()),
            _ => Ok(()),
        },
        (Kind::Primitive, Kind::Primitive) => {
            target.span = update.span;
            target.value = update.value;
            Ok(())
        }
        (expected, found) => {
            let message = format!("expected {}, found {}", expected.name(), found.name());
            let help = "give a value of the same kind, or remove the target before";
            let found = wrong(update.span, message, help);
            Err(Box::new(found.related(target.span, "the target")))
        }
    }
}

fn members(target: &mut Node, update: Node) -> Applied<()> {
    let old = std::mem::replace(&mut target.value, Value::Null);
    let (Value::Mapping(old), Value::Mapping(new)) = (old, update.value) else {
        return Ok(());
    };
    let mut entries = old.into_entries();
    let keys = entries.iter().enumerate();
    let positions: FxHashMap<_, _> = keys.map(|(at, entry)| (entry.key.clone(), at)).collect();
    let mut merged = Ok(());
    for entry in new.into_entries() {
        let known = positions.get(&entry.key);
        match known.and_then(|at| entries.get_mut(*at)) {
            Some(old) => merged = merged.and(member(old, entry)),
            None => entries.push(entry),
        }
    }
    target.value = Value::Mapping(Mapping::new(entries));
    merged
}

fn member(old: &mut Entry, new: Entry) -> Applied<()> {
    merge(&mut old.value, new.value)?;
    if kind(&old.value) == Kind::Primitive {
        old.key_span = new.key_span;
    }
    Ok(())
}

fn append(target: &mut Node, more: Vec<Node>) -> Applied<()> {
    if let Value::Sequence(items) = &mut target.value {
        let mut all = std::mem::take(items).into_vec();
        all.extend(more);
        *items = all.into();
    }
    Ok(())
}

/// Whether all targets of an action are of one kind.
pub(super) fn alike(root: &mut Node, locations: &[Location], at: Span) -> Applied<()> {
    let mut first: Option<(Kind, Span)> = None;
    for location in locations {
        let Some(node) = target::find(root, location) else {
            continue;
        };
        let (kind, span) = (kind(node), node.span);
        let (expected, before) = *first.get_or_insert((kind, span));
        if expected != kind {
            let message = "the targets of the action are of several kinds";
            let found = wrong(at, message, "write an action for each kind of target");
            let found = found.related(before, expected.name());
            return Err(Box::new(found.related(span, kind.name())));
        }
    }
    Ok(())
}

/// The same tree, with nodes that have numbers of their own.
pub(super) fn renumbered(node: &Node, arena: &mut Arena) -> Node {
    let id = arena.id();
    let value = match &node.value {
        Value::Sequence(items) => {
            let items = items.iter().map(|item| renumbered(item, arena));
            Value::Sequence(items.collect())
        }
        Value::Mapping(mapping) => {
            let entries = mapping.entries().iter().map(|entry| Entry {
                key: entry.key.clone(),
                key_span: entry.key_span,
                value: renumbered(&entry.value, arena),
            });
            Value::Mapping(Mapping::new(entries.collect()))
        }
        scalar => scalar.clone(),
    };
    Node {
        id,
        span: node.span,
        value,
    }
}

/// The number of nodes of a tree, and of its levels.
pub(super) fn extent(node: &Node) -> (usize, usize) {
    let members = node.entries().iter().map(|entry| &entry.value);
    let below = members.chain(node.items()).map(extent);
    let (size, height) = below.fold((0, 0), |(size, height), (more, levels)| {
        (size + more, height.max(levels))
    });
    (size + 1, height + 1)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Object,
    List,
    Primitive,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::Primitive => "a primitive value",
        }
    }
}

fn kind(node: &Node) -> Kind {
    match node.value {
        Value::Mapping(_) => Kind::Object,
        Value::Sequence(_) => Kind::List,
        _ => Kind::Primitive,
    }
}
