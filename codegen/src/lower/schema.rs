//! From a schema to the type that stands where the schema stands.

use crate::diagnostic::Code;
use crate::ir::{Constraints, Docs, Facts, Literal, Reading, Shape, Struct, Type, TypeDef, TypeId};
use crate::load::{Node, Value};
use crate::names::{TypeName, Words};

use super::enumeration::Told;
use super::keywords;
use super::merged::{AdditionalProperties, Key, MergedSchema, SchemaSet};
use super::naming::Naming;
use super::{Direction, Lowering, Pending, PendingKind, SchemaState, literal};
use crate::specification::{Keyword, Kinds};

/// A schema where it is used: its type, and what else the place needs to know.
#[derive(Clone, Debug)]
pub(super) struct LoweredSchema {
    pub(super) ty: Type,
    pub(super) nullable: bool,
    pub(super) constraints: Constraints,
    pub(super) reading: Reading,
    /// The one value that fits.
    pub(super) constant: Option<Literal>,
}

impl LoweredSchema {
    pub(super) fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            constraints: Constraints::default(),
            reading: Reading::Exact,
            constant: None,
        }
    }

    /// The type, with null taken in where there is no field to say so.
    pub(super) fn into_type(self) -> Type {
        if self.nullable && self.ty != Type::Json {
            Type::Nullable(Box::new(self.ty))
        } else {
            self.ty
        }
    }
}

/// The greatest depth of types without a name.
const DEEPEST: usize = 64;

impl<'a> Lowering<'a> {
    /// Lowers a schema where it is used. `naming` is for a type that it may need and that has no name of its own.
    pub(super) fn schema(
        &mut self,
        schema: &SchemaSet<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        let (schema, mut naming, nullable) = self.see_through(schema, naming);
        if let [node] = schema.nodes.as_slice() {
            // However it was reached, a component keeps its name.
            if let Some(own) = self
                .component_names
                .get(&node.id)
                .filter(|_| schema.skip.is_empty() && schema.only.is_none())
            {
                naming = own.clone();
            }
        }
        let direction = match direction {
            Direction::Patch if self.is_patched(&schema) => Direction::Patch,
            Direction::Patch => self.view_of(&schema, Direction::Request),
            direction => self.view_of(&schema, direction),
        };
        let key = (schema.key(), direction);
        let mut used = match self.known.get(&key) {
            Some(SchemaState::Done(used)) => LoweredSchema::clone(used),
            Some(SchemaState::Open(Some(id))) => LoweredSchema::of(Type::Named(*id)),
            Some(SchemaState::Open(None)) => {
                let id = self.add_newtype(&schema, direction, &naming);
                self.known.insert(key, SchemaState::Open(Some(id)));
                LoweredSchema::of(Type::Named(id))
            }
            None => {
                let used = match self.twin(&schema, direction, &naming) {
                    Some(used) => used,
                    None => self.first_of_kind(&schema, direction, &naming, &key),
                };
                self.known
                    .insert(key, SchemaState::Done(Box::new(used.clone())));
                used
            }
        };
        used.nullable |= nullable;
        used
    }

    /// Lowers a schema that nothing is known of.
    fn first_of_kind(
        &mut self,
        schema: &SchemaSet<'a>,
        direction: Direction,
        naming: &Naming,
        key: &(Key, Direction),
    ) -> LoweredSchema {
        self.known.insert(key.clone(), SchemaState::Open(None));
        let used = self.decide(schema, direction, naming);
        let used = match self.known.get(key) {
            Some(SchemaState::Open(Some(id))) => self.close_newtype(*id, used),
            _ => used,
        };
        self.remember(schema, direction, naming, &used);
        used
    }

    /// Whether a merge patch goes into a schema: it does into objects, and takes the place of all else.
    fn is_patched(&mut self, schema: &SchemaSet<'a>) -> bool {
        let merged = self.merged(schema);
        merged.likely_kinds() == Kinds::OBJECT
            && merged.choices.is_empty()
            && merged.values.is_none()
            && merged.discriminator.is_none()
    }

    /// Follows references, and wrappers that add nothing to one, to the schema that decides; with it goes its name.
    pub(super) fn see_through(
        &mut self,
        schema: &SchemaSet<'a>,
        naming: &Naming,
    ) -> (SchemaSet<'a>, Naming, bool) {
        let mut schema = schema.clone();
        let mut naming = naming.clone();
        let mut nullable = false;
        for _ in 0..DEEPEST {
            let deciding: Vec<&'a Node> = schema
                .nodes
                .iter()
                .filter(|node| schema.decides(node))
                .copied()
                .collect();
            let [only] = deciding.as_slice() else { break };
            if schema.nodes.len() > 1 {
                nullable |= schema.nodes.iter().any(|node| says_null(node));
                schema.keep(only);
            }
            let wrapped = match self.resolved.target(only) {
                Some(target) => {
                    // From 3.1 a reference may stand beside keywords that narrow it.
                    let is_bare = !self.version(only).has_json_schema();
                    if !is_bare && !self.adds_nothing(only, target.node) {
                        break;
                    }
                    naming = self.naming_of(target.node, target.document, &target.pointer);
                    target.node
                }
                None => match lone_part(only) {
                    Some(part)
                        if !self.subtypes.is_one(only.id) && self.adds_nothing(only, part) =>
                    {
                        let parts = only.get("allOf").map(Node::items).unwrap_or_default();
                        nullable |= parts
                            .iter()
                            .any(|other| other.id != part.id && says_null(other));
                        if let Some(name_override) = only.get("x-rust-name").and_then(literal::text)
                        {
                            naming.name_override = naming.name_override.or(Some(name_override));
                        }
                        part
                    }
                    _ => break,
                },
            };
            nullable |= says_null(only);
            schema.nodes = vec![wrapped];
        }
        (schema, naming, nullable)
    }

    /// Whether a schema says no more than the one that it refers to, but perhaps that null fits as well.
    fn adds_nothing(&mut self, node: &'a Node, inner: &'a Node) -> bool {
        let kinds = node.get("type").map(|kinds| Kinds::of(kinds).0);
        let others = node.entries().iter().all(|entry| match entry.key.text() {
            "$ref" | "allOf" | "type" => true,
            "enum" if entry.value.items().is_empty() => true,
            keyword => Keyword::is_annotation(keyword),
        });
        let Some(kinds) = kinds.filter(|_| others) else {
            return others;
        };
        let merged = self.merged(&SchemaSet::one(inner));
        let inner = merged.likely_kinds();
        inner.narrowed(kinds) == inner && (!inner.is_none() || !merged.choices.is_empty())
    }

    fn decide(
        &mut self,
        schema: &SchemaSet<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        self.stats.values += 1;
        if self.depth >= DEEPEST {
            return self.raw(schema, "it is nested too deeply");
        }
        self.depth += 1;
        let merged = self.merged(schema);
        let nullable = merged.nullable;
        let mut used = self.by_shape(schema, merged, direction, naming);
        used.nullable |= nullable;
        self.depth -= 1;
        used
    }

    pub(super) fn by_shape(
        &mut self,
        schema: &SchemaSet<'a>,
        merged: MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        if merged.unknown && merged.nodes.is_empty() {
            // Said where the reference stands.
            self.stats.untyped += 1;
            return LoweredSchema::of(Type::Json);
        }
        if merged.impossible {
            return self.raw(schema, "no value satisfies it");
        }
        if let Some(values) = &merged.values {
            let values = values.clone();
            return self.constants(schema, &merged, &values, direction, naming);
        }
        if !merged.choices.is_empty() {
            return self.choice(schema, merged, direction, naming);
        }
        let kinds = merged.likely_kinds();
        match kinds.only() {
            Some(Kinds::OBJECT) => self.object(merged, direction, naming),
            Some(Kinds::ARRAY) => self.list(&merged, direction, naming),
            Some(kind) => self.scalar(&merged, kind),
            None if kinds.is_none() => {
                self.stats.untyped += 1;
                LoweredSchema::of(Type::Json)
            }
            None => self.kinds_union(schema, kinds, direction, naming),
        }
    }

    fn object(
        &mut self,
        merged: MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        let subtypes = merged
            .discriminator
            .zip(merged.nodes.first())
            .map(|(_, node)| self.subtypes.of(node.id).to_vec());
        if let Some(subtypes) = subtypes.filter(|subtypes| !subtypes.is_empty()) {
            return self.inherited(merged, &subtypes, direction, naming);
        }
        let is_empty =
            matches!(merged.additional, AdditionalProperties::Closed) && merged.patterns.is_empty();
        if merged.has_members() || self.keeps_unknown(&merged) || is_empty {
            return LoweredSchema::of(Type::Named(self.enqueue(
                merged,
                direction,
                naming,
                PendingKind::Struct,
            )));
        }
        let value = match merged.additional {
            _ if !merged.patterns.is_empty() => {
                let (schemas, is_open) = merged.others();
                let naming = naming.part(&Words::of("value"));
                LoweredSchema::of(
                    self.one_of_several(&merged, &schemas, is_open, direction, &naming),
                )
            }
            AdditionalProperties::Schema(values) => {
                let naming = naming.part(&Words::of("value"));
                let mut value = self.schema(&SchemaSet::one(values), direction, &naming);
                value.nullable |= direction == Direction::Patch;
                value
            }
            _ => {
                self.stats.untyped += 1;
                LoweredSchema::of(Type::Json)
            }
        };
        self.map_of(&merged, value)
    }

    fn map_of(&mut self, merged: &MergedSchema<'a>, value: LoweredSchema) -> LoweredSchema {
        let mut limits = self.limits(merged, Kinds::OBJECT);
        limits.items = value.constraints.clone();
        let mut used = LoweredSchema::of(Type::Map(Box::new(value.into_type())));
        used.constraints = limits.into();
        used
    }

    fn list(
        &mut self,
        merged: &MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        if !merged.tuple.is_empty() && self.is_fixed(merged) {
            let tuple = merged.tuple;
            let items = tuple.iter().enumerate().map(|(at, item)| {
                let naming = naming.part(&place_word(at));
                let used = self.schema(&SchemaSet::one(item), direction, &naming);
                if !used.constraints.is_empty() {
                    self.warn_unchecked(item, "limits on an item of a tuple");
                }
                used.into_type()
            });
            return LoweredSchema::of(Type::Tuple(items.collect()));
        }
        let mut limits = self.limits(merged, Kinds::ARRAY);
        let item = match merged.items {
            _ if !merged.tuple.is_empty() => self.item_of_many(merged, direction, naming),
            Some(items) => {
                let used = self.item(items, direction, &naming.item());
                limits.items = used.constraints.clone();
                if !limits.items.items.is_empty() {
                    self.warn_unchecked(items, "limits on the items of items");
                }
                used.into_type()
            }
            None => {
                self.stats.untyped += 1;
                Type::Json
            }
        };
        let mut used = LoweredSchema::of(Type::List(Box::new(item)));
        used.constraints = limits.into();
        used
    }

    /// The type of an item of a list whose items are of several schemas, and which no tuple holds.
    fn item_of_many(
        &mut self,
        merged: &MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> Type {
        let more = merged.items.filter(|items| items.as_bool() != Some(false));
        let schemas: Vec<&'a Node> = merged.tuple.iter().chain(more).collect();
        let is_open = merged.items.is_none() && !is_closed(merged);
        self.one_of_several(merged, &schemas, is_open, direction, &naming.item())
    }

    /// A value of one of several schemas, or of none of them where it may be.
    pub(super) fn one_of_several(
        &mut self,
        merged: &MergedSchema<'a>,
        schemas: &[&'a Node],
        is_open: bool,
        direction: Direction,
        naming: &Naming,
    ) -> Type {
        let mut distinct: Vec<(&'a Node, Type)> = Vec::new();
        for (at, schema) in schemas.iter().enumerate() {
            let naming = naming.part(&place_word(at));
            let ty = self
                .schema(&SchemaSet::one(schema), direction, &naming)
                .into_type();
            if distinct.iter().all(|(_, known)| *known != ty) {
                distinct.push((schema, ty));
            }
        }
        match distinct.as_slice() {
            [(_, only)] if !is_open => only.clone(),
            all if all.iter().any(|(_, ty)| *ty == Type::Json) => Type::Json,
            all => {
                let schemas: Vec<&'a Node> = all.iter().map(|(schema, _)| *schema).collect();
                self.items_union(merged, &schemas, direction, naming)
            }
        }
    }

    /// An item of a list. No field holds its constant, so a type does.
    fn item(&mut self, items: &'a Node, direction: Direction, naming: &Naming) -> LoweredSchema {
        let schema = SchemaSet::one(items);
        let used = self.schema(&schema, direction, naming);
        if used.ty != Type::String || !matches!(used.constant, Some(Literal::String(_))) {
            return used;
        }
        let (schema, naming, _) = self.see_through(&schema, naming);
        let is_component = |node: &&Node| self.component_names.contains_key(&node.id);
        if schema.nodes.iter().any(is_component) {
            return used;
        }
        let merged = self.merged(&schema);
        let values = merged.values.clone().unwrap_or_default();
        let shape = Shape::Enum(self.enumeration(&merged, &values, &Told::new(), &naming));
        LoweredSchema {
            ty: Type::Named(self.declare(&merged, Direction::Both, &naming, shape)),
            constant: None,
            ..used
        }
    }

    /// Whether a tuple has neither fewer nor more items than are listed. Where no more are allowed and nothing says
    /// how many there are at least, all are meant.
    fn is_fixed(&self, merged: &MergedSchema<'a>) -> bool {
        let length = merged.tuple.len() as i128;
        let says = |keyword: Keyword| {
            let mut values = merged.each(keyword).filter_map(Node::as_number).peekable();
            let is_length = |number: &crate::load::Number| {
                number.value == crate::load::NumberValue::Int(length)
            };
            values.peek().is_some().then(|| values.any(is_length))
        };
        let least = says(Keyword::MinItems).unwrap_or(is_closed(merged));
        let most = says(Keyword::MaxItems) == Some(true) || is_closed(merged);
        merged.tuple.len() <= 12 && least && most
    }

    /// Says that a limit is documented and not checked.
    pub(super) fn warn_unchecked(&mut self, node: &Node, what: &str) {
        self.warn(
            Code::NotExpressed,
            node.span,
            format!("{what}: not checked before a value is sent"),
            (
                "let the server check it, or describe it with other keywords",
                "values are accepted as if it were absent",
            ),
        );
    }

    /// A value that is kept as raw JSON though the schema says more.
    pub(super) fn raw(&mut self, schema: &SchemaSet<'a>, why: &str) -> LoweredSchema {
        if let Some(node) = schema.nodes.first() {
            let origin = self.origin(node.span);
            self.stats.raw_json.push(origin);
            self.warn(
                Code::RawJson,
                node.span,
                format!("the value is kept as raw JSON: {why}"),
                "describe it in another way to get a Rust type",
            );
        }
        LoweredSchema::of(Type::Json)
    }

    pub(super) fn keeps_unknown(&self, merged: &MergedSchema<'a>) -> bool {
        merged.first(Keyword::UnknownFields).and_then(Node::as_str) == Some("keep")
    }

    /// Makes a type whose members are lowered later.
    pub(super) fn enqueue(
        &mut self,
        merged: MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
        plan: PendingKind<'a>,
    ) -> TypeId {
        let id = self.declare(&merged, direction, naming, Shape::Struct(Struct::default()));
        self.queue.push(Pending {
            id,
            merged,
            direction,
            plan,
        });
        id
    }

    /// Adds a type with what is known of it.
    pub(super) fn declare(
        &mut self,
        merged: &MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
        shape: Shape,
    ) -> TypeId {
        let span = merged
            .nodes
            .first()
            .map_or_else(|| self.documents.entry().root.span, |node| node.span);
        let def = TypeDef {
            name: TypeName::new(&Words::of("unnamed")),
            docs: self.type_docs(merged),
            shape,
            facts: Facts::default(),
            deprecated: merged
                .nodes
                .first()
                .is_some_and(|node| node.get("deprecated").and_then(Node::as_bool) == Some(true)),
            origin: self.origin(span),
        };
        let mut naming = naming.clone();
        naming.direction = direction;
        naming.name_override = naming.name_override.or_else(|| {
            merged
                .nodes
                .first()
                .and_then(|node| node.get("x-rust-name"))
                .and_then(literal::text)
        });
        self.add(def, naming)
    }

    fn add_newtype(
        &mut self,
        schema: &SchemaSet<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> TypeId {
        let merged = self.merged(schema);
        self.declare(&merged, direction, naming, Shape::Newtype(Type::Json))
    }

    fn close_newtype(&mut self, id: TypeId, used: LoweredSchema) -> LoweredSchema {
        self.types.get_mut(id).shape = Shape::Newtype(used.ty);
        LoweredSchema {
            ty: Type::Named(id),
            ..used
        }
    }

    /// Documentation of a type.
    fn type_docs(&mut self, merged: &MergedSchema<'a>) -> Docs {
        let nodes = merged.nodes.clone();
        self.docs(&nodes)
    }
}

/// A word for an item by its place, which means something in a tuple.
fn place_word(at: usize) -> Words {
    const SAID: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    match SAID.get(at) {
        Some(word) => Words::of(word),
        None => Words::of(&format!("item {}", at + 1)),
    }
}

/// Whether a list has no more items than its tuple.
fn is_closed(merged: &MergedSchema<'_>) -> bool {
    let mut keywords = ["items", "additionalItems"].iter();
    keywords.any(|key| {
        let mut nodes = merged.nodes.iter();
        nodes.any(|node| node.get(key).and_then(Node::as_bool) == Some(false))
    })
}

/// The only part of an `allOf` that decides anything.
fn lone_part(node: &Node) -> Option<&Node> {
    let mut deciding = node
        .get("allOf")?
        .items()
        .iter()
        .filter(|part| !keywords::only_annotates(part));
    let part = deciding.next().filter(|_| deciding.next().is_none())?;
    matches!(part.value, Value::Mapping(_)).then_some(part)
}

/// Whether a schema says that null fits, beside what it refers to.
fn says_null(node: &Node) -> bool {
    let by_type = node
        .get("type")
        .is_some_and(|kinds| Kinds::of(kinds).0.has(Kinds::NULL));
    by_type || node.get("nullable").and_then(Node::as_bool) == Some(true)
}
