//! Whether both readers make the same of a text: for tests, and for the fuzzer.

use std::fmt::Write;

use super::super::build::State;
use super::super::build::{Arena, Builder};
use super::super::{Node, Value};
use super::{fast, full};
use crate::source::DocumentId;

/// The reading of a text, places and all; nothing if the reader gives up.
fn read<E>(read: impl FnOnce(&mut Builder<'_>) -> Result<(), E>) -> Option<String> {
    let mut arena = Arena::default();
    let mut builder = Builder::new(DocumentId::ENTRY, &mut arena);
    let done = read(&mut builder);
    let parsed = builder.finish(State::Complete);
    let mut told = format!("{:?} {}\n", parsed.findings, parsed.external);
    tell(&parsed.root, &mut told);
    done.ok().map(|()| told)
}

fn tell(node: &Node, told: &mut String) {
    let (start, end) = (node.span.start, node.span.end);
    write!(told, "{:?} {start}..{end}: ", node.id).unwrap();
    match &node.value {
        Value::Sequence(items) => {
            told.push_str("[\n");
            items.iter().for_each(|item| tell(item, told));
            told.push_str("]\n");
        }
        Value::Mapping(mapping) => {
            told.push_str("{\n");
            for entry in mapping.entries() {
                let (start, end) = (entry.key_span.start, entry.key_span.end);
                writeln!(told, "{:?} {start}..{end} =", entry.key.text()).unwrap();
                tell(&entry.value, told);
            }
            told.push_str("}\n");
        }
        value => writeln!(told, "{value:?}").unwrap(),
    }
}

/// Whether the quick reader reads a text.
///
/// # Panics
/// If it does not read it as the parser does.
pub(in crate::load) fn is_quick(text: &str) -> bool {
    let Some(quick) = read(|builder| fast::parse(text, builder)) else {
        return false;
    };
    let whole = read(|builder| full::parse(text, builder));
    assert_eq!(Some(quick), whole, "{text}");
    true
}
