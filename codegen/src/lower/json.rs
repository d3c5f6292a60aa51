//! Values of a document as JSON text, for people to read.

use crate::load::{Node, Value};
use crate::source::SpecStr;

/// The longest value on one line of its own, in bytes; what is longer ends in an ellipsis.
const LONGEST: usize = 2_000;
/// The widest line of an example.
const WIDTH: usize = 88;
/// After so many lines an example only ends; what is left out shows as an ellipsis.
const LINES: usize = 40;

/// A value on one line.
pub(super) fn line(node: &Node) -> SpecStr {
    let mut out = String::new();
    on_one_line(node, LONGEST, &mut out);
    SpecStr::new(out)
}

/// A value on one line where it fits, else one member or item to the line, the inner ones likewise; items that are no
/// lists or objects share lines.
pub(super) fn lines(node: &Node) -> SpecStr {
    let mut example = Example {
        text: String::new(),
        begun: 0,
        lines: 1,
    };
    example.value(node, 0, 0);
    SpecStr::new(example.text)
}

/// Adds a value on one line, until `out` is longer than `longest`; whether it is not, and all of the value there.
fn on_one_line(node: &Node, longest: usize, out: &mut String) -> bool {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => out.push_str(number.text.text()),
        Value::String(text) => {
            let room = longest.saturating_sub(out.len());
            let shown = beginning(text.text(), room);
            quote(shown, out);
            if shown.len() < text.text().len() {
                out.push('…');
                return false;
            }
        }
        Value::Sequence(_) | Value::Mapping(_) => {
            let members = members(node);
            let (open, close) = match (&node.value, members.is_empty()) {
                (Value::Sequence(_), _) => ("[", "]"),
                (_, true) => ("{", "}"),
                (_, false) => ("{ ", " }"),
            };
            out.push_str(open);
            for (at, (key, member)) in members.into_iter().enumerate() {
                out.push_str(if at == 0 { "" } else { ", " });
                if out.len() > longest {
                    out.push('…');
                    return false;
                }
                name(key, out);
                if !on_one_line(member, longest, out) {
                    out.push_str(if out.ends_with('…') { "" } else { "…" });
                    return false;
                }
            }
            out.push_str(close);
        }
    }
    out.len() <= longest
}

/// The members or items that a value has, with the keys of members.
fn members(node: &Node) -> Vec<(Option<&str>, &Node)> {
    match &node.value {
        Value::Sequence(items) => items.iter().map(|item| (None, item)).collect(),
        Value::Mapping(mapping) => mapping
            .entries()
            .iter()
            .map(|entry| (Some(entry.key.text()), &entry.value))
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether a value has no members or items.
fn is_leaf(node: &Node) -> bool {
    !matches!(node.value, Value::Sequence(_) | Value::Mapping(_))
}

/// Adds the key of a member.
fn name(key: Option<&str>, out: &mut String) {
    if let Some(key) = key {
        quote(key, out);
        out.push_str(": ");
    }
}

/// An example that is being written.
struct Example {
    text: String,
    /// Where the line begins.
    begun: usize,
    /// The number of lines.
    lines: usize,
}

impl Example {
    /// Adds a value that stands `deep` levels deep; what follows it takes `after` columns.
    fn value(&mut self, node: &Node, deep: usize, after: usize) {
        let length = self.text.len();
        let members = members(node);
        let longest = match members.is_empty() {
            true => self.begun + LONGEST,
            false => (self.begun + WIDTH).saturating_sub(after),
        };
        if on_one_line(node, longest, &mut self.text) || members.is_empty() {
            return;
        }
        self.text.truncate(length);
        let (open, close) = match &node.value {
            Value::Sequence(_) => ('[', ']'),
            _ => ('{', '}'),
        };
        self.text.push(open);
        let count = members.len();
        let mut beside = false;
        for (at, (key, member)) in members.into_iter().enumerate() {
            let after = usize::from(at + 1 < count);
            let is_item = key.is_none() && is_leaf(member);
            if !(beside && is_item && self.beside(member, after)) {
                self.new_line(deep + 1);
                if self.lines >= LINES {
                    self.text.push('…');
                    break;
                }
                name(key, &mut self.text);
                self.value(member, deep + 1, after);
            }
            if after > 0 {
                self.text.push(',');
            }
            beside = is_item;
        }
        self.new_line(deep);
        self.text.push(close);
    }

    /// Adds an item on the line of the one before it; whether it fits there.
    fn beside(&mut self, item: &Node, after: usize) -> bool {
        let length = self.text.len();
        self.text.push(' ');
        let fits = on_one_line(item, self.begun + WIDTH - after, &mut self.text);
        if !fits {
            self.text.truncate(length);
        }
        fits
    }

    fn new_line(&mut self, deep: usize) {
        self.text.push('\n');
        self.begun = self.text.len();
        self.lines += 1;
        self.text.extend(std::iter::repeat_n("  ", deep));
    }
}

/// The beginning of a text, up to so many bytes.
fn beginning(text: &str, longest: usize) -> &str {
    text.get(..text.floor_char_boundary(longest))
        .unwrap_or(text)
}

/// Adds a text in quotes.
fn quote(text: &str, out: &mut String) {
    let plain = |byte: u8| byte >= b' ' && !matches!(byte, b'"' | b'\\' | 0x7f);
    if text.bytes().all(plain) {
        out.extend(["\"", text, "\""]);
    } else {
        out.push_str(&serde_json::Value::from(text).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::NodeId;
    use crate::source::{DocumentId, Span};

    fn node(value: Value) -> Node {
        Node {
            id: NodeId(0),
            span: Span::new(DocumentId::ENTRY, 0, 0),
            value,
        }
    }

    fn text(text: &str) -> Node {
        node(Value::String(SpecStr::new(text)))
    }

    #[test]
    fn what_is_cut_ends_in_an_ellipsis() {
        let long = text(&"ä".repeat(1_500));
        let cut = format!("\"{}\"…", "ä".repeat(1_000));
        assert_eq!(line(&long).text(), cut);
        assert_eq!(lines(&long).text(), cut);
        let list = node(Value::Sequence(
            [text(&"x".repeat(1_998)), text("y")].into(),
        ));
        assert!(
            line(&list).text().ends_with("x\"…"),
            "{}",
            line(&list).text()
        );
        let list = node(Value::Sequence([text("x"), long].into()));
        assert_eq!(
            lines(&list).text(),
            format!("[\n  \"x\",\n  \"{}\"…\n]", "ä".repeat(999))
        );
    }

    #[test]
    fn many_lines_are_cut_at_every_level() {
        let list = |items: Vec<Node>| node(Value::Sequence(items.into()));
        let inner = || list(vec![list(Vec::new()); 100]);
        let all = lines(&list(vec![inner(), inner()]));
        assert_eq!(all.text().lines().count(), LINES + 3);
        assert!(
            all.text().ends_with("    …\n  ],\n  …\n]"),
            "{}",
            all.text()
        );
    }
}
