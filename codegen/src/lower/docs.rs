//! The documentation of items, and the facts that a Rust type doesn't show.

use crate::ir::{Constraints, Docs, Literal};
use crate::load::{Node, Value};
use crate::source::SpecStr;

use super::{Lowering, json, literal};

/// Most examples that documentation shows of one item.
const SHOWN: usize = 3;

impl<'a> Lowering<'a> {
    /// The documentation that schema objects or their kin carry, the outermost first.
    pub(super) fn docs(&mut self, nodes: &[&'a Node]) -> Docs {
        let first = |key: &str| {
            nodes
                .iter()
                .find_map(|node| node.get(key))
                .and_then(|node| match &node.value {
                    Value::String(text) if !text.text().trim().is_empty() => Some(text.clone()),
                    _ => None,
                })
        };
        let description = first("description");
        let summary = first("summary").or_else(|| {
            if description.is_none() {
                first("title")
            } else {
                None
            }
        });
        Docs {
            summary: summary.filter(|summary| Some(summary) != description.as_ref()),
            description,
            examples: examples(nodes),
            notes: Vec::new(),
            link: nodes
                .iter()
                .find_map(|node| node.get("externalDocs")?.get("url"))
                .and_then(literal::text),
        }
    }
}

fn examples(nodes: &[&Node]) -> Vec<SpecStr> {
    let single = nodes.iter().find_map(|node| node.get("example"));
    let listed = nodes
        .iter()
        .find_map(|node| node.get("examples"))
        .map(Node::items)
        .unwrap_or_default();
    single
        .into_iter()
        .chain(listed)
        .take(SHOWN)
        .map(json::lines)
        .collect()
}

/// A default as a sentence.
pub(super) fn default_note(node: &Node) -> SpecStr {
    SpecStr::new(format!(
        "Default: `{}`.",
        json::line(node).text().replace('`', "'")
    ))
}

/// Limits as sentences.
pub(super) fn limit_notes(limits: &Constraints) -> Vec<SpecStr> {
    let mut notes = Vec::new();
    let mut note = |text: String| notes.push(SpecStr::new(text));
    let plural = |count: u64, one: &str, many: &str| {
        format!("{count} {}", if count == 1 { one } else { many })
    };
    let mut span =
        |least: Option<u64>, most: Option<u64>, one: &str, many: &str| match (least, most) {
            (Some(least), Some(most)) if least == most => {
                note(format!("Exactly {}.", plural(least, one, many)))
            }
            (Some(least), Some(most)) => note(format!("{least} to {}.", plural(most, one, many))),
            (Some(least), None) => note(format!("At least {}.", plural(least, one, many))),
            (None, Some(most)) => note(format!("At most {}.", plural(most, one, many))),
            (None, None) => {}
        };
    span(
        limits.min_length,
        limits.max_length,
        "character",
        "characters",
    );
    span(limits.min_items, limits.max_items, "item", "items");
    span(
        limits.min_properties,
        limits.max_properties,
        "member",
        "members",
    );
    match (&limits.minimum, &limits.maximum) {
        (Some(least), Some(most)) => {
            note(format!("From {} to {}.", verbatim(least), verbatim(most)))
        }
        (Some(least), None) => note(format!("At least {}.", verbatim(least))),
        (None, Some(most)) => note(format!("At most {}.", verbatim(most))),
        (None, None) => {}
    }
    if let Some(limit) = &limits.exclusive_minimum {
        note(format!("More than {}.", verbatim(limit)));
    }
    if let Some(limit) = &limits.exclusive_maximum {
        note(format!("Less than {}.", verbatim(limit)));
    }
    if let Some(step) = &limits.multiple_of {
        note(format!("A multiple of {}.", verbatim(step)));
    }
    if limits.unique_items {
        note("No two items are equal.".to_owned());
    }
    for pattern in &limits.patterns {
        note(format!(
            "Matches `{}`.",
            pattern.ecma.text().replace('`', "'")
        ));
    }
    if !limits.items.is_empty() {
        let of_items: Vec<String> = limit_notes(&limits.items)
            .iter()
            .map(|of_items| clause(of_items.text()))
            .collect();
        note(format!("Each: {}.", of_items.join("; ")));
    }
    notes
}

/// A sentence within another: without its capital and its full stop.
fn clause(sentence: &str) -> String {
    let mut chars = sentence.strip_suffix('.').unwrap_or(sentence).chars();
    let first = chars.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(chars).collect()
}

fn verbatim(literal: &Literal) -> String {
    match literal {
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) => value.to_string(),
        _ => String::new(),
    }
}
