//! Structs: objects with known members.

mod member;

use std::collections::HashMap;

use rustc_hash::FxHashSet;

use crate::diagnostic::Code;
use crate::ir::{
    self, Additional, Field, FieldRole, Literal, Presence, Reading, Shape, Struct, Type,
};
use crate::load::Node;
use crate::names::{FieldName, NameRequest, Scope, Words};
use crate::source::{Span, SpecStr};
use crate::specification::Kinds;

use self::member::{access, said_reading, secret};
pub(super) use self::member::{flattened, presence};
use super::merged::{AdditionalProperties, MergedSchema, Property, SchemaSet};
use super::naming::Naming;
use super::schema::LoweredSchema;
use super::{Direction, Lowering, docs, literal};

impl<'a> Lowering<'a> {
    /// Lowers the members of a struct.
    pub(super) fn define_struct(
        &mut self,
        id: ir::TypeId,
        merged: &MergedSchema<'a>,
        direction: Direction,
    ) {
        let flattened = self.flattened_choice(id, merged, direction);
        let constraints = self.limits(merged, Kinds::OBJECT).into();
        let properties: Vec<&Property<'a>> = merged
            .properties
            .iter()
            .filter(|property| self.travels(property, direction))
            .collect();
        let mut name_requests: Vec<NameRequest> = properties
            .iter()
            .map(|property| self.field_spelling(property))
            .collect();
        // What may stand beside the properties because the document says so comes back as it came.
        let extra = self.keeps_extra(merged, direction);
        let keeps = extra
            || self.keeps_unknown(merged)
            || !merged.patterns.is_empty()
            || matches!(
                merged.additional,
                AdditionalProperties::Schema(_) | AdditionalProperties::Anything
            );
        let undescribed = self.undescribed(merged, keeps);
        name_requests.extend(
            undescribed
                .iter()
                .map(|name| NameRequest::of(name.key.text())),
        );
        if let Some(field) = &flattened {
            name_requests.push(NameRequest::named(
                "\u{0}flattened",
                vec![Words::of(field.name.as_str())],
            ));
        }
        let mut scope = Scope::default();
        let names = scope.assign(&name_requests, |words| {
            FieldName::new(words).as_str().to_owned()
        });
        let mut fields: Vec<Field> = Vec::with_capacity(names.len());
        let mut given = names.iter().map(FieldName::new);
        for (property, name) in properties.into_iter().zip(given.by_ref()) {
            let naming = Naming::member(id, Words::of(property.key.text()));
            fields.push(self.field(property, name, merged, direction, &naming));
        }
        for (missing, name) in undescribed.into_iter().zip(given.by_ref()) {
            fields.push(self.untyped_field(missing, name));
        }
        if let (Some(mut field), Some(name)) = (flattened, given.next()) {
            field.name = name;
            fields.push(field);
        }
        let names = match extra {
            true => ["extra", "extra members", "unnamed members"],
            false => [
                "additional properties",
                "other properties",
                "unnamed properties",
            ],
        };
        let additional = keeps.then(|| self.additional(id, merged, direction, names, &mut scope));
        self.types.get_mut(id).shape = Shape::Struct(Struct {
            fields,
            additional,
            constraints,
        });
    }

    fn field(
        &mut self,
        property: &Property<'a>,
        name: FieldName,
        merged: &MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> Field {
        let used = self.schema(&property.schema, direction, naming);
        let nodes = self.all_nodes(&property.schema);
        let mut docs = self.docs(&nodes);
        let member = property.key.text();
        let is_left_out = self.lenient.has(merged, member, direction);
        if is_left_out && merged.requires(member) {
            docs.notes.push(SpecStr::new(
                "The API requires it, and the server may leave it out.",
            ));
        }
        let required = merged.requires(member) && !is_left_out;
        let default = nodes.iter().find_map(|node| node.get("default"));
        if let Some(default) = default {
            docs.notes.push(docs::default_note(default));
        }
        docs.notes.extend(docs::limit_notes(&used.constraints));
        let access = access(&nodes);
        let ty = secret(used.ty, access);
        // What may be null as well is one of two values, not a constant.
        let constant = used
            .constant
            .filter(|constant| !used.nullable || *constant == Literal::Null);
        Field {
            name,
            wire: property.key.clone(),
            presence: match direction {
                Direction::Patch if constant.is_none() => presence(false, true, &ty),
                _ => presence(required, used.nullable, &ty),
            },
            default: default.and_then(|node| self.default(node, &ty)),
            constant,
            constraints: used.constraints,
            reading: used.reading,
            tells: false,
            tolerance: said_reading(&nodes),
            role: FieldRole::Member,
            deprecated: nodes
                .iter()
                .any(|node| node.get("deprecated").and_then(Node::as_bool) == Some(true)),
            access,
            docs,
            origin: self.origin(property.key_span),
            ty,
        }
    }

    /// Whether members that the document does not name are kept because the settings say so: those of answers.
    fn keeps_extra(&self, merged: &MergedSchema<'a>, direction: Direction) -> bool {
        self.settings.reading.keep_unknown
            && merged.patterns.is_empty()
            && matches!(merged.additional, AdditionalProperties::Unsaid)
            && matches!(direction, Direction::Response | Direction::Both)
    }

    /// A default, if it fits the type.
    pub(super) fn default(&mut self, node: &'a Node, ty: &Type) -> Option<ir::Literal> {
        let fits = literal::of_type(node, ty, &self.types);
        let null = matches!(node.value, crate::load::Value::Null);
        if fits.is_none() && !null {
            self.warn(
                Code::DefaultMismatch,
                node.span,
                "the default does not fit the type",
                (
                    "write a default of the schema's type",
                    "the default is only documented",
                ),
            );
        }
        fits
    }

    /// All schema objects that speak of a property, references followed, the outermost first.
    pub(super) fn all_nodes(&mut self, schema: &SchemaSet<'a>) -> Vec<&'a Node> {
        let mut nodes = Vec::new();
        let mut work: Vec<&'a Node> = schema.nodes.iter().rev().copied().collect();
        while let Some(node) = work.pop() {
            if nodes.len() > 32 || nodes.iter().any(|known: &&Node| known.id == node.id) {
                continue;
            }
            nodes.push(node);
            match self.resolved.target(node) {
                Some(target) => work.push(target.node),
                None => work.extend(
                    node.get("allOf")
                        .map(Node::items)
                        .unwrap_or_default()
                        .iter()
                        .rev(),
                ),
            }
        }
        nodes
    }

    /// Whether a property travels in a view.
    fn travels(&self, property: &Property<'a>, direction: Direction) -> bool {
        let says = |key: &str| {
            property.schema.nodes.iter().any(|node| {
                let target = self.resolved.target(node).map(|target| target.node);
                [Some(*node), target]
                    .into_iter()
                    .flatten()
                    .any(|node| node.get(key).and_then(Node::as_bool) == Some(true))
            })
        };
        match direction {
            Direction::Request | Direction::Patch => !says("readOnly"),
            Direction::Response => !says("writeOnly"),
            Direction::Both => true,
        }
    }

    fn field_spelling(&self, property: &Property<'a>) -> NameRequest {
        let name_override = property
            .schema
            .nodes
            .iter()
            .find_map(|node| node.get("x-rust-name"))
            .and_then(literal::text);
        match name_override {
            Some(name_override) => {
                NameRequest::overridden(property.key.text(), name_override.text())
            }
            None => NameRequest::of(property.key.text()),
        }
    }

    fn additional(
        &mut self,
        id: ir::TypeId,
        merged: &MergedSchema<'a>,
        direction: Direction,
        names: [&str; 3],
        scope: &mut Scope,
    ) -> Additional {
        let names = names.map(Words::of).to_vec();
        let name_request = NameRequest::named("\u{0}additional", names);
        let given = scope.assign(&[name_request], |words| {
            FieldName::new(words).as_str().to_owned()
        });
        let name = FieldName::new(given.first().unwrap_or(&Words::of("additional properties")));
        let naming = Naming::member(id, Words::of("additional property"));
        let used = match merged.additional {
            _ if !merged.patterns.is_empty() => {
                let (schemas, is_open) = merged.others();
                let ty = self.one_of_several(merged, &schemas, is_open, direction, &naming);
                LoweredSchema::of(ty)
            }
            AdditionalProperties::Schema(values) => {
                self.schema(&SchemaSet::one(values), direction, &naming)
            }
            _ => LoweredSchema::of(Type::Json),
        };
        let constraints = used.constraints.clone();
        let ty = used.into_type();
        Additional {
            name,
            ty,
            constraints,
        }
    }

    /// The members that are required and that no property describes, each with a warning. They get a field unless there
    /// is another place for them, or they read like a property that is meant.
    fn undescribed(&mut self, merged: &MergedSchema<'a>, keeps: bool) -> Vec<Undescribed<'a>> {
        if merged.required.len() == 0 {
            return Vec::new();
        }
        let properties = merged.properties.iter();
        let described: FxHashSet<&str> = properties.map(|property| property.key.text()).collect();
        let required = merged.required.iter();
        let names: Vec<(&'a SpecStr, Span)> = required
            .filter(|(name, _)| !described.contains(name.text()))
            .collect();
        if names.is_empty() {
            return Vec::new();
        }
        let called = |key: &SpecStr| FieldName::new(&Words::of(key.text())).as_str().to_owned();
        let known: HashMap<String, &SpecStr> = merged
            .properties
            .iter()
            .map(|property| (called(property.key), property.key))
            .collect();
        let mut fields = Vec::new();
        for (name, span) in names {
            let describe = "add it below `properties`, or remove it from the list";
            let help = match known.get(&called(name)) {
                Some(meant) => (
                    format!("did you mean `{}`?", meant.text()),
                    "it has no field",
                ),
                None if keeps => (
                    describe.to_owned(),
                    "it is one of the additional properties",
                ),
                None if matches!(merged.additional, AdditionalProperties::Closed) => {
                    (describe.to_owned(), "it has no field")
                }
                None => {
                    fields.push(Undescribed { key: name, span });
                    (describe.to_owned(), "it is optional, and read as raw JSON")
                }
            };
            self.warn(
                Code::UndefinedRequired,
                span,
                format!(
                    "`{}` is required, but no property describes it",
                    name.text()
                ),
                help,
            );
        }
        fields
    }

    /// A member of which only the name is known.
    fn untyped_field(&mut self, member: Undescribed<'a>, name: FieldName) -> Field {
        self.stats.values += 1;
        self.stats.untyped += 1;
        Field {
            name,
            wire: member.key.clone(),
            ty: Type::Json,
            presence: Presence::Optional,
            access: ir::Access::ReadWrite,
            default: None,
            constant: None,
            constraints: ir::Constraints::default(),
            role: FieldRole::Member,
            reading: Reading::Exact,
            tells: false,
            tolerance: None,
            deprecated: false,
            docs: ir::Docs::default(),
            origin: self.origin(member.span),
        }
    }
}

/// A member that is required, but described nowhere.
struct Undescribed<'a> {
    key: &'a SpecStr,
    span: Span,
}
