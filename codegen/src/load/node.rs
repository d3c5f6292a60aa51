//! The tree of a document: JSON's data model, with the place of every key and value.

use crate::source::{Span, SpecStr};

/// Identifies a node among all documents of a run, densely from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub(crate) u32);

impl NodeId {
    /// Its number.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A value in a document.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its identity, by which later stages remember what they made of it.
    pub id: NodeId,
    /// Where it stands.
    pub span: Span,
    /// The kind.
    pub value: Value,
}

/// The value of a node.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`, and nothing else: `no` and `on` are text in YAML 1.2.
    Bool(bool),
    /// A number, with the spelling that the author chose.
    Number(Box<Number>),
    /// Text.
    String(SpecStr),
    /// A list.
    Sequence(Box<[Node]>),
    /// An object; keys are unique and in the document's order.
    Mapping(Mapping),
}

/// A number as written and as read.
#[derive(Clone, Debug)]
pub struct Number {
    /// The spelling: `012`, `1.0` and `1e3` stay what they are where text is expected.
    pub text: SpecStr,
    /// Its value.
    pub value: NumberValue,
}

/// The value of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberValue {
    /// Whole, and written without a fraction or an exponent.
    Int(i128),
    /// Anything else; finite.
    Float(f64),
}

/// A key of an object and its place.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: SpecStr,
    /// Where the key stands.
    pub key_span: Span,
    /// The target.
    pub value: Node,
}

/// An object: entries in the document's order, found by key.
#[derive(Clone, Debug)]
pub struct Mapping(Entries);

#[derive(Clone, Debug)]
enum Entries {
    Few(Box<[Entry]>),
    // Where scanning would be slow.
    Many(Box<Sorted>),
}

/// Entries, and their positions sorted by key.
#[derive(Clone, Debug)]
struct Sorted {
    entries: Vec<Entry>,
    positions: Vec<u32>,
}

const SCAN_AT_MOST: usize = 16;

impl Mapping {
    /// Takes entries whose keys the loader has found to be unique.
    pub fn new(entries: Vec<Entry>) -> Self {
        if entries.len() <= SCAN_AT_MOST {
            return Self(Entries::Few(entries.into()));
        }
        let mut positions: Vec<u32> = (0..entries.len() as u32).collect();
        positions.sort_unstable_by(|a, b| entries[*a as usize].key.cmp(&entries[*b as usize].key));
        Self(Entries::Many(Box::new(Sorted { entries, positions })))
    }

    /// Which entries have the same key: the positions of each such key's entries, in the order of the first.
    pub(super) fn repeated(entries: &[Entry]) -> Vec<Vec<usize>> {
        if entries.len() <= SCAN_AT_MOST {
            let key = |at: usize| entries.get(at).map(|entry| &entry.key);
            let repeats = |at: usize| (0..at).any(|before| key(before) == key(at));
            if !(1..entries.len()).any(repeats) {
                return Vec::new();
            }
        }
        let mut sorted: Vec<usize> = (0..entries.len()).collect();
        sorted.sort_by_key(|at| entries.get(*at).map(|entry| &entry.key));
        let mut repeated: Vec<Vec<usize>> = sorted
            .chunk_by(|a, b| {
                entries.get(*a).map(|entry| &entry.key) == entries.get(*b).map(|entry| &entry.key)
            })
            .filter(|same| same.len() > 1)
            .map(<[usize]>::to_vec)
            .collect();
        repeated.sort_unstable();
        repeated
    }

    /// The entries in the document's order.
    pub fn entries(&self) -> &[Entry] {
        match &self.0 {
            Entries::Few(entries) => entries,
            Entries::Many(sorted) => &sorted.entries,
        }
    }

    /// The entries in the document's order, to be taken apart.
    pub(super) fn into_entries(self) -> Vec<Entry> {
        match self.0 {
            Entries::Few(entries) => entries.into(),
            Entries::Many(sorted) => sorted.entries,
        }
    }

    /// The value of `key`, to be changed.
    pub(super) fn value_mut(&mut self, key: &str) -> Option<&mut Node> {
        let entries = match &mut self.0 {
            Entries::Few(entries) => &mut **entries,
            Entries::Many(sorted) => &mut sorted.entries,
        };
        let mut entries = entries.iter_mut();
        let found = entries.find(|entry| entry.key.text() == key)?;
        Some(&mut found.value)
    }

    /// The entry of `key`.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        let Sorted { entries, positions } = match &self.0 {
            Entries::Few(entries) => return entries.iter().find(|entry| entry.key.text() == key),
            Entries::Many(sorted) => &**sorted,
        };
        let found = positions
            .binary_search_by(|at| entries[*at as usize].key.text().cmp(key))
            .ok()?;
        entries.get(*positions.get(found)? as usize)
    }
}

impl Node {
    /// The value of `key`, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_mapping()?.entry(key).map(|entry| &entry.value)
    }

    /// The entries in the document's order; none if this is not an object.
    pub fn entries(&self) -> &[Entry] {
        self.as_mapping().map_or(&[], Mapping::entries)
    }

    /// The items; none if this is not a list.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// Whether it is a list or an object.
    pub(super) fn is_collection(&self) -> bool {
        matches!(self.value, Value::Sequence(_) | Value::Mapping(_))
    }

    /// The object, if it is one.
    pub fn as_mapping(&self) -> Option<&Mapping> {
        match &self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// The text, if it is text; a number or a boolean is not.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text.text()),
            _ => None,
        }
    }

    /// The boolean, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The same as a JSON value; what JSON numbers can't hold is rounded.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::String(text) => text.text().into(),
            Value::Number(number) => match number.value {
                NumberValue::Int(value) => {
                    i64::try_from(value).map_or_else(|_| (value as f64).into(), Into::into)
                }
                NumberValue::Float(value) => value.into(),
            },
            Value::Sequence(items) => items.iter().map(Self::to_json).collect(),
            Value::Mapping(mapping) => {
                let members = mapping.entries().iter();
                members
                    .map(|entry| (entry.key.text().to_owned(), entry.value.to_json()))
                    .collect()
            }
        }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<&Number> {
        match &self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }
}
