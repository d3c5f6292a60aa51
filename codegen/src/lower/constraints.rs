//! Limits on values, and their patterns in a syntax that is checked in linear time.

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::ir::{LimitPlaces, Limits, Literal, Origin, Pattern};
use crate::load::{Node, NumberValue, Value};

use super::Lowering;
use super::flat::Flat;
use crate::specification::Kinds;

/// Keywords that limit values.
const KEYWORDS: [&str; 13] = [
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

impl<'a> Lowering<'a> {
    /// The limits that a schema sets on values of one JSON type.
    pub(super) fn limits(&mut self, flat: &Flat<'a>, kind: Kinds) -> Limits {
        let places = self.limit_places(flat);
        if places.0.is_empty() {
            return Limits::NONE;
        }
        let mut limits = Limits {
            places,
            ..Limits::NONE
        };
        match kind {
            Kinds::STRING => {
                limits.min_length = self.size(flat, "minLength").filter(|least| *least > 0);
                limits.max_length = self.size(flat, "maxLength");
                limits.pattern = self.pattern(flat);
            }
            Kinds::INTEGER | Kinds::NUMBER => {
                (limits.minimum, limits.exclusive_minimum) =
                    bound(flat, "minimum", "exclusiveMinimum");
                (limits.maximum, limits.exclusive_maximum) =
                    bound(flat, "maximum", "exclusiveMaximum");
                limits.multiple_of = flat
                    .annotation("multipleOf")
                    .and_then(number)
                    .filter(is_positive);
            }
            Kinds::ARRAY => {
                limits.min_items = self.size(flat, "minItems").filter(|least| *least > 0);
                limits.max_items = self.size(flat, "maxItems");
                limits.unique_items = flat.flag("uniqueItems");
            }
            Kinds::OBJECT => {
                limits.min_properties = self.size(flat, "minProperties").filter(|least| *least > 0);
                limits.max_properties = self.size(flat, "maxProperties");
            }
            _ => {}
        }
        limits
    }

    /// Where keywords that limit values stand.
    fn limit_places(&self, flat: &Flat<'a>) -> LimitPlaces {
        let mut places: Vec<(&'static str, Origin)> = Vec::new();
        for entry in flat.nodes.iter().flat_map(|node| node.entries()) {
            let keyword = KEYWORDS.iter().find(|known| **known == entry.key.text());
            let is_set = |keyword: &str| places.iter().any(|(known, _)| *known == keyword);
            if let Some(keyword) = keyword.filter(|keyword| !is_set(keyword)) {
                places.push((keyword, self.origin(entry.value.span)));
            }
        }
        LimitPlaces(places)
    }

    fn size(&mut self, flat: &Flat<'a>, key: &str) -> Option<u64> {
        let node = flat.annotation(key)?;
        let size = match node.as_number().map(|number| number.value) {
            Some(NumberValue::Int(value)) => u64::try_from(value).ok(),
            Some(NumberValue::Float(value))
                if value.fract() == 0.0 && (0.0..=9e15).contains(&value) =>
            {
                Some(value as u64)
            }
            _ => None,
        };
        if size.is_none() {
            self.warn(
                Code::KeywordType,
                node.span,
                format!("`{key}` is not a whole number from 0"),
                "write a number; the limit is not checked",
            );
        }
        size
    }

    fn pattern(&mut self, flat: &Flat<'a>) -> Option<Arc<Pattern>> {
        let node = flat.annotation("pattern")?;
        let Value::String(ecma) = &node.value else {
            return None;
        };
        if let Some(known) = self.patterns.get(ecma) {
            return known.clone();
        }
        let translated = translate(ecma.text());
        let pattern = match translated {
            Ok(regex) => Some(Arc::new(Pattern {
                ecma: ecma.clone(),
                regex,
            })),
            Err(why) => {
                let (code, message, cure) = match why {
                    Untranslatable::Invalid => (
                        Code::InvalidPattern,
                        format!("`{}` is no regular expression of ECMA-262", ecma.text()),
                        "mend the pattern; it is not checked",
                    ),
                    Untranslatable::Backtracking => (
                        Code::UncheckedPattern,
                        format!("`{}` can't be checked in linear time", ecma.text()),
                        "avoid look-around and back references; it is documented and left to the server",
                    ),
                };
                self.warn(code, node.span, message, cure);
                None
            }
        };
        self.patterns.insert(ecma.clone(), pattern.clone());
        pattern
    }
}

/// A pattern of ECMA-262 in the syntax of the `regex` crate; none if it can't be checked in linear time.
pub(crate) fn rust_pattern(ecma: &str) -> Option<String> {
    translate(ecma).ok()
}

/// Why a pattern is not checked.
enum Untranslatable {
    /// It is no pattern.
    Invalid,
    /// It needs an engine that may take exponential time.
    Backtracking,
}

/// Largest compiled pattern that a client may hold, in bytes.
const LARGEST: usize = 1 << 20;

fn translate(ecma: &str) -> Result<String, Untranslatable> {
    let regex = jsonschema_regex::to_rust_regex(ecma).map(|regex| regex.into_owned());
    let fits = regex.ok().filter(|regex| {
        regex_syntax::ParserBuilder::new()
            .nest_limit(64)
            .build()
            .parse(regex)
            .is_ok_and(|parsed| {
                // Counted repetitions multiply; what would not fit is left to the server.
                cost(&parsed) < LARGEST / 64
            })
    });
    match fits {
        Some(regex) => Ok(regex),
        None if jsonschema_regex::is_valid_ecma_regex(ecma) => Err(Untranslatable::Backtracking),
        None => Err(Untranslatable::Invalid),
    }
}

/// How many states a pattern takes, roughly; saturating.
fn cost(pattern: &regex_syntax::hir::Hir) -> usize {
    use regex_syntax::hir::HirKind;
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(_) => 4,
        HirKind::Capture(capture) => cost(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts
            .iter()
            .fold(1, |sum, part| sum.saturating_add(cost(part))),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min).max(1) as usize;
            cost(&repetition.sub).saturating_mul(times)
        }
    }
}

/// An inclusive and an exclusive bound. Before 3.1 `exclusiveMinimum: true` makes `minimum` exclusive.
fn bound(flat: &Flat<'_>, inclusive: &str, exclusive: &str) -> (Option<Literal>, Option<Literal>) {
    let limit = flat.annotation(inclusive).and_then(number);
    match flat.annotation(exclusive) {
        Some(node) if node.as_bool() == Some(true) => (None, limit),
        Some(node) if node.as_number().is_some() => (limit, number(node)),
        _ => (limit, None),
    }
}

fn number(node: &Node) -> Option<Literal> {
    match node.as_number()?.value {
        NumberValue::Int(value) => Some(Literal::Int(value)),
        NumberValue::Float(value) => Some(Literal::Float(value)),
    }
}

fn is_positive(literal: &Literal) -> bool {
    match literal {
        Literal::Int(value) => *value > 0,
        Literal::Float(value) => *value > 0.0,
        _ => false,
    }
}
