//! Values of enums, and limits that no value keeps.

use std::borrow::Cow;
use std::cmp::Ordering;

use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::diagnostic::Code;
use crate::load::{Node, NumberValue, Value};
use crate::specification::Kinds;

use super::Checker;
use super::word::{self, kind_word_single};

impl<'a> Checker<'a> {
    /// Looks at the values of an enum: each of the type, none twice.
    pub(super) fn values(&mut self, node: &'a Node, kinds: Kinds) {
        let Some(list) = node.get("enum") else { return };
        if matches!(list.value, Value::Sequence(_)) && list.items().is_empty() {
            let message = "`enum` is empty".to_owned();
            let help = (
                "list the values, or leave `enum` out",
                "it is read as if it were absent",
            );
            self.warn(Code::EnumValue, list.span, message, help);
            return;
        }
        let nullable = node.get("nullable").or_else(|| node.get("x-nullable"));
        let nullable = nullable.and_then(Node::as_bool) == Some(true);
        let is_wrong = |value: &&Node| {
            let is_null = matches!(value.value, Value::Null);
            let is_right = kinds.is_none() || fits(kinds, value) || (is_null && nullable);
            !is_right
        };
        let (nulls, others): (Vec<&Node>, Vec<&Node>) = list
            .items()
            .iter()
            .filter(is_wrong)
            .partition(|value| matches!(value.value, Value::Null));
        // The first of each sort stands for all: there may be hundreds.
        for values in [nulls, others] {
            if let Some((value, more)) = values.split_first() {
                let is_null = matches!(value.value, Value::Null);
                let more = match more.len() {
                    0 => String::new(),
                    1 => " (and 1 more)".to_owned(),
                    count => format!(" (and {count} more)"),
                };
                let message = format!(
                    "a value of `enum`: expected {}, found {}{more}",
                    kind_word_single(kinds),
                    word::found(value)
                );
                let is_json = self.document.is_json();
                let help = match (&value.value, kinds.has(Kinds::STRING)) {
                    (Value::Number(_) | Value::Bool(_), true) if is_json => {
                        "change `type` to that of the values: they are sent as they are".to_owned()
                    }
                    _ if kinds == Kinds::ARRAY => {
                        "list the values in `items`, as they are read".to_owned()
                    }
                    (Value::Number(number), true) => {
                        format!("write it in quotes: '{}'", number.text.text())
                    }
                    (Value::Bool(value), true) => format!("write it in quotes: '{value}'"),
                    (Value::Null, _) => "add `nullable: true`, or leave null out".to_owned(),
                    _ => "change the value or `type`".to_owned(),
                };
                match is_null {
                    true => self.note(Code::EnumValue, value.span, message, help),
                    false => self.warn(Code::EnumValue, value.span, message, help),
                }
            }
        }
        self.repeated(list);
    }

    fn repeated(&mut self, list: &'a Node) {
        let items = list.items();
        let mut seen = FxHashSet::with_capacity_and_hasher(items.len(), FxBuildHasher);
        for value in items {
            // `1` and `1.0` are one number, and another value than the text `1`.
            let (text, key) = match &value.value {
                Value::String(text) => (text.text(), (false, Cow::Borrowed(text.text()))),
                Value::Number(number) => {
                    let key = match number.value {
                        NumberValue::Int(value) => value.to_string(),
                        NumberValue::Float(value) => value.to_string(),
                    };
                    (number.text.text(), (true, Cow::Owned(key)))
                }
                _ => continue,
            };
            if !seen.insert(key) {
                let message = format!("`{text}` is listed twice");
                let help = ("remove one of them", "it is read once");
                self.note(Code::EnumValue, value.span, message, help);
            }
        }
    }

    /// Reports limits that no value keeps.
    pub(super) fn bounds(&mut self, node: &'a Node) {
        let pairs = [
            ("minLength", "maxLength"),
            ("minItems", "maxItems"),
            ("minProperties", "maxProperties"),
            ("minimum", "maximum"),
            ("exclusiveMinimum", "exclusiveMaximum"),
            ("minimum", "exclusiveMaximum"),
            ("exclusiveMinimum", "maximum"),
            ("minContains", "maxContains"),
        ];
        for (least, most) in pairs {
            let (Some(low), Some(high)) = (node.get(least), node.get(most)) else {
                continue;
            };
            let strict = least.starts_with("exclusive") || most.starts_with("exclusive");
            let Some(order) = compare(low, high) else {
                continue;
            };
            if order == Ordering::Greater || (strict && order == Ordering::Equal) {
                let message = format!("no value satisfies `{least}` and `{most}`");
                let help = "correct one of the limits";
                let span = low.span.max(high.span);
                self.warn(Code::ImpossibleLimits, span, message, help);
            }
        }
        if let Some(step) = node.get("multipleOf")
            && step.as_number().is_some_and(|number| match number.value {
                NumberValue::Int(value) => value <= 0,
                NumberValue::Float(value) => value <= 0.0,
            })
        {
            let message = "`multipleOf`: expected a number above 0".to_owned();
            let help = ("write the step between values", "it is not checked");
            self.warn(Code::ImpossibleLimits, step.span, message, help);
        }
        if let (Some(list), Some(most)) = (node.get("required"), node.get("maxProperties"))
            && let Some(NumberValue::Int(most)) = most.as_number().map(|number| number.value)
            && (list.items().len() as i128) > most
        {
            let message = "more members are required than `maxProperties` allows".to_owned();
            let help = "correct one of the limits";
            self.warn(Code::ImpossibleLimits, list.span, message, help);
        }
    }
}

/// Whether a value is of one of some types.
fn fits(kinds: Kinds, value: &Node) -> bool {
    let is = match &value.value {
        Value::Null => Kinds::NULL,
        Value::Bool(_) => Kinds::BOOLEAN,
        Value::Number(number) => match number.value {
            NumberValue::Int(_) => Kinds::INTEGER.with(Kinds::NUMBER),
            NumberValue::Float(value) if value.fract() == 0.0 => Kinds::INTEGER.with(Kinds::NUMBER),
            NumberValue::Float(_) => Kinds::NUMBER,
        },
        Value::String(_) => Kinds::STRING,
        Value::Sequence(_) => Kinds::ARRAY,
        Value::Mapping(_) => Kinds::OBJECT,
    };
    kinds.has(is)
}

fn compare(low: &Node, high: &Node) -> Option<Ordering> {
    let (low, high) = (low.as_number()?.value, high.as_number()?.value);
    match (low, high) {
        (NumberValue::Int(low), NumberValue::Int(high)) => Some(low.cmp(&high)),
        (low, high) => float(low).partial_cmp(&float(high)),
    }
}

fn float(number: NumberValue) -> f64 {
    match number {
        NumberValue::Int(value) => value as f64,
        NumberValue::Float(value) => value,
    }
}
