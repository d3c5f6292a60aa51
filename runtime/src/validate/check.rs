//! Walking a value and collecting what does not hold.

use std::collections::BTreeMap;

use super::{Limits, Measured, Violation, Violations};
use crate::Presence;

/// A value that knows its document's constraints.
pub trait Validate {
    /// Adds every violation to `check`. Types without constraints need not say anything.
    fn validate(&self, check: &mut Check) {
        let _ = check;
    }

    /// Checks the value on its own.
    ///
    /// # Errors
    /// Every violation that it has.
    fn ensure_valid(&self) -> Result<(), Violations> {
        let mut check = Check::new();
        self.validate(&mut check);
        check.finish()
    }
}

/// A check under way: where it is, and what it found.
#[derive(Debug)]
pub struct Check {
    /// Below the root.
    path: String,
    found: Violations,
}

impl Check {
    /// A check at the root, `$`.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self {
            path: String::new(),
            found: Violations::default(),
        }
    }

    /// Checks a member against its limits.
    pub fn limits(&mut self, name: &str, value: &dyn Measured, limits: Limits) {
        self.at(Key::Member(name), |check| check.measure(value, &limits));
    }

    /// Checks a value itself, rather than a member of it, against its limits.
    pub fn own_limits(&mut self, value: &dyn Measured, limits: Limits) {
        self.measure(value, &limits);
    }

    /// Checks each item of a list, or each value of a map, against the same limits.
    pub fn items<V>(&mut self, name: &str, value: &V, limits: Limits)
    where
        V: Each<Item: Measured> + ?Sized,
    {
        self.each(name, value, |check, item| check.measure(item, &limits));
    }

    /// Checks each item of a member in a way of its own: lists within lists.
    pub fn each<V: Each + ?Sized>(
        &mut self,
        name: &str,
        value: &V,
        visit: impl Fn(&mut Self, &V::Item),
    ) {
        self.at(Key::Member(name), |check| check.each_own(value, visit));
    }

    /// Checks each item of a value itself in a way of its own.
    pub fn each_own<V: Each + ?Sized>(&mut self, value: &V, visit: impl Fn(&mut Self, &V::Item)) {
        value.each(&mut |key, item| self.at(key, |check| visit(check, item)));
    }

    /// Checks a member that has constraints of its own.
    pub fn nested(&mut self, name: &str, value: &dyn Validate) {
        self.at(Key::Member(name), |check| value.validate(check));
    }

    /// Checks a value whose members are written beside this one's.
    pub fn flattened(&mut self, value: &dyn Validate) {
        value.validate(self);
    }

    /// Records a violation of a rule that limits cannot say, at a member or (with an empty name) here.
    pub fn violation(&mut self, name: &str, message: impl Into<String>) {
        let message = message.into();
        let add = |check: &mut Self| {
            check
                .found
                .push(Violation::new(format!("${}", check.path), message))
        };
        if name.is_empty() {
            add(self)
        } else {
            self.at(Key::Member(name), add)
        }
    }

    /// Ends the check.
    ///
    /// # Errors
    /// Every violation that was found.
    pub fn finish(self) -> Result<(), Violations> {
        if self.found.is_empty() {
            Ok(())
        } else {
            Err(self.found)
        }
    }

    fn measure(&mut self, value: &dyn Measured, limits: &Limits) {
        let Self { path, found } = self;
        limits.violations(&value.measure(), &mut |message| {
            found.push(Violation::new(format!("${path}"), message));
        });
    }

    pub(crate) fn at(&mut self, key: Key<'_>, check: impl FnOnce(&mut Self)) {
        let end = self.path.len();
        key.append(&mut self.path);
        check(self);
        self.path.truncate(end);
    }
}

/// A step of a JSON path.
#[derive(Clone, Copy, Debug)]
pub enum Key<'a> {
    /// A member of an object.
    Member(&'a str),
    /// An item of a list.
    Item(usize),
}

impl Key<'_> {
    fn append(self, path: &mut String) {
        match self {
            Self::Member(name) if is_plain(name) => {
                path.push('.');
                path.push_str(name);
            }
            Self::Member(name) => {
                path.push_str("[\"");
                path.extend(name.escape_debug());
                path.push_str("\"]");
            }
            Self::Item(at) => {
                path.push('[');
                path.push_str(&at.to_string());
                path.push(']');
            }
        }
    }
}

/// A name that a JSON path can have after a dot.
fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// A list or a map.
pub trait Each {
    /// The type of its items.
    type Item;

    /// Calls `visit` with each item and its key.
    fn each(&self, visit: &mut dyn FnMut(Key<'_>, &Self::Item));
}

impl<T> Each for Vec<T> {
    type Item = T;

    fn each(&self, visit: &mut dyn FnMut(Key<'_>, &T)) {
        for (at, item) in self.iter().enumerate() {
            visit(Key::Item(at), item);
        }
    }
}

impl<T> Each for BTreeMap<String, T> {
    type Item = T;

    fn each(&self, visit: &mut dyn FnMut(Key<'_>, &T)) {
        for (key, item) in self {
            visit(Key::Member(key), item);
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn validate(&self, check: &mut Check) {
        for (at, item) in self.iter().enumerate() {
            check.at(Key::Item(at), |check| item.validate(check));
        }
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn validate(&self, check: &mut Check) {
        for (key, item) in self {
            check.at(Key::Member(key), |check| item.validate(check));
        }
    }
}

macro_rules! through {
    ($($ty:ty => $to_option:expr;)*) => {$(
        impl<T: Each> Each for $ty {
            type Item = T::Item;

            fn each(&self, visit: &mut dyn FnMut(Key<'_>, &T::Item)) {
                let to_option: fn(&Self) -> Option<&T> = $to_option;
                if let Some(inner) = to_option(self) {
                    inner.each(visit);
                }
            }
        }

        impl<T: Validate> Validate for $ty {
            fn validate(&self, check: &mut Check) {
                let to_option: fn(&Self) -> Option<&T> = $to_option;
                if let Some(inner) = to_option(self) {
                    inner.validate(check);
                }
            }
        }
    )*};
}

through! {
    Option<T> => Option::as_ref;
    Presence<T> => Presence::as_ref;
    Box<T> => |inner| Some(inner);
    &T => |inner| Some(inner);
}

#[cfg(test)]
mod tests {
    use super::super::Members;
    use super::*;
    use crate::Secret;

    #[allow(clippy::box_collection)]
    struct Okta {
        host: String,
        timeout: Option<i32>,
        token: Presence<Secret<String>>,
        tags: Vec<String>,
        odd: BTreeMap<String, f64>,
        inner: Option<Box<Vec<Okta>>>,
    }

    impl Validate for Okta {
        fn validate(&self, check: &mut Check) {
            check.limits("host", &self.host, Limits::new().min_length(3));
            check.limits(
                "timeout",
                &self.timeout,
                Limits::new().minimum(5).maximum(600),
            );
            check.limits("token", &self.token, Limits::new().min_length(8));
            check.limits(
                "tags",
                &self.tags,
                Limits::new().max_items(2).unique_items(),
            );
            check.items("tags", &self.tags, Limits::new().max_length(4));
            check.items(
                "odd",
                &self.odd,
                Limits::new().multiple_of_float(0.1).exclusive_maximum(1),
            );
            check.nested("inner", &self.inner);
        }
    }

    fn okta() -> Okta {
        Okta {
            host: "ключ".into(),
            timeout: Some(30),
            token: "12345678".into(),
            tags: vec!["a".into()],
            odd: BTreeMap::from([("x".to_owned(), 0.3)]),
            inner: None,
        }
    }

    #[test]
    fn what_holds_is_silent() {
        assert_eq!(okta().ensure_valid(), Ok(()));
    }

    #[test]
    fn every_violation_is_found_with_its_path() {
        let bad = Okta {
            host: "é".into(),
            timeout: Some(4),
            token: "hunter2".into(),
            tags: vec!["a".into(), "toolong".into(), "a".into()],
            odd: BTreeMap::from([("a b".to_owned(), 1.05)]),
            inner: None,
        };
        let all = Okta {
            timeout: Some(601),
            inner: Some(Box::new(vec![okta(), bad])),
            ..okta()
        };
        let found = all.ensure_valid().unwrap_err();
        let lines: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "$.timeout: must be at most 600",
                "$.inner[1].host: must have at least 3 characters, has 1",
                "$.inner[1].timeout: must be at least 5",
                "$.inner[1].token: must have at least 8 characters, has 7",
                "$.inner[1].tags: must have at most 2 items, has 3",
                "$.inner[1].tags: items must differ, but 0 and 2 are equal",
                "$.inner[1].tags[1]: must have at most 4 characters, has 7",
                "$.inner[1].odd[\"a b\"]: must be less than 1",
                "$.inner[1].odd[\"a b\"]: must be a multiple of 0.1",
            ]
        );
        assert!(!found.to_string().contains("hunter2"));
    }

    #[test]
    fn items_of_items_and_members_are_counted() {
        let rows = Some(vec![
            vec!["a".to_owned()],
            vec!["b".to_owned(), "long".to_owned()],
        ]);
        let mut check = Check::new();
        check.each("rows", &rows, |check, row| {
            check.own_limits(row, Limits::new().max_items(1));
            check.each_own(row, |check, cell| {
                check.own_limits(cell, Limits::new().max_length(2));
            });
        });
        check.own_limits(&Members(1), Limits::new().min_properties(2));
        let found = check.finish().unwrap_err();
        let lines: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "$.rows[1]: must have at most 1 item, has 2",
                "$.rows[1][1]: must have at most 2 characters, has 4",
                "$: must have at least 2 members, has 1",
            ]
        );
    }

    #[test]
    fn a_value_has_limits_of_its_own_too() {
        let mut check = Check::new();
        check.own_limits(&"ab", Limits::new().max_length(1));
        let found = check.finish().unwrap_err();
        assert_eq!(found.to_string(), "$: must have at most 1 character, has 2");
    }

    #[cfg(feature = "pattern")]
    #[test]
    fn patterns_are_told_as_documented() {
        use super::super::Pattern;
        static DIGITS: Pattern = Pattern::new("^[0-9]+$", r"^\d+$");
        static BROKEN: Pattern = Pattern::new("(", "(");
        static BOTH: Pattern = Pattern::new("^[0-9]+$", r"^\d+$").and(&[("^..$", "^..$")]);
        let mut check = Check::new();
        check.limits("a", &"12", Limits::new().pattern(&DIGITS));
        check.limits("b", &"x", Limits::new().pattern(&DIGITS));
        check.limits("c", &"x", Limits::new().pattern(&BROKEN));
        check.limits("d", &"12", Limits::new().pattern(&BOTH));
        check.limits("e", &"123", Limits::new().pattern(&BOTH));
        check.limits("f", &"xy", Limits::new().pattern(&BOTH));
        assert_eq!(
            check.finish().unwrap_err().to_string(),
            "$.b: must match `^\\d+$`; $.e: must match `^..$`; $.f: must match `^\\d+$`"
        );
    }
}
