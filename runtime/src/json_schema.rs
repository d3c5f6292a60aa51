//! JSON Schemas of generated types, as `schemars` wants them: what generated impls of `JsonSchema` call.

use serde_json::{Map, Value, json};
use zeroize::Zeroize;

use crate::{AsText, Base64, Presence, Secret, TextForm};

pub use ::schemars::{JsonSchema, Schema, SchemaGenerator};

/// A schema with these keywords.
fn of(keywords: Value) -> Schema {
    Schema::try_from(keywords).unwrap_or_default()
}

/// Any value.
pub fn any() -> Schema {
    Schema::default()
}

/// A value of one JSON type, and of a format where it has one.
pub fn plain(kind: &str, format: &str) -> Schema {
    match format {
        "" => of(json!({ "type": kind })),
        format => of(json!({ "type": kind, "format": format })),
    }
}

/// Any value that is not documented further than by its format.
pub fn formatted(format: &str) -> Schema {
    of(json!({ "format": format }))
}

/// A decimal: a number, or the text of one.
pub fn digits() -> Schema {
    of(json!({ "type": ["number", "string"], "format": "decimal" }))
}

/// A type with a schema of its own.
pub fn named<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// A list.
pub fn list(items: Schema) -> Schema {
    of(json!({ "type": "array", "items": items }))
}

/// A list of fixed length.
pub fn tuple(items: Vec<Schema>) -> Schema {
    let count = items.len();
    of(json!({ "type": "array", "prefixItems": items, "minItems": count, "maxItems": count }))
}

/// An object whose keys are data.
pub fn map(values: Schema) -> Schema {
    of(json!({ "type": "object", "additionalProperties": values }))
}

/// A value or null.
pub fn nullable(inner: Schema) -> Schema {
    of(json!({ "anyOf": [inner, { "type": "null" }] }))
}

/// One of some values, each as JSON.
pub fn values(values: &[&str]) -> Schema {
    let values = values
        .iter()
        .filter_map(|json| serde_json::from_str(json).ok());
    of(json!({ "enum": values.collect::<Vec<Value>>() }))
}

/// One of some alternatives; of several at once if they are not exclusive.
pub fn choice(alternatives: Vec<Schema>, exclusive: bool) -> Schema {
    match exclusive {
        true => of(json!({ "oneOf": alternatives })),
        false => of(json!({ "anyOf": alternatives })),
    }
}

/// An alternative whose tag is among its own members.
pub fn tagged(key: &str, tag: &str, value: Option<Schema>) -> Schema {
    let tag =
        json!({ "type": "object", "properties": { key: { "const": tag } }, "required": [key] });
    match value {
        Some(value) => of(json!({ "allOf": [value, tag] })),
        None => of(tag),
    }
}

/// The same with a description.
pub fn described(mut schema: Schema, description: &str) -> Schema {
    if schema.get("$ref").is_some() {
        schema = of(json!({ "allOf": [schema] }));
    }
    schema.insert("description".to_owned(), description.into());
    schema
}

/// An object with known members.
#[derive(Debug, Default)]
pub struct Object {
    properties: Map<String, Value>,
    required: Vec<&'static str>,
    rest: Option<Schema>,
    flattened: Vec<Schema>,
}

impl Object {
    /// One without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with a member.
    #[must_use]
    pub fn member(mut self, name: &'static str, schema: Schema) -> Self {
        self.properties.insert(name.to_owned(), schema.into());
        self
    }

    /// The same with a member that must be there.
    #[must_use]
    pub fn required(mut self, name: &'static str, schema: Schema) -> Self {
        self.required.push(name);
        self.member(name, schema)
    }

    /// The same with members that have no name in the document.
    #[must_use]
    pub fn rest(mut self, values: Schema) -> Self {
        self.rest = Some(values);
        self
    }

    /// The same with the members of an alternative.
    #[must_use]
    pub fn flattened(mut self, alternatives: Schema) -> Self {
        self.flattened.push(alternatives);
        self
    }

    /// The schema.
    pub fn schema(self) -> Schema {
        let mut object = of(json!({ "type": "object", "properties": self.properties }));
        if !self.required.is_empty() {
            object.insert("required".to_owned(), self.required.into());
        }
        if let Some(rest) = self.rest {
            object.insert("additionalProperties".to_owned(), rest.into());
        }
        if !self.flattened.is_empty() {
            let flattened = self.flattened.into_iter().map(Value::from);
            object.insert("allOf".to_owned(), flattened.collect());
        }
        object
    }
}

macro_rules! inline {
    ($name:literal, $generator:ident, $schema:expr) => {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            $name.into()
        }

        fn inline_schema() -> bool {
            true
        }

        fn json_schema($generator: &mut SchemaGenerator) -> Schema {
            $schema
        }
    };
}

#[cfg(feature = "datetime")]
impl JsonSchema for crate::DateTime {
    inline!("DateTime", _generator, plain("string", "date-time"));
}

impl JsonSchema for Base64 {
    inline!("Base64", _generator, plain("string", "byte"));
}

impl<T: JsonSchema + Zeroize> JsonSchema for Secret<T> {
    inline!("Secret", generator, named::<T>(generator));
}

impl<T: JsonSchema> JsonSchema for Presence<T> {
    inline!("Presence", generator, nullable(named::<T>(generator)));
}

impl<T: TextForm> JsonSchema for AsText<T> {
    inline!(
        "AsText",
        _generator,
        match T::READS_NUMBERS {
            true => digits(),
            false => described(plain("string", ""), T::EXPECTED),
        }
    );
}

#[cfg(feature = "decimal")]
impl<T: crate::NumberForm> JsonSchema for crate::AsNumber<T> {
    inline!("AsNumber", _generator, digits());
}
