//! From a schema to the type that stands where the schema stands.

use crate::diagnostic::Code;
use crate::ir::{Constraints, Docs, Facts, Literal, Reading, Shape, Struct, Type, TypeDef, TypeId};
use crate::load::{Node, Value};
use crate::names::{TypeName, Words};

use super::flat::{Conjunction, Extra, Flat, Key};
use super::naming::Naming;
use super::{Known, Lowering, Pending, Plan, View, literal};
use crate::specification::{Keyword, Kinds};

/// A schema where it is used: its type, and what else the place needs to know.
#[derive(Clone, Debug)]
pub(super) struct Use {
    pub(super) ty: Type,
    pub(super) nullable: bool,
    pub(super) constraints: Constraints,
    pub(super) reading: Reading,
    /// The one value that fits.
    pub(super) constant: Option<Literal>,
}

impl Use {
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

/// How deep types without a name may nest.
const DEEPEST: usize = 64;

impl<'a> Lowering<'a> {
    /// Lowers a schema where it is used. `naming` is for a type that it may need and that has no name of its own.
    pub(super) fn schema(&mut self, schema: &Conjunction<'a>, view: View, naming: &Naming) -> Use {
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
        let view = self.view_of(&schema, view);
        let key = (schema.key(), view);
        let mut used = match self.known.get(&key) {
            Some(Known::Done(used)) => Use::clone(used),
            Some(Known::Open(Some(id))) => Use::of(Type::Named(*id)),
            Some(Known::Open(None)) => {
                let id = self.add_newtype(&schema, view, &naming);
                self.known.insert(key, Known::Open(Some(id)));
                Use::of(Type::Named(id))
            }
            None => {
                let used = match self.twin(&schema, view, &naming) {
                    Some(used) => used,
                    None => self.first_of_kind(&schema, view, &naming, &key),
                };
                self.known.insert(key, Known::Done(Box::new(used.clone())));
                used
            }
        };
        used.nullable |= nullable;
        used
    }

    /// Lowers a schema that nothing is known of.
    fn first_of_kind(
        &mut self,
        schema: &Conjunction<'a>,
        view: View,
        naming: &Naming,
        key: &(Key, View),
    ) -> Use {
        self.known.insert(key.clone(), Known::Open(None));
        let used = self.decide(schema, view, naming);
        let used = match self.known.get(key) {
            Some(Known::Open(Some(id))) => self.close_newtype(*id, used),
            _ => used,
        };
        self.remember(schema, view, naming, &used);
        used
    }

    /// Follows references, and wrappers that add nothing to one, to the schema that decides; with it goes its name.
    pub(super) fn see_through(
        &mut self,
        schema: &Conjunction<'a>,
        naming: &Naming,
    ) -> (Conjunction<'a>, Naming, bool) {
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
            let says_null =
                |node: &&Node| node.get("nullable").and_then(Node::as_bool) == Some(true);
            let [only] = deciding.as_slice() else { break };
            if schema.nodes.len() > 1 {
                nullable |= schema.nodes.iter().any(says_null);
                schema.keep(only);
            }
            let wrapped = match self.resolved.target(only) {
                Some(target) => {
                    nullable |= Some(*only).iter().any(says_null);
                    // From 3.1 a reference may stand beside keywords that narrow it.
                    let bare = only.entries().iter().all(|entry| {
                        entry.key.text() == "$ref" || Keyword::is_annotation(entry.key.text())
                    }) || !self.version(only).has_json_schema();
                    if !bare {
                        break;
                    }
                    naming = self.naming_of(target.node, target.document, &target.pointer);
                    target.node
                }
                None => match lone_part(only).filter(|_| !self.subtypes.is_one(only.id)) {
                    Some(part) => {
                        nullable |= Some(*only).iter().any(says_null);
                        if let Some(pin) = only.get("x-rust-name").and_then(literal::text) {
                            naming.pin = naming.pin.or(Some(pin));
                        }
                        part
                    }
                    None => break,
                },
            };
            schema.nodes = vec![wrapped];
        }
        (schema, naming, nullable)
    }

    fn decide(&mut self, schema: &Conjunction<'a>, view: View, naming: &Naming) -> Use {
        self.census.values += 1;
        if self.depth >= DEEPEST {
            return self.raw(schema, "it is nested too deeply");
        }
        self.depth += 1;
        let flat = self.flatten(schema);
        let nullable = flat.nullable;
        let mut used = self.by_shape(schema, flat, view, naming);
        used.nullable |= nullable;
        self.depth -= 1;
        used
    }

    pub(super) fn by_shape(
        &mut self,
        schema: &Conjunction<'a>,
        flat: Flat<'a>,
        view: View,
        naming: &Naming,
    ) -> Use {
        if flat.unknown && flat.nodes.is_empty() {
            // Said where the reference stands.
            self.census.untyped += 1;
            return Use::of(Type::Json);
        }
        if flat.impossible {
            return self.raw(schema, "no value satisfies it");
        }
        if let Some(values) = &flat.values {
            let values = values.clone();
            return self.constants(schema, &flat, &values, view, naming);
        }
        if !flat.choices.is_empty() {
            return self.choice(schema, flat, view, naming);
        }
        let kinds = flat.likely_kinds();
        match kinds.only() {
            Some(Kinds::OBJECT) => self.object(flat, view, naming),
            Some(Kinds::ARRAY) => self.list(&flat, view, naming),
            Some(kind) => self.scalar(&flat, kind),
            None if kinds.is_none() => {
                self.census.untyped += 1;
                Use::of(Type::Json)
            }
            None => self.kinds_union(schema, kinds, view, naming),
        }
    }

    fn object(&mut self, flat: Flat<'a>, view: View, naming: &Naming) -> Use {
        let subtypes = flat
            .discriminator
            .zip(flat.nodes.first())
            .map(|(_, node)| self.subtypes.of(node.id).to_vec());
        if let Some(subtypes) = subtypes.filter(|subtypes| !subtypes.is_empty()) {
            return self.inherited(flat, &subtypes, view, naming);
        }
        if flat.has_members() || self.keeps_unknown(&flat) || matches!(flat.extra, Extra::Closed) {
            return Use::of(Type::Named(self.enqueue(flat, view, naming, Plan::Struct)));
        }
        let value = match flat.extra {
            Extra::Schema(values) => self.schema(
                &Conjunction::one(values),
                view,
                &naming.part(&Words::of("value")),
            ),
            _ => {
                self.census.untyped += 1;
                Use::of(Type::Json)
            }
        };
        self.map_of(&flat, value)
    }

    fn map_of(&mut self, flat: &Flat<'a>, value: Use) -> Use {
        let mut limits = self.limits(flat, Kinds::OBJECT);
        limits.items = value.constraints.clone();
        let mut used = Use::of(Type::Map(Box::new(value.into_type())));
        used.constraints = limits.into();
        used
    }

    fn list(&mut self, flat: &Flat<'a>, view: View, naming: &Naming) -> Use {
        if !flat.tuple.is_empty() && self.is_fixed(flat) {
            let tuple = flat.tuple;
            let items = tuple.iter().enumerate().map(|(at, item)| {
                let naming = naming.part(&Words::of(&format!("item {}", at + 1)));
                self.schema(&Conjunction::one(item), view, &naming)
                    .into_type()
            });
            return Use::of(Type::Tuple(items.collect()));
        }
        let mut limits = self.limits(flat, Kinds::ARRAY);
        let item = match flat.items {
            Some(items) if flat.tuple.is_empty() => {
                let used = self.schema(&Conjunction::one(items), view, &naming.item());
                limits.items = used.constraints.clone();
                used.into_type()
            }
            _ => {
                self.census.untyped += 1;
                Type::Json
            }
        };
        let mut used = Use::of(Type::List(Box::new(item)));
        used.constraints = limits.into();
        used
    }

    /// Whether a tuple has neither fewer nor more items than are listed.
    fn is_fixed(&self, flat: &Flat<'a>) -> bool {
        let length = flat.tuple.len() as i128;
        let says = |keyword: Keyword| {
            let mut values = flat.each(keyword).filter_map(Node::as_number);
            values.any(|number| number.value == crate::load::NumberValue::Int(length))
        };
        let closed = flat.nodes.iter().any(|node| {
            ["items", "additionalItems", "unevaluatedItems"]
                .iter()
                .any(|key| node.get(key).and_then(Node::as_bool) == Some(false))
        });
        flat.tuple.len() <= 12 && says(Keyword::MinItems) && (says(Keyword::MaxItems) || closed)
    }

    /// A value that is kept as raw JSON though the schema says more.
    pub(super) fn raw(&mut self, schema: &Conjunction<'a>, why: &str) -> Use {
        if let Some(node) = schema.nodes.first() {
            let origin = self.origin(node.span);
            self.census.raw_json.push(origin);
            self.warn(
                Code::RawJson,
                node.span,
                format!("the value is kept as raw JSON: {why}"),
                "describe it in another way to get a Rust type",
            );
        }
        Use::of(Type::Json)
    }

    pub(super) fn keeps_unknown(&self, flat: &Flat<'a>) -> bool {
        flat.first(Keyword::UnknownFields).and_then(Node::as_str) == Some("keep")
    }

    /// Makes a type whose members are lowered later.
    pub(super) fn enqueue(
        &mut self,
        flat: Flat<'a>,
        view: View,
        naming: &Naming,
        plan: Plan<'a>,
    ) -> TypeId {
        let id = self.declare(&flat, view, naming, Shape::Struct(Struct::default()));
        self.queue.push(Pending {
            id,
            flat,
            view,
            plan,
        });
        id
    }

    /// Adds a type with what is known of it.
    pub(super) fn declare(
        &mut self,
        flat: &Flat<'a>,
        view: View,
        naming: &Naming,
        shape: Shape,
    ) -> TypeId {
        let span = flat
            .nodes
            .first()
            .map_or_else(|| self.documents.entry().root.span, |node| node.span);
        let def = TypeDef {
            name: TypeName::new(&Words::of("unnamed")),
            docs: self.type_docs(flat),
            shape,
            facts: Facts::default(),
            deprecated: flat
                .nodes
                .first()
                .is_some_and(|node| node.get("deprecated").and_then(Node::as_bool) == Some(true)),
            origin: self.origin(span),
        };
        let mut naming = naming.clone();
        naming.view = view;
        naming.pin = naming.pin.or_else(|| {
            flat.nodes
                .first()
                .and_then(|node| node.get("x-rust-name"))
                .and_then(literal::text)
        });
        self.add(def, naming)
    }

    fn add_newtype(&mut self, schema: &Conjunction<'a>, view: View, naming: &Naming) -> TypeId {
        let flat = self.flatten(schema);
        self.declare(&flat, view, naming, Shape::Newtype(Type::Json))
    }

    fn close_newtype(&mut self, id: TypeId, used: Use) -> Use {
        self.types.get_mut(id).shape = Shape::Newtype(used.ty);
        Use {
            ty: Type::Named(id),
            ..used
        }
    }

    /// Documentation of a type.
    fn type_docs(&mut self, flat: &Flat<'a>) -> Docs {
        let nodes = flat.nodes.clone();
        self.docs(&nodes)
    }
}

/// The only part of an `allOf` beside which nothing decides.
fn lone_part(node: &Node) -> Option<&Node> {
    let [part] = node.get("allOf")?.items() else {
        return None;
    };
    let alone = node.entries().iter().all(|entry| {
        matches!(entry.key.text(), "allOf") || Keyword::is_annotation(entry.key.text())
    });
    (alone && matches!(part.value, Value::Mapping(_))).then_some(part)
}
