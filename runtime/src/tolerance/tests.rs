//! Kinds of departures, in every place that a type can have.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use self::enums::{Kind, Size};
use super::*;
use crate::union::{self, Branch, Shape};
use crate::{Base64, Deserialize, IntegerEnum, Presence, Secret, StringEnum, Unknown};

#[allow(
    unreachable_pub,
    reason = "the macros write `pub`, as generated types are"
)]
mod enums {
    use super::*;

    #[derive(Clone, Debug, PartialEq, Eq, Hash, StringEnum)]
    pub(super) enum Kind {
        #[wire("cat")]
        Cat,
        #[wire("1")]
        One,
        #[wire(unknown)]
        Unknown(Unknown<String>),
    }

    #[derive(Clone, Debug, PartialEq, Eq, Hash, IntegerEnum)]
    pub(super) enum Size {
        #[wire(1, "small")]
        Small,
        #[wire(2, "large")]
        Large,
        #[wire(unknown)]
        Unknown(Unknown<Value>),
    }
}

mod corrections;
mod places;
mod random;
mod shapes;
mod unions;

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Pet {
    id: i64,
    name: String,
    tags: Vec<String>,
    labels: BTreeMap<String, String>,
    #[wire(nullable)]
    owner: Option<Owner>,
    active: bool,
    weight: Option<f64>,
    kind: Option<Kind>,
    size: Option<Size>,
    note: Presence<String>,
    #[wire(default = "5")]
    rank: i32,
    photo: Option<Base64>,
    token: Option<Secret<String>>,
    #[wire(read = "any")]
    any: Option<Value>,
    born: Option<crate::Date>,
    seen: Option<crate::DateTime>,
    uuid: Option<uuid::Uuid>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Owner {
    name: Option<String>,
    age: Option<u8>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Names(Vec<String>);

fn tolerant() -> Rules {
    Rules {
        reading: Reading::Tolerant,
        ..Rules::default()
    }
}

fn read_by<T: DeserializeOwned>(
    json: &str,
    rules: &Rules,
) -> Result<(T, Vec<String>), Vec<String>> {
    let tree = parse(json).expect("JSON");
    let shown = |departures: &[Departure]| departures.iter().map(ToString::to_string).collect();
    match read(&tree, rules) {
        Outcome::Read(value, departures) => Ok((value, shown(&departures))),
        Outcome::Failed(departures, failures) => {
            assert!(!failures.is_empty());
            Err(shown(&departures))
        }
    }
}

fn lenient<T: DeserializeOwned>(json: &str) -> Result<(T, Vec<String>), Vec<String>> {
    read_by(json, &tolerant())
}

/// A pet of which one member is this; `null` for the member's name leaves it out.
fn pet(member: &str, json: &str) -> String {
    let mut members = BTreeMap::from([
        ("id", "1"),
        ("name", "\"n\""),
        ("tags", "[]"),
        ("labels", "{}"),
        ("owner", "null"),
        ("active", "true"),
        ("rank", "1"),
    ]);
    match json {
        "-" => _ = members.remove(member),
        json => _ = members.insert(member, json),
    }
    let members = members
        .iter()
        .map(|(name, json)| format!("\"{name}\":{json}"));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}
