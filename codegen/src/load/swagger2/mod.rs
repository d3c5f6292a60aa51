//! Brings a Swagger 2.0 tree to the shape of OpenAPI 3.0, so that later stages know one shape.
//!
//! Nodes keep their identity and place; those that are added have the place of what they are made of. A schema that
//! comes to stand under several media types keeps one identity: it is one schema.

mod form;
mod operation;
mod parameter;
mod part;
mod reference;
mod response;
mod root;
mod schema;

use std::collections::HashMap;

use form::Field;
pub(super) use reference::moved_pointer;
use root::Host;

use super::build::Arena;
use super::{Entry, Mapping, Node, Value};
use crate::diagnostic::{Advice, Code, Diagnostic};
use crate::source::Span;

/// The number of nodes that may be repeated, so that media types times schemas can't fill the memory.
const COPIES_AT_MOST: usize = 500_000;

/// The parts of a document that hold for all of its operations.
#[derive(Clone, Default)]
pub(super) struct Defaults {
    consumes: Vec<Node>,
    produces: Vec<Node>,
}

impl Defaults {
    /// The defaults in `root`, a whole document.
    pub(super) fn of(root: &Node) -> Self {
        let texts = |key| root.get(key).map_or(&[][..], Node::items).to_vec();
        Self {
            consumes: texts("consumes"),
            produces: texts("produces"),
        }
    }
}

/// Reshapes `root`, a whole document.
pub(super) fn document(root: Node, arena: &mut Arena, findings: &mut Vec<Diagnostic>) -> Node {
    let defaults = Defaults::of(&root);
    Upgrade::new(arena, findings, defaults).document(root)
}

/// Reshapes `root`, a part that Swagger 2.0 documents refer to.
pub(super) fn part(
    root: Node,
    arena: &mut Arena,
    findings: &mut Vec<Diagnostic>,
    defaults: &Defaults,
) -> Node {
    Upgrade::new(arena, findings, defaults.clone()).part(root)
}

/// A parameter that operations share and that does not stay one.
enum Shared {
    /// It has become a request body.
    Body,
    /// It has become a field of the request bodies of all operations that share it.
    Form(Box<Field>),
}

struct Upgrade<'n> {
    arena: &'n mut Arena,
    findings: &'n mut Vec<Diagnostic>,
    defaults: Defaults,
    // By the name below the document's `parameters`; those that stay parameters are not listed.
    shared: HashMap<String, Shared>,
    host: Host,
    copies: usize,
}

impl<'n> Upgrade<'n> {
    fn new(arena: &'n mut Arena, findings: &'n mut Vec<Diagnostic>, defaults: Defaults) -> Self {
        Self {
            arena,
            findings,
            defaults,
            shared: HashMap::new(),
            host: Host::default(),
            copies: 0,
        }
    }

    /// A copy with the same identity, for a second place of the same thing; none if there are too many.
    fn copy(&mut self, node: &Node) -> Option<Node> {
        let size = size(node);
        if self.copies + size > COPIES_AT_MOST {
            if self.copies <= COPIES_AT_MOST {
                let message = format!(
                    "media types and shared parameters repeat more than {COPIES_AT_MOST} values"
                );
                self.findings.push(
                    Diagnostic::error(Code::Limit, node.span, message)
                        .help("list fewer media types below `consumes` and `produces`"),
                );
            }
            self.copies = COPIES_AT_MOST + 1;
            return None;
        }
        self.copies += size;
        Some(node.clone())
    }

    fn node(&mut self, span: Span, value: Value) -> Node {
        Node {
            id: self.arena.id(),
            span,
            value,
        }
    }

    fn text(&mut self, span: Span, text: &str) -> Node {
        let text = self.arena.text(text);
        self.node(span, Value::String(text))
    }

    fn object(&mut self, span: Span, entries: Vec<Entry>) -> Node {
        self.node(span, mapping(entries))
    }

    fn entry(&mut self, key: &str, key_span: Span, value: Node) -> Entry {
        Entry {
            key: self.arena.text(key),
            key_span,
            value,
        }
    }

    /// The same entry under another key.
    fn renamed(&mut self, key: &str, entry: Entry) -> Entry {
        Entry {
            key: self.arena.text(key),
            ..entry
        }
    }

    /// An object of one entry, at the entry's place.
    fn object_of(&mut self, key: &str, key_span: Span, value: Node) -> Node {
        let span = value.span;
        let entry = self.entry(key, key_span, value);
        self.object(span, vec![entry])
    }

    fn lost(&mut self, span: Span, message: String, help: impl Into<Advice>) {
        self.findings
            .push(Diagnostic::warning(Code::UpgradeLoss, span, message).help(help));
    }
}

/// The number of nodes at and below `node`.
fn size(node: &Node) -> usize {
    let entries = node.entries().iter().map(|entry| size(&entry.value));
    1 + entries.chain(node.items().iter().map(size)).sum::<usize>()
}

/// An object of these entries; of those with the same key, which only a document that mixes versions yields, the first.
fn mapping(mut entries: Vec<Entry>) -> Value {
    let repeated: Vec<usize> = Mapping::repeated(&entries)
        .into_iter()
        .flat_map(|same| same.into_iter().skip(1))
        .collect();
    if !repeated.is_empty() {
        let mut at = 0..;
        entries.retain(|_| at.next().is_some_and(|at| !repeated.contains(&at)));
    }
    Value::Mapping(Mapping::new(entries))
}

/// Rewrites the entries of an object; anything else stays as it is.
fn map_entries(node: Node, mut each: impl FnMut(Entry) -> Entry) -> Node {
    let value = match node.value {
        Value::Mapping(all) => mapping(all.into_entries().into_iter().map(&mut each).collect()),
        other => other,
    };
    Node { value, ..node }
}

/// Rewrites the values of an object's entries, or of a list.
fn map_values(node: Node, mut each: impl FnMut(Node) -> Node) -> Node {
    let value = match node.value {
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(each).collect()),
        Value::Mapping(_) => {
            return map_entries(node, |entry| Entry {
                value: each(entry.value),
                ..entry
            });
        }
        other => other,
    };
    Node { value, ..node }
}

/// The entries of an object; none if it is not an object.
fn entries(node: Node) -> Vec<Entry> {
    match node.value {
        Value::Mapping(mapping) => mapping.into_entries(),
        _ => Vec::new(),
    }
}

/// The items of a list; none if it is not a list.
fn items(node: Node) -> Vec<Node> {
    match node.value {
        Value::Sequence(items) => items.into(),
        _ => Vec::new(),
    }
}

/// Takes the entry of `key` out.
fn take(entries: &mut Vec<Entry>, key: &str) -> Option<Entry> {
    let at = entries.iter().position(|entry| entry.key.text() == key)?;
    Some(entries.remove(at))
}
