//! A schema with its `allOf` merged and its references followed: all that must hold of a value, in one place.

use super::keywords;
use crate::load::{Node, NodeId};
use crate::source::{Span, SpecStr};
use crate::specification::{Keyword, Kinds};

/// Schemas that a value must satisfy together: mostly one; several for a property that `allOf` narrows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    nodes: Vec<NodeId>,
    skip: Vec<NodeId>,
    only: Kinds,
}

/// Schemas that a value must satisfy together, and what of them is left aside.
#[derive(Clone, Debug)]
pub(super) struct Conjunction<'a> {
    pub(super) nodes: Vec<&'a Node>,
    /// `oneOf` and `anyOf` lists that are decided already: this is one of their branches.
    pub(super) skip: Vec<NodeId>,
    /// The JSON types to which it is narrowed; none: as the schemas say.
    pub(super) only: Kinds,
}

impl<'a> Conjunction<'a> {
    pub(super) fn one(node: &'a Node) -> Self {
        Self {
            nodes: vec![node],
            skip: Vec::new(),
            only: Kinds::NONE,
        }
    }

    /// What tells it from others.
    pub(super) fn key(&self) -> Key {
        let nodes = self.nodes.iter().map(|node| node.id).collect();
        Key {
            nodes,
            skip: self.skip.clone(),
            only: self.only,
        }
    }

    /// The same, narrowed by one more schema that stands in the list `choice`.
    pub(super) fn with_branch(&self, choice: &Choice<'a>, branch: &'a Node) -> Self {
        let mut with = self.clone();
        with.skip.push(choice.list.id);
        with.nodes.push(branch);
        with
    }

    /// Whether a node of it limits values, apart from the lists that are decided already.
    pub(super) fn decides(&self, node: &Node) -> bool {
        if self.skip.is_empty() {
            return !keywords::only_annotates(node);
        }
        let listed = |value: &Node| self.skip.contains(&value.id);
        let around = node.entries().iter().any(|entry| listed(&entry.value));
        node.entries().iter().any(|entry| match entry.key.text() {
            "oneOf" | "anyOf" if listed(&entry.value) => false,
            // Beside a list, the type and the tag only repeat what the branches say.
            "type" | "discriminator" if around => false,
            keyword => !Keyword::is_annotation(keyword),
        })
    }

    /// Lets go of all nodes but one, and of the decisions that were about the others.
    pub(super) fn keep(&mut self, only: &'a Node) {
        for node in self.nodes.iter().filter(|node| node.id != only.id) {
            self.skip
                .retain(|list| node.entries().iter().all(|entry| entry.value.id != *list));
        }
        self.nodes = vec![only];
    }

    /// The same, narrowed to one JSON type.
    pub(super) fn narrowed(&self, only: Kinds) -> Self {
        Self {
            only,
            ..self.clone()
        }
    }
}

/// `oneOf` or `anyOf`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice<'a> {
    pub(super) list: &'a Node,
    pub(super) discriminator: Option<&'a Node>,
}

/// A property, with all schemas that speak of it.
#[derive(Clone, Debug)]
pub(super) struct Property<'a> {
    pub(super) key: &'a SpecStr,
    pub(super) key_span: Span,
    pub(super) schema: Conjunction<'a>,
}

/// What is said of members that have no property.
#[derive(Clone, Copy, Debug)]
pub(super) enum Extra<'a> {
    Unsaid,
    Closed,
    Anything,
    Schema(&'a Node),
}

/// The merged schema.
#[derive(Clone, Debug)]
pub(super) struct Flat<'a> {
    /// Every schema object that was merged, the outermost first, references followed.
    pub(super) nodes: Vec<&'a Node>,
    /// The JSON types that are allowed, null aside; none: nothing is said.
    pub(super) kinds: Kinds,
    pub(super) nullable: bool,
    pub(super) format: Option<&'a str>,
    /// The constants that are allowed, null aside.
    pub(super) values: Option<Vec<&'a Node>>,
    pub(super) properties: Vec<Property<'a>>,
    pub(super) required: Vec<&'a SpecStr>,
    pub(super) extra: Extra<'a>,
    pub(super) items: Option<&'a Node>,
    pub(super) tuple: &'a [Node],
    pub(super) choices: Vec<Choice<'a>>,
    /// A discriminator without alternatives beside it: subtypes name this schema in their `allOf`.
    pub(super) discriminator: Option<&'a Node>,
    /// Something in it can't be followed: a reference to another host.
    pub(super) unknown: bool,
    /// No value fits.
    pub(super) impossible: bool,
}

impl<'a> Flat<'a> {
    pub(super) fn empty() -> Self {
        Self {
            nodes: Vec::new(),
            kinds: Kinds::NONE,
            nullable: false,
            format: None,
            values: None,
            properties: Vec::new(),
            required: Vec::new(),
            extra: Extra::Unsaid,
            items: None,
            tuple: &[],
            choices: Vec::new(),
            discriminator: None,
            unknown: false,
            impossible: false,
        }
    }

    /// The first value of an annotation, the outermost schema first.
    pub(super) fn annotation(&self, key: &str) -> Option<&'a Node> {
        self.nodes.iter().find_map(|node| node.get(key))
    }

    /// Whether any of the schemas says `key: true`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.nodes
            .iter()
            .any(|node| node.get(key).and_then(Node::as_bool) == Some(true))
    }

    pub(super) fn requires(&self, key: &str) -> bool {
        self.required.iter().any(|required| required.text() == key)
    }

    pub(super) fn property(&self, key: &str) -> Option<&Property<'a>> {
        self.properties
            .iter()
            .find(|property| property.key.text() == key)
    }

    /// Whether it describes objects by their members.
    pub(super) fn has_members(&self) -> bool {
        !self.properties.is_empty()
    }

    /// The JSON types that it allows, guessed from other keywords where `type` is missing.
    pub(super) fn likely_kinds(&self) -> Kinds {
        if !self.kinds.is_none() {
            return self.kinds;
        }
        let any = |keys: &[&str]| keys.iter().any(|key| self.annotation(key).is_some());
        if self.has_members()
            || any(&[
                "properties",
                "additionalProperties",
                "minProperties",
                "maxProperties",
                "patternProperties",
            ])
        {
            Kinds::OBJECT
        } else if self.items.is_some()
            || !self.tuple.is_empty()
            || any(&["minItems", "maxItems", "uniqueItems"])
        {
            Kinds::ARRAY
        } else if any(&["pattern", "minLength", "maxLength"])
            || self.format.is_some_and(is_text_format)
        {
            Kinds::STRING
        } else if matches!(self.format, Some("int32" | "int64" | "integer")) {
            Kinds::INTEGER
        } else if any(&["minimum", "maximum", "multipleOf"])
            || matches!(self.format, Some("float" | "double" | "number"))
        {
            Kinds::NUMBER
        } else {
            Kinds::NONE
        }
    }
}

fn is_text_format(format: &str) -> bool {
    matches!(
        format,
        "uuid"
            | "date"
            | "date-time"
            | "byte"
            | "binary"
            | "password"
            | "email"
            | "uri"
            | "url"
            | "hostname"
            | "ipv4"
            | "ipv6"
            | "string"
    )
}
