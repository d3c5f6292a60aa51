//! The nodes that a JSONPath selects.

use serde_json_path::JsonPath;

use super::{Applied, wrong};
use crate::load::{Mapping, Node, Value};

/// The greatest length of a path, in bytes.
const PATH_AT_MOST: usize = 4096;
/// The greatest number of brackets within each other: the parser takes longer for each.
const NESTED_AT_MOST: usize = 8;

/// The way from the root to a node.
pub(super) type Location = Vec<Step>;

/// A step of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// Where the nodes are that the path in `text` selects, each once.
pub(super) fn select(json: &serde_json::Value, text: &Node) -> Applied<Vec<Location>> {
    let path = text.as_str().unwrap_or_default();
    let invalid = |why: &str| {
        wrong(
            text.span,
            format!("the path is not a JSONPath: {why}"),
            "write a query of RFC 9535, such as `$.paths['/pets'].get`",
        )
    };
    if path.len() > PATH_AT_MOST || nesting(path) > NESTED_AT_MOST {
        return Err(invalid("it is too long or too deeply nested"));
    }
    let parsed = JsonPath::parse(path).map_err(|error| invalid(&error.to_string()))?;
    let found = parsed.query_located(json).dedup();
    let location = |path: &serde_json_path::NormalizedPath<'_>| {
        let steps = path.iter().map(|step| match step.as_name() {
            Some(name) => Step::Key(name.to_owned()),
            None => Step::Index(step.as_index().unwrap_or_default()),
        });
        steps.collect()
    };
    Ok(found.locations().map(location).collect())
}

/// The greatest number of brackets that are open at once, those in texts counted as well.
fn nesting(path: &str) -> usize {
    let mut open = 0_usize;
    let mut most = 0;
    for letter in path.bytes() {
        match letter {
            b'(' | b'[' => open += 1,
            b')' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}

/// The node at a location.
pub(super) fn find<'n>(root: &'n mut Node, location: &[Step]) -> Option<&'n mut Node> {
    let mut at = root;
    for step in location {
        at = match (&mut at.value, step) {
            (Value::Mapping(mapping), Step::Key(key)) => mapping.value_mut(key)?,
            (Value::Sequence(items), Step::Index(index)) => items.get_mut(*index)?,
            _ => return None,
        };
    }
    Some(at)
}

/// Removes a member of an object or an item of a list.
pub(super) fn remove(parent: &mut Node, step: &Step) {
    let value = std::mem::replace(&mut parent.value, Value::Null);
    parent.value = match (value, step) {
        (Value::Mapping(mapping), Step::Key(key)) => {
            let mut entries = mapping.into_entries();
            entries.retain(|entry| entry.key.text() != key);
            Value::Mapping(Mapping::new(entries))
        }
        (Value::Sequence(items), Step::Index(index)) => {
            let mut items = items.into_vec();
            if *index < items.len() {
                items.remove(*index);
            }
            Value::Sequence(items.into())
        }
        (other, _) => other,
    };
}
