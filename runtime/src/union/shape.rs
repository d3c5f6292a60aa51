//! The shapes that distinguish the alternatives of an untagged union.

use serde_json::Value;

use super::content::tag_of;
use crate::Limits;
use crate::enumeration::Scalar;

/// A type of JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonType {
    /// Anything at all.
    Any,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// Text.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

/// The facts about an alternative that help to choose one.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    json: JsonType,
    required: &'static [&'static str],
    known: &'static [&'static str],
    consts: &'static [(&'static str, Scalar)],
    values: &'static [Scalar],
    /// Whether only those values fit.
    closed: bool,
    limits: Option<Limits>,
    items: Option<&'static Self>,
    /// The member that tells alternatives apart, and its texts for this one.
    tag: Option<(&'static str, &'static [&'static str])>,
    /// The alternatives, of which one must fit, where it is a choice itself.
    branches: &'static [Self],
}

impl Shape {
    /// Any value.
    pub const ANY: Self = Self::of(JsonType::Any);
    /// `null`.
    pub const NULL: Self = Self::of(JsonType::Null);
    /// A boolean.
    pub const BOOLEAN: Self = Self::of(JsonType::Boolean);
    /// An integer.
    pub const INTEGER: Self = Self::of(JsonType::Integer);
    /// A number.
    pub const NUMBER: Self = Self::of(JsonType::Number);
    /// A string.
    pub const STRING: Self = Self::of(JsonType::String);
    /// A list.
    pub const ARRAY: Self = Self::of(JsonType::Array);
    /// An object of which nothing is known.
    pub const OBJECT: Self = Self::of(JsonType::Object);

    /// Any value of a type.
    pub const fn of(json: JsonType) -> Self {
        Self {
            json,
            required: &[],
            known: &[],
            consts: &[],
            values: &[],
            closed: false,
            limits: None,
            items: None,
            tag: None,
            branches: &[],
        }
    }

    /// A choice among these alternatives.
    pub const fn any_of(branches: &'static [Self]) -> Self {
        Self {
            branches,
            ..Self::ANY
        }
    }

    /// A member that must be one of these texts.
    pub const fn tagged(self, member: &'static str, tags: &'static [&'static str]) -> Self {
        Self {
            tag: Some((member, tags)),
            ..self
        }
    }

    /// These values and no others.
    pub const fn constant(values: &'static [Scalar]) -> Self {
        Self {
            values,
            closed: true,
            ..Self::ANY
        }
    }

    /// An object with these required keys among these known keys.
    pub const fn object(required: &'static [&'static str], known: &'static [&'static str]) -> Self {
        Self {
            required,
            known,
            ..Self::OBJECT
        }
    }

    /// A list whose items have a shape.
    pub const fn array_of(items: &'static Self) -> Self {
        Self {
            items: Some(items),
            ..Self::ARRAY
        }
    }

    /// Members that must equal a constant where they are there.
    pub const fn with_consts(self, consts: &'static [(&'static str, Scalar)]) -> Self {
        Self { consts, ..self }
    }

    /// Values that the document lists; others still fit, but rank lower, since enumerations are open.
    pub const fn with_values(self, values: &'static [Scalar]) -> Self {
        Self { values, ..self }
    }

    /// Limits that tell a branch from others of the same type; a value beyond them still fits, but ranks lower.
    pub const fn with_limits(self, limits: Limits) -> Self {
        Self {
            limits: Some(limits),
            ..self
        }
    }

    /// The score of a value: none if it cannot be this alternative, else the more the better.
    pub(super) fn fit(&self, value: &Value) -> Option<Fit> {
        if !self.branches.is_empty() {
            return self
                .branches
                .iter()
                .filter_map(|branch| branch.fit(value))
                .max();
        }
        if !self.has_tag(value) {
            return None;
        }
        let typed = self.fits_type(value)?;
        let listed = self.values.iter().any(|constant| constant.is(value));
        if self.closed && !listed {
            return None;
        }
        let within = self.limits.is_none_or(|limits| limits.allow(value));
        let (mut consts, mut known) = (0_usize, 0);
        if let Value::Object(members) = value {
            if !self.required.iter().all(|key| members.contains_key(*key)) {
                return None;
            }
            for (key, constant) in self.consts {
                match members.get(*key) {
                    Some(member) if constant.is(member) => consts = consts.saturating_add(1),
                    Some(_) => return None,
                    None => {}
                }
            }
            known = self
                .known
                .iter()
                .filter(|key| members.contains_key(**key))
                .count();
        }
        if let (Some(shape), Value::Array(items)) = (self.items, value) {
            let worst = items.iter().map(|item| shape.fit(item)).min().flatten();
            known = if items.is_empty() { 0 } else { worst?.known };
        }
        Some(Fit {
            consts,
            listed,
            within,
            known,
            typed,
        })
    }

    /// Whether a value that may be written otherwise than its type is can be this alternative: what tells it from others
    /// must be there.
    pub(super) fn may_be_meant(&self, value: &Value) -> bool {
        if !self.branches.is_empty() {
            return self
                .branches
                .iter()
                .any(|branch| branch.may_be_meant(value));
        }
        if !self.has_tag(value) {
            return false;
        }
        let listed = || self.values.iter().any(|constant| constant.is(value));
        let named = self.required.iter().all(|key| value.get(*key).is_some());
        let contradicted = |(key, constant): &(&str, Scalar)| {
            value.get(*key).is_some_and(|member| !constant.is(member))
        };
        (!self.closed || listed()) && named && !self.consts.iter().any(contradicted)
    }

    /// The keys of a value that are known here.
    pub(super) fn known_in(&self, value: &Value) -> Vec<&'static str> {
        let branches = self.branches.iter();
        let best = branches.max_by_key(|branch| branch.fit(value));
        if let Some(best) = best {
            return best.known_in(value);
        }
        let known = self.known.iter().copied();
        known.filter(|key| value.get(*key).is_some()).collect()
    }

    fn has_tag(&self, value: &Value) -> bool {
        self.tag.is_none_or(|(member, tags)| {
            let found = value.get(member).and_then(tag_of);
            found.is_some_and(|found| tags.contains(&&*found))
        })
    }

    fn fits_type(&self, value: &Value) -> Option<Exactness> {
        let fits = match self.json {
            JsonType::Any => return Some(Exactness::Any),
            JsonType::Number => {
                return value.is_number().then_some(if value.is_f64() {
                    Exactness::Exact
                } else {
                    Exactness::Wider
                });
            }
            JsonType::Null => value.is_null(),
            JsonType::Boolean => value.is_boolean(),
            JsonType::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            JsonType::String => value.is_string(),
            JsonType::Array => value.is_array(),
            JsonType::Object => value.is_object(),
        };
        fits.then_some(Exactness::Exact)
    }
}

/// A rank, the most telling part first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    consts: usize,
    listed: bool,
    within: bool,
    known: usize,
    typed: Exactness,
}

/// The precision with which the JSON type was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exactness {
    Any,
    Wider,
    Exact,
}
