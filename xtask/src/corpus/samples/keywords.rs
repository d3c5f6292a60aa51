//! The keywords of OpenAPI's schemas in terms of JSON Schema 2020-12.

use countersign_codegen::load::Node;
use countersign_codegen::resolve::Resolved;
use countersign_codegen::specification::{self as schema, Child, Kinds};
use serde_json::{Value, json};

/// The objects below a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    /// A schema.
    Schema,
    /// A schema for each member.
    Members,
    /// A schema for each place.
    Tuple,
    /// Schemas that hold together.
    Parts,
    /// Schemas of which some hold.
    Choice,
    /// Names of members.
    Required,
    /// No schema.
    Plain,
}

impl Keyword {
    pub(super) fn of(key: &str) -> Self {
        let Some(keyword) = schema::Keyword::of(key).filter(|known| !known.limits().is_none())
        else {
            return Self::Plain;
        };
        match (keyword, keyword.child()) {
            (schema::Keyword::Required, _) => Self::Required,
            (schema::Keyword::AllOf, _) => Self::Parts,
            (schema::Keyword::OneOf | schema::Keyword::AnyOf, _) => Self::Choice,
            (_, Child::Schema) => Self::Schema,
            (_, Child::Map) => Self::Members,
            (_, Child::List) => Self::Tuple,
            (_, Child::None | Child::Identifier) => Self::Plain,
        }
    }
}

/// A keyword that holds no schema; none if it says nothing of a value, or nothing that makes sense.
pub(super) fn plain(schema: &Node, key: &str, value: &Node) -> Option<Value> {
    match key {
        "type" => types(schema, value),
        "enum" => value.items().first().map(|_| value.to_json()),
        "const" => Some(value.to_json()),
        "minimum" | "maximum" => {
            let exclusive = match key {
                "minimum" => "exclusiveMinimum",
                _ => "exclusiveMaximum",
            };
            // Said in the other keyword.
            let is_exclusive = schema.get(exclusive).and_then(Node::as_bool) == Some(true);
            value
                .as_number()
                .filter(|_| !is_exclusive)
                .map(|_| value.to_json())
        }
        "exclusiveMinimum" => limit(schema, value, "minimum"),
        "exclusiveMaximum" => limit(schema, value, "maximum"),
        "multipleOf" => Some(value.to_json()).filter(|step| step.as_f64() > Some(0.0)),
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties"
        | "minContains" | "maxContains" => Some(value.to_json()).filter(Value::is_u64),
        "uniqueItems" => value.as_bool().map(Value::from),
        "format" | "contentEncoding" => value.as_str().map(Value::from),
        "pattern" => value
            .as_str()
            .filter(|pattern| jsonschema_regex::is_valid_ecma_regex(pattern))
            .map(Value::from),
        _ => None,
    }
}

fn limit(schema: &Node, value: &Node, inclusive: &str) -> Option<Value> {
    let limit = match value.as_bool() {
        Some(true) => schema.get(inclusive)?,
        Some(false) => return None,
        None => value,
    };
    limit.as_number().map(|_| limit.to_json())
}

fn types(schema: &Node, value: &Node) -> Option<Value> {
    let known = |name: &&str| Kinds::named(name).is_some();
    let mut names: Vec<&str> = match value.as_str() {
        Some(name) => vec![name],
        None => value.items().iter().filter_map(Node::as_str).collect(),
    };
    if !names.iter().all(known) || names.is_empty() {
        return None;
    }
    let is_nullable = schema.get("nullable").and_then(Node::as_bool) == Some(true);
    if is_nullable && !names.contains(&"null") {
        names.push("null");
    }
    match names.as_slice() {
        [name] => Some(json!(name)),
        names => Some(json!(names)),
    }
}

/// The names of members that must be there, but for those that don't travel.
pub(super) fn required(value: &Node, dropped: &[&str]) -> Value {
    let names = value.items().iter().filter_map(Node::as_str);
    let mut kept: Vec<&str> = names.filter(|name| !dropped.contains(name)).collect();
    kept.sort_unstable();
    kept.dedup();
    json!(kept)
}

/// The member that a discriminator names.
pub(super) fn tag(discriminator: &Node) -> Option<&str> {
    let name = discriminator.get("propertyName").unwrap_or(discriminator);
    name.as_str()
}

/// Whether a schema itself says which values its tag has.
pub(super) fn says_values(resolved: &Resolved<'_>, schema: &Node, tag: &str) -> bool {
    let mut waiting = vec![(schema, 0)];
    while let Some((schema, depth)) = waiting.pop() {
        let schema = resolved.target(schema).map_or(schema, |found| found.node);
        if let Some(property) = schema
            .get("properties")
            .and_then(|properties| properties.get(tag))
        {
            let property = resolved
                .target(property)
                .map_or(property, |found| found.node);
            if property
                .get("const")
                .or_else(|| property.get("enum"))
                .is_some()
            {
                return true;
            }
        }
        if depth < 8 {
            let parts = schema.get("allOf").map(Node::items).unwrap_or_default();
            waiting.extend(parts.iter().map(|part| (part, depth + 1)));
        }
    }
    false
}
