//! All that must hold of a value, in one place: schemas that hold together, references followed and `allOf` merged.

use serde_json::Value;

use super::numbers::Range;

/// A set of JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kinds(u8);

/// The JSON types; a whole number is a kind of number.
pub(super) const KINDS: [&str; 7] = [
    "null", "boolean", "integer", "number", "string", "array", "object",
];

impl Kinds {
    const ALL: Self = Self(0x7f);

    fn of(value: &Value) -> Self {
        let names: Vec<&str> = match value {
            Value::String(name) => vec![name],
            Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
            _ => return Self::ALL,
        };
        let bits = (0..).zip(KINDS).filter(|(_, kind)| names.contains(kind));
        let bits = bits.fold(0, |bits, (at, _)| bits | 1 << at);
        // Whole numbers are numbers.
        Self(if bits & 8 != 0 { bits | 4 } else { bits })
    }

    /// Those that it has, in a fixed order; whole numbers only where they are not among the numbers.
    pub(super) fn names(self) -> Vec<&'static str> {
        let numbers = self.has("number");
        let names = KINDS.into_iter().filter(|kind| self.has(kind));
        names
            .filter(|kind| !(numbers && *kind == "integer"))
            .collect()
    }

    pub(super) fn has(self, kind: &str) -> bool {
        (0..)
            .zip(KINDS)
            .any(|(at, name)| name == kind && self.0 & (1 << at) != 0)
    }
}

/// Counts within limits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) least: usize,
    pub(super) most: usize,
}

impl Count {
    const ANY: Self = Self {
        least: 0,
        most: usize::MAX,
    };

    fn at_least(&mut self, value: &Value) {
        self.least = self.least.max(whole(value));
    }

    fn at_most(&mut self, value: &Value) {
        self.most = self.most.min(whole(value));
    }
}

fn whole(value: &Value) -> usize {
    value
        .as_u64()
        .map_or(0, |value| usize::try_from(value).unwrap_or(usize::MAX))
}

/// The merged schema.
#[derive(Debug)]
pub(super) struct MergedSchema<'s> {
    pub(super) kinds: Kinds,
    /// The lists of constants, each of which must have the value.
    pub(super) values: Vec<&'s [Value]>,
    pub(super) constant: Option<&'s Value>,
    pub(super) properties: Vec<(&'s str, Vec<&'s Value>)>,
    pub(super) patterned: Vec<(&'s str, &'s Value)>,
    pub(super) required: Vec<&'s str>,
    /// The rule for members that have no property.
    pub(super) additional: Vec<&'s Value>,
    pub(super) items: Vec<&'s Value>,
    pub(super) tuple: Vec<Vec<&'s Value>>,
    pub(super) choices: Vec<&'s Vec<Value>>,
    pub(super) format: Option<&'s str>,
    pub(super) patterns: Vec<&'s str>,
    pub(super) range: Range,
    pub(super) length: Count,
    pub(super) size: Count,
    pub(super) members: Count,
    pub(super) is_set: bool,
}

/// The greatest number of schemas that are merged.
const PARTS_AT_MOST: usize = 300;

impl<'s> MergedSchema<'s> {
    /// Merges schemas of a bundle; none if no value fits.
    pub(super) fn of(schemas: &[&'s Value], bundle: &'s Value) -> Option<Self> {
        let mut merged = Self {
            kinds: Kinds::ALL,
            values: Vec::new(),
            constant: None,
            properties: Vec::new(),
            patterned: Vec::new(),
            required: Vec::new(),
            additional: Vec::new(),
            items: Vec::new(),
            tuple: Vec::new(),
            choices: Vec::new(),
            format: None,
            patterns: Vec::new(),
            range: Range::default(),
            length: Count::ANY,
            size: Count::ANY,
            members: Count::ANY,
            is_set: false,
        };
        let mut seen: Vec<*const Value> = Vec::new();
        let mut waiting: Vec<&'s Value> = schemas.iter().rev().copied().collect();
        while let Some(schema) = waiting.pop() {
            if seen.contains(&std::ptr::from_ref(schema)) {
                continue;
            }
            seen.push(schema);
            if seen.len() > PARTS_AT_MOST || *schema == Value::Bool(false) {
                return None;
            }
            if let Some(reference) = schema["$ref"].as_str() {
                waiting.push(bundle.pointer(reference.trim_start_matches('#'))?);
            }
            for (key, value) in schema.as_object().into_iter().flatten() {
                merged.take(key, value);
            }
            waiting.extend(schema["allOf"].as_array().into_iter().flatten().rev());
        }
        (merged.kinds.0 != 0).then_some(merged)
    }

    fn take(&mut self, key: &'s str, value: &'s Value) {
        match key {
            "type" => self.kinds.0 &= Kinds::of(value).0,
            "enum" => self.values.extend(value.as_array().map(Vec::as_slice)),
            "const" => self.constant = Some(value),
            "properties" => {
                for (name, schema) in value.as_object().into_iter().flatten() {
                    match self.properties.iter_mut().find(|(known, _)| known == name) {
                        Some((_, schemas)) => schemas.push(schema),
                        None => self.properties.push((name, vec![schema])),
                    }
                }
            }
            "patternProperties" => {
                let members = value.as_object().into_iter().flatten();
                self.patterned
                    .extend(members.map(|(pattern, schema)| (pattern.as_str(), schema)));
            }
            "required" => {
                for name in value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                {
                    if !self.required.contains(&name) {
                        self.required.push(name);
                    }
                }
            }
            "additionalProperties" => self.additional.push(value),
            "items" => self.items.push(value),
            "prefixItems" => {
                let schemas = value.as_array().map(Vec::as_slice).unwrap_or_default();
                self.tuple
                    .resize(self.tuple.len().max(schemas.len()), Vec::new());
                for (place, schema) in self.tuple.iter_mut().zip(schemas) {
                    place.push(schema);
                }
            }
            "oneOf" | "anyOf" => self.choices.extend(value.as_array()),
            "format" => self.format = value.as_str(),
            "pattern" => self.patterns.extend(value.as_str()),
            "minLength" => self.length.at_least(value),
            "maxLength" => self.length.at_most(value),
            "minItems" => self.size.at_least(value),
            "maxItems" => self.size.at_most(value),
            "minProperties" => self.members.at_least(value),
            "maxProperties" => self.members.at_most(value),
            "uniqueItems" => self.is_set |= value == &Value::Bool(true),
            _ => self.range.take(key, value),
        }
    }

    /// The JSON types of its values: those it says, or what its other keywords are about.
    pub(super) fn likely_kinds(&self) -> Vec<&'static str> {
        if self.kinds != Kinds::ALL {
            return self.kinds.names();
        }
        if !(self.properties.is_empty() && self.required.is_empty() && self.additional.is_empty())
            || self.members.least > 0
        {
            vec!["object"]
        } else if !(self.items.is_empty() && self.tuple.is_empty()) || self.size.least > 0 {
            vec!["array"]
        } else if !self.patterns.is_empty() || self.length.least > 0 || self.format.is_some() {
            vec!["string"]
        } else if self.range.is_limited() {
            vec!["number"]
        } else {
            vec!["string", "object", "integer", "boolean", "array", "number"]
        }
    }
}
