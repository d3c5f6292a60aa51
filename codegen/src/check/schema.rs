//! Schemas: keywords that contradict each other, or that have no effect on the type beside them.

use std::cmp::Ordering;

use crate::diagnostic::Code;
use crate::load::{Node, NumberValue, Value};
use crate::resolve::nearest_within;
use crate::specification::{Edition, Keyword, Kinds, Support};

use super::{Checker, word};

impl<'a> Checker<'a> {
    /// Looks at a schema.
    pub(super) fn schema(&mut self, node: &'a Node) {
        let kinds = node.get("type").map_or(Kinds::NONE, types);
        if !kinds.is_none() {
            self.effects(node, kinds);
        }
        self.values(node, kinds);
        self.bounds(node);
        self.format(node, kinds);
        self.access(node);
        self.secret(node, kinds);
        self.discriminator(node);
        if let Some(pattern) = node.get("pattern")
            && pattern.as_str() == Some("")
        {
            let message = "`pattern` is empty, so that every string matches".to_owned();
            self.note(Code::NoEffect, pattern.span, message, "leave it out");
        }
        self.lists(node, kinds);
    }

    /// Reports limits on other types than the schema has.
    fn effects(&mut self, node: &'a Node, kinds: Kinds) {
        for entry in node.entries() {
            let Some(keyword) = Keyword::of(entry.key.text()) else {
                continue;
            };
            let limits = keyword.limits();
            if limits == Kinds::ANY || limits.is_none() || limits.has(kinds) {
                continue;
            }
            // Every whole number is a number.
            if limits.has(Kinds::NUMBER) && kinds.has(Kinds::INTEGER) {
                continue;
            }
            // Its place says more than the type: it chooses an alternative, or names members of others.
            if matches!(keyword, Keyword::Discriminator | Keyword::Required) {
                continue;
            }
            let message = format!("`{}` has no effect on {}", keyword.name(), kind_word(kinds));
            let help = format!(
                "it limits {}; see whether `type` is right",
                kind_word(limits)
            );
            match keyword {
                // Members or items that nobody can send: the type is not what the author meant.
                Keyword::Properties | Keyword::Items => {
                    self.warn(Code::NoEffect, entry.key_span, message, help);
                }
                _ => self.note(Code::NoEffect, entry.key_span, message, help),
            }
        }
    }

    /// Looks at the values of an enum: each of the type, none twice.
    fn values(&mut self, node: &'a Node, kinds: Kinds) {
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
                let help = match (&value.value, kinds.has(Kinds::STRING)) {
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
        let mut seen: rustc_hash::FxHashSet<&str> = rustc_hash::FxHashSet::default();
        for value in list.items() {
            let text = match &value.value {
                Value::String(text) => text.text(),
                Value::Number(number) => number.text.text(),
                _ => continue,
            };
            if !seen.insert(text) {
                let message = format!("`{text}` is listed twice");
                let help = ("remove one of them", "it is read once");
                self.note(Code::EnumValue, value.span, message, help);
            }
        }
    }

    /// Reports limits that no value keeps.
    fn bounds(&mut self, node: &'a Node) {
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

    /// Reports a format that looks like a known one.
    fn format(&mut self, node: &'a Node, kinds: Kinds) {
        let Some(format) = node.get("format") else {
            return;
        };
        let Some(text) = format.as_str() else { return };
        if FORMATS.iter().any(|(known, _)| *known == text) {
            self.format_type(format, text, kinds);
            return;
        }
        let meant = ALIKE
            .iter()
            .find(|(alike, _)| alike.eq_ignore_ascii_case(text))
            .map(|(_, meant)| *meant);
        let message = format!("`{text}` is not a known format");
        let help = |meant| format!("did you mean `{meant}`? It is read as if it were not there");
        // Documents may have formats of their own: only what can hardly be one is reported as a mistake.
        if let Some(meant) = meant {
            self.note(Code::UnknownFormat, format.span, message, help(meant));
            return;
        }
        let names = FORMATS.iter().map(|(known, _)| *known);
        let near = nearest_within(1, text, names);
        // Short names are near to each other by chance.
        if let Some(meant) = near.filter(|_| text.len() > 4 && !OTHERS.contains(&text)) {
            self.warn(Code::UnknownFormat, format.span, message, help(meant));
        }
    }

    fn format_type(&mut self, format: &'a Node, text: &str, kinds: Kinds) {
        let known = FORMATS.iter().find(|(known, _)| *known == text);
        let Some((_, of)) = known else { return };
        let whole = of.has(Kinds::NUMBER) && kinds.has(Kinds::INTEGER);
        if kinds.is_none() || of.has(kinds) || whole {
            return;
        }
        // Whole numbers in strings are common, and read.
        if of.has(Kinds::INTEGER) && kinds.has(Kinds::STRING.with(Kinds::NUMBER)) {
            return;
        }
        let message = format!("`format: {text}` has no effect on {}", kind_word(kinds));
        let help = format!("it is a format of {}", kind_word(*of));
        self.note(Code::NoEffect, format.span, message, help);
    }

    /// Reports a value that can be neither sent nor received.
    fn access(&mut self, node: &'a Node) {
        let set = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
        if set("readOnly")
            && set("writeOnly")
            && let Some(entry) = node.as_mapping().and_then(|all| all.entry("writeOnly"))
        {
            let message = "a value has `readOnly` or `writeOnly`, and not both".to_owned();
            let help = "leave one of them out";
            self.warn(Code::Exclusive, entry.key_span, message, help);
        }
    }

    /// Reports secrets that are not kept: only strings that are not one of a few values are.
    fn secret(&mut self, node: &'a Node, kinds: Kinds) {
        let Some(entry) = node.as_mapping().and_then(|all| all.entry("x-secret")) else {
            return;
        };
        let has = |key| node.get(key).is_some();
        let what = if !kinds.is_none() && !kinds.has(Kinds::STRING) {
            kind_word(kinds)
        } else if has("enum") {
            "the values of an enum".to_owned()
        } else if has("oneOf") || has("anyOf") {
            "alternatives".to_owned()
        } else {
            return;
        };
        if entry.value.as_bool() == Some(true) {
            let message = format!("`x-secret` has no effect on {what}");
            let help = "it hides strings: describe the value as one, or mark the strings in it";
            self.warn(Code::NoEffect, entry.key_span, message, help);
        }
    }

    /// Looks at the names of required members: none twice.
    pub(super) fn required(&mut self, node: &'a Node) {
        let items = node.get("required").map_or(&[][..], Node::items);
        let mut seen: Vec<&str> = Vec::new();
        for item in items {
            let Some(name) = item.as_str() else { continue };
            if seen.contains(&name) {
                let message = format!("`{name}` is required twice");
                self.note(Code::EnumValue, item.span, message, "remove one of them");
            }
            if items.len() <= 64 {
                seen.push(name);
            }
        }
    }

    /// Reports lists without a description of their items, where one must be there.
    fn lists(&mut self, node: &'a Node, kinds: Kinds) {
        if kinds == Kinds::ARRAY
            && self.edition <= Edition::V30
            && node.get("items").is_none()
            && node.get("$ref").is_none()
        {
            let span = node.get("type").map_or(node.span, |node| node.span);
            let message = "a list needs `items`, which is missing".to_owned();
            let help = (
                "add `items`, the schema of each item",
                "items are kept as raw JSON",
            );
            self.report(Code::MissingKeyword, Support::Modelled, span, message, help);
        }
    }

    /// Looks at a discriminator: its mapping leads to alternatives.
    fn discriminator(&mut self, node: &'a Node) {
        let Some(discriminator) = node.get("discriminator") else {
            return;
        };
        let mapping = discriminator.get("mapping").map_or(&[][..], Node::entries);
        let lists = ["oneOf", "anyOf"];
        let alternatives: Vec<&str> = lists
            .iter()
            .filter_map(|key| node.get(key))
            .flat_map(Node::items)
            .filter_map(|item| item.get("$ref").and_then(Node::as_str))
            .collect();
        // Without a list of alternatives, any schema that builds on this one is one.
        if alternatives.is_empty() {
            return;
        }
        for entry in mapping {
            let Some(text) = entry.value.as_str() else {
                continue;
            };
            let is_listed = alternatives.iter().any(|alternative| {
                *alternative == text || alternative.rsplit('/').next() == Some(text)
            });
            if is_listed || self.same_target(text, &alternatives) {
                continue;
            }
            let message = format!("the mapping names `{text}`, which is not an alternative");
            let help = "list it below `oneOf`, or map to one that is listed";
            self.warn(Code::Mapping, entry.value.span, message, help);
        }
    }

    /// Whether a text leads where one of the references leads.
    fn same_target(&self, text: &str, references: &[&str]) -> bool {
        let here = self.document.id;
        let Some((_, target)) = self.find(here, text) else {
            // Dangling references are reported elsewhere.
            return true;
        };
        let mut targets = references
            .iter()
            .filter_map(|reference| self.find(here, reference));
        targets.any(|(_, node)| std::ptr::eq(node, target))
    }
}

/// The formats that decide a type or are checked, and the types that they are formats of.
const FORMATS: &[(&str, Kinds)] = &[
    ("int8", Kinds::INTEGER),
    ("int16", Kinds::INTEGER),
    ("int32", Kinds::INTEGER),
    ("int64", Kinds::INTEGER),
    ("uint8", Kinds::INTEGER),
    ("uint16", Kinds::INTEGER),
    ("uint32", Kinds::INTEGER),
    ("uint64", Kinds::INTEGER),
    ("float", Kinds::NUMBER),
    ("double", Kinds::NUMBER),
    ("decimal", Kinds::NUMBER.with(Kinds::STRING)),
    ("byte", Kinds::STRING),
    ("binary", Kinds::STRING),
    ("date", Kinds::STRING),
    ("date-time", Kinds::STRING),
    ("time", Kinds::STRING),
    ("duration", Kinds::STRING),
    ("uuid", Kinds::STRING),
    ("uri", Kinds::STRING),
    ("uri-reference", Kinds::STRING),
    ("uri-template", Kinds::STRING),
    ("url", Kinds::STRING),
    ("iri", Kinds::STRING),
    ("iri-reference", Kinds::STRING),
    ("email", Kinds::STRING),
    ("idn-email", Kinds::STRING),
    ("hostname", Kinds::STRING),
    ("idn-hostname", Kinds::STRING),
    ("ipv4", Kinds::STRING),
    ("ipv6", Kinds::STRING),
    ("password", Kinds::STRING),
    ("regex", Kinds::STRING),
    ("json-pointer", Kinds::STRING),
];

/// Formats that are known to be others than those that they look like.
const OTHERS: &[&str] = &[
    "bytes",
    "uint",
    "uint128",
    "int128",
    "uuid4",
    "uuid7",
    "uris",
    "emails",
    "time-local",
    "ipv4-network",
    "decimal128",
    "int16u",
    "int32u",
    "int64u",
    "hostnames",
    "regexp",
];

/// Formats that other tools write, for those that are known.
const ALIKE: &[(&str, &str)] = &[
    ("datetime", "date-time"),
    ("date_time", "date-time"),
    ("dateTime", "date-time"),
    ("guid", "uuid"),
    ("uuid4", "uuid"),
    ("long", "int64"),
    ("integer", "int32"),
    ("base64", "byte"),
    ("e-mail", "email"),
];

/// The types that the value of `type` names.
fn types(node: &Node) -> Kinds {
    let one = std::slice::from_ref(node);
    let names = match &node.value {
        Value::Sequence(items) => items,
        _ => one,
    };
    let named = names.iter().filter_map(|name| Kinds::named(name.as_str()?));
    named.fold(Kinds::NONE, Kinds::with)
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

/// Types in the plural.
fn kind_word(kinds: Kinds) -> String {
    words(kinds, |kind| match kind {
        Kinds::BOOLEAN => "booleans",
        Kinds::INTEGER => "whole numbers",
        Kinds::NUMBER => "numbers",
        Kinds::STRING => "strings",
        Kinds::ARRAY => "lists",
        Kinds::OBJECT => "objects",
        _ => "null",
    })
}

/// Types with their articles.
fn kind_word_single(kinds: Kinds) -> String {
    words(kinds, |kind| match kind {
        Kinds::BOOLEAN => "a boolean",
        Kinds::INTEGER => "a whole number",
        Kinds::NUMBER => "a number",
        Kinds::STRING => "a string",
        Kinds::ARRAY => "a list",
        Kinds::OBJECT => "an object",
        _ => "null",
    })
}

fn words(kinds: Kinds, word: impl Fn(Kinds) -> &'static str) -> String {
    let mut words: Vec<&str> = kinds.each().map(&word).collect();
    if kinds.has(Kinds::NULL) {
        words.push("null");
    }
    words.join(" or ")
}
