//! Choosing the branch of an untagged union.

use std::cmp::Reverse;

use serde::de;
use serde_json::Value;

use super::{Content, Error, Shape};
use crate::tolerance;

/// A branch: what tells it apart, and how it is read.
///
/// `(Shape::object(&["id"], &["id", "name"]), |content| content.read(Pet::Cat))`
pub type Branch<T> = (Shape, fn(&Content) -> Result<T, Error>);

impl Content {
    /// Reads the first branch that decodes, trying those that fit best first: the JSON type must fit, required keys
    /// must be there and constants equal; then most constants, listed values and known keys count, then the order.
    ///
    /// # Errors
    /// That of the best branch if none decodes; or that none fits.
    pub fn choose<T, E: de::Error>(&self, branches: &[Branch<T>]) -> Result<T, E> {
        if self.is_held() {
            let keeps = is_kept::<E>();
            return self.choose_tolerantly(branches, keeps).map_err(E::custom);
        }
        let mut first = None;
        for at in ranked(self.value(), branches.iter().map(|(shape, _)| shape)) {
            let Some((_, read)) = branches.get(at) else {
                continue;
            };
            match read(self) {
                Ok(branch) => return Ok(branch),
                Err(error) => first = first.or(Some(error)),
            }
        }
        Err(E::custom(first.unwrap_or_else(|| none_fits(self.value()))))
    }
}

impl Content {
    /// The same for alternatives that may hold together. Where another one that fits has members that the one that is
    /// read does not know, none is read: the members would be lost.
    ///
    /// # Errors
    /// That of the best branch if none decodes; or that none fits alone.
    pub fn choose_whole<T, E: de::Error>(&self, branches: &[Branch<T>]) -> Result<T, E> {
        let shapes = || branches.iter().map(|(shape, _)| shape);
        let fitting = ranked(self.value(), shapes());
        let known = |at: &usize| {
            branches
                .get(*at)
                .map(|(shape, _)| shape.known_in(self.value()))
        };
        let mut known = fitting.iter().filter_map(known);
        let best = known.next().unwrap_or_default();
        if known.any(|other| other.iter().any(|key| !best.contains(key))) {
            return Err(E::custom("several alternatives hold together"));
        }
        self.choose(branches)
    }
}

/// Whether a value that fits no alternative is kept as it is: then the union's own error is asked for.
fn is_kept<E>() -> bool {
    std::any::type_name::<E>() == std::any::type_name::<Error>()
}

impl Content {
    /// Reads an alternative that fits as it is, else the only one that does with corrections. Where a value that fits
    /// none is kept, nothing is corrected: it would be read otherwise only because another place departs.
    #[cold]
    fn choose_tolerantly<T>(&self, branches: &[Branch<T>], is_kept: bool) -> Result<T, Error> {
        let mark = tolerance::mark();
        let mut first = None;
        for at in ranked(self.value(), branches.iter().map(|(shape, _)| shape)) {
            let Some((_, read)) = branches.get(at) else {
                continue;
            };
            match tolerance::exactly(|| read(self)) {
                Ok(branch) => return Ok(branch),
                Err(error) => first = first.or(Some(error)),
            }
            tolerance::rewind(&mark);
        }
        let mut found = None;
        if !is_kept && tolerance::tolerates() {
            for (shape, read) in branches {
                if !shape.may_be_meant(self.value()) {
                    continue;
                }
                match read(self) {
                    Ok(_) if found.is_some() => {
                        tolerance::rewind(&mark);
                        let message = "several alternatives can be meant";
                        return Err(Error::at("", message));
                    }
                    Ok(branch) => found = Some((branch, tolerance::taken_since(&mark))),
                    Err(error) => first = first.or(Some(error)),
                }
                tolerance::rewind(&mark);
            }
        }
        match found {
            Some((branch, departures)) => {
                tolerance::put(departures);
                Ok(branch)
            }
            None => Err(first.unwrap_or_else(|| none_fits(self.value()))),
        }
    }
}

/// The positions of the shapes that fit, best first.
fn ranked<'a>(value: &Value, shapes: impl Iterator<Item = &'a Shape>) -> Vec<usize> {
    let fits = shapes
        .enumerate()
        .filter_map(|(at, shape)| Some((shape.fit(value)?, at)));
    let mut ranked: Vec<_> = fits.collect();
    ranked.sort_by_key(|(fit, at)| (Reverse(*fit), *at));
    ranked.into_iter().map(|(_, at)| at).collect()
}

fn none_fits(value: &Value) -> Error {
    let found = match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "a boolean".to_owned(),
        Value::Number(_) => "a number".to_owned(),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(members) => {
            let keys: Vec<_> = members.keys().take(8).map(String::as_str).collect();
            format!(
                "an object with {}",
                if keys.is_empty() {
                    "no members".to_owned()
                } else {
                    keys.join(", ")
                }
            )
        }
    };
    Error::at("", format_args!("no alternative fits: found {found}"))
}

#[cfg(test)]
mod tests {
    use super::super::content;
    use super::*;
    use crate::enumeration::Scalar;
    use serde::{Deserialize, Deserializer};

    #[derive(Debug, PartialEq, Deserialize)]
    struct Named {
        id: u32,
        #[serde(default)]
        name: Option<String>,
    }

    #[derive(Debug, PartialEq)]
    enum Either {
        Bare(u32),
        Named(Named),
        Kind(Named),
        List(Vec<u32>),
        Names(Vec<String>),
        Text(String),
        Ratio(f64),
    }

    const BRANCHES: &[Branch<Either>] = &[
        (Shape::INTEGER, |content| content.read(Either::Bare)),
        (Shape::object(&["id"], &["id", "name"]), |content| {
            content.read(Either::Named)
        }),
        (
            Shape::object(&["id"], &["id"]).with_consts(&[("kind", Scalar::Str("k"))]),
            |content| content.read(Either::Kind),
        ),
        (Shape::array_of(&Shape::INTEGER), |content| {
            content.read(Either::List)
        }),
        (Shape::array_of(&Shape::STRING), |content| {
            content.read(Either::Names)
        }),
        (Shape::STRING, |content| content.read(Either::Text)),
        (Shape::NUMBER, |content| content.read(Either::Ratio)),
    ];

    impl<'de> Deserialize<'de> for Either {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            content(deserializer)?.choose(BRANCHES)
        }
    }

    fn read(json: &str) -> Result<Either, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn the_best_fit_wins() {
        let one = || Named { id: 1, name: None };
        assert_eq!(read("7"), Ok(Either::Bare(7)));
        assert_eq!(read("7.5"), Ok(Either::Ratio(7.5)));
        assert_eq!(read(r#""7""#), Ok(Either::Text("7".into())));
        assert_eq!(read(r#"{"id":1}"#), Ok(Either::Named(one())));
        assert_eq!(read(r#"{"id":1,"kind":"k"}"#), Ok(Either::Kind(one())));
        assert_eq!(read(r#"{"id":1,"kind":"other"}"#), Ok(Either::Named(one())));
        assert_eq!(read("[1]"), Ok(Either::List(vec![1])));
        assert_eq!(read(r#"["a"]"#), Ok(Either::Names(vec!["a".into()])));
        assert_eq!(read("[]"), Ok(Either::List(vec![])));
    }

    #[test]
    fn limits_and_constants_tell_values_of_one_type_apart() {
        const AUTO: Scalar = Scalar::Str("auto");
        let shapes = [
            Shape::STRING.with_limits(crate::Limits::new().max_length(2)),
            Shape::STRING.with_limits(crate::Limits::new().min_length(3)),
            Shape::constant(&[AUTO]),
        ];
        let best = |text: &str| ranked(&text.into(), shapes.iter()).first().copied();
        assert_eq!(best("ab"), Some(0));
        assert_eq!(best("abc"), Some(1));
        assert_eq!(best("auto"), Some(2));
        assert_eq!(ranked(&Value::from(1), shapes.iter()), [0; 0]);
    }

    #[test]
    fn members_of_several_alternatives_are_not_lost() {
        let both: &[Branch<Value>] = &[
            (Shape::object(&["a"], &["a"]), |content| {
                content.read(|value| value)
            }),
            (Shape::object(&["b"], &["b", "c"]), |content| {
                content.read(|value| value)
            }),
        ];
        let read = |json: &str| {
            let content = content(&mut serde_json::Deserializer::from_str(json)).unwrap();
            content.choose_whole::<_, Error>(both).is_ok()
        };
        assert!(read(r#"{"a":1}"#));
        assert!(read(r#"{"b":1,"c":2,"x":3}"#));
        assert!(read(r#"{"a":1,"c":2}"#));
        assert!(!read(r#"{"a":1,"b":2}"#));
    }

    #[test]
    fn whole_numbers_may_have_a_fraction() {
        assert_eq!(read("7.0"), Ok(Either::Bare(7)));
        assert_eq!(read("1e3"), Ok(Either::Bare(1000)));
        assert_eq!(read("[1.0, 2]"), Ok(Either::List(vec![1, 2])));
    }

    #[test]
    fn the_best_branch_explains_the_failure() {
        let error = read(r#"{"id":1,"name":2}"#).unwrap_err();
        assert!(
            error.starts_with("at `name`: invalid type: integer `2`"),
            "{error}"
        );
        let error = read(r#"{"x":1}"#).unwrap_err();
        assert!(
            error.starts_with("no alternative fits: found an object with x"),
            "{error}"
        );
        // A number too large for the first branch is still a number.
        assert_eq!(read("5000000000"), Ok(Either::Ratio(5e9)));
    }
}
