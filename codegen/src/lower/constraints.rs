//! Limits on values, and their patterns in a syntax that is checked in linear time.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{LimitPlaces, Limits, Literal, Origin, Pattern};
use crate::load::{Node, NodeId, NumberValue, Value};
use crate::specification::{Keyword, Kinds, Merge, Support};

use super::Lowering;
use super::merged::MergedSchema;

impl<'a> Lowering<'a> {
    /// The limits that schemas set together on values of one JSON type: of several, the tightest holds.
    pub(super) fn limits(&mut self, merged: &MergedSchema<'a>, kind: Kinds) -> Limits {
        let kind = match kind {
            Kinds::INTEGER => Kinds::NUMBER,
            kind => kind,
        };
        let set = LimitsSet::of(merged, kind);
        if set.0.is_empty() {
            return Limits::NONE;
        }
        let mut limits = Limits {
            places: self.limit_places(&set),
            ..Limits::NONE
        };
        match kind {
            Kinds::STRING => {
                limits.min_length = self.size(&set, Keyword::MinLength);
                limits.max_length = self.size(&set, Keyword::MaxLength);
                limits.patterns = self.patterns(&set);
            }
            Kinds::NUMBER => {
                (limits.minimum, limits.exclusive_minimum) =
                    set.bounds(Keyword::Minimum, Keyword::ExclusiveMinimum);
                (limits.maximum, limits.exclusive_maximum) =
                    set.bounds(Keyword::Maximum, Keyword::ExclusiveMaximum);
                limits.multiple_of = self.step(&set);
            }
            Kinds::ARRAY => {
                limits.min_items = self.size(&set, Keyword::MinItems);
                limits.max_items = self.size(&set, Keyword::MaxItems);
                let mut unique = set.values(Keyword::UniqueItems);
                limits.unique_items = unique.any(|node| node.as_bool() == Some(true));
            }
            Kinds::OBJECT => {
                limits.min_properties = self.size(&set, Keyword::MinProperties);
                limits.max_properties = self.size(&set, Keyword::MaxProperties);
            }
            _ => {}
        }
        self.warn_impossible(&set);
        limits
    }

    /// Says that no value keeps the limits that several schemas set together. Those of one schema are looked at when
    /// documents are checked.
    fn warn_impossible(&mut self, set: &LimitsSet<'a>) {
        for (least, most, is_strict) in [
            (Keyword::MinLength, Keyword::MaxLength, false),
            (Keyword::MinItems, Keyword::MaxItems, false),
            (Keyword::MinProperties, Keyword::MaxProperties, false),
            (Keyword::Minimum, Keyword::Maximum, false),
            (Keyword::ExclusiveMinimum, Keyword::Maximum, true),
            (Keyword::Minimum, Keyword::ExclusiveMaximum, true),
            (Keyword::ExclusiveMinimum, Keyword::ExclusiveMaximum, true),
        ] {
            let (Some(low), Some(high)) = (set.tightest(least), set.tightest(most)) else {
                continue;
            };
            let (Some(from), Some(to)) = (number(low), number(high)) else {
                continue;
            };
            let order = from.order(&to);
            let is_possible = order == Ordering::Less || (order == Ordering::Equal && !is_strict);
            if is_possible || set.schema_of(low) == set.schema_of(high) {
                continue;
            }
            let (least, most) = (least.name(), most.name());
            let found = Diagnostic::warning(
                Code::ImpossibleLimits,
                low.span.max(high.span),
                format!("no value satisfies `{least}` and `{most}` of schemas that hold together"),
            );
            let found = found
                .related(low.span.min(high.span), "the other limit")
                .help("correct one of the limits");
            self.report.push(found);
        }
    }

    /// The place of each keyword: where several schemas have it, of the one that holds.
    fn limit_places(&self, set: &LimitsSet<'a>) -> LimitPlaces {
        let mut places: Vec<(Keyword, Origin)> = Vec::new();
        for Setting { keyword, .. } in &set.0 {
            let is_known = places.iter().any(|(known, _)| known == keyword);
            if let Some(node) = set.tightest(*keyword).filter(|_| !is_known) {
                places.push((*keyword, self.origin(node.span)));
            }
        }
        LimitPlaces(places)
    }

    /// A count; none where every count is allowed.
    fn size(&mut self, set: &LimitsSet<'a>, keyword: Keyword) -> Option<u64> {
        for node in set.values(keyword).filter(|node| count(node).is_none()) {
            self.warn(
                Code::KeywordType,
                node.span,
                format!("`{}` is not a non-negative integer", keyword.name()),
                ("write a number", "the limit is not checked"),
            );
        }
        let size = set.tightest(keyword).and_then(count)?;
        (keyword.merge() == Merge::Least || size > 0).then_some(size)
    }

    /// The step of which a number is a multiple: of several, the least that is a multiple of each.
    fn step(&mut self, set: &LimitsSet<'a>) -> Option<Literal> {
        let mut step: Option<Literal> = None;
        for node in set.values(Keyword::MultipleOf) {
            let Some(next) = number(node).filter(is_positive) else {
                continue;
            };
            step = match step {
                None => Some(next),
                Some(known) => Some(common_multiple(&known, &next).unwrap_or_else(|| {
                    self.one_alone(node);
                    known
                })),
            };
        }
        step
    }

    /// The patterns of a text, each once: all of them must match.
    fn patterns(&mut self, set: &LimitsSet<'a>) -> Vec<Arc<Pattern>> {
        let mut patterns: Vec<Arc<Pattern>> = Vec::new();
        for node in set.values(Keyword::Pattern) {
            let pattern = self.translated(node);
            patterns.extend(pattern.filter(|pattern| !patterns.contains(pattern)));
        }
        patterns
    }

    /// Says that of several steps that must hold together only the first is checked.
    fn one_alone(&mut self, other: &'a Node) {
        self.warn(
            Code::NotExpressed,
            other.span,
            "`multipleOf` limits the same values as another one does",
            ("combine both into one", "only the outermost one is checked"),
        );
    }

    fn translated(&mut self, node: &'a Node) -> Option<Arc<Pattern>> {
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
                let (code, message, help) = match why {
                    Untranslatable::Invalid => (
                        Code::InvalidPattern,
                        format!("invalid ECMA-262 regular expression `{}`", ecma.text()),
                        ("fix the pattern", "it is not checked"),
                    ),
                    Untranslatable::Large(size) => (
                        Code::UncheckedPattern,
                        format!(
                            "a pattern is too large to be checked: some {size} states, at most {STATES_AT_MOST}"
                        ),
                        (
                            "write a shorter one, or list the values below `enum`",
                            "the pattern is documented, but not checked",
                        ),
                    ),
                    Untranslatable::Backtracking => (
                        Code::UncheckedPattern,
                        format!("`{}` can't be checked in linear time", ecma.text()),
                        (
                            "avoid look-around and back references",
                            "the pattern is documented, but not checked",
                        ),
                    ),
                };
                self.warn(code, node.span, message, help);
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
    /// It is not a pattern.
    Invalid,
    /// It needs an engine that may take exponential time.
    Backtracking,
    /// It has so many states that a client would hold too much for it.
    Large(usize),
}

/// The greatest number of states of a pattern: a client holds some 64 bytes for each, for as long as it runs.
const STATES_AT_MOST: usize = (1 << 20) / 64;

fn translate(ecma: &str) -> Result<String, Untranslatable> {
    let regex = jsonschema_regex::to_rust_regex(ecma).map(|regex| regex.into_owned());
    let parsed = regex.ok().and_then(|regex| {
        let mut parser = regex_syntax::ParserBuilder::new().nest_limit(64).build();
        let parsed = parser.parse(&regex).ok()?;
        Some((regex, parsed))
    });
    match parsed {
        // Counted repetitions multiply; what would not fit is left to the server.
        Some((regex, parsed)) => match cost(&parsed) {
            size if size < STATES_AT_MOST => Ok(regex),
            size => Err(Untranslatable::Large(size)),
        },
        None if jsonschema_regex::is_valid_ecma_regex(ecma) => Err(Untranslatable::Backtracking),
        None => Err(Untranslatable::Invalid),
    }
}

/// The number of states of a pattern, roughly; saturating.
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

/// A keyword that sets a limit.
struct Setting<'a> {
    schema: NodeId,
    keyword: Keyword,
    value: &'a Node,
}

/// The limits on one JSON type that schemas set, the outermost schema first.
struct LimitsSet<'a>(Vec<Setting<'a>>);

impl<'a> LimitsSet<'a> {
    fn of(merged: &MergedSchema<'a>, kind: Kinds) -> Self {
        let mut settings = Vec::new();
        for node in merged.asserting() {
            for entry in node.entries() {
                let keyword = Keyword::of(entry.key.text());
                let limits = |keyword: &Keyword| {
                    keyword.support() == Support::Checked && keyword.limits() == kind
                };
                settings.extend(keyword.filter(limits).map(|keyword| Setting {
                    schema: node.id,
                    keyword,
                    value: &entry.value,
                }));
            }
        }
        Self(settings)
    }

    /// The schema that sets a value.
    fn schema_of(&self, value: &Node) -> Option<NodeId> {
        let mut settings = self.0.iter();
        let set = settings.find(|set| std::ptr::eq(set.value, value));
        set.map(|set| set.schema)
    }

    /// Each value of a keyword.
    fn values(&self, keyword: Keyword) -> impl Iterator<Item = &'a Node> {
        let settings = self.0.iter().filter(move |set| set.keyword == keyword);
        settings.map(|set| set.value)
    }

    /// The value of a keyword that holds; the first where none is tighter than another.
    fn tightest(&self, keyword: Keyword) -> Option<&'a Node> {
        let tighter = |next: &'a Node, known: &'a Node| match (number(next), number(known)) {
            (Some(next), Some(known)) => next.order(&known) == tighter(keyword),
            (next, known) => next.is_some() && known.is_none(),
        };
        let values = self.values(keyword);
        values.reduce(|known, next| if tighter(next, known) { next } else { known })
    }

    /// An inclusive and an exclusive bound. Before 3.1 `exclusiveMinimum: true` makes the `minimum` beside it exclusive.
    fn bounds(&self, inclusive: Keyword, exclusive: Keyword) -> (Option<Literal>, Option<Literal>) {
        let (mut at, mut beyond) = (None, None);
        for set in &self.0 {
            let excludes = || {
                let mut beside = self.0.iter().filter(|other| other.schema == set.schema);
                beside
                    .any(|other| other.keyword == exclusive && other.value.as_bool() == Some(true))
            };
            let bound: &mut Option<Literal> = match set.keyword {
                keyword if keyword == exclusive => &mut beyond,
                keyword if keyword == inclusive && excludes() => &mut beyond,
                keyword if keyword == inclusive => &mut at,
                _ => continue,
            };
            let holds = |next: &Literal| match bound {
                Some(known) => next.order(known) == tighter(inclusive),
                None => true,
            };
            if let Some(next) = number(set.value).filter(holds) {
                *bound = Some(next);
            }
        }
        (at, beyond)
    }
}

/// The order of two limits of a keyword, the tighter first.
fn tighter(keyword: Keyword) -> Ordering {
    match keyword.merge() {
        Merge::Least => Ordering::Less,
        _ => Ordering::Greater,
    }
}

/// The least number that is a multiple of both; none where it is not known to be one.
fn common_multiple(one: &Literal, other: &Literal) -> Option<Literal> {
    match (one, other) {
        (Literal::Int(one), Literal::Int(other)) => {
            let (mut divisor, mut rest) = (*one, *other);
            while rest != 0 {
                (divisor, rest) = (rest, divisor.checked_rem(rest)?);
            }
            Some(Literal::Int(one.checked_div(divisor)?.checked_mul(*other)?))
        }
        _ => {
            let (large, small) = match one.order(other) {
                Ordering::Less => (other, one),
                _ => (one, other),
            };
            let times = large.as_float() / small.as_float();
            ((times - times.round()).abs() < 1e-9).then(|| large.clone())
        }
    }
}

fn count(node: &Node) -> Option<u64> {
    match node.as_number()?.value {
        NumberValue::Int(value) => u64::try_from(value).ok(),
        NumberValue::Float(value) => {
            (value.fract() == 0.0 && (0.0..=9e15).contains(&value)).then_some(value as u64)
        }
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
