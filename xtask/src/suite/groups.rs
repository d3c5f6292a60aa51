//! The groups of the suite, as components of a document.

use std::fs;
use std::path::Path;

use countersign::failure::Failure;
use countersign_codegen::specification::{Keyword, Kinds};
use serde_json::Value;

/// A schema of the suite with its instances.
pub(super) struct Group {
    /// The name of its component.
    pub(super) name: String,
    /// Its file and its subject.
    pub(super) title: String,
    pub(super) schema: Value,
    /// The subject of each, and the instance.
    pub(super) valid: Vec<(String, Value)>,
    /// The same for those that it does not allow.
    pub(super) invalid: Vec<(String, Value)>,
    /// The keywords of which the generator says that they are not checked.
    pub(super) unchecked: Vec<String>,
    /// Whether its dialect is one that the suite makes up.
    pub(super) has_own_dialect: bool,
}

/// The dialect that documents of OpenAPI 3.1 build on.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The formats that readers assert: see docs/wire.md.
const ASSERTED: [&str; 5] = ["date", "date-time", "uuid", "ipv4", "ipv6"];

/// The keywords that readers leave open: see docs/wire.md.
const OPEN: [&str; 8] = [
    "enum",
    "const",
    "oneOf",
    "anyOf",
    "prefixItems",
    "patternProperties",
    "additionalProperties",
    "unevaluatedProperties",
];

impl Group {
    /// Whether the schema has a keyword that readers leave open.
    pub(super) fn is_open(&self) -> bool {
        has_any(&self.schema, &OPEN)
    }

    /// Whether the schema itself has a format that readers assert.
    pub(super) fn has_asserted_format(&self) -> bool {
        let format = self.schema.get("format").and_then(Value::as_str);
        format.is_some_and(|format| ASSERTED.contains(&format))
    }

    /// Leaves out the instances of a kind that no keyword of the schema speaks of; the number of them.
    pub(super) fn leave_out_others(&mut self) -> usize {
        let before = self.valid.len();
        let kinds = kinds_of(&self.schema);
        self.valid
            .retain(|(_, value)| kinds.is_none() || kinds.has(kind_of(value)));
        before - self.valid.len()
    }
}

fn has_any(schema: &Value, keywords: &[&str]) -> bool {
    match schema {
        Value::Object(members) => members
            .iter()
            .any(|(key, member)| keywords.contains(&key.as_str()) || has_any(member, keywords)),
        Value::Array(items) => items.iter().any(|item| has_any(item, keywords)),
        _ => false,
    }
}

/// The kinds that the keywords of a schema speak of; none where one speaks of all.
fn kinds_of(schema: &Value) -> Kinds {
    let mut kinds = Kinds::NONE;
    for name in schema
        .as_object()
        .into_iter()
        .flat_map(|members| members.keys())
    {
        match (name.as_str(), Keyword::of(name).map(Keyword::limits)) {
            ("format", _) => kinds = kinds.with(Kinds::STRING),
            (_, Some(Kinds::ANY)) => return Kinds::NONE,
            (_, Some(limits)) => kinds = kinds.with(limits),
            (_, None) => {}
        }
    }
    kinds
}

fn kind_of(value: &Value) -> Kinds {
    match value {
        Value::Null => Kinds::NULL,
        Value::Bool(_) => Kinds::BOOLEAN,
        Value::Number(_) => Kinds::NUMBER,
        Value::String(_) => Kinds::STRING,
        Value::Array(_) => Kinds::ARRAY,
        Value::Object(_) => Kinds::OBJECT,
    }
}

/// Every group of the files of a folder, in the order of their names.
pub(super) fn all(folder: &Path, only: &str) -> Result<Vec<Group>, Failure> {
    let failed = |error: std::io::Error| Failure::Failed(format!("{}: {error}", folder.display()));
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut files = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(failed)?;
    files.retain(|file| file.extension().is_some_and(|kind| kind == "json"));
    files.sort();
    let mut groups = Vec::new();
    for file in files {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        if !stem.contains(only) {
            continue;
        }
        let text = fs::read_to_string(&file).map_err(failed)?;
        let read: Value = serde_json::from_str(&text)
            .map_err(|error| Failure::Failed(format!("{}: {error}", file.display())))?;
        for group in read.as_array().into_iter().flatten() {
            let name = format!("Group{}", groups.len() + 1);
            groups.push(of(name, &stem, group));
        }
    }
    Ok(groups)
}

fn of(name: String, stem: &str, group: &Value) -> Group {
    let text = |value: &Value| value["description"].as_str().unwrap_or_default().to_owned();
    let mut schema = group["schema"].clone();
    let members = schema.as_object_mut();
    // The document's own dialect is the same one, but for those that the suite makes up.
    let dialect = members.and_then(|members| members.remove("$schema"));
    let has_own_dialect = dialect.is_some_and(|dialect| dialect != DIALECT);
    point(&mut schema, &format!("#/components/schemas/{name}"));
    let tests = group["tests"].as_array().into_iter().flatten();
    let instances = |valid: bool| {
        let those = tests.clone();
        let those = those.filter(move |test| test["valid"].as_bool() == Some(valid));
        those
            .map(|test| (text(test), test["data"].clone()))
            .collect()
    };
    Group {
        valid: instances(true),
        invalid: instances(false),
        unchecked: Vec::new(),
        has_own_dialect,
        title: format!("{stem}: {}", text(group)),
        name,
        schema,
    }
}

/// References to the root of the schema lead to its component.
fn point(schema: &mut Value, root: &str) {
    match schema {
        Value::Object(members) => {
            for (key, member) in members {
                match member.as_str().and_then(|text| text.strip_prefix('#')) {
                    Some(pointer)
                        if key == "$ref" && (pointer.is_empty() || pointer.starts_with('/')) =>
                    {
                        *member = format!("{root}{pointer}").into();
                    }
                    _ => point(member, root),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| point(item, root)),
        _ => {}
    }
}

/// Whether two values are the same to JSON Schema: `1` and `1.0` are.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, a)| other.get(key).is_some_and(|b| is_same(a, b)))
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_group_becomes_a_component() {
        let group = of(
            "Group7".to_owned(),
            "ref",
            &json!({
                "description": "root pointer",
                "schema": {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "properties": { "foo": { "$ref": "#" }, "bar": { "$ref": "#/$defs/a" } },
                },
                "tests": [
                    { "description": "match", "data": { "foo": 1 }, "valid": true },
                    { "description": "mismatch", "data": 1, "valid": false },
                ],
            }),
        );
        assert_eq!(group.title, "ref: root pointer");
        assert_eq!(group.valid, [("match".to_owned(), json!({ "foo": 1 }))]);
        assert_eq!(group.invalid, [("mismatch".to_owned(), json!(1))]);
        let properties = json!({
            "foo": { "$ref": "#/components/schemas/Group7" },
            "bar": { "$ref": "#/components/schemas/Group7/$defs/a" },
        });
        assert_eq!(group.schema, json!({ "properties": properties }));
    }

    #[test]
    fn instances_of_kinds_without_a_keyword_are_left_out() {
        let mut group = of(
            "Group1".to_owned(),
            "required",
            &json!({ "schema": { "required": ["a"] }, "tests": [
                { "data": { "a": 1 }, "valid": true },
                { "data": [], "valid": true },
            ] }),
        );
        assert_eq!(group.leave_out_others(), 1);
        assert_eq!(group.valid, [(String::new(), json!({ "a": 1 }))]);
        assert!(kinds_of(&json!({ "type": "object", "required": ["a"] })).is_none());
    }

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        assert!(is_same(&json!({ "a": [1] }), &json!({ "a": [1.0] })));
        assert!(!is_same(&json!([1]), &json!([1.5])));
        assert!(!is_same(&json!({ "a": 1 }), &json!({ "a": 1, "b": 2 })));
    }
}
