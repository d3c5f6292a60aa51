//! Enums: values that a document lists.

use std::collections::{HashMap, HashSet};

use crate::ir::{Docs, Enum, EnumBase, IntWidth, Literal, Shape, Type, Variant};
use crate::load::{Node, NodeId, NumberValue, Value};
use crate::names::{NameRequest, Scope, VariantName, Words};
use crate::source::SpecStr;

use super::merged::{MergedSchema, SchemaSet};
use super::naming::Naming;
use super::schema::LoweredSchema;
use super::{Direction, Lowering, literal};
use crate::specification::{Keyword, Kinds};

/// The documentation of single constants: a title and a description.
pub(super) type Told = HashMap<NodeId, (Option<SpecStr>, Option<SpecStr>)>;

impl<'a> Lowering<'a> {
    /// Lowers a schema that lists its values.
    pub(super) fn constants(
        &mut self,
        schema: &SchemaSet<'a>,
        merged: &MergedSchema<'a>,
        values: &[&'a Node],
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        if values.is_empty() {
            let mut used = LoweredSchema::of(if merged.nullable {
                Type::Null
            } else {
                Type::Json
            });
            used.constant = Some(Literal::Null);
            return used;
        }
        if values
            .iter()
            .any(|value| matches!(value.value, Value::Mapping(_) | Value::Sequence(_)))
        {
            return self.raw(schema, "its constants are objects or lists");
        }
        let textual = merged.kinds == Kinds::STRING;
        if values
            .iter()
            .all(|value| matches!(value.value, Value::Bool(_)))
            && !textual
        {
            let mut used = LoweredSchema::of(Type::Bool);
            used.constant = lone(values).map(literal::plain);
            return used;
        }
        let labelled = merged.first(Keyword::EnumVarnames).is_some();
        if let Some(value) = lone(values).filter(|_| !labelled) {
            let mut used = self.scalar_of(merged, value);
            used.constant = Some(if used.ty == Type::String {
                literal::text(value).map_or(Literal::Null, Literal::String)
            } else {
                literal::plain(value)
            });
            return used;
        }
        let shape = Shape::Enum(self.enumeration(merged, values, &Told::new(), naming));
        LoweredSchema::of(Type::Named(self.declare(merged, direction, naming, shape)))
    }

    /// The type of a lone constant: text stays text, so that no type is made for a tag.
    fn scalar_of(&mut self, merged: &MergedSchema<'a>, value: &'a Node) -> LoweredSchema {
        let textual = merged.kinds == Kinds::STRING;
        LoweredSchema::of(match &value.value {
            Value::Number(number) if !textual => match number.value {
                NumberValue::Int(value) if merged.kinds != Kinds::NUMBER => {
                    match width_of(&[value]) {
                        Some(IntWidth::U64) => Type::Int(IntWidth::U64),
                        Some(_) => Type::Int(IntWidth::I64),
                        None => Type::Float,
                    }
                }
                _ => Type::Float,
            },
            _ => Type::String,
        })
    }

    pub(super) fn enumeration(
        &mut self,
        merged: &MergedSchema<'a>,
        values: &[&'a Node],
        told: &Told,
        naming: &Naming,
    ) -> Enum {
        let base = base_of(merged, values);
        let labels = merged.nodes.iter().find_map(|node| {
            node.get("x-enum-varnames")
                .or_else(|| node.get("x-enumNames"))
        });
        let labels: Vec<Option<SpecStr>> = labels
            .map(|labels| labels.items().iter().map(literal::text).collect())
            .unwrap_or_default();
        let said = merged
            .first(Keyword::EnumDescriptions)
            .or_else(|| merged.first(Keyword::OldEnumDescriptions));
        // Labels run parallel to the list as written: nulls and repetitions count there.
        let listed = merged.nodes.iter().find_map(|node| node.get("enum"));
        let listed = listed.map(Node::items).unwrap_or_default().iter();
        let positions: HashMap<NodeId, usize> = listed.map(|listed| listed.id).zip(0..).collect();
        let others = texts_of_others(values);
        let mut variants: Vec<Variant> = Vec::new();
        let mut name_requests = Vec::new();
        for value in unique(base, values) {
            let at = positions.get(&value.id).copied();
            let (title, description) = told.get(&value.id).cloned().unwrap_or_default();
            let label = at
                .and_then(|at| labels.get(at))
                .cloned()
                .flatten()
                .or(title.filter(|_| base != EnumBase::String));
            let wire = match base {
                EnumBase::String => literal::text(value).map_or(Literal::Null, Literal::String),
                _ => integer(value).map_or_else(|| literal::plain(value), Literal::Int),
            };
            let text = literal::text(value).unwrap_or_else(|| SpecStr::new(""));
            name_requests.push(match &label {
                Some(label) => labelled(label.text(), text.text()),
                None if base == EnumBase::Mixed
                    && value.as_str().is_some()
                    && others.contains(text.text()) =>
                {
                    NameRequest::of(&format!("text {}", text.text()))
                }
                None => name_request(text.text(), naming),
            });
            let docs = Docs {
                description: description.or_else(|| describe(said, at, &text)),
                ..Docs::default()
            };
            variants.push(Variant {
                name: VariantName::new(&Words::of(text.text())),
                value: wire,
                label,
                docs,
                origin: self.origin(value.span),
            });
        }
        say_numbers(&mut name_requests);
        let mut scope = Scope::new(&["Self"]);
        let given = scope.assign(&name_requests, |words| {
            VariantName::new(words).as_str().to_owned()
        });
        for (variant, words) in variants.iter_mut().zip(&given) {
            variant.name = VariantName::new(words);
        }
        Enum {
            base,
            variants,
            unknown: unknown_name(&mut scope),
        }
    }
}

/// The numbers and booleans that are listed, as texts: a text that reads like one of them needs a name of its own.
fn texts_of_others<'n>(values: &[&'n Node]) -> HashSet<&'n str> {
    let others = values.iter().filter_map(|value| match &value.value {
        Value::Number(number) => Some(number.text.text()),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        _ => None,
    });
    others.collect()
}

/// A value with a name of its author's. Where several have that name, each has its value behind it.
fn labelled(label: &str, text: &str) -> NameRequest {
    let words = Words::of(label);
    let both = words.then(&Words::of(text));
    NameRequest::named(label, vec![words, both])
}

/// The name of the variant that keeps what the document doesn't list, unlike all others.
pub(super) fn unknown_name(scope: &mut Scope) -> VariantName {
    let names = ["unknown", "other", "unlisted value"]
        .map(Words::of)
        .to_vec();
    let name_request = NameRequest::named("unknown", names);
    let given = scope.assign(&[name_request], |words| {
        VariantName::new(words).as_str().to_owned()
    });
    VariantName::new(given.first().unwrap_or(&Words::of("unknown")))
}

/// Values often repeat the name of their enum: `TASK_STATE_DONE` of a `TaskState` is `Done`.
fn name_request(text: &str, naming: &Naming) -> NameRequest {
    let mut name_request = NameRequest::of(text);
    if let Some(plain) = name_request.names.first() {
        let short = plain.without_prefix(&naming.words());
        if short != *plain {
            name_request.names.insert(0, short);
        }
    }
    name_request
}

/// Small numbers are said in words, unless there are others beside them: `Zero`, `MinusOne`.
fn say_numbers(name_requests: &mut [NameRequest]) {
    let is_number = |text: &str| text.parse::<i64>().is_ok();
    let said =
        |name_request: &NameRequest| (is_number(&name_request.text), number(&name_request.text));
    if name_requests
        .iter()
        .any(|name_request| matches!(said(name_request), (true, None)))
    {
        return;
    }
    for name_request in name_requests {
        if let Some(words) = number(&name_request.text) {
            name_request.names.insert(0, words);
        }
    }
}

/// A number from zero to twelve in words, with its sign.
fn number(text: &str) -> Option<Words> {
    const SAID: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let (sign, digits) = match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(digits), _) => ("minus ", digits),
        (None, Some(digits)) => ("plus ", digits),
        (None, None) => ("", text),
    };
    let is_plain = digits == "0" || digits.starts_with(|first: char| matches!(first, '1'..='9'));
    let at = digits.parse::<usize>().ok().filter(|_| is_plain)?;
    Some(Words::of(&format!("{sign}{}", SAID.get(at)?)))
}

fn base_of(merged: &MergedSchema<'_>, values: &[&Node]) -> EnumBase {
    let textual = values.iter().all(|value| value.as_str().is_some());
    if textual || merged.kinds == Kinds::STRING {
        return EnumBase::String;
    }
    let whole: Option<Vec<i128>> = values.iter().map(|value| integer(value)).collect();
    let width = whole.and_then(|whole| width_of(&whole));
    match width {
        Some(IntWidth::I32) if merged.format == Some("int64") => EnumBase::Int(IntWidth::I64),
        Some(width) => EnumBase::Int(width),
        None => EnumBase::Mixed,
    }
}

fn integer(value: &Node) -> Option<i128> {
    match value.as_number()?.value {
        NumberValue::Int(value) => Some(value),
        NumberValue::Float(value) => literal::whole(value),
    }
}

/// The narrowest integer type of those that enums travel as; none if none holds them all.
fn width_of(values: &[i128]) -> Option<IntWidth> {
    let all = |fits: fn(i128) -> bool| values.iter().all(|value| fits(*value));
    if all(|value| i32::try_from(value).is_ok()) {
        Some(IntWidth::I32)
    } else if all(|value| i64::try_from(value).is_ok()) {
        Some(IntWidth::I64)
    } else {
        all(|value| u64::try_from(value).is_ok()).then_some(IntWidth::U64)
    }
}

/// The values without those that repeat an earlier one.
fn unique<'n>(base: EnumBase, values: &[&'n Node]) -> Vec<&'n Node> {
    let mut seen = HashSet::new();
    // `1` and `1.0` are one number, and another value than the text `1`.
    let key = |value: &Node| match &value.value {
        Value::Number(_) if base != EnumBase::String => {
            let text = integer(value).map(|value| SpecStr::new(value.to_string()));
            (2, text.or_else(|| literal::text(value)))
        }
        _ if base == EnumBase::String => (0, literal::text(value)),
        Value::Bool(_) => (1, literal::text(value)),
        _ => (3, literal::text(value)),
    };
    values
        .iter()
        .filter(|value| seen.insert(key(value)))
        .copied()
        .collect()
}

fn describe(said: Option<&Node>, at: Option<usize>, text: &SpecStr) -> Option<SpecStr> {
    let said = said?;
    let node = match &said.value {
        Value::Sequence(items) => items.get(at?)?,
        _ => said.get(text.text())?,
    };
    literal::text(node).filter(|text| !text.text().trim().is_empty())
}

fn lone<'n>(values: &[&'n Node]) -> Option<&'n Node> {
    if let [only] = values {
        Some(only)
    } else {
        None
    }
}
