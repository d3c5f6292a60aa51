//! Enums: values that a document lists.

use std::collections::HashMap;

use crate::ir::{Docs, Enum, EnumBase, IntWidth, Literal, Shape, Type, Variant};
use crate::load::{Node, NodeId, NumberValue, Value};
use crate::names::{Scope, Spelling, VariantName, Words};
use crate::source::SpecStr;

use super::flat::{Conjunction, Flat};
use super::naming::Naming;
use super::schema::Use;
use super::{Lowering, View, literal};
use crate::specification::{Keyword, Kinds};

/// What authors say of single constants: a title and a description.
pub(super) type Told = HashMap<NodeId, (Option<SpecStr>, Option<SpecStr>)>;

impl<'a> Lowering<'a> {
    /// Lowers a schema that lists its values.
    pub(super) fn constants(
        &mut self,
        schema: &Conjunction<'a>,
        flat: &Flat<'a>,
        values: &[&'a Node],
        view: View,
        naming: &Naming,
    ) -> Use {
        if values.is_empty() {
            let mut used = Use::of(if flat.nullable {
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
        let textual = flat.kinds == Kinds::STRING;
        if values
            .iter()
            .all(|value| matches!(value.value, Value::Bool(_)))
            && !textual
        {
            let mut used = Use::of(Type::Bool);
            used.constant = lone(values).map(literal::plain);
            return used;
        }
        let labelled = flat.first(Keyword::EnumVarnames).is_some();
        if let Some(value) = lone(values).filter(|_| !labelled) {
            let mut used = self.scalar_of(flat, value);
            used.constant = Some(if used.ty == Type::String {
                literal::text(value).map_or(Literal::Null, Literal::String)
            } else {
                literal::plain(value)
            });
            return used;
        }
        let shape = Shape::Enum(self.enumeration(flat, values, &Told::new(), naming));
        Use::of(Type::Named(self.declare(flat, view, naming, shape)))
    }

    /// The type of a lone constant: text stays text, so that no type is made for a tag.
    fn scalar_of(&mut self, flat: &Flat<'a>, value: &'a Node) -> Use {
        let textual = flat.kinds == Kinds::STRING;
        Use::of(match &value.value {
            Value::Number(number) if !textual => match number.value {
                NumberValue::Int(_) if flat.kinds != Kinds::NUMBER => Type::Int(IntWidth::I64),
                _ => Type::Float(crate::ir::FloatWidth::F64),
            },
            _ => Type::String,
        })
    }

    pub(super) fn enumeration(
        &mut self,
        flat: &Flat<'a>,
        values: &[&'a Node],
        told: &Told,
        naming: &Naming,
    ) -> Enum {
        let base = base_of(flat, values);
        let labels = flat.nodes.iter().find_map(|node| {
            node.get("x-enum-varnames")
                .or_else(|| node.get("x-enumNames"))
        });
        let labels: Vec<Option<SpecStr>> = labels
            .map(|labels| labels.items().iter().map(literal::text).collect())
            .unwrap_or_default();
        let said = flat
            .first(Keyword::EnumDescriptions)
            .or_else(|| flat.first(Keyword::OldEnumDescriptions));
        // Labels run parallel to the list as written: nulls and repetitions count there.
        let listed = flat
            .nodes
            .iter()
            .find_map(|node| node.get("enum"))
            .map(Node::items)
            .unwrap_or_default();
        let mut variants: Vec<Variant> = Vec::new();
        let mut spellings = Vec::new();
        for value in unique(base, values) {
            let at = listed.iter().position(|listed| listed.id == value.id);
            let (title, description) = told.get(&value.id).cloned().unwrap_or_default();
            let label = at
                .and_then(|at| labels.get(at))
                .cloned()
                .flatten()
                .or(title.filter(|_| base != EnumBase::String));
            let wire = match base {
                EnumBase::String => literal::text(value).map_or(Literal::Null, Literal::String),
                _ => literal::plain(value),
            };
            let text = literal::text(value).unwrap_or_else(|| SpecStr::new(""));
            spellings.push(match &label {
                Some(label) => Spelling::pinned(label.text(), label.text()),
                None => spelling(text.text(), naming),
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
        say_numbers(&mut spellings);
        let mut scope = Scope::new(&["Self"]);
        let given = scope.judge(&spellings, |words| {
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

/// The name of the variant that keeps what the document doesn't list, unlike all others.
pub(super) fn unknown_name(scope: &mut Scope) -> VariantName {
    let names = ["unknown", "other", "unlisted value"]
        .map(Words::of)
        .to_vec();
    let spelling = Spelling::named("unknown", names);
    let given = scope.judge(&[spelling], |words| {
        VariantName::new(words).as_str().to_owned()
    });
    VariantName::new(given.first().unwrap_or(&Words::of("unknown")))
}

/// Values often repeat the name of their enum: `TASK_STATE_DONE` of a `TaskState` is `Done`.
fn spelling(text: &str, naming: &Naming) -> Spelling {
    let mut spelling = Spelling::of(text);
    if let Some(plain) = spelling.names.first() {
        let short = plain.without_prefix(&naming.words());
        if short != *plain {
            spelling.names.insert(0, short);
        }
    }
    spelling
}

/// Small numbers are said in words, unless there are others beside them: `Zero`, `MinusOne`.
fn say_numbers(spellings: &mut [Spelling]) {
    let is_number = |text: &str| text.parse::<i64>().is_ok();
    let said = |spelling: &Spelling| (is_number(&spelling.text), number(&spelling.text));
    if spellings
        .iter()
        .any(|spelling| matches!(said(spelling), (true, None)))
    {
        return;
    }
    for spelling in spellings {
        if let Some(words) = number(&spelling.text) {
            spelling.names.insert(0, words);
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

fn base_of(flat: &Flat<'_>, values: &[&Node]) -> EnumBase {
    let whole = |value: &&Node| {
        matches!(
            value.as_number().map(|number| number.value),
            Some(NumberValue::Int(_))
        )
    };
    let textual = values.iter().all(|value| value.as_str().is_some());
    if textual || flat.kinds == Kinds::STRING {
        EnumBase::String
    } else if values.iter().all(whole) {
        let short = values.iter().all(|value| {
            matches!(value.as_number().map(|number| number.value), Some(NumberValue::Int(value)) if i32::try_from(value).is_ok())
        });
        EnumBase::Int(if short && flat.format != Some("int64") {
            IntWidth::I32
        } else {
            IntWidth::I64
        })
    } else {
        EnumBase::Mixed
    }
}

/// The values without those that repeat an earlier one.
fn unique<'n>(base: EnumBase, values: &[&'n Node]) -> Vec<&'n Node> {
    let mut seen = std::collections::HashSet::new();
    let kind = |value: &Node| match &value.value {
        _ if base == EnumBase::String => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        _ => 3,
    };
    values
        .iter()
        .filter(|value| seen.insert((kind(value), literal::text(value))))
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
