//! Merging of schemas that must hold together: references followed, `allOf` included.

use rustc_hash::FxHashSet;

use super::Lowering;
use super::keywords;
use super::merged::{AdditionalProperties, Choice, MergedSchema, Property, SchemaSet};
use crate::diagnostic::Code;
use crate::load::{Distinct, Entry, Node, NodeId, Value};
use crate::specification::{Keyword, Kinds, Support};

/// The greatest number of schemas that `allOf` may merge into one.
const MOST_PARTS: usize = 256;

enum Step<'a> {
    Visit(&'a Node),
    Merge(&'a Node),
}

impl<'a> Lowering<'a> {
    /// The schema that a node stands for, references followed; none if a reference has no target.
    pub(super) fn follow(&self, node: &'a Node) -> Option<&'a Node> {
        if self.resolved.is_reference(node) {
            self.resolved.target(node).map(|target| target.node)
        } else {
            Some(node)
        }
    }

    /// Merges schemas. A work list, not recursion: chains of `allOf` may be long.
    pub(super) fn merged(&mut self, schemas: &SchemaSet<'a>) -> MergedSchema<'a> {
        let mut merged = MergedSchema::empty();
        let mut seen: FxHashSet<NodeId> = FxHashSet::default();
        let mut work: Vec<Step<'a>> = schemas
            .nodes
            .iter()
            .rev()
            .map(|node| Step::Visit(node))
            .collect();
        while let Some(step) = work.pop() {
            match step {
                Step::Merge(node) => self.merge(&mut merged, node, schemas),
                Step::Visit(node) => {
                    let Some(target) = self.follow(node) else {
                        merged.unknown = true;
                        continue;
                    };
                    if target.id != node.id && node.entries().len() > 1 {
                        merged.nodes.push(node);
                        if self.version(node).has_json_schema() {
                            work.push(Step::Merge(node));
                        } else {
                            merged.ignored.push(node.id);
                        }
                    }
                    if seen.len() >= MOST_PARTS {
                        self.warn(
                            Code::Limit,
                            target.span,
                            format!("more than {MOST_PARTS} schemas are merged by `allOf`"),
                            ("reduce the inheritance", "the other schemas are ignored"),
                        );
                        break;
                    }
                    if seen.insert(target.id) {
                        merged.nodes.push(target);
                        // The parts of an `allOf` come before what stands beside it: a base before what builds on it.
                        work.push(Step::Merge(target));
                        let parts = target.get("allOf").map(Node::items).unwrap_or_default();
                        work.extend(parts.iter().rev().map(Step::Visit));
                    }
                }
            }
        }
        self.settle(&mut merged);
        self.go_by_values(&mut merged);
        if !schemas.only.is_none() {
            let likely = merged.likely_kinds();
            merged.kinds = if likely.is_none() || likely.has(schemas.only) {
                schemas.only
            } else {
                likely.narrowed(schemas.only)
            };
        }
        merged
    }

    /// Numbers and booleans among the values of a text are meant, where they are written as JSON: frameworks write the
    /// values of their enums so. In YAML, most often quotes were forgotten.
    fn go_by_values(&self, merged: &mut MergedSchema<'a>) {
        let Some(values) = merged
            .values
            .as_ref()
            .filter(|_| merged.kinds == Kinds::STRING)
        else {
            return;
        };
        let kind_of = |value: &&'a Node| match value.value {
            Value::Number(_) => Kinds::NUMBER,
            Value::Bool(_) => Kinds::BOOLEAN,
            _ => Kinds::STRING,
        };
        let kinds = values.iter().map(kind_of).fold(Kinds::NONE, Kinds::with);
        let is_json = |value: &&Node| self.documents.document(value.span.document).is_json();
        if kinds != Kinds::STRING && values.iter().all(is_json) {
            merged.kinds = kinds;
        }
    }

    /// Takes out the alternatives of a base that lists what builds on it: a value of this schema is of one already.
    fn settle(&self, merged: &mut MergedSchema<'a>) {
        if merged.nodes.len() < 2 || merged.choices.is_empty() {
            return;
        }
        let is_settled = |choice: &Choice<'a>| {
            let owns = |node: &&Node| {
                let lists = ["oneOf", "anyOf"]
                    .into_iter()
                    .filter_map(|key| node.get(key));
                lists.map(|list| list.id).any(|id| id == choice.list.id)
            };
            let owner = merged.nodes.iter().copied().find(owns);
            choice.list.items().iter().any(|branch| {
                let target = self.follow(branch).map(|node| node.id);
                let is_other = target != owner.map(|owner| owner.id);
                is_other && merged.nodes.iter().any(|node| Some(node.id) == target)
            })
        };
        let (settled, open): (Vec<_>, Vec<_>) =
            merged.choices.iter().copied().partition(is_settled);
        let mut named = settled.iter().filter_map(|choice| choice.discriminator);
        merged.discriminator = merged.discriminator.or_else(|| named.next());
        merged.choices = open;
    }

    fn merge(&mut self, merged: &mut MergedSchema<'a>, node: &'a Node, schemas: &SchemaSet<'a>) {
        let Value::Mapping(mapping) = &node.value else {
            match node.value {
                Value::Bool(true) | Value::Null => {}
                Value::Bool(false) => merged.impossible = true,
                _ => self.warn(
                    Code::NotASchema,
                    node.span,
                    "this is not a schema",
                    (
                        "write an object",
                        "it is read as a schema that allows anything",
                    ),
                ),
            }
            return;
        };
        let mut discriminator = None;
        let mut choices = false;
        for entry in mapping.entries() {
            let value = &entry.value;
            match Keyword::of(entry.key.text()) {
                Some(Keyword::Type) => self.merge_type(merged, value),
                Some(Keyword::Nullable | Keyword::OldNullable) => {
                    merged.nullable |= value.as_bool() == Some(true)
                }
                Some(Keyword::Format) => merged.format = value.as_str().or(merged.format),
                // An empty one was reported when documents were checked.
                Some(Keyword::Enum) if value.items().is_empty() => {}
                Some(Keyword::Enum) => self.merge_values(merged, value.items().iter().collect()),
                Some(Keyword::Const) => self.merge_values(merged, vec![value]),
                Some(Keyword::Properties) => merge_properties(merged, value),
                Some(Keyword::Required) => self.merge_required(merged, value),
                // It speaks of what nothing else does.
                Some(Keyword::UnevaluatedProperties)
                    if !matches!(merged.additional, AdditionalProperties::Unsaid)
                        || has_conditions(node) => {}
                Some(Keyword::AdditionalProperties | Keyword::UnevaluatedProperties) => {
                    merge_additional(merged, value)
                }
                Some(Keyword::PatternProperties) => {
                    for entry in value.entries() {
                        merged.patterns.push(&entry.value);
                        merged.all_match |= matches_all(entry.key.text());
                    }
                }
                Some(Keyword::Items) => match &value.value {
                    Value::Sequence(items) => merged.tuple = items,
                    _ => merged.items = Some(value),
                },
                Some(Keyword::PrefixItems) => merged.tuple = value.items(),
                Some(Keyword::OneOf | Keyword::AnyOf)
                    if !schemas.skip.contains(&value.id) && !value.items().is_empty() =>
                {
                    merged.choices.push(Choice {
                        list: value,
                        discriminator: None,
                    });
                    choices = true;
                }
                Some(Keyword::Discriminator) if schemas.skip.contains(&value.id) => {}
                Some(Keyword::Discriminator) => discriminator = Some(value),
                Some(Keyword::Not) if keywords::only_annotates(value) => {
                    merged.impossible = true;
                }
                // It is told where a text comes of it.
                Some(Keyword::ContentSchema) => {}
                // Names are texts anyway.
                Some(Keyword::PropertyNames) if says_string(value) => {}
                keyword => self.unsupported(keyword, entry),
            }
        }
        match merged.choices.last_mut() {
            Some(choice) if choices => choice.discriminator = discriminator,
            _ => merged.discriminator = discriminator.or(merged.discriminator),
        }
    }

    fn merge_type(&mut self, merged: &mut MergedSchema<'a>, value: &'a Node) {
        // A name that is not a type was reported when documents were checked.
        let (kinds, _) = Kinds::of(value);
        let nullable = kinds.has(Kinds::NULL);
        merged.nullable |= nullable;
        let kinds = kinds.without(Kinds::NULL);
        if kinds.is_none() {
            // `type: null` alone: nothing but null fits.
            merged.values = merged.values.take().or_else(|| nullable.then(Vec::new));
        } else if merged.kinds.is_none() {
            merged.kinds = kinds;
        } else {
            let both = merged.kinds.narrowed(kinds);
            merged.impossible |= both.is_none();
            merged.kinds = if both.is_none() { kinds } else { both };
        }
    }

    fn merge_values(&mut self, merged: &mut MergedSchema<'a>, values: Vec<&'a Node>) {
        let null = values
            .iter()
            .any(|value| matches!(value.value, Value::Null));
        merged.nullable |= null;
        let values: Vec<&'a Node> = values
            .into_iter()
            .filter(|value| !matches!(value.value, Value::Null))
            .collect();
        merged.values = Some(match merged.values.take() {
            Some(before) if !before.is_empty() => {
                let listed: Distinct = values.iter().copied().collect();
                let both = before.iter().filter(|one| listed.contains(one));
                let both: Vec<&'a Node> = both.copied().collect();
                if both.is_empty() { values } else { both }
            }
            _ => values,
        });
    }

    fn merge_required(&mut self, merged: &mut MergedSchema<'a>, value: &'a Node) {
        if !matches!(value.value, Value::Sequence(_)) {
            return;
        }
        for name in value.items() {
            if let Value::String(text) = &name.value {
                merged.required.insert(text, name.span);
            }
        }
    }

    /// Says which keywords of a text are not supported.
    pub(super) fn unsupported_of_text(&mut self, merged: &MergedSchema<'a>) {
        let nodes = merged.asserting().flat_map(Node::entries);
        let found: Vec<&Entry> = nodes
            .filter(|entry| Keyword::of(entry.key.text()) == Some(Keyword::ContentSchema))
            .collect();
        for entry in found {
            self.unsupported(Some(Keyword::ContentSchema), entry);
        }
    }

    /// Says that a keyword is not supported. What is not a keyword was reported when documents were checked.
    fn unsupported(&mut self, keyword: Option<Keyword>, entry: &Entry) {
        if keyword.map(Keyword::support) == Some(Support::Refused) {
            self.warn(
                Code::NotExpressed,
                entry.key_span,
                format!("`{}` is not expressed in Rust", entry.key.text()),
                (
                    "let the server check it, or describe it with other keywords",
                    "values are accepted as if it were absent",
                ),
            );
        }
    }
}

/// Whether members may be described under a condition, of which no type knows: `unevaluatedProperties` does not speak of
/// them, so that they must not be refused or dropped.
fn has_conditions(node: &Node) -> bool {
    let keys = ["dependentSchemas", "if", "then", "else"];
    keys.iter().any(|key| node.get(key).is_some())
}

/// Patterns that every name matches.
fn matches_all(pattern: &str) -> bool {
    matches!(
        pattern,
        "" | "^"
            | "."
            | ".*"
            | ".+"
            | "^.*"
            | "^.+"
            | ".*$"
            | ".+$"
            | "^.*$"
            | "^.+$"
            | "^(.*)$"
            | "^(.+)$"
    )
}

/// Whether a schema says that a value is a text, and no more.
fn says_string(schema: &Node) -> bool {
    schema.entries().iter().all(|entry| match entry.key.text() {
        "type" => entry.value.as_str() == Some("string"),
        keyword => Keyword::is_annotation(keyword),
    })
}

fn merge_properties<'a>(merged: &mut MergedSchema<'a>, value: &'a Node) {
    let many = value.entries().len() > 16 && merged.properties.is_empty();
    for entry in value.entries() {
        let known = if many {
            None
        } else {
            merged
                .properties
                .iter_mut()
                .find(|known| known.key == &entry.key)
        };
        match known {
            Some(known)
                if known
                    .schema
                    .nodes
                    .iter()
                    .any(|node| node.id == entry.value.id) => {}
            Some(known) => known.schema.nodes.push(&entry.value),
            None => merged.properties.push(Property {
                key: &entry.key,
                key_span: entry.key_span,
                schema: SchemaSet::one(&entry.value),
            }),
        }
    }
}

fn merge_additional<'a>(merged: &mut MergedSchema<'a>, value: &'a Node) {
    merged.additional = match &value.value {
        Value::Bool(false) => AdditionalProperties::Closed,
        Value::Mapping(mapping)
            if !keywords::only_annotates(value) || mapping.entry("$ref").is_some() =>
        {
            AdditionalProperties::Schema(value)
        }
        _ if matches!(merged.additional, AdditionalProperties::Schema(_)) => merged.additional,
        _ => AdditionalProperties::Anything,
    };
}
