//! Component schemas in JSON Schema 2020-12, so that samples can be made of them and checked against them.

use std::collections::{HashMap, HashSet};

use countersign_codegen::load::{Documents, Node, NodeId};
use countersign_codegen::resolve::Resolved;
use serde_json::{Map, Value, json};

use super::keywords::{self, Keyword};

/// Which way a value travels: the properties of the other way are no part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Direction {
    /// To the server.
    Request,
    /// From it.
    Response,
    /// Neither: all properties are there.
    Both,
}

/// The meaning of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Of a value: where a schema has subtypes, one of them.
    Value,
    /// Of what a subtype builds on: the schema itself.
    Part,
}

/// Schemas, each under a name, that refer to each other by these names.
pub(super) struct Bundle<'a> {
    documents: &'a Documents,
    resolved: &'a Resolved<'a>,
    // For each schema that others build on, those others and their names.
    subtypes: HashMap<NodeId, Vec<(&'a str, &'a Node)>>,
    known: HashSet<String>,
    waiting: Vec<(String, &'a Node, Direction, Role)>,
    definitions: Map<String, Value>,
}

impl<'a> Bundle<'a> {
    /// An empty bundle over some documents.
    pub(super) fn new(documents: &'a Documents, resolved: &'a Resolved<'a>) -> Self {
        let mut subtypes: HashMap<NodeId, Vec<(&'a str, &'a Node)>> = HashMap::new();
        for (name, node) in components(documents) {
            for part in node.get("allOf").map(Node::items).unwrap_or_default() {
                if let Some(target) = resolved.target(part) {
                    subtypes
                        .entry(target.node.id)
                        .or_default()
                        .push((name, node));
                }
            }
        }
        Self {
            documents,
            resolved,
            subtypes,
            known: HashSet::new(),
            waiting: Vec::new(),
            definitions: Map::new(),
        }
    }

    /// Takes in a schema and all that it refers to, and gives its name.
    pub(super) fn add(&mut self, node: &'a Node, direction: Direction) -> String {
        let name = self.name(node, direction, Role::Value);
        while let Some((name, node, direction, role)) = self.waiting.pop() {
            let definition = match role {
                Role::Value => self.one_of_subtypes(node, direction),
                Role::Part => self.schema(node, direction),
            };
            self.definitions.insert(name, definition);
        }
        name
    }

    /// All of it: a document that has nothing but definitions.
    pub(super) fn finish(self) -> Value {
        json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": self.definitions })
    }

    fn name(&mut self, node: &'a Node, direction: Direction, role: Role) -> String {
        let suffix = match role {
            Role::Value => "",
            Role::Part => "Part",
        };
        let name = format!("{}{direction:?}{suffix}", node.id.index());
        if self.known.insert(name.clone()) {
            self.waiting.push((name.clone(), node, direction, role));
        }
        name
    }

    fn reference(&mut self, node: &'a Node, direction: Direction, role: Role) -> Value {
        let name = self.name(node, direction, role);
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// The values of a schema: where a discriminator leads to subtypes, each under its own tag.
    fn one_of_subtypes(&mut self, node: &'a Node, direction: Direction) -> Value {
        let is_choice = node.get("oneOf").or_else(|| node.get("anyOf")).is_some();
        let discriminator = node.get("discriminator").filter(|_| !is_choice);
        let tag = discriminator.and_then(keywords::tag);
        let (Some(discriminator), Some(tag)) = (discriminator, tag) else {
            return self.schema(node, direction);
        };
        let mut branches = Vec::new();
        for (name, subtype) in self.descendants(node.id) {
            let values = self.mapped(discriminator, subtype.id);
            let values = if values.is_empty() {
                vec![name]
            } else {
                values
            };
            let schema = self.reference(subtype, direction, Role::Part);
            branches.push(tagged(schema, tag, &values));
        }
        if branches.is_empty() {
            return self.schema(node, direction);
        }
        json!({ "anyOf": branches })
    }

    fn descendants(&self, base: NodeId) -> Vec<(&'a str, &'a Node)> {
        let mut found: Vec<(&'a str, &'a Node)> = Vec::new();
        let mut waiting = vec![base];
        while let Some(at) = waiting.pop() {
            for (name, node) in self.subtypes.get(&at).into_iter().flatten() {
                if node.id != base && found.iter().all(|(_, known)| known.id != node.id) {
                    found.push((name, node));
                    waiting.push(node.id);
                }
            }
        }
        found
    }

    /// The values of a discriminator's mapping that lead to a schema.
    fn mapped(&self, discriminator: &'a Node, target: NodeId) -> Vec<&'a str> {
        let mapping = discriminator
            .get("mapping")
            .map(Node::entries)
            .unwrap_or_default();
        let leads = |value: &Node| {
            self.resolved
                .mapping_target(value)
                .is_some_and(|found| found.node.id == target)
        };
        let led = mapping.iter().filter(|entry| leads(&entry.value));
        led.map(|entry| entry.key.text()).collect()
    }

    fn schema(&mut self, node: &'a Node, direction: Direction) -> Value {
        self.translated(node, direction, &[])
    }

    /// A schema; `dropped` are the properties that a schema around it leaves out.
    fn translated(&mut self, node: &'a Node, direction: Direction, dropped: &[&'a str]) -> Value {
        if let Some(value) = node.as_bool() {
            return value.into();
        }
        let mut dropped = dropped.to_vec();
        self.drop_untravelling(node, direction, &mut dropped, 0);
        let mut out = Map::new();
        if self.resolved.is_reference(node)
            && let Some(target) = self.resolved.target(node)
        {
            let reference = self.reference(target.node, direction, Role::Value);
            if !self.documents.version(node.span.document).has_json_schema() {
                return reference;
            }
            out.insert("allOf".to_owned(), json!([reference]));
        }
        for entry in node.entries() {
            let (key, value) = (entry.key.text(), &entry.value);
            let translated = match Keyword::of(key) {
                Keyword::Schema if value.as_mapping().is_some() || value.as_bool().is_some() => {
                    Some(self.schema(value, direction))
                }
                Keyword::Members => Some(self.members(value, direction, &dropped)),
                Keyword::Tuple => Some(
                    value
                        .items()
                        .iter()
                        .map(|item| self.schema(item, direction))
                        .collect(),
                ),
                Keyword::Parts => Some(
                    value
                        .items()
                        .iter()
                        .map(|part| self.part(part, direction, &dropped))
                        .collect(),
                ),
                Keyword::Choice => Some(self.choice(node, value, direction)),
                Keyword::Required => Some(keywords::required(value, &dropped)),
                Keyword::Schema | Keyword::Plain => keywords::plain(node, key, value),
            };
            match (translated, out.get_mut(key)) {
                (Some(Value::Array(more)), Some(Value::Array(there))) => there.extend(more),
                (Some(translated), _) => _ = out.insert(key.to_owned(), translated),
                (None, _) => {}
            }
        }
        // An empty list is not a legal choice.
        for key in ["allOf", "anyOf", "oneOf", "prefixItems", "enum"] {
            if out
                .get(key)
                .is_some_and(|list| list.as_array().is_some_and(Vec::is_empty))
            {
                out.remove(key);
            }
        }
        Value::Object(out)
    }

    fn members(&mut self, value: &'a Node, direction: Direction, dropped: &[&str]) -> Value {
        let entries = value.entries().iter();
        let kept = entries.filter(|entry| !dropped.contains(&entry.key.text()));
        let members: Map<_, _> = kept
            .map(|entry| {
                (
                    entry.key.text().to_owned(),
                    self.schema(&entry.value, direction),
                )
            })
            .collect();
        members.into()
    }

    fn part(&mut self, part: &'a Node, direction: Direction, dropped: &[&'a str]) -> Value {
        match self.resolved.target(part) {
            Some(target) => self.reference(target.node, direction, Role::Part),
            None => self.translated(part, direction, dropped),
        }
    }

    /// The branches of a choice, each with the tag that a discriminator gives it.
    fn choice(&mut self, node: &'a Node, list: &'a Node, direction: Direction) -> Value {
        let discriminator = node.get("discriminator");
        let tag = discriminator.and_then(keywords::tag);
        let mut branches = Vec::new();
        for branch in list.items() {
            let schema = self.schema(branch, direction);
            let (Some(discriminator), Some(tag), Some(target)) =
                (discriminator, tag, self.resolved.target(branch))
            else {
                branches.push(schema);
                continue;
            };
            let mut values = self.mapped(discriminator, target.node.id);
            let named = target.pointer.last().map(|name| name.text().to_owned());
            if values.is_empty() && !keywords::says_values(self.resolved, target.node, tag) {
                values.extend(named.as_deref());
            }
            branches.push(if values.is_empty() {
                schema
            } else {
                tagged(schema, tag, &values)
            });
        }
        branches.into()
    }

    /// Notes the properties of a schema and of what it builds on that don't travel in a direction.
    fn drop_untravelling(
        &self,
        node: &'a Node,
        direction: Direction,
        dropped: &mut Vec<&'a str>,
        depth: usize,
    ) {
        let mark = match direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
            Direction::Both => return,
        };
        let node = self.resolved.target(node).map_or(node, |found| found.node);
        let marked = |node: &Node| node.get(mark).and_then(Node::as_bool) == Some(true);
        for entry in node
            .get("properties")
            .map(Node::entries)
            .unwrap_or_default()
        {
            let target = self.resolved.target(&entry.value);
            if marked(&entry.value) || target.is_some_and(|target| marked(target.node)) {
                dropped.push(entry.key.text());
            }
        }
        let parts = node.get("allOf").map(Node::items).unwrap_or_default();
        // Deeper inheritance is rare, and a ring must end.
        for part in parts.iter().filter(|_| depth < 8) {
            self.drop_untravelling(part, direction, dropped, depth + 1);
        }
    }
}

/// A schema whose values say a tag.
fn tagged(schema: Value, tag: &str, values: &[&str]) -> Value {
    let mut properties = Map::new();
    properties.insert(tag.to_owned(), json!({ "enum": values }));
    json!({ "allOf": [schema, { "required": [tag], "properties": properties }] })
}

/// The component schemas of all documents and their names.
pub(super) fn components(documents: &Documents) -> impl Iterator<Item = (&str, &Node)> {
    let schemas = documents.iter().filter_map(|document| {
        document
            .root
            .get("components")
            .and_then(|components| components.get("schemas"))
    });
    schemas
        .flat_map(Node::entries)
        .map(|entry| (entry.key.text(), &entry.value))
}
