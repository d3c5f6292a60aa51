//! The tables have the keys that the official JSON Schemas of the specification have, and no others.

use std::collections::BTreeSet;

use super::{Edition, Need, Object, required};

const OFFICIAL: &str = include_str!("../../tests/full/keys.txt");

/// Keys that are in a table alone, and why.
const EXTRA: [(&str, &str, &str, &str); 8] = [
    (
        "2.0",
        "schema",
        "collectionFormat",
        "stays in schemas that parameters become",
    ),
    (
        "2.0",
        "schema",
        "allowEmptyValue",
        "stays in schemas that parameters become",
    ),
    (
        "3.0",
        "schema",
        "$ref",
        "the official schema has references apart",
    ),
    ("3.1", "schema", "summary", "may be beside a reference"),
    ("3.2", "schema", "summary", "may be beside a reference"),
    ("2.0", "items", "type", "required by the text alone"),
    ("3.1", "reference", "$ref", "required by the text alone"),
    ("3.2", "reference", "$ref", "required by the text alone"),
];

fn edition(name: &str) -> Edition {
    match name {
        "2.0" => Edition::V20,
        "3.0" => Edition::V30,
        "3.1" => Edition::V31,
        _ => Edition::V32,
    }
}

fn excused<'k>(version: &str, object: &str) -> BTreeSet<&'k str> {
    let excused = EXTRA.iter();
    excused
        .filter(|(of, name, ..)| (*of, *name) == (version, object))
        .map(|(_, _, key, _)| *key)
        .collect()
}

#[test]
fn tables_agree_with_the_official_schemas() {
    let mut objects = 0;
    for line in OFFICIAL.lines().filter(|line| !line.starts_with('#')) {
        let (head, keys) = line.split_once(": ").expect("an object and its keys");
        let (version, name) = head.split_once(' ').expect("a version and an object");
        let object = Object::ALL
            .into_iter()
            .find(|object| object.name() == name)
            .expect("an object");
        let official: BTreeSet<&str> = keys
            .split(' ')
            .map(|key| key.trim_end_matches('*'))
            .collect();
        let ours: BTreeSet<&str> = super::keys(object, edition(version))
            .filter(|key| !key.starts_with("x-"))
            .collect();
        let mut expected = official.clone();
        let extra = excused(version, name);
        expected.extend(extra.iter().copied());
        assert_eq!(ours, expected, "{head}");

        let starred: BTreeSet<&str> = keys
            .split(' ')
            .filter_map(|key| key.strip_suffix('*'))
            .collect();
        let needed: BTreeSet<&str> = required(object, edition(version))
            .iter()
            .filter(|field| field.need == Need::Required && field.when.is_none())
            .map(|field| field.key)
            .filter(|key| !extra.contains(key))
            .filter(|key| !key.starts_with("x-"))
            .collect();
        assert_eq!(needed, starred, "{head}");
        objects += 1;
    }
    assert!(objects > 80, "{objects}");
}
