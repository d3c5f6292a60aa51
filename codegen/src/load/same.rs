//! Whether nodes are the same JSON value: members by name, numbers by their value.

use std::fmt::Write as _;

use rustc_hash::FxHashSet;

use super::{Node, NumberValue, Value};

/// Whether two nodes are the same JSON value.
pub fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::Number(one), Value::Number(other)) => match (one.value, other.value) {
            (NumberValue::Int(one), NumberValue::Int(other)) => one == other,
            (one, other) => digits(one) == digits(other),
        },
        (Value::String(one), Value::String(other)) => one == other,
        (Value::Sequence(one), Value::Sequence(other)) => {
            one.len() == other.len() && one.iter().zip(other.iter()).all(|(a, b)| same(a, b))
        }
        (Value::Mapping(one), Value::Mapping(other)) => {
            let other_of = |key: &str| other.entry(key).map(|entry| &entry.value);
            let mut entries = one.entries().iter();
            one.entries().len() == other.entries().len()
                && entries.all(|entry| {
                    other_of(entry.key.text()).is_some_and(|other| same(&entry.value, other))
                })
        }
        _ => false,
    }
}

/// JSON values, each once. Finds a value in the time that its own text takes, however many there are.
#[derive(Debug, Default)]
pub struct Distinct(FxHashSet<String>);

impl Distinct {
    /// Adds a value; false if it is there already.
    pub fn insert(&mut self, node: &Node) -> bool {
        self.0.insert(canonical(node))
    }

    /// Whether a value is there.
    pub fn contains(&self, node: &Node) -> bool {
        self.0.contains(&canonical(node))
    }
}

impl<'n> FromIterator<&'n Node> for Distinct {
    fn from_iter<I: IntoIterator<Item = &'n Node>>(nodes: I) -> Self {
        Self(nodes.into_iter().map(canonical).collect())
    }
}

/// A text that all nodes of the same JSON value have, and no others.
fn canonical(node: &Node) -> String {
    let mut text = String::new();
    write(node, &mut text);
    text
}

fn write(node: &Node, text: &mut String) {
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
        Value::String(value) => _ = write!(text, "{:?}", value.text()),
        Value::Number(number) => text.push_str(&digits(number.value)),
        Value::Sequence(items) => {
            text.push('[');
            for item in items.iter() {
                write(item, text);
                text.push(',');
            }
            text.push(']');
        }
        Value::Mapping(mapping) => {
            let mut entries: Vec<_> = mapping.entries().iter().collect();
            entries.sort_unstable_by_key(|entry| entry.key.text());
            text.push('{');
            for entry in entries {
                _ = write!(text, "{:?}:", entry.key.text());
                write(&entry.value, text);
                text.push(',');
            }
            text.push('}');
        }
    }
}

/// A number, whole ones without a fraction and zero without a sign.
fn digits(number: NumberValue) -> String {
    match number {
        NumberValue::Int(value) => value.to_string(),
        NumberValue::Float(value) => (value + 0.0).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::load::{Documents, documents};
    use crate::source::{DocumentPath, MemoryFiles, Sources};

    /// A document with a value at `x`.
    fn document(value: &str) -> Documents {
        let entry = DocumentPath::new("openapi.yaml").expect("a plain path");
        let text = format!("openapi: 3.1.0\nx: {value}\n");
        let files = MemoryFiles::default().with(entry.clone(), text);
        let sources = Sources {
            entry: &entry,
            overlays: &[],
            files: &files,
        };
        documents(&sources, &mut Report::default()).expect("a document")
    }

    #[test]
    fn spellings_of_a_value_are_the_same() {
        for (text, are_same) in [
            ("[{a: 1, b: [x]}, {b: [x], a: 1.0}]", true),
            ("[1e3, 1000]", true),
            ("[-0.0, 0]", true),
            ("[[], []]", true),
            ("[1, '1']", false),
            ("[null, 'null']", false),
            ("[['a,b'], [a, b]]", false),
            ("[{}, []]", false),
            ("[{a: 1}, {a: 1, b: 1}]", false),
            ("[[[1], 2], [1, [2]]]", false),
            ("[9007199254740993, 9007199254740992]", false),
        ] {
            let document = document(text);
            let list = document.entry().root.get("x").expect("a list");
            let [one, other] = list.items() else {
                panic!("{text}");
            };
            assert_eq!(same(one, other), are_same, "{text}");
            let mut seen = Distinct::default();
            assert!(seen.insert(one));
            assert_eq!(seen.contains(other), are_same, "{text}");
            assert_eq!(seen.insert(other), !are_same, "{text}");
        }
    }
}
