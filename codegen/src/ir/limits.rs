//! Limits on values.

use std::ops::Deref;
use std::sync::Arc;

use super::{Literal, Origin};
use crate::source::SpecStr;
use crate::specification::Keyword;

/// Limits on a value; checked before it is sent. Most values have none, which takes no room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints(Option<Box<Limits>>);

/// The limits of a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// Fewest characters.
    pub min_length: Option<u64>,
    /// Most characters.
    pub max_length: Option<u64>,
    /// A pattern, and others that hold as well.
    pub patterns: Vec<Arc<Pattern>>,
    /// Least value.
    pub minimum: Option<Literal>,
    /// Greatest value.
    pub maximum: Option<Literal>,
    /// The value must be greater than this.
    pub exclusive_minimum: Option<Literal>,
    /// The value must be less than this.
    pub exclusive_maximum: Option<Literal>,
    /// The value is a multiple of this.
    pub multiple_of: Option<Literal>,
    /// Fewest items.
    pub min_items: Option<u64>,
    /// Most items.
    pub max_items: Option<u64>,
    /// No two items are equal.
    pub unique_items: bool,
    /// Fewest members.
    pub min_properties: Option<u64>,
    /// Most members.
    pub max_properties: Option<u64>,
    /// Limits on each item of a list or each value of a map.
    pub items: Constraints,
    /// Where they are set.
    pub places: LimitPlaces,
}

/// Where limits are set, by keyword: often elsewhere than what they limit. Limits are the same wherever they are set.
#[derive(Clone, Debug, Default)]
pub struct LimitPlaces(pub Vec<(Keyword, Origin)>);

impl PartialEq for LimitPlaces {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl LimitPlaces {
    /// Where a keyword stands.
    pub fn of(&self, keyword: Keyword) -> Option<Origin> {
        let mut places = self.0.iter();
        places
            .find(|(known, _)| *known == keyword)
            .map(|(_, origin)| *origin)
    }
}

/// A pattern of the document that can be checked in linear time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// As the document has it: ECMA-262.
    pub ecma: SpecStr,
    /// The same in the syntax of the `regex` crate.
    pub regex: String,
}

/// The value of one limit.
#[derive(Clone, Debug, PartialEq)]
pub enum Limit<'a> {
    /// A number or a count.
    Number(Literal),
    /// The patterns of a text.
    Patterns(&'a [Arc<Pattern>]),
    /// It is set, and has no value.
    Set,
}

impl Limits {
    /// The limit that a keyword sets; none if it sets none, or is not a keyword that limits values.
    pub fn of(&self, keyword: Keyword) -> Option<Limit<'_>> {
        let count = |count: Option<u64>| Some(Literal::Int(count?.into()));
        let number = match keyword {
            Keyword::Pattern if self.patterns.is_empty() => return None,
            Keyword::Pattern => return Some(Limit::Patterns(&self.patterns)),
            Keyword::UniqueItems => return self.unique_items.then_some(Limit::Set),
            Keyword::MinLength => count(self.min_length),
            Keyword::MaxLength => count(self.max_length),
            Keyword::MinItems => count(self.min_items),
            Keyword::MaxItems => count(self.max_items),
            Keyword::MinProperties => count(self.min_properties),
            Keyword::MaxProperties => count(self.max_properties),
            Keyword::Minimum => self.minimum.clone(),
            Keyword::Maximum => self.maximum.clone(),
            Keyword::ExclusiveMinimum => self.exclusive_minimum.clone(),
            Keyword::ExclusiveMaximum => self.exclusive_maximum.clone(),
            Keyword::MultipleOf => self.multiple_of.clone(),
            _ => None,
        };
        number.map(Limit::Number)
    }

    /// No limits.
    pub const NONE: Self = Self {
        min_length: None,
        max_length: None,
        patterns: Vec::new(),
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        min_properties: None,
        max_properties: None,
        items: Constraints(None),
        places: LimitPlaces(Vec::new()),
    };
}

impl Constraints {
    /// Whether there is nothing to check.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl From<Limits> for Constraints {
    fn from(limits: Limits) -> Self {
        Self((limits != Limits::NONE).then(|| Box::new(limits)))
    }
}

impl Deref for Constraints {
    type Target = Limits;

    fn deref(&self) -> &Limits {
        static NONE: Limits = Limits::NONE;
        self.0.as_deref().unwrap_or(&NONE)
    }
}
