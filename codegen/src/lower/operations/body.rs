//! Request bodies: JSON, forms, multipart, text, bytes.

use crate::diagnostic::Code;
use crate::ir::{Body, Part, PartKind, Payload, Presence, Type};
use crate::load::{Entry, Node};
use crate::names::{FieldName, NameRequest, Scope, TypeName, VariantName, Words};
use crate::source::SpecStr;

use super::super::merged::{AdditionalProperties, MergedSchema, SchemaSet};
use super::super::naming::Naming;
use super::super::{Direction, Lowering, docs, literal, structure};
use super::LeftOut;
use super::media::{self, Family, Offer};
use super::stream::{self, Frames};
use crate::specification::{Keyword, Kinds};

impl<'a> Lowering<'a> {
    /// The body of an operation.
    pub(super) fn body(
        &mut self,
        operation: &'a Node,
        words: &Words,
    ) -> Result<Option<Body>, LeftOut<'a>> {
        let Some(reference) = operation.get("requestBody") else {
            return Ok(None);
        };
        let Some(node) = self.follow(reference) else {
            return Err(LeftOut::new(
                reference,
                "the reference to its body leads nowhere",
            ));
        };
        let Some(content) = node
            .get("content")
            .filter(|content| !content.entries().is_empty())
        else {
            return Ok(None);
        };
        let offers = self.offers(content);
        if offers.is_empty() {
            return Err(LeftOut::new(
                content,
                "no media type of its body can be sent",
            ));
        }
        let (chosen, also) = self.choose(&offers);
        let several = chosen.len() > 1;
        let target = self.resolved.target(reference);
        let mut payloads = Vec::with_capacity(chosen.len());
        let mut scope = Scope::default();
        let name_requests: Vec<NameRequest> = chosen.iter().map(variant).collect();
        let names = scope.assign(&name_requests, |words| {
            VariantName::new(words).as_str().to_owned()
        });
        for (offer, name) in chosen.iter().zip(&names) {
            let part = if several {
                name.then(&Words::of("body"))
            } else {
                Words::of("body")
            };
            let naming = match &target {
                Some(target) => self.naming_of(target.node, target.document, &target.pointer),
                None => Naming::operation(words.clone(), part.clone()),
            };
            let form = TypeName::new(&words.then(&if several {
                name.then(&Words::of("form"))
            } else {
                Words::of("form")
            }));
            let payload = self.request_payload(offer, &naming, form);
            payloads.push((offer.media_type.clone(), payload, VariantName::new(name)));
        }
        Ok(Some(Body {
            name: FieldName::new(&Words::of("body")),
            required: node.get("required").and_then(Node::as_bool) == Some(true),
            payloads,
            enum_name: TypeName::new(&words.then(&Words::of("body"))),
            also,
            docs: self.docs(&[node]),
            origin: self.origin(node.span),
        }))
    }

    /// The media types that are offered to callers, and those that would carry just the same.
    fn choose(&self, offers: &[Offer<'a>]) -> (Vec<Offer<'a>>, Vec<SpecStr>) {
        let mut chosen: Vec<Offer<'a>> = Vec::new();
        let mut also = Vec::new();
        for offer in offers {
            let same = chosen.iter().any(|chosen| {
                let same_schema = self.schema_id(offer.node) == self.schema_id(chosen.node);
                let files = offer.family == Family::Multipart && chosen.family != Family::Multipart;
                (same_schema && !files)
                    || (offer.family == Family::Xml)
                    || (chosen.family == offer.family && offer.family > Family::Multipart)
            });
            if same {
                also.push(offer.media_type.clone());
            } else {
                chosen.push(offer.clone());
            }
        }
        (chosen, also)
    }

    fn schema_id(&self, media: &'a Node) -> Option<crate::load::NodeId> {
        media
            .get("itemSchema")
            .or_else(|| media.get("schema"))
            .and_then(|schema| self.follow(schema))
            .map(|schema| schema.id)
    }

    fn request_payload(&mut self, offer: &Offer<'a>, naming: &Naming, form: TypeName) -> Payload {
        let Offer {
            family,
            entry,
            node,
            ..
        } = *offer;
        let schema = node.get("schema").map(SchemaSet::one);
        match (family, schema) {
            (Family::Json, Some(schema)) => {
                Payload::Json(self.schema(&schema, Direction::Request, naming).into_type())
            }
            (Family::Json, None) => Payload::Json(Type::Json),
            (Family::Form, Some(schema)) => {
                Payload::Form(self.schema(&schema, Direction::Request, naming).into_type())
            }
            (Family::Form, None) => Payload::Form(Type::Map(Box::new(Type::String))),
            (Family::Multipart, Some(schema)) => {
                Payload::Multipart(form, self.parts(&schema, node, naming))
            }
            (Family::Multipart, None) => Payload::Multipart(form, vec![self.any_parts(node)]),
            (Family::Xml, _) => {
                self.warn_xml(entry);
                Payload::Text
            }
            (Family::Text, _) => Payload::Text,
            (Family::Stream, _) => match stream::frames(offer.media_type.text(), node) {
                Some(frames) if frames != Frames::Events => {
                    Payload::Stream(self.items(frames, node, Direction::Request, naming))
                }
                _ => Payload::Bytes,
            },
            (Family::Bytes, _) => Payload::Bytes,
        }
    }

    /// Says that XML is not modelled.
    pub(super) fn warn_xml(&mut self, entry: &Entry) {
        self.warn(
            Code::Xml,
            entry.key_span,
            format!("`{}` is XML, for which no types are made", entry.key.text()),
            "offer JSON as well; it is sent and received as text",
        );
    }

    fn parts(&mut self, schema: &SchemaSet<'a>, media: &'a Node, naming: &Naming) -> Vec<Part> {
        let (schema, naming, _) = self.see_through(schema, naming);
        let merged = self.merged(&schema);
        if merged.properties.is_empty()
            && !matches!(merged.additional, AdditionalProperties::Closed)
            && merged.choices.is_empty()
        {
            return vec![self.any_parts(media)];
        }
        let merged = self.with_all_branches(&schema, merged);
        let name_requests: Vec<NameRequest> = merged
            .properties
            .iter()
            .map(|property| NameRequest::of(property.key.text()))
            .collect();
        let mut scope = Scope::new(&["new"]);
        let names = scope.assign(&name_requests, |words| {
            FieldName::new(words).as_str().to_owned()
        });
        let mut parts = Vec::with_capacity(names.len());
        for (property, name) in merged.properties.iter().zip(names) {
            let encoding = media
                .get("encoding")
                .and_then(|encoding| encoding.get(property.key.text()));
            let media_type = encoding
                .and_then(|encoding| encoding.get("contentType"))
                .and_then(literal::text);
            let nodes = self.all_nodes(&property.schema);
            if nodes
                .iter()
                .any(|node| node.get("readOnly").and_then(Node::as_bool) == Some(true))
            {
                continue;
            }
            let naming = naming.part(&Words::of(property.key.text()));
            let (kind, used) = self.part_kind(&property.schema, &naming);
            let required = merged.requires(property.key.text());
            let mut docs = self.docs(&nodes);
            docs.notes.extend(docs::limit_notes(&used));
            parts.push(Part {
                name: FieldName::new(&name),
                wire: property.key.clone(),
                presence: structure::presence(required, false, &Type::String),
                kind,
                media_type: media_type.filter(|media_type| media::is_legal(media_type.text())),
                constraints: used,
                docs,
                origin: self.origin(property.key_span),
            });
        }
        parts
    }

    /// What stands for the parts of a body that the document doesn't describe.
    fn any_parts(&self, media: &Node) -> Part {
        Part {
            name: FieldName::new(&Words::of("parts")),
            wire: SpecStr::new(""),
            presence: Presence::Optional,
            kind: PartKind::Others,
            media_type: None,
            constraints: Default::default(),
            docs: Default::default(),
            origin: self.origin(media.span),
        }
    }

    /// A form with alternatives has the members of all of them, none required.
    fn with_all_branches(
        &mut self,
        schema: &SchemaSet<'a>,
        merged: MergedSchema<'a>,
    ) -> MergedSchema<'a> {
        let Some(choice) = merged.choices.first().copied() else {
            return merged;
        };
        let mut all = merged;
        for branch in choice.list.items() {
            let with = self.merged(&schema.with_branch(&choice, branch));
            for property in with.properties {
                if all.property(property.key.text()).is_none() {
                    all.properties.push(property);
                }
            }
        }
        all
    }

    fn part_kind(
        &mut self,
        schema: &SchemaSet<'a>,
        naming: &Naming,
    ) -> (PartKind, crate::ir::Constraints) {
        let merged = self.seen_through(schema, naming);
        if is_file(&merged) {
            return (PartKind::File, Default::default());
        }
        let items = merged
            .items
            .filter(|_| merged.likely_kinds() == Kinds::ARRAY);
        if let Some(items) = items {
            let item = self.seen_through(&SchemaSet::one(items), naming);
            if is_file(&item) {
                return (PartKind::Files, Default::default());
            }
        }
        let used = self.schema(schema, Direction::Request, naming);
        let kind = match used.ty {
            Type::List(item) if is_plain(&item, self) => PartKind::Texts(*item),
            ty if is_plain(&ty, self) => PartKind::Text(ty),
            ty => PartKind::Json(ty),
        };
        (kind, used.constraints)
    }

    fn seen_through(&mut self, schema: &SchemaSet<'a>, naming: &Naming) -> MergedSchema<'a> {
        let (schema, ..) = self.see_through(schema, naming);
        self.merged(&schema)
    }
}

fn is_file(merged: &MergedSchema<'_>) -> bool {
    let textual = merged.kinds == Kinds::STRING || merged.kinds.is_none();
    let media = merged
        .first(Keyword::ContentMediaType)
        .and_then(Node::as_str);
    textual && (merged.format == Some("binary") || media == Some("application/octet-stream"))
}

/// Whether a value is sent as text rather than as JSON.
fn is_plain(ty: &Type, lowering: &Lowering<'_>) -> bool {
    match ty {
        Type::Named(id) => matches!(lowering.types.get(*id).shape, crate::ir::Shape::Enum(_)),
        Type::Secret(inner) | Type::Nullable(inner) => is_plain(inner, lowering),
        Type::List(_)
        | Type::Map(_)
        | Type::Tuple(_)
        | Type::Json
        | Type::Null
        | Type::Boxed(_) => false,
        _ => true,
    }
}

fn variant(offer: &Offer<'_>) -> NameRequest {
    let plain = match offer.family {
        Family::Json => "json",
        Family::Stream => "stream",
        Family::Form => "form",
        Family::Multipart => "multipart",
        Family::Text => "text",
        Family::Bytes => "bytes",
        Family::Xml => "xml",
    };
    let mut name_request = NameRequest::of(offer.media_type.text());
    name_request.names.insert(0, Words::of(plain));
    name_request
}
