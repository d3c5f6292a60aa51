//! From a schema to the type that stands where the schema stands.

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::ir::{
    Constraints, Docs, External, ExternalForm, Facts, Literal, Reading, Shape, Struct, Type,
    TypeDef, TypeId,
};
use crate::load::Node;
use crate::names::{TypeName, Words};

use super::list::is_scalar;
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
pub(super) const DEEPEST: usize = 64;

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
        // An object beside null.
        if let [choice] = merged.choices.as_slice()
            && let [only] = self.alternatives_of(choice.list).branches.as_slice()
        {
            return self.is_patched(&schema.with_branch(choice, only));
        }
        merged.likely_kinds() == Kinds::OBJECT
            && merged.choices.is_empty()
            && merged.values.is_none()
            && merged.discriminator.is_none()
    }

    fn decide(
        &mut self,
        schema: &SchemaSet<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        self.stats.values += 1;
        if let [node] = schema.nodes.as_slice()
            && let Some(external) = self.placed.get(&node.id).cloned()
        {
            let merged = self.merged(schema);
            return self.lowered_external(&merged, &external);
        }
        if self.depth >= DEEPEST {
            return self.raw(schema, "it is nested too deeply");
        }
        self.depth += 1;
        let merged = self.merged(schema);
        if let Some(external) = self.named_type(schema, &merged) {
            self.depth -= 1;
            return self.lowered_external(&merged, &external);
        }
        let nullable = merged.nullable;
        let mut used = self.by_shape(schema, merged, direction, naming);
        used.nullable |= nullable;
        self.depth -= 1;
        self.as_newtype(schema, naming, used)
    }

    /// A schema whose type is from outside.
    fn lowered_external(
        &mut self,
        merged: &MergedSchema<'a>,
        external: &Arc<External>,
    ) -> LoweredSchema {
        let is_number = |kind| matches!(kind, Kinds::NUMBER | Kinds::INTEGER);
        let kind = merged.likely_kinds().only();
        let external = match kind.is_some_and(is_number) {
            true => external.of_numbers(),
            false => external.clone(),
        };
        let limits = kind.filter(|_| external.form != ExternalForm::Own);
        LoweredSchema {
            nullable: merged.nullable,
            constraints: limits.map_or_else(Constraints::default, |kind| {
                self.limits(merged, kind).into()
            }),
            ..LoweredSchema::of(Type::External(external))
        }
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
            if merged.kinds == Kinds::ARRAY && values.iter().all(|value| is_scalar(value)) {
                return self.list_of_values(merged, values, direction, naming);
            }
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
        let value = self.held(merged, value);
        limits.items = value.constraints.clone();
        let mut used = LoweredSchema::of(Type::Map(Box::new(value.into_type())));
        used.constraints = limits.into();
        used
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
