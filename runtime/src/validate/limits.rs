//! Constraints as data.

#[cfg(feature = "pattern")]
use super::Pattern;
use super::{Measure, Measured};

/// A number that bounds another.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Bound {
    Integer(i128),
    Float(f64),
}

/// The constraints of one value. Numbers of the document that have a fraction go into the `_float` methods.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    minimum: Option<Bound>,
    maximum: Option<Bound>,
    exclusive_minimum: Option<Bound>,
    exclusive_maximum: Option<Bound>,
    multiple_of: Option<Bound>,
    min_length: Option<u64>,
    max_length: Option<u64>,
    min_items: Option<u64>,
    max_items: Option<u64>,
    unique_items: bool,
    min_properties: Option<u64>,
    max_properties: Option<u64>,
    #[cfg(feature = "pattern")]
    pattern: Option<&'static Pattern>,
}

macro_rules! setters {
    ($($(#[$doc:meta])* $method:ident($value:ident: $ty:ty) $field:ident = $to:expr;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $method(mut self, $value: $ty) -> Self {
            self.$field = $to;
            self
        }
    )*};
}

impl Limits {
    /// No constraint.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self {
            minimum: None,
            maximum: None,
            exclusive_minimum: None,
            exclusive_maximum: None,
            multiple_of: None,
            min_length: None,
            max_length: None,
            min_items: None,
            max_items: None,
            unique_items: false,
            min_properties: None,
            max_properties: None,
            #[cfg(feature = "pattern")]
            pattern: None,
        }
    }

    setters! {
        /// The smallest number allowed.
        minimum(bound: i128) minimum = Some(Bound::Integer(bound));
        /// The smallest number allowed.
        minimum_float(bound: f64) minimum = Some(Bound::Float(bound));
        /// The largest number allowed.
        maximum(bound: i128) maximum = Some(Bound::Integer(bound));
        /// The largest number allowed.
        maximum_float(bound: f64) maximum = Some(Bound::Float(bound));
        /// The number must be larger.
        exclusive_minimum(bound: i128) exclusive_minimum = Some(Bound::Integer(bound));
        /// The number must be larger.
        exclusive_minimum_float(bound: f64) exclusive_minimum = Some(Bound::Float(bound));
        /// The number must be smaller.
        exclusive_maximum(bound: i128) exclusive_maximum = Some(Bound::Integer(bound));
        /// The number must be smaller.
        exclusive_maximum_float(bound: f64) exclusive_maximum = Some(Bound::Float(bound));
        /// The number must be a multiple.
        multiple_of(step: i128) multiple_of = Some(Bound::Integer(step));
        /// The number must be a multiple.
        multiple_of_float(step: f64) multiple_of = Some(Bound::Float(step));
        /// The least length of text, in characters.
        min_length(characters: u64) min_length = Some(characters);
        /// The greatest length of text, in characters.
        max_length(characters: u64) max_length = Some(characters);
        /// The least number of items.
        min_items(items: u64) min_items = Some(items);
        /// The greatest number of items.
        max_items(items: u64) max_items = Some(items);
        /// The least number of members.
        min_properties(members: u64) min_properties = Some(members);
        /// The greatest number of members.
        max_properties(members: u64) max_properties = Some(members);
    }

    /// No two items may be equal.
    #[must_use]
    pub const fn unique_items(mut self) -> Self {
        self.unique_items = true;
        self
    }

    /// The pattern that the text must match.
    #[cfg(feature = "pattern")]
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static Pattern) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// Calls `violation` with a message for each constraint that does not hold.
    pub(super) fn violations(&self, measure: &Measure<'_>, violation: &mut dyn FnMut(String)) {
        match measure {
            Measure::Nothing => {}
            Measure::Text(text) => {
                self.length(text.chars().count(), violation);
                self.matches(text, violation);
            }
            Measure::Length(characters) => self.length(*characters, violation),
            Measure::Integer(number) => self.number(Bound::Integer(*number), violation),
            Measure::Float(number) => self.number(Bound::Float(*number), violation),
            Measure::Items(items) => {
                count(
                    items.count(),
                    "item",
                    self.min_items,
                    self.max_items,
                    violation,
                );
                if let Some((one, two)) = items.duplicate().filter(|_| self.unique_items) {
                    violation(format!("items must differ, but {one} and {two} are equal"));
                }
            }
            Measure::Properties(members) => {
                count(
                    *members,
                    "member",
                    self.min_properties,
                    self.max_properties,
                    violation,
                );
            }
        }
    }

    /// Whether a value keeps to them.
    pub(crate) fn allow(&self, value: &dyn Measured) -> bool {
        let mut allowed = true;
        self.violations(&value.measure(), &mut |_| allowed = false);
        allowed
    }

    fn length(&self, characters: usize, violation: &mut dyn FnMut(String)) {
        count(
            characters,
            "character",
            self.min_length,
            self.max_length,
            violation,
        );
    }

    #[cfg(feature = "pattern")]
    fn matches(&self, text: &str, violation: &mut dyn FnMut(String)) {
        let unmatched = self.pattern.and_then(|pattern| pattern.unmatched(text));
        if let Some(pattern) = unmatched {
            violation(format!("must match `{pattern}`"));
        }
    }

    #[cfg(not(feature = "pattern"))]
    fn matches(&self, _: &str, _: &mut dyn FnMut(String)) {}

    fn number(&self, number: Bound, violation: &mut dyn FnMut(String)) {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let rules = [
            (self.minimum, "at least", &[Equal, Greater][..]),
            (self.maximum, "at most", &[Equal, Less][..]),
            (self.exclusive_minimum, "more than", &[Greater][..]),
            (self.exclusive_maximum, "less than", &[Less][..]),
        ];
        for (bound, words, allowed) in rules {
            let Some(bound) = bound else { continue };
            if !number
                .compare(bound)
                .is_some_and(|order| allowed.contains(&order))
            {
                violation(format!("must be {words} {}", bound.text()));
            }
        }
        if let Some(step) = self
            .multiple_of
            .filter(|step| !number.is_multiple_of(*step))
        {
            violation(format!("must be a multiple of {}", step.text()));
        }
    }
}

impl Bound {
    const fn float(self) -> f64 {
        match self {
            Self::Integer(number) => number as f64,
            Self::Float(number) => number,
        }
    }

    fn text(self) -> String {
        match self {
            Self::Integer(number) => number.to_string(),
            Self::Float(number) => number.to_string(),
        }
    }

    fn compare(self, other: Self) -> Option<std::cmp::Ordering> {
        match (self, other) {
            (Self::Integer(one), Self::Integer(two)) => Some(one.cmp(&two)),
            _ => self.float().partial_cmp(&other.float()),
        }
    }

    /// A step of zero is not a constraint: the generator refuses it, and nothing here may divide by it.
    fn is_multiple_of(self, step: Self) -> bool {
        match (self, step) {
            (Self::Integer(number), Self::Integer(step)) => {
                number.checked_rem(step).unwrap_or(0) == 0
            }
            _ => {
                let times = self.float() / step.float();
                step.float() == 0.0 || (times - times.round()).abs() < 1e-9 * times.abs().max(1.0)
            }
        }
    }
}

fn count(
    found: usize,
    unit: &str,
    least: Option<u64>,
    most: Option<u64>,
    violation: &mut dyn FnMut(String),
) {
    let found = u64::try_from(found).unwrap_or(u64::MAX);
    for (limit, words, broken) in [
        (least, "at least", least.is_some_and(|least| found < least)),
        (most, "at most", most.is_some_and(|most| found > most)),
    ] {
        if let Some(limit) = limit.filter(|_| broken) {
            let plural = if limit == 1 { "" } else { "s" };
            violation(format!(
                "must have {words} {limit} {unit}{plural}, has {found}"
            ));
        }
    }
}
