//! Whether a value of a document fits a schema of it, and what is wrong where if not.

use std::collections::HashMap;

use regex::Regex;

use crate::document_index::DocumentIndex;
use crate::load::{Distinct, Node, NumberValue, Value, same};
use crate::lower::{JsonKind, rust_pattern};
use crate::source::Span;
use crate::specification::{Keyword, Kinds, Merge};

use super::format;

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// To the server: read-only members are not required.
    Request,
    /// From it: write-only members are not required.
    Response,
    /// Not known: neither are required.
    Either,
}

/// The message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The value.
    pub(super) at: Span,
    /// The keyword that it breaks.
    pub(super) keyword: Span,
    /// The problem, in words.
    pub(super) what: String,
}

/// The problem of a value for which there is no alternative.
const NO_ALTERNATIVE: &str = "the value matches no alternative";

/// The greatest depth of values and schemas.
const DEEPEST: usize = 64;

/// Compares values with schemas.
pub(super) struct Checker<'a, 's> {
    index: &'s DocumentIndex<'a>,
    patterns: HashMap<&'a str, Option<Regex>>,
    side: Side,
    problems: Vec<Problem>,
    depth: usize,
}

impl<'a, 's> Checker<'a, 's> {
    pub(super) fn new(index: &'s DocumentIndex<'a>) -> Self {
        Self {
            index,
            patterns: HashMap::new(),
            side: Side::Either,
            problems: Vec::new(),
            depth: 0,
        }
    }

    /// The problems of a value of a schema in one direction.
    pub(super) fn problems(&mut self, schema: &'a Node, value: &Node, side: Side) -> Vec<Problem> {
        self.side = side;
        self.schema(schema, value);
        std::mem::take(&mut self.problems)
    }

    fn say(&mut self, value: &Node, keyword: &Node, what: impl Into<String>) {
        self.problems.push(Problem {
            at: value.span,
            keyword: keyword.span,
            what: what.into(),
        });
    }

    /// The problems of a value of a schema, apart from those already known.
    fn attempt(&mut self, schema: &'a Node, value: &Node) -> Vec<Problem> {
        let before = std::mem::take(&mut self.problems);
        self.schema(schema, value);
        std::mem::replace(&mut self.problems, before)
    }

    fn schema(&mut self, schema: &'a Node, value: &Node) {
        if self.depth >= DEEPEST {
            return;
        }
        self.depth += 1;
        self.any_schema(schema, value);
        self.depth -= 1;
    }

    fn any_schema(&mut self, schema: &'a Node, value: &Node) {
        if matches!(value.value, Value::Null) && self.allows_null(schema) {
            return;
        }
        if schema.as_bool() == Some(false) {
            self.say(value, schema, "no value is allowed here");
            return;
        }
        if self.index.resolved.is_reference(schema) {
            let Some(target) = self.index.resolved.target(schema) else {
                return;
            };
            self.schema(target.node, value);
            let version = self.index.documents.version(schema.span.document);
            if !version.has_json_schema() {
                return;
            }
        }
        self.kind(schema, value);
        self.constants(schema, value);
        match &value.value {
            Value::String(text) => self.text(schema, value, text.text()),
            Value::Number(number) => self.number(schema, value, number.value),
            Value::Sequence(items) => self.list(schema, value, items),
            Value::Mapping(_) => self.object(schema, value),
            Value::Null | Value::Bool(_) => {}
        }
        self.combinations(schema, value);
    }

    /// Whether a schema, or a part of it, says that null fits: one that does is enough for a reader.
    fn allows_null(&self, schema: &'a Node) -> bool {
        let says = |node: &&Node, key| node.get(key).and_then(Node::as_bool) == Some(true);
        let mut parts = self.index.applicable(schema).into_iter();
        parts.any(|node| says(&node, "nullable") || says(&node, "x-nullable"))
    }

    fn kind(&mut self, schema: &'a Node, value: &Node) {
        let Some(keyword) = schema.get("type") else {
            return;
        };
        let expected = JsonKind::all_of(keyword);
        let accepts_text = schema.get("x-accept-types").is_some() && value.as_str().is_some();
        if expected.is_empty() || expected.iter().any(|kind| kind.fits(value)) || accepts_text {
            return;
        }
        let expected: Vec<&str> = expected.iter().map(|kind| kind.word()).collect();
        let is = JsonKind::of(value).word();
        self.say(
            value,
            keyword,
            format!("expected {}, found {is}", expected.join(" or ")),
        );
    }

    fn constants(&mut self, schema: &'a Node, value: &Node) {
        let text = schema.get("type").and_then(Node::as_str) == Some("string");
        let fits = |constant: &Node| same(constant, value) || (text && same_text(constant, value));
        if let Some(constant) = schema.get("const").filter(|constant| !fits(constant)) {
            self.say(
                value,
                constant,
                "the value is not the constant of the schema",
            );
        }
        let listed = schema
            .get("enum")
            .filter(|listed| !listed.items().is_empty());
        if let Some(listed) = listed.filter(|listed| !listed.items().iter().any(fits)) {
            self.say(value, listed, "the value is not one of the listed values");
        }
    }

    fn text(&mut self, schema: &'a Node, value: &Node, text: &str) {
        self.sizes(schema, value, Kinds::STRING, text.chars().count());
        if let Some(keyword) = schema.get("format")
            && let Some(expected) = keyword.as_str().and_then(|name| format::broken(name, text))
        {
            self.say(value, keyword, format!("expected {expected}"));
        }
        let Some(keyword) = schema.get("pattern") else {
            return;
        };
        let pattern = keyword.as_str().unwrap_or_default();
        let regex = self.patterns.entry(pattern).or_insert_with(|| {
            // What can't be translated is said where it stands.
            Regex::new(&rust_pattern(pattern)?).ok()
        });
        if regex.as_ref().is_some_and(|regex| !regex.is_match(text)) {
            self.say(value, keyword, "the string does not match the pattern");
        }
    }

    fn number(&mut self, schema: &'a Node, value: &Node, number: NumberValue) {
        let given = float(number);
        let limit = |key: &str| {
            let keyword = schema.get(key)?;
            Some((keyword, float(keyword.as_number()?.value)))
        };
        let excludes = |key: Keyword| schema.get(key.name())?.as_bool();
        for keyword in Keyword::checked().filter(|keyword| keyword.limits() == Kinds::NUMBER) {
            let Some((node, bound)) = limit(keyword.name()) else {
                continue;
            };
            let is_exclusive = match keyword {
                Keyword::Minimum => excludes(Keyword::ExclusiveMinimum) == Some(true),
                Keyword::Maximum => excludes(Keyword::ExclusiveMaximum) == Some(true),
                _ => true,
            };
            let is_beyond = match keyword.merge() {
                Merge::Greatest => given < bound || (is_exclusive && given == bound),
                Merge::Least => given > bound || (is_exclusive && given == bound),
                _ => false,
            };
            if is_beyond {
                self.say(value, node, "the number is out of range");
            }
        }
        if let Some((keyword, step)) = limit("multipleOf").filter(|(_, step)| *step > 0.0) {
            let times = given / step;
            if (times - times.round()).abs() > 1e-9 * times.abs().max(1.0) {
                self.say(
                    value,
                    keyword,
                    "the number is not a multiple of `multipleOf`",
                );
            }
        }
        let format = schema.get("format");
        if let (Some(keyword), NumberValue::Int(whole)) = (format, number)
            && let Some((least, most)) = keyword.as_str().and_then(format::range)
            && !(least..=most).contains(&whole)
        {
            self.say(value, keyword, "the number does not fit its format");
        }
    }

    fn list(&mut self, schema: &'a Node, value: &Node, items: &[Node]) {
        self.sizes(schema, value, Kinds::ARRAY, items.len());
        let listed = schema.get("items").map(Node::items).unwrap_or_default();
        let first = schema.get("prefixItems").map_or(listed, Node::items);
        for (schema, item) in first.iter().zip(items) {
            self.schema(schema, item);
        }
        let rest = schema.get("items").filter(|items| items.items().is_empty());
        for item in items.iter().skip(first.len()) {
            rest.into_iter().for_each(|rest| self.schema(rest, item));
        }
        let unique = schema
            .get("uniqueItems")
            .filter(|keyword| keyword.as_bool() == Some(true));
        if let Some(keyword) = unique {
            let mut seen = Distinct::default();
            if let Some(item) = items.iter().find(|item| !seen.insert(item)) {
                self.say(item, keyword, "the item is repeated");
            }
        }
    }

    fn object(&mut self, schema: &'a Node, value: &Node) {
        let members = value.entries();
        self.sizes(schema, value, Kinds::OBJECT, members.len());
        let required = schema.get("required").map(Node::items).unwrap_or_default();
        for name in required.iter().filter_map(Node::as_str) {
            if value.get(name).is_none() && !self.is_left_out(schema, name) {
                let keyword = required.iter().find(|item| item.as_str() == Some(name));
                self.say(
                    value,
                    keyword.unwrap_or(schema),
                    format!("`{name}` is missing"),
                );
            }
        }
        let properties = schema.get("properties");
        let extra = schema.get("additionalProperties");
        let open = schema.get("patternProperties").is_some();
        for member in members {
            let name = member.key.text();
            match (properties.and_then(|known| known.get(name)), extra) {
                (Some(known), _) => self.schema(known, &member.value),
                (None, Some(extra)) if extra.as_bool() == Some(false) && !open => {
                    let what = format!("`{name}` is not a member of the schema");
                    self.say(&member.value, extra, what);
                }
                (None, Some(extra)) if !open => self.schema(extra, &member.value),
                _ => {}
            }
        }
    }

    /// Whether a required member does not travel to this side.
    fn is_left_out(&self, schema: &'a Node, name: &str) -> bool {
        let mut work = vec![schema];
        for _ in 0..DEEPEST {
            let Some(node) = work.pop() else { return false };
            let node = self.index.follow(node);
            if let Some(property) = node.get("properties").and_then(|known| known.get(name)) {
                let target = self.index.follow(property);
                let says = |key: &str| {
                    [property, target]
                        .iter()
                        .any(|node| node.get(key).and_then(Node::as_bool) == Some(true))
                };
                let left_out = match self.side {
                    Side::Request => says("readOnly"),
                    Side::Response => says("writeOnly"),
                    Side::Either => says("readOnly") || says("writeOnly"),
                };
                if left_out {
                    return true;
                }
            }
            work.extend(node.get("allOf").map(Node::items).unwrap_or_default());
        }
        false
    }

    fn combinations(&mut self, schema: &'a Node, value: &Node) {
        for part in schema.get("allOf").map(Node::items).unwrap_or_default() {
            self.schema(part, value);
        }
        for keyword in ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(|key| schema.get(key))
        {
            let branches = keyword.items();
            let tried: Vec<Vec<Problem>> = branches
                .iter()
                .map(|branch| self.attempt(branch, value))
                .collect();
            if tried.is_empty() || tried.iter().any(Vec::is_empty) {
                continue;
            }
            // The branch that was meant is most likely the one with the fewest problems.
            let nearest = tried.into_iter().min_by_key(Vec::len).unwrap_or_default();
            let why = nearest.first().map_or("", |problem| problem.what.as_str());
            // Alternatives may hold alternatives: what is innermost says most.
            let what = match why.starts_with(NO_ALTERNATIVE) {
                true => why.to_owned(),
                false => format!("{NO_ALTERNATIVE}; the closest one fails: {why}"),
            };
            self.say(value, keyword, what);
        }
        if let Some(not) = schema.get("not")
            && self.attempt(not, value).is_empty()
        {
            self.say(value, not, "the value matches the schema under `not`");
        }
    }

    /// Checks a size against the limits on values of one kind.
    fn sizes(&mut self, schema: &'a Node, value: &Node, kind: Kinds, size: usize) {
        let of = match kind {
            Kinds::STRING => "characters",
            Kinds::ARRAY => "items",
            _ => "members",
        };
        for keyword in Keyword::checked().filter(|keyword| keyword.limits() == kind) {
            let Some(node) = schema.get(keyword.name()) else {
                continue;
            };
            let Some(limit) = node.as_number().map(|number| float(number.value)) else {
                continue;
            };
            match keyword.merge() {
                Merge::Greatest if (size as f64) < limit => {
                    self.say(value, node, format!("{size} {of} are too few"));
                }
                Merge::Least if size as f64 > limit => {
                    self.say(value, node, format!("{size} {of} are too many"));
                }
                _ => {}
            }
        }
    }
}

fn float(number: NumberValue) -> f64 {
    match number {
        NumberValue::Int(value) => value as f64,
        NumberValue::Float(value) => value,
    }
}

/// Whether a constant that YAML reads as a number or a boolean is written like a text.
fn same_text(constant: &Node, value: &Node) -> bool {
    let as_text = match &constant.value {
        Value::Number(number) => number.text.text(),
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        _ => return false,
    };
    value.as_str() == Some(as_text)
}
