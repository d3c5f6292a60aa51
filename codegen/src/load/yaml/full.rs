//! Reads all of YAML 1.2, by the events of a parser.
//!
//! Aliases are copied out, within a budget, and keep the places of what they stand for.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};

use super::super::build::{Builder, Built, DEPTH_AT_MOST, Stopped};
use super::super::scalar::{self, Meaning};
use super::super::{Entry, Mapping, Node, NumberValue, Value};
use super::{block_end, error, meant, merge};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The number of nodes that anchors and aliases may copy in one document.
const COPIES_AT_MOST: u32 = 500_000;

/// Builds the tree of `text`.
pub(super) fn parse(text: &str, builder: &mut Builder<'_>) -> Result<(), Stopped> {
    let options = granit_parser::options! {
        emit_comments: false,
        // One more than a tree may have: the builder's own message is better.
        flow_nesting_limit: DEPTH_AT_MOST + 1,
        block_nesting_limit: DEPTH_AT_MOST + 1,
    };
    let mut reader = Reader {
        text,
        builder,
        open: Vec::new(),
        anchored: HashMap::new(),
        copies: 0,
        documents: 0,
        end: 0,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => reader.event(event, span)?,
            Err(error) => return Err(reader.syntax(&error)),
        }
    }
    Ok(())
}

/// A list or an object that is not closed yet.
struct Open {
    anchor: usize,
    style: StructureStyle,
    is_list: bool,
    // Where the `<<` keys of an object start.
    merges: Vec<u32>,
}

struct Reader<'t, 'b, 'n> {
    text: &'t str,
    builder: &'b mut Builder<'n>,
    open: Vec<Open>,
    anchored: HashMap<usize, Built>,
    copies: u32,
    documents: u32,
    // Where the last key or value ended.
    end: usize,
}

impl Reader<'_, '_, '_> {
    fn event(&mut self, event: Event<'_>, at: granit_parser::Span) -> Result<(), Stopped> {
        let span = self.span(at);
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let message = "a second YAML document starts here";
                    return Err(self
                        .builder
                        .stop(Diagnostic::error(Code::Limit, span, message).help(
                        "keep one document in a file: remove this one or move it to its own file",
                    )));
                }
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), "seq", span)?;
                self.forbid_key(span)?;
                let start = self.dash(span.start as usize, style);
                self.builder.open_sequence(start)?;
                self.opened(anchor, style, true);
            }
            Event::MappingStart(style, anchor, tag) => {
                self.check_tag(tag.as_deref(), "map", span)?;
                self.forbid_key(span)?;
                self.builder.open_mapping(span.start as usize)?;
                self.opened(anchor, style, false);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span)?,
            Event::Alias(anchor) => self.alias(anchor, span)?,
            Event::Scalar(text, style, anchor, tag) => {
                let scalar = Scalar {
                    text: &text,
                    style,
                    tag: tag.as_deref(),
                };
                self.scalar(scalar, anchor, span)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn span(&self, at: granit_parser::Span) -> Span {
        let range = at.byte_range().unwrap_or(self.end..self.end);
        self.builder.span(range.start, range.end)
    }

    /// Where a list starts: at its dash, if it is a block. The parser says where its first item starts, if the list
    /// stands no further to the right than its key.
    fn dash(&self, start: usize, style: StructureStyle) -> usize {
        let is_item = self.open.last().is_some_and(|open| open.is_list);
        let before = self.text.get(..start).unwrap_or_default().trim_end();
        // A comment may end in a dash as well.
        let is_dash = |before: &str| {
            let line = before.rsplit('\n').next().unwrap_or_default();
            line.bytes().all(|byte| matches!(byte, b' ' | b'-'))
        };
        match before.strip_suffix('-') {
            Some(before) if style == StructureStyle::Block && !is_item && is_dash(before) => {
                before.len()
            }
            _ => start,
        }
    }

    fn opened(&mut self, anchor: usize, style: StructureStyle, is_list: bool) {
        self.open.push(Open {
            anchor,
            style,
            is_list,
            merges: Vec::new(),
        });
    }

    fn close(&mut self, span: Span) -> Result<(), Stopped> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        // The parser lets a block end where the next token starts, which may be lines further down.
        if open.style == StructureStyle::Flow {
            self.end = span.end as usize;
        }
        let Some(mut built) = self.builder.close(Some(self.end)) else {
            return Ok(());
        };
        if !open.merges.is_empty() {
            merge::expand(&mut built.node, &open.merges, &mut self.builder.findings);
        }
        self.add(built, open.anchor)
    }

    fn add(&mut self, built: Built, anchor: usize) -> Result<(), Stopped> {
        if anchor != 0 {
            self.count_copies(built.size, built.node.span)?;
            let copy = Built {
                node: built.node.clone(),
                ..built
            };
            self.anchored.insert(anchor, copy);
        }
        self.builder.add(built);
        Ok(())
    }

    fn count_copies(&mut self, size: u32, span: Span) -> Result<(), Stopped> {
        self.copies = self.copies.saturating_add(size);
        if self.copies <= COPIES_AT_MOST {
            return Ok(());
        }
        let message = format!("anchors and aliases repeat more than {COPIES_AT_MOST} values");
        Err(self.builder.stop(
            Diagnostic::error(Code::Limit, span, message)
                .help("name what repeats and refer to it with `$ref`"),
        ))
    }

    fn scalar(&mut self, scalar: Scalar<'_>, anchor: usize, span: Span) -> Result<(), Stopped> {
        let span = self.trimmed(span, &scalar);
        self.end = span.end as usize;
        let is_key = self.builder.awaits_key();
        if is_key && anchor == 0 {
            self.key(&scalar, span);
            return Ok(());
        }
        let value = self.value(&scalar, span)?;
        let id = self.builder.new_id(span)?;
        let built = Built {
            node: Node { id, span, value },
            size: 1,
            height: 0,
        };
        if is_key {
            self.key(&scalar, span);
            self.anchored.insert(anchor, built);
            return Ok(());
        }
        self.add(built, anchor)
    }

    /// The span without the white space that a block scalar ends with.
    fn trimmed(&self, span: Span, scalar: &Scalar<'_>) -> Span {
        if !matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded) {
            return span;
        }
        let start = span.start as usize;
        let end = block_end(self.text, start, span.end as usize);
        self.builder.span(start, end)
    }

    /// Takes a key by its spelling: `200`, `true` and `2024-01-01` are names like any other.
    fn key(&mut self, scalar: &Scalar<'_>, span: Span) {
        let is_absent = scalar.is_plain() && span.start == span.end;
        let text = if is_absent { "" } else { scalar.text };
        if scalar.is_plain()
            && text == "<<"
            && let Some(open) = self.open.last_mut()
        {
            open.merges.push(span.start);
        }
        let key = self.builder.arena.text(text);
        self.builder.key(key, span);
    }

    fn value(&mut self, scalar: &Scalar<'_>, span: Span) -> Result<Value, Stopped> {
        let text = scalar.text;
        let meaning = match scalar.tag {
            None if scalar.is_plain() => scalar::plain(text),
            None => Meaning::Text,
            Some(tag) => self.tagged(tag, text, span)?,
        };
        meant(meaning, text, span, self.builder)
    }

    fn tagged(&mut self, tag: &Tag, text: &str, span: Span) -> Result<Meaning, Stopped> {
        let meaning = scalar::plain(text);
        let fits = match (tag.core_suffix(), &meaning) {
            // `!` alone says: not by its spelling.
            (Some("str"), _) => return Ok(Meaning::Text),
            (None, _) if tag.original() == "!" => return Ok(Meaning::Text),
            (Some("null"), Meaning::Null) | (Some("bool"), Meaning::Bool(_)) => true,
            (Some("int"), Meaning::Number(NumberValue::Int(_))) => true,
            (Some("float"), Meaning::Number(_) | Meaning::TooLarge) => true,
            _ => false,
        };
        if fits {
            Ok(meaning)
        } else {
            Err(self.bad_tag(tag, span))
        }
    }

    fn check_tag(&mut self, tag: Option<&Tag>, core: &str, span: Span) -> Result<(), Stopped> {
        match tag {
            Some(tag) if tag.core_suffix() != Some(core) && tag.original() != "!" => {
                Err(self.bad_tag(tag, span))
            }
            _ => Ok(()),
        }
    }

    fn bad_tag(&mut self, tag: &Tag, span: Span) -> Stopped {
        let message = format!("the tag `{}` is not supported here", tag.original());
        self.builder
            .stop(Diagnostic::error(Code::Tag, span, message).help("remove the tag"))
    }

    fn forbid_key(&mut self, span: Span) -> Result<(), Stopped> {
        if !self.builder.awaits_key() {
            return Ok(());
        }
        let message = "expected a key, found a list or an object";
        Err(self.builder.stop(
            Diagnostic::error(Code::Syntax, span, message)
                .help("write the key as text; quote it if it starts with `[` or `{`"),
        ))
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Stopped> {
        self.end = span.end as usize;
        let Some(target) = self.anchored.remove(&anchor) else {
            let message = "this alias is inside the value that it names";
            return Err(self.builder.stop(
                Diagnostic::error(Code::Syntax, span, message)
                    .help("refer to the enclosing schema with `$ref`"),
            ));
        };
        let done = if self.builder.awaits_key() {
            self.alias_as_key(&target.node, span)
        } else {
            self.copy(&target, span)
        };
        self.anchored.insert(anchor, target);
        done
    }

    fn alias_as_key(&mut self, target: &Node, span: Span) -> Result<(), Stopped> {
        let text = match &target.value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.text.clone(),
            Value::Bool(value) => self
                .builder
                .arena
                .text(if *value { "true" } else { "false" }),
            Value::Null => self.builder.arena.text("null"),
            Value::Sequence(_) | Value::Mapping(_) => return self.forbid_key(span),
        };
        self.builder.key(text, span);
        Ok(())
    }

    fn copy(&mut self, target: &Built, span: Span) -> Result<(), Stopped> {
        self.count_copies(target.size, span)?;
        self.builder.check_depth(target.height, span)?;
        let node = self.fresh(&target.node, span)?;
        self.builder.add(Built { node, ..*target });
        Ok(())
    }

    /// A copy with new identities; as deep as the target, which is bounded.
    fn fresh(&mut self, node: &Node, span: Span) -> Result<Node, Stopped> {
        let id = self.builder.new_id(span)?;
        let value = match &node.value {
            Value::Sequence(items) => {
                let items = items.iter().map(|item| self.fresh(item, span));
                Value::Sequence(items.collect::<Result<_, _>>()?)
            }
            Value::Mapping(mapping) => {
                let entries = mapping.entries().iter().map(|entry| {
                    Ok(Entry {
                        value: self.fresh(&entry.value, span)?,
                        ..entry.clone()
                    })
                });
                Value::Mapping(Mapping::new(entries.collect::<Result<_, _>>()?))
            }
            other => other.clone(),
        };
        Ok(Node {
            id,
            span: node.span,
            value,
        })
    }

    fn syntax(&mut self, error: &ScanError) -> Stopped {
        let at = error
            .marker()
            .byte_offset()
            .unwrap_or(self.end)
            .min(self.text.len());
        let length = self
            .text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        // A tab that indents is the cause of whatever the parser makes of the lines around it.
        if let Some(tab) = error::indenting_tab(self.text, at) {
            let span = self.builder.span(tab, tab + 1);
            return self.builder.stop(error::tab(span));
        }
        let span = self.builder.span(at, at + length);
        self.builder.stop(error::finding(error.kind(), span))
    }
}

struct Scalar<'a> {
    text: &'a str,
    style: ScalarStyle,
    tag: Option<&'a Tag>,
}

impl Scalar<'_> {
    fn is_plain(&self) -> bool {
        self.style == ScalarStyle::Plain
    }
}
