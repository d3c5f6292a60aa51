//! Makes samples of a schema: with every member, with as few as may be, and with some; each alternative in its turn.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::merged::MergedSchema;
use super::text;

/// The greatest number of samples of a schema.
const SAMPLES_AT_MOST: usize = 24;
/// The least number of samples, unless they are alike.
const ROUNDS_AT_LEAST: usize = 5;
/// The greatest depth of values; below the first only required ones are there.
const DEPTHS: (usize, usize) = (4, 20);
/// The greatest number of values of a sample; above the first only required ones are there.
const VALUES: (usize, usize) = (150, 3000);

/// Which members are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Breadth {
    All,
    Required,
    Some,
}

/// Makes samples.
pub(super) struct Maker<'s> {
    bundle: &'s Value,
    // How often each choice was made.
    turns: HashMap<*const Value, usize>,
    // Choices of which alternatives are left, by how many.
    left: HashMap<*const Vec<Value>, usize>,
    breadth: Breadth,
    dice: u64,
    values: usize,
}

impl<'s> Maker<'s> {
    /// Makes samples of the schemas of a bundle.
    pub(super) fn new(bundle: &'s Value) -> Self {
        Self {
            bundle,
            turns: HashMap::new(),
            left: HashMap::new(),
            breadth: Breadth::All,
            dice: 0x9e37_79b9_7f4a_7c15,
            values: 0,
        }
    }

    /// Samples of a definition, each once; none if none could be made.
    pub(super) fn samples(&mut self, name: &str) -> Vec<Value> {
        let Some(schema) = self.bundle["$defs"].get(name) else {
            return Vec::new();
        };
        self.left.clear();
        let mut samples: Vec<Value> = Vec::new();
        for round in 0..SAMPLES_AT_MOST {
            self.breadth = match round {
                0 | 2 => Breadth::All,
                1 => Breadth::Required,
                _ => Breadth::Some,
            };
            self.values = 0;
            if let Some(sample) = self.value(&[schema], 0)
                // That a component may be null is said where it is used.
                && !sample.is_null()
                && !samples.contains(&sample)
            {
                samples.push(sample);
            }
            if round >= ROUNDS_AT_LEAST && self.left.values().all(|left| *left == 0) {
                break;
            }
        }
        samples
    }

    fn breadth(&self, depth: usize) -> Breadth {
        if depth > DEPTHS.0 || self.values > VALUES.0 {
            Breadth::Required
        } else {
            self.breadth
        }
    }

    /// The number of times this was asked of a schema before.
    fn turn(&mut self, schema: Option<&&'s Value>) -> usize {
        let key = schema.map_or(std::ptr::null(), |schema| std::ptr::from_ref(*schema));
        let turn = self.turns.entry(key).or_default();
        *turn += 1;
        *turn - 1
    }

    fn roll(&mut self) -> u64 {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        self.dice >> 11
    }

    /// A value of which all of `schemas` hold.
    fn value(&mut self, schemas: &[&'s Value], depth: usize) -> Option<Value> {
        self.values += 1;
        if depth > DEPTHS.1 || self.values > VALUES.1 {
            return None;
        }
        self.decided(schemas, &mut Vec::new(), depth)
    }

    /// The same, once an alternative is taken of each choice that is not `taken` yet.
    fn decided(
        &mut self,
        schemas: &[&'s Value],
        taken: &mut Vec<*const Vec<Value>>,
        depth: usize,
    ) -> Option<Value> {
        let merged = MergedSchema::of(schemas, self.bundle)?;
        let open = |choice: &&&'s Vec<Value>| !taken.contains(&std::ptr::from_ref(**choice));
        let Some(choice) = merged.choices.iter().find(open).copied() else {
            return self.merged(&merged, schemas.first(), depth);
        };
        if taken.len() > 16 || choice.is_empty() {
            return None;
        }
        taken.push(choice);
        let turn = self.turn(choice.first().as_ref());
        let left = self.left.entry(choice).or_insert(choice.len());
        *left = left.saturating_sub(1);
        for at in 0..choice.len() {
            let branch = choice.get((turn + at) % choice.len())?;
            let mut with = schemas.to_vec();
            with.push(branch);
            if let Some(value) = self.decided(&with, taken, depth) {
                return Some(value);
            }
            self.values += 1;
            if self.values > VALUES.1 {
                return None;
            }
        }
        None
    }

    fn merged(
        &mut self,
        merged: &MergedSchema<'s>,
        schema: Option<&&'s Value>,
        depth: usize,
    ) -> Option<Value> {
        let turn = self.turn(schema);
        if let Some(constant) = merged.constant {
            return Some(constant.clone());
        }
        if let Some((first, others)) = merged.values.split_first() {
            let shared = |value: &&Value| others.iter().all(|values| values.contains(value));
            let fitting: Vec<&Value> = first.iter().filter(shared).collect();
            let fitting: Vec<_> = fitting
                .into_iter()
                .filter(|value| merged.kinds.has(kind(value)))
                .collect();
            return fitting
                .get(turn % fitting.len().max(1))
                .map(|value| (*value).clone());
        }
        let kinds = merged.likely_kinds();
        // Null comes last of all kinds and not so often.
        let others: Vec<_> = kinds.iter().filter(|kind| **kind != "null").collect();
        let is_null = kinds.contains(&"null") && (others.is_empty() || turn % 4 == 2);
        if is_null {
            return Some(Value::Null);
        }
        match **others.get(turn % others.len().max(1))? {
            "boolean" => Some((turn.is_multiple_of(2)).into()),
            "integer" => merged.range.integer(merged.format, turn),
            "number" => merged.range.number(merged.format, turn),
            "string" => {
                text::text(merged.format, &merged.patterns, merged.length, turn).map(Value::from)
            }
            "array" => self.array(merged, depth),
            _ => self.object(merged, depth),
        }
    }

    fn array(&mut self, merged: &MergedSchema<'s>, depth: usize) -> Option<Value> {
        let wanted = match self.breadth(depth) {
            Breadth::All => 2,
            Breadth::Required => 0,
            Breadth::Some => (self.roll() % 4) as usize,
        };
        let wanted = wanted.max(merged.tuple.len()).max(merged.size.least);
        let wanted = wanted.min(merged.size.most);
        let mut items: Vec<Value> = Vec::new();
        for at in 0..wanted.saturating_mul(4) {
            if items.len() == wanted {
                break;
            }
            let schemas = merged.tuple.get(items.len()).unwrap_or(&merged.items);
            if schemas.is_empty() && at > 1 && items.len() >= merged.size.least {
                break;
            }
            match self.value(schemas, depth + 1) {
                Some(item) if merged.is_set && items.contains(&item) => {}
                Some(item) => items.push(item),
                None if items.len() >= merged.size.least.max(merged.tuple.len()) => break,
                None => return None,
            }
        }
        (items.len() >= merged.size.least).then(|| items.into())
    }

    fn object(&mut self, merged: &MergedSchema<'s>, depth: usize) -> Option<Value> {
        let breadth = self.breadth(depth);
        let mut members = Map::new();
        let is_required = |name: &str| merged.required.contains(&name);
        let required = merged
            .properties
            .iter()
            .filter(|(name, _)| is_required(name));
        for (name, schemas) in required {
            members.insert((*name).to_owned(), self.value(schemas, depth + 1)?);
        }
        for name in &merged.required {
            if !members.contains_key(*name) {
                members.insert(
                    (*name).to_owned(),
                    self.value(&merged.additional, depth + 1)?,
                );
            }
        }
        let may = merged
            .properties
            .iter()
            .filter(|(name, _)| !is_required(name));
        for (name, schemas) in may {
            let room = members.len() < merged.members.most;
            let wanted = match breadth {
                Breadth::All => true,
                Breadth::Required => members.len() < merged.members.least,
                Breadth::Some => self.roll().is_multiple_of(2),
            };
            if room
                && wanted
                && let Some(value) = self.value(schemas, depth + 1)
            {
                members.insert((*name).to_owned(), value);
            }
        }
        self.further(merged, breadth, &mut members, depth);
        (members.len() >= merged.members.least).then(|| members.into())
    }

    /// Members that have no property, where the schema speaks of them.
    fn further(
        &mut self,
        merged: &MergedSchema<'s>,
        breadth: Breadth,
        members: &mut Map<String, Value>,
        depth: usize,
    ) {
        let closed = merged.additional.contains(&&Value::Bool(false));
        let extra = match breadth {
            Breadth::Required => 0,
            _ if merged.additional.is_empty() || closed => 0,
            Breadth::All | Breadth::Some => 2,
        };
        let wanted = (members.len() + extra).max(merged.members.least);
        let wanted = wanted.min(merged.members.most);
        let names = ["first-key", "Second key", "third", "4"];
        for name in names {
            if members.len() >= wanted || closed {
                break;
            }
            if let Some(value) = self.value(&merged.additional, depth + 1) {
                members.insert(name.to_owned(), value);
            }
        }
        if breadth == Breadth::Required {
            return;
        }
        for (pattern, schema) in &merged.patterned {
            let any = super::merged::Count {
                least: 0,
                most: usize::MAX,
            };
            let name = text::text(None, &[pattern], any, 0);
            if let (Some(name), Some(value)) = (name, self.value(&[schema], depth + 1)) {
                members.entry(name).or_insert(value);
            }
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn samples_are_valid_and_take_each_alternative() {
        let bundle = json!({ "$defs": {
            "A": {
                "type": "object", "required": ["kind", "tree"], "minProperties": 3,
                "properties": {
                    "kind": { "enum": ["a", "b"] },
                    "tree": { "$ref": "#/$defs/Tree" },
                    "any": { "oneOf": [{ "type": "integer", "minimum": 3 }, { "type": "null" }, { "type": "string", "pattern": "^[0-9]{3}$" }] },
                    "list": { "type": "array", "minItems": 1, "uniqueItems": true, "items": { "type": "boolean" } },
                },
                "additionalProperties": { "type": "number", "multipleOf": 0.5 },
            },
            "Tree": { "allOf": [{ "type": "object" }, { "properties": { "left": { "$ref": "#/$defs/Tree" } } }] },
            "Never": { "allOf": [{ "type": "string" }, { "type": "integer" }] },
        } });
        let mut maker = Maker::new(&bundle);
        let samples = maker.samples("A");
        assert!(samples.len() > 3, "{samples:?}");
        let schema = json!({ "$ref": "#/$defs/A", "$defs": bundle["$defs"] });
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        for sample in &samples {
            assert!(validator.is_valid(sample), "{sample}");
        }
        for is in [Value::is_u64, Value::is_null, Value::is_string] {
            assert!(samples.iter().any(|sample| is(&sample["any"])));
        }
        assert!(samples.iter().any(|sample| sample.get("any").is_none()));
        assert_eq!(maker.samples("Never"), Vec::<Value>::new());
    }
}
