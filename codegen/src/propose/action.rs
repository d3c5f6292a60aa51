//! The actions of an overlay, and its text.

use std::fmt::Write as _;

use serde_json::Value;

/// A change to what a path selects.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Action {
    target: String,
    change: Change,
    why: String,
}

/// The change.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Change {
    Update(Value),
    Remove,
}

impl Action {
    pub(super) fn new(target: String, change: Change, why: &str) -> Self {
        Self {
            target,
            change,
            why: why.to_owned(),
        }
    }
}

impl Action {
    /// Whether both change the same in the same way, whatever the reason.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        (&self.target, &self.change) == (&other.target, &other.change)
    }
}

/// Keys whose values are lists, so that a number below them is a position.
const LISTS: [&str; 10] = [
    "parameters",
    "allOf",
    "oneOf",
    "anyOf",
    "tags",
    "servers",
    "enum",
    "prefixItems",
    "security",
    "required",
];

/// The JSONPath of a pointer.
pub(super) fn path(pointer: &str) -> String {
    let mut path = "$".to_owned();
    let mut before = String::new();
    for segment in pointer.split('/').skip(1) {
        let segment = segment.replace("~1", "/").replace("~0", "~");
        let is_position = LISTS.contains(&before.as_str()) && segment.parse::<usize>().is_ok();
        let is_plain = segment.starts_with(|first: char| first.is_ascii_alphabetic())
            && segment
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        // Writing to a string does not fail.
        _ = match (is_position, is_plain) {
            (true, _) => write!(path, "[{segment}]"),
            (false, true) => write!(path, ".{segment}"),
            (false, false) => write!(path, "[{}]", quoted(&segment)),
        };
        before = segment;
    }
    path
}

/// A text as JSONPath has it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = "'".to_owned();
    for letter in text.chars() {
        match letter {
            '\'' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                _ = write!(quoted, "\\u{:04x}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('\'');
    quoted
}

/// The text of an overlay of the document of this name. Values are written as JSON, which YAML reads as it is.
pub(super) fn overlay(entry: &str, actions: &[Action]) -> String {
    let json = |text: &str| Value::from(text).to_string();
    let title = json(&format!("Proposed for {entry}"));
    let mut text = format!("overlay: 1.1.0\ninfo: {{ title: {title}, version: '1' }}\nactions:\n");
    for Action {
        target,
        change,
        why,
    } in actions
    {
        text.push_str(&format!("  - target: {}\n", json(target)));
        text.push_str(&format!("    description: {}\n", json(why)));
        text.push_str(&match change {
            Change::Update(value) => format!("    update: {value}\n"),
            Change::Remove => "    remove: true\n".to_owned(),
        });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_select_what_pointers_name() {
        let json = serde_json::json!({
            "paths": {"/pets/{id}": {"get": {"tags": ["a'b"], "responses": {"200": 1}}}},
            "tags": [{"name": "x"}], "a~b": {"": 2},
        });
        for (pointer, path_of) in [
            ("", "$"),
            ("/paths/~1pets~1{id}/get", "$.paths['/pets/{id}'].get"),
            (
                "/paths/~1pets~1{id}/get/tags/0",
                "$.paths['/pets/{id}'].get.tags[0]",
            ),
            (
                "/paths/~1pets~1{id}/get/responses/200",
                "$.paths['/pets/{id}'].get.responses['200']",
            ),
            ("/tags/0/name", "$.tags[0].name"),
            ("/a~0b/", "$['a~b']['']"),
        ] {
            assert_eq!(path(pointer), path_of);
            let parsed = serde_json_path::JsonPath::parse(&path(pointer)).expect("a path");
            let found = parsed.query(&json).exactly_one().expect("one node");
            assert_eq!(Some(found), json.pointer(pointer));
        }
        assert_eq!(quoted("a'b\\\n"), r"'a\'b\\\u000a'");
    }
}
