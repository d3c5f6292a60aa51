//! JSON pointers: from a pointer to a node, and from a place in a text to the pointer that names it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::reference::has_scheme;
use super::{Entry, Node, NodeId, Value};
use crate::source::{Span, SpecStr, percent_decoded};

/// Where a pointer leads.
pub(crate) enum Found<'a, 'p> {
    /// To this node.
    Node(&'a Node),
    /// No further than this node, which lacks the segment.
    Lost {
        /// The last node on the way.
        at: &'a Node,
        /// The number of segments that lead to it.
        depth: usize,
        /// The segment that it lacks.
        segment: Cow<'p, str>,
    },
}

/// The segments of a pointer as it stands behind `#` in a reference: after the percent-encoding `~1` and `~0` are
/// undone. Each is none if its percent-encoding is broken.
pub(crate) fn segments(pointer: &str) -> impl Iterator<Item = Option<Cow<'_, str>>> {
    pointer.split('/').skip(1).map(|segment| {
        let segment = percent_decoded(segment)?;
        Some(if segment.contains('~') {
            segment.replace("~1", "/").replace("~0", "~").into()
        } else {
            segment
        })
    })
}

/// Follows `pointer`, which is empty or starts with `/`.
pub(crate) fn find<'a, 'p>(root: &'a Node, pointer: &'p str) -> Found<'a, 'p> {
    let mut at = root;
    if !pointer.is_empty() && !pointer.starts_with('/') {
        let segment = Cow::Borrowed(pointer);
        return Found::Lost {
            at,
            depth: 0,
            segment,
        };
    }
    for (depth, segment) in segments(pointer).enumerate() {
        let segment = segment.unwrap_or(Cow::Borrowed("%"));
        match child(at, &segment) {
            Some(next) => at = next,
            None => return Found::Lost { at, depth, segment },
        }
    }
    Found::Node(at)
}

fn child<'a>(node: &'a Node, segment: &str) -> Option<&'a Node> {
    match &node.value {
        Value::Mapping(mapping) => mapping.entry(segment).map(|entry| &entry.value),
        Value::Sequence(items) => {
            let is_index = segment == "0" || !segment.starts_with(['0', '+']);
            items.get(segment.parse::<usize>().ok().filter(|_| is_index)?)
        }
        _ => None,
    }
}

/// Adds a segment to a pointer.
pub(crate) fn push(pointer: &mut String, segment: &str) {
    pointer.push('/');
    for character in segment.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// The pointers, as [`find`] takes them, of the objects that have an `$anchor`, by the anchor; the first one wins.
pub(super) fn anchors(root: &Node) -> HashMap<SpecStr, String> {
    let mut anchors = HashMap::new();
    each_object(root, |node, pointer, _| {
        if let Some(Value::String(name)) = node.get("$anchor").map(|name| &name.value) {
            let pointer = || pointer.to_owned();
            anchors.entry(name.clone()).or_insert_with(pointer);
        }
        String::new()
    });
    anchors
}

/// The schemas that have an `$id`.
#[derive(Clone, Debug, Default)]
pub(super) struct Identifiers {
    /// Their pointers, by the identifier as it is written and as it is from the ones around it; the first one wins.
    pub(super) pointers: BTreeMap<String, String>,
    /// The identifier around each reference, by the number of the node.
    pub(super) around: HashMap<NodeId, String>,
}

/// The schemas of a document that have an `$id`.
pub(super) fn identifiers(root: &Node) -> Identifiers {
    let mut found = Identifiers::default();
    each_object(root, |node, pointer, base| {
        let whole = match node.get("$id").and_then(Node::as_str) {
            Some(id) => {
                let id = id.trim_end_matches('#');
                let whole = joined(base, id);
                for name in [&whole, id] {
                    let pointer = || pointer.to_owned();
                    let pointers = &mut found.pointers;
                    pointers.entry(name.to_owned()).or_insert_with(pointer);
                }
                whole
            }
            None => base.to_owned(),
        };
        if !whole.is_empty() && node.get("$ref").is_some() {
            found.around.insert(node.id, whole.clone());
        }
        whole
    });
    found
}

/// A URI that may be relative to another one.
pub(super) fn joined(base: &str, uri: &str) -> String {
    let folder = base.rsplit_once('/').map(|(folder, _)| folder);
    let Some(mut folder) = folder.filter(|_| !has_scheme(uri) && !uri.starts_with('/')) else {
        return uri.to_owned();
    };
    let mut rest = uri;
    loop {
        if let Some(here) = rest.strip_prefix("./") {
            rest = here;
        } else if let Some(up) = rest.strip_prefix("../") {
            rest = up;
            folder = folder.rsplit_once('/').map_or(folder, |(above, _)| above);
        } else {
            return format!("{folder}/{rest}");
        }
    }
}

/// Visits every object and list with its pointer and with what the visit of the one around it returned.
fn each_object(root: &Node, mut visit: impl FnMut(&Node, &str, &str) -> String) {
    let mut open = vec![(root, String::new(), String::new())];
    while let Some((node, pointer, around)) = open.pop() {
        let around = visit(node, &pointer, &around);
        let below = |segment: &str| {
            let mut below = pointer.clone();
            // A percent sign would be decoded.
            push(&mut below, &segment.replace('%', "%25"));
            below
        };
        let entries = node
            .entries()
            .iter()
            .map(|entry| (&entry.value, below(entry.key.text())));
        let items = node
            .items()
            .iter()
            .enumerate()
            .map(|(at, item)| (item, below(&at.to_string())));
        let children: Vec<_> = entries
            .chain(items)
            .filter(|(child, _)| child.is_collection())
            .map(|(child, pointer)| (child, pointer, around.clone()))
            .collect();
        open.extend(children.into_iter().rev());
    }
}

/// The pointer, with `#` before it, of the innermost node or key whose text holds `span`.
pub(super) fn of(root: &Node, span: Span) -> String {
    let mut pointer = "#".to_owned();
    let mut at = root;
    loop {
        let next = match &at.value {
            Value::Mapping(mapping) => entry_at(mapping.entries(), span).map(|entry| {
                push(&mut pointer, entry.key.text());
                &entry.value
            }),
            Value::Sequence(items) => items
                .iter()
                .position(|item| item.span.contains(span))
                .and_then(|index| {
                    // Writing to a string can't fail.
                    let _ = write!(pointer, "/{index}");
                    items.get(index)
                }),
            _ => None,
        };
        match next {
            Some(next) => at = next,
            None => return pointer,
        }
    }
}

fn entry_at(entries: &[Entry], span: Span) -> Option<&Entry> {
    let holds = |entry: &&Entry| entry.key_span.contains(span) || entry.value.span.contains(span);
    // Entries stand in the text's order, but for what aliases and merges copied.
    let after = entries.partition_point(|entry| entry.key_span.start <= span.start);
    let likely = after
        .checked_sub(1)
        .and_then(|at| entries.get(at))
        .filter(holds);
    likely.or_else(|| entries.iter().find(holds))
}
