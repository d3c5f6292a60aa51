//! The content of responses: one payload for each media type that carries something of its own.

use crate::ir::{Method, Payload, Status, Type};
use crate::load::{Node, same};
use crate::names::Words;
use crate::source::SpecStr;
use crate::specification::Kinds;

use super::super::merged::{MergedSchema, SchemaSet};
use super::super::naming::Naming;
use super::super::{Lowering, keywords};
use super::media::{Family, Offer};
use super::parameter::flag;
use super::stream;

impl<'a> Lowering<'a> {
    /// The payloads of a response, by media type; those that differ in the media type alone are one.
    pub(super) fn contents(
        &mut self,
        node: &'a Node,
        status: Status,
        method: &Method,
        naming: &Naming,
    ) -> Vec<Content> {
        let bodiless = matches!(status, Status::Code(204 | 205 | 304)) || method.as_str() == "HEAD";
        let content = node.get("content").filter(|_| !bodiless);
        let offers = content
            .map(|content| self.offers(content))
            .unwrap_or_default();
        let success = status.is_success();
        let mut contents: Vec<Content> = Vec::new();
        let mut schemas: Vec<&'a Node> = Vec::new();
        for offer in offers {
            let schema = offer.node.get("schema");
            if !contents.is_empty()
                && (!success || self.is_another_notation(&offer, schema, &schemas))
            {
                let xml = self.xml_beside(&offer, schema, &schemas, naming);
                if let Some(first) = contents.first_mut() {
                    first.xml = first.xml.or(xml);
                    first.also.push(offer.media_type);
                }
                continue;
            }
            let naming = match contents.is_empty() {
                true => naming.clone(),
                false => naming.part(&media_words(offer.media_type.text())),
            };
            for (payload, media_type) in self.response_payloads(&offer, node, success, &naming) {
                match contents.iter_mut().find(|known| known.payload == payload) {
                    Some(known) => known.also.push(media_type),
                    None => contents.push(Content {
                        payload,
                        media_type: Some(media_type),
                        also: Vec::new(),
                        xml: None,
                    }),
                }
            }
            schemas.extend(schema);
        }
        if contents.is_empty() {
            contents.push(Content {
                payload: Payload::Empty,
                media_type: None,
                also: Vec::new(),
                xml: None,
            });
        }
        contents
    }

    /// Whether a media type carries the same as those before it, in a notation for which no other type is made.
    fn is_another_notation(
        &mut self,
        offer: &Offer<'a>,
        schema: Option<&'a Node>,
        before: &[&'a Node],
    ) -> bool {
        if offer.family == Family::Stream {
            return true;
        }
        let Some(schema) = schema else {
            return offer.family == Family::Xml;
        };
        // XML of something else is something else, and so are bytes of which nothing is said.
        if offer.family == Family::Xml {
            return before.is_empty() || before.iter().any(|known| same(known, schema));
        }
        if offer.family == Family::Bytes && is_empty(&SchemaSet::one(schema)) {
            return false;
        }
        let is_text = self
            .merged(&SchemaSet::one(schema))
            .likely_kinds()
            .has(Kinds::STRING);
        !is_text && before.iter().any(|known| same(known, schema))
    }

    /// The description of the first content as XML, where the document offers that too.
    fn xml_beside(
        &mut self,
        offer: &Offer<'a>,
        schema: Option<&'a Node>,
        before: &[&'a Node],
        naming: &Naming,
    ) -> Option<usize> {
        let schema = schema.filter(|_| offer.family == Family::Xml)?;
        let first = before.first();
        if !first.is_some_and(|known| same(known, schema)) {
            return None;
        }
        self.xml_document(schema, &naming.plain(), false).ok()
    }

    /// The payload of a media type. A text that may come in any type is one of JSON where it comes so.
    fn response_payloads(
        &mut self,
        offer: &Offer<'a>,
        response: &'a Node,
        success: bool,
        naming: &Naming,
    ) -> Vec<(Payload, SpecStr)> {
        let Offer {
            family,
            media_type,
            node,
            ..
        } = offer;
        let schema = node.get("schema").map(SchemaSet::one);
        let merged = schema.as_ref().map(|schema| self.merged(schema));
        let kinds = merged
            .as_ref()
            .map_or(Kinds::NONE, MergedSchema::likely_kinds);
        let is_binary = merged
            .as_ref()
            .is_some_and(|merged| merged.format == Some("binary"));
        let is_any = media_type.text() == "*/*";
        let payload = match (family, schema) {
            (Family::Json | Family::Text | Family::Xml, _)
                if is_binary && kinds == Kinds::STRING =>
            {
                Payload::Bytes
            }
            (Family::Json, Some(_)) if is_any && kinds == Kinds::STRING => {
                let json = (
                    Payload::Json(Type::String),
                    SpecStr::new("application/json"),
                );
                return vec![json, (Payload::Text, media_type.clone())];
            }
            (Family::Json, schema) if is_any && schema.as_ref().is_none_or(is_empty) => {
                Payload::Bytes
            }
            (Family::Json, Some(schema)) => {
                let ty = self.schema(&schema, self.inward(), naming).into_type();
                if flag(response, "x-optional-body") {
                    Payload::OptionalJson(ty)
                } else {
                    Payload::Json(ty)
                }
            }
            (Family::Json, None) => Payload::Json(Type::Json),
            // Frameworks list every media type that they know beside one schema: what is not text is JSON. So is a
            // number, which utoipa has as text and its servers send as JSON.
            (Family::Text, Some(schema))
                if is_plain_text(media_type.text())
                    && kinds != Kinds::NONE
                    && (!kinds.has(Kinds::STRING)
                        || kinds.has(Kinds::OBJECT)
                        || kinds.has(Kinds::ARRAY)) =>
            {
                Payload::Json(self.schema(&schema, self.inward(), naming).into_type())
            }
            (Family::Text | Family::Form, _) => Payload::Text,
            // Of which nothing is said.
            (Family::Xml, Some(schema)) if kinds.is_none() && says_nothing(&schema) => {
                Payload::Text
            }
            (Family::Xml, schema) => self.xml_payload(offer, schema, self.inward(), naming),
            (Family::Stream, _) if success => match stream::frames(media_type.text(), node) {
                Some(frames) => Payload::Stream(self.items(frames, node, self.inward(), naming)),
                None => Payload::Bytes,
            },
            (Family::Bytes | Family::Multipart | Family::Stream, _) => Payload::Bytes,
        };
        let payload = match payload {
            Payload::Bytes if !success => Payload::Text,
            other => other,
        };
        vec![(payload, media_type.clone())]
    }
}

/// One kind of content of a response.
pub(super) struct Content {
    pub(super) payload: Payload,
    pub(super) media_type: Option<SpecStr>,
    pub(super) also: Vec<SpecStr>,
    /// The first one as XML.
    pub(super) xml: Option<usize>,
}

fn is_plain_text(media_type: &str) -> bool {
    media_type.split(';').next().unwrap_or_default().trim() == "text/plain"
}

fn says_nothing(schema: &SchemaSet<'_>) -> bool {
    schema
        .nodes
        .iter()
        .all(|node| keywords::only_annotates(node))
}

fn is_empty(schema: &SchemaSet<'_>) -> bool {
    schema.nodes.iter().all(|node| node.entries().is_empty())
}

/// The name of a media type among others.
pub(super) fn media_words(media_type: &str) -> Words {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    Words::of(match essence.split_once('/') {
        Some(("text", "plain")) => "text",
        Some(("application", "octet-stream")) | Some(("*", _)) => "bytes",
        Some((kind, "*")) => kind,
        Some((_, subtype)) => subtype,
        None => essence,
    })
}
