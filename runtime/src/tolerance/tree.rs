//! JSON as a tree that knows where its values are in the text, and that keeps numbers as they are written.

use std::sync::Arc;

use serde::de::{IgnoredAny, Unexpected};
use zeroize::Zeroize;

use super::departure::Found;
use super::scalar;

/// The greatest depth of a tree, as of JSON that is read.
const DEPTH: usize = 128;

/// The greatest number of values in a tree: a text of many short values takes a multiple of its size.
const MOST: usize = 1 << 20;

/// A value.
#[derive(Debug)]
pub(crate) struct Node {
    pub(super) kind: Kind,
    /// Where it begins in the text, in bytes.
    pub(crate) at: usize,
}

/// The content of a value.
#[derive(Debug)]
pub(super) enum Kind {
    /// A member that was left out.
    Absent,
    Null,
    Bool(bool),
    Number(Box<str>),
    Text(String),
    List(Vec<Arc<Node>>),
    Object(Vec<(String, Arc<Node>)>),
}

impl Node {
    pub(super) const fn new(kind: Kind, at: usize) -> Self {
        Self { kind, at }
    }

    /// Text that is not in quotes.
    pub(crate) fn text(text: &str) -> Arc<Self> {
        Arc::new(Self::new(Kind::Text(text.to_owned()), 0))
    }

    /// The number of values in it.
    pub(super) fn size(&self) -> usize {
        let inner: usize = match &self.kind {
            Kind::List(items) => items.iter().map(|item| item.size()).sum(),
            Kind::Object(entries) => entries.iter().map(|(_, value)| value.size()).sum(),
            _ => 0,
        };
        inner.saturating_add(1)
    }

    /// The kind of value.
    pub(super) fn found(&self) -> Found {
        match &self.kind {
            Kind::Absent => Found::Nothing,
            Kind::Null => Found::Null,
            Kind::Bool(_) => Found::Boolean,
            Kind::Number(text) if scalar::is_integer(text) => Found::Integer,
            Kind::Number(_) => Found::Number,
            Kind::Text(text) if text.is_empty() => Found::EmptyText,
            Kind::Text(_) => Found::Text,
            Kind::List(items) if items.is_empty() => Found::EmptyList,
            Kind::List(_) => Found::List,
            Kind::Object(entries) if entries.is_empty() => Found::EmptyObject,
            Kind::Object(_) => Found::Object,
        }
    }

    /// The value as serde's errors have it.
    pub(super) fn unexpected(&self) -> Unexpected<'_> {
        match &self.kind {
            Kind::Absent => Unexpected::Other("nothing"),
            Kind::Null => Unexpected::Unit,
            Kind::Bool(truth) => Unexpected::Bool(*truth),
            Kind::Number(text) => match (text.parse(), text.parse()) {
                (Ok(number), _) => Unexpected::Signed(number),
                (_, Ok(number)) => Unexpected::Float(number),
                _ => Unexpected::Other("number"),
            },
            Kind::Text(text) => Unexpected::Str(text),
            Kind::List(_) => Unexpected::Seq,
            Kind::Object(_) => Unexpected::Map,
        }
    }
}

/// A value that nobody reads may be secret all the same.
impl Drop for Node {
    fn drop(&mut self) {
        if let Kind::Text(text) = &mut self.kind {
            text.zeroize();
        }
    }
}

/// The tree of a text; none if it is not JSON, or nests too deeply, or has too many values.
pub(crate) fn parse(text: &str) -> Option<Arc<Node>> {
    // The grammar is checked here, so that all below may count on it.
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let mut parser = Parser {
        text,
        at: 0,
        left: MOST,
    };
    parser.value(DEPTH)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// The number of values that may still come.
    left: usize,
}

impl Node {
    /// The value as JSON, with numbers as they are written.
    pub(super) fn to_json(&self) -> String {
        let mut json = String::new();
        self.write(&mut json);
        json
    }

    /// Trees are no deeper than [`DEPTH`].
    fn write(&self, json: &mut String) {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match &self.kind {
            Kind::Absent | Kind::Null => json.push_str("null"),
            Kind::Bool(truth) => json.push_str(if *truth { "true" } else { "false" }),
            Kind::Number(text) => json.push_str(text),
            Kind::Text(text) => json.push_str(&quoted(text)),
            Kind::List(items) => {
                json.push('[');
                for (at, item) in items.iter().enumerate() {
                    json.push_str(if at == 0 { "" } else { "," });
                    item.write(json);
                }
                json.push(']');
            }
            Kind::Object(entries) => {
                json.push('{');
                for (at, (name, value)) in entries.iter().enumerate() {
                    json.push_str(if at == 0 { "" } else { "," });
                    json.push_str(&quoted(name));
                    json.push(':');
                    value.write(json);
                }
                json.push('}');
            }
        }
    }
}

impl<'a> Parser<'a> {
    fn value(&mut self, depth: usize) -> Option<Arc<Node>> {
        self.left = self.left.checked_sub(1)?;
        let depth = depth.checked_sub(1)?;
        let first = self.peek()?;
        let at = self.at;
        let kind = match first {
            b'{' => Kind::Object(self.object(depth)?),
            b'[' => Kind::List(self.list(depth)?),
            b'"' => Kind::Text(self.string()?),
            _ => match self.word()? {
                "null" => Kind::Null,
                "true" => Kind::Bool(true),
                "false" => Kind::Bool(false),
                number => Kind::Number(number.into()),
            },
        };
        Some(Arc::new(Node::new(kind, at)))
    }

    fn object(&mut self, depth: usize) -> Option<Vec<(String, Arc<Node>)>> {
        let mut entries = Vec::new();
        self.step();
        while self.peek()? != b'}' {
            if self.peek()? == b',' {
                self.step();
                self.peek()?;
            }
            let name = self.string()?;
            self.peek()?;
            self.step();
            entries.push((name, self.value(depth)?));
        }
        self.step();
        Some(entries)
    }

    fn list(&mut self, depth: usize) -> Option<Vec<Arc<Node>>> {
        let mut items = Vec::new();
        self.step();
        while self.peek()? != b']' {
            if self.peek()? == b',' {
                self.step();
            }
            items.push(self.value(depth)?);
        }
        self.step();
        Some(items)
    }

    fn string(&mut self) -> Option<String> {
        let rest = self.rest()?.as_bytes();
        let (mut end, mut escaped, mut plain) = (1_usize, false, true);
        loop {
            match rest.get(end)? {
                _ if escaped => escaped = false,
                b'\\' => (escaped, plain) = (true, false),
                b'"' => break,
                _ => {}
            }
            end = end.saturating_add(1);
        }
        let quoted = self.rest()?.get(..=end)?;
        self.at = self.at.saturating_add(quoted.len());
        match plain {
            true => Some(quoted.get(1..end)?.to_owned()),
            false => serde_json::from_str(quoted).ok(),
        }
    }

    /// A number, or one of JSON's words.
    fn word(&mut self) -> Option<&'a str> {
        let rest = self.rest()?;
        let end = rest.find([',', '}', ']', ' ', '\t', '\n', '\r']);
        let word = rest.get(..end.unwrap_or(rest.len()))?;
        self.at = self.at.saturating_add(word.len());
        Some(word)
    }

    /// The next byte that is not a space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some(byte);
            }
            self.step();
        }
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn rest(&self) -> Option<&'a str> {
        self.text.get(self.at..)
    }
}
