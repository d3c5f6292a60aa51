//! A schema with its `allOf` merged and its references followed: all that must hold of a value, in one place.

use rustc_hash::FxHashSet;

use super::keywords;
use crate::load::{Node, NodeId};
use crate::source::{Span, SpecStr};
use crate::specification::{Keyword, Kinds, Merge, Support};

/// Schemas that a value must satisfy together: mostly one; several for a property that `allOf` narrows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    nodes: Vec<NodeId>,
    skip: Vec<NodeId>,
    only: Kinds,
}

/// Schemas that a value must satisfy together, and what of them is left aside.
#[derive(Clone, Debug)]
pub(super) struct SchemaSet<'a> {
    pub(super) nodes: Vec<&'a Node>,
    /// `oneOf` and `anyOf` lists that are decided already: this is one of their branches.
    pub(super) skip: Vec<NodeId>,
    /// The JSON types to which it is narrowed; none: as the schemas say.
    pub(super) only: Kinds,
}

impl<'a> SchemaSet<'a> {
    pub(super) fn one(node: &'a Node) -> Self {
        Self {
            nodes: vec![node],
            skip: Vec::new(),
            only: Kinds::NONE,
        }
    }

    /// The key that distinguishes it from others.
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

impl Choice<'_> {
    /// Whether just one of the alternatives holds: `oneOf`.
    pub(super) fn is_exclusive(&self, merged: &MergedSchema<'_>) -> bool {
        let mut lists = merged.nodes.iter().filter_map(|node| node.get("anyOf"));
        lists.all(|list| list.id != self.list.id)
    }
}

/// A property, with all schemas that speak of it.
#[derive(Clone, Debug)]
pub(super) struct Property<'a> {
    pub(super) key: &'a SpecStr,
    pub(super) key_span: Span,
    pub(super) schema: SchemaSet<'a>,
}

/// The names of members that are required, each once and where it is listed first.
#[derive(Clone, Debug, Default)]
pub(super) struct Required<'a> {
    names: Vec<(&'a SpecStr, Span)>,
    known: FxHashSet<&'a str>,
}

impl<'a> Required<'a> {
    /// Adds a name, unless it is there.
    pub(super) fn insert(&mut self, name: &'a SpecStr, span: Span) {
        if self.known.insert(name.text()) {
            self.names.push((name, span));
        }
    }

    /// Whether a name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.known.contains(name)
    }

    /// The names in their order, each with its place.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a SpecStr, Span)> {
        self.names.iter().copied()
    }

    /// The number of names.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }
}

/// The rule for members that have no property.
#[derive(Clone, Copy, Debug)]
pub(super) enum AdditionalProperties<'a> {
    Unsaid,
    Closed,
    Anything,
    Schema(&'a Node),
}

/// The merged schema.
#[derive(Clone, Debug)]
pub(super) struct MergedSchema<'a> {
    /// Every schema object that was merged, the outermost first, references followed.
    pub(super) nodes: Vec<&'a Node>,
    /// Those that limit nothing: before 3.1, what stands beside a `$ref` is at most read by people.
    pub(super) ignored: Vec<NodeId>,
    /// The JSON types that are allowed, null aside; none: nothing is said.
    pub(super) kinds: Kinds,
    pub(super) nullable: bool,
    pub(super) format: Option<&'a str>,
    /// The constants that are allowed, null aside.
    pub(super) values: Option<Vec<&'a Node>>,
    pub(super) properties: Vec<Property<'a>>,
    pub(super) required: Required<'a>,
    pub(super) additional: AdditionalProperties<'a>,
    /// The schemas of members whose names match a pattern.
    pub(super) patterns: Vec<&'a Node>,
    /// Whether one of the patterns matches every name.
    pub(super) all_match: bool,
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

impl<'a> MergedSchema<'a> {
    pub(super) fn empty() -> Self {
        Self {
            nodes: Vec::new(),
            ignored: Vec::new(),
            kinds: Kinds::NONE,
            nullable: false,
            format: None,
            values: None,
            properties: Vec::new(),
            required: Required::default(),
            additional: AdditionalProperties::Unsaid,
            patterns: Vec::new(),
            all_match: false,
            items: None,
            tuple: &[],
            choices: Vec::new(),
            discriminator: None,
            unknown: false,
            impossible: false,
        }
    }

    /// The first value of a keyword, the outermost schema first.
    pub(super) fn first(&self, keyword: Keyword) -> Option<&'a Node> {
        debug_assert_eq!(keyword.merge(), Merge::First, "{}", keyword.name());
        self.nodes.iter().find_map(|node| node.get(keyword.name()))
    }

    /// Whether any of the schemas sets a keyword to `true`.
    pub(super) fn flag(&self, keyword: Keyword) -> bool {
        debug_assert_eq!(keyword.merge(), Merge::Any, "{}", keyword.name());
        let mut values = self.nodes.iter().map(|node| node.get(keyword.name()));
        values.any(|value| value.and_then(Node::as_bool) == Some(true))
    }

    /// The schemas whose keywords limit values, the outermost first.
    pub(super) fn asserting(&self) -> impl Iterator<Item = &'a Node> {
        let is_ignored = |node: &Node| self.ignored.contains(&node.id);
        let nodes = self.nodes.iter().copied();
        nodes.filter(move |node| !is_ignored(node))
    }

    /// Each value of a keyword that limits values, the outermost schema first.
    pub(super) fn each(&self, keyword: Keyword) -> impl Iterator<Item = &'a Node> {
        self.asserting()
            .filter_map(move |node| node.get(keyword.name()))
    }

    pub(super) fn requires(&self, key: &str) -> bool {
        self.required.has(key)
    }

    pub(super) fn property(&self, key: &str) -> Option<&Property<'a>> {
        self.properties
            .iter()
            .find(|property| property.key.text() == key)
    }

    /// The schemas that members without a property may have, and whether there may be others of any type.
    pub(super) fn others(&self) -> (Vec<&'a Node>, bool) {
        let mut schemas = self.patterns.clone();
        let is_open = !self.all_match
            && matches!(
                self.additional,
                AdditionalProperties::Unsaid | AdditionalProperties::Anything
            );
        if let (AdditionalProperties::Schema(values), false) = (self.additional, self.all_match) {
            schemas.push(values);
        }
        (schemas, is_open)
    }

    /// Whether it is text that is bytes: by its format, or by its media type unless it is encoded as text.
    pub(super) fn is_file(&self) -> bool {
        let textual = self.kinds == Kinds::STRING || self.kinds.is_none();
        let is_media = self.first(Keyword::ContentMediaType).is_some()
            && self.first(Keyword::ContentEncoding).is_none();
        textual && self.choices.is_empty() && (self.format == Some("binary") || is_media)
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
        let mut limited = Kinds::NONE;
        for entry in self.asserting().flat_map(Node::entries) {
            match Keyword::of(entry.key.text()) {
                Some(
                    keyword @ (Keyword::Properties
                    | Keyword::PatternProperties
                    | Keyword::AdditionalProperties),
                ) => limited = limited.with(keyword.limits()),
                Some(keyword) if keyword.support() == Support::Checked => {
                    limited = limited.with(keyword.limits());
                }
                _ => {}
            }
        }
        let format = self.format.unwrap_or_default();
        if self.has_members() || limited.has(Kinds::OBJECT) {
            Kinds::OBJECT
        } else if self.items.is_some() || !self.tuple.is_empty() || limited.has(Kinds::ARRAY) {
            Kinds::ARRAY
        } else if limited.has(Kinds::STRING) || is_text_format(format) {
            Kinds::STRING
        } else if matches!(format, "int32" | "int64" | "integer") {
            Kinds::INTEGER
        } else if limited.has(Kinds::NUMBER) || matches!(format, "float" | "double" | "number") {
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
