//! The merge keys of YAML.
//!
//! `<<` merges an object, or a list of objects, into the one it stands in. YAML 1.2 no longer lists it, but many real
//! documents count on it. Keys that the object has itself win, then those of earlier objects; a quoted `<<` is a name.

use std::collections::HashSet;

use super::super::{Entry, Mapping, Node, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SpecStr;

/// Puts the entries of what `<<` names in its place; `merges` says where such keys start.
pub(super) fn expand(node: &mut Node, merges: &[u32], findings: &mut Vec<Diagnostic>) {
    let Value::Mapping(mapping) = std::mem::replace(&mut node.value, Value::Null) else {
        return;
    };
    let entries = mapping.into_entries();
    let is_merge =
        |entry: &Entry| entry.key.text() == "<<" && merges.contains(&entry.key_span.start);
    let own = entries.iter().filter(|entry| !is_merge(entry));
    let mut taken: HashSet<SpecStr> = own.map(|entry| entry.key.clone()).collect();
    let mut merged = Vec::with_capacity(entries.len());
    for entry in entries {
        if !is_merge(&entry) {
            merged.push(entry);
            continue;
        }
        for inherited in inherited(entry, findings) {
            if taken.insert(inherited.key.clone()) {
                merged.push(inherited);
            }
        }
    }
    node.value = Value::Mapping(Mapping::new(merged));
}

fn inherited(merge: Entry, findings: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let parents = match merge.value.value {
        Value::Sequence(parents) => parents.into(),
        _ => vec![merge.value],
    };
    let mut entries = Vec::new();
    for parent in parents {
        match parent.value {
            Value::Mapping(mapping) => entries.extend(mapping.into_entries()),
            _ => findings.push(
                Diagnostic::error(
                    Code::Syntax,
                    parent.span,
                    "only an object can be merged with `<<`",
                )
                .help("name an object, or a list of objects; quote the key if `<<` is a name"),
            ),
        }
    }
    entries
}
