//! A row of the tables: a key of an object, and everything that is known about it.

use super::object::Object;
use super::{Support, Versions};

/// A key that an object may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// The key.
    pub(crate) key: &'static str,
    /// The kind of its value.
    pub(crate) kind: Kind,
    /// Whether it must be there.
    pub(crate) need: Need,
    /// The versions that have it.
    pub(crate) editions: Versions,
    /// The treatment by the generator.
    pub(crate) support: Support,
    /// The key of the same object that decides whether it has an effect, and the values with which it has.
    pub(crate) when: Option<(&'static str, &'static [&'static str])>,
    /// Where newer editions say the same, if they don't say it here.
    pub(crate) now: Option<&'static str>,
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Required,
    Optional,
}

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any value: an example, a default.
    Any,
    /// A string.
    Text,
    /// A URL, absolute or relative.
    Url,
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A whole number from 0.
    Size,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// A list of strings.
    Texts,
    /// A list of strings, each one of these.
    Choices(&'static [&'static str]),
    /// A list of anything.
    Values,
    /// An object of strings.
    TextMap,
    /// An object of lists of strings.
    TextsMap,
    /// An object of anything.
    Map,
    /// The name of a JSON type; since 3.1 a list of such names as well.
    Type,
    /// True or false, or what the inner object is.
    BooleanOr(Object),
    /// An object.
    One(Object),
    /// A list of objects.
    List(Object),
    /// Names, each with an object.
    MapOf(Object),
    /// One object or a list of them.
    OneOrList(Object),
}

/// A row: the key, its value, whether it is required, the editions that have it, and the support for it.
pub(super) const fn row(
    key: &'static str,
    kind: Kind,
    need: Need,
    editions: Versions,
    support: Support,
) -> Field {
    Field {
        key,
        kind,
        need,
        editions,
        support,
        when: None,
        now: None,
    }
}

impl Field {
    /// The same, with an effect only where another key has one of these values.
    pub(super) const fn when(self, key: &'static str, values: &'static [&'static str]) -> Self {
        Self {
            when: Some((key, values)),
            ..self
        }
    }

    /// The same, with the place where newer editions say it.
    pub(super) const fn now(self, place: &'static str) -> Self {
        Self {
            now: Some(place),
            ..self
        }
    }
}
