//! Request bodies: JSON, forms, multipart, text, bytes.

use crate::ir::{Body, Payload, Type};
use crate::load::Node;
use crate::names::{FieldName, NameRequest, Scope, TypeName, VariantName, Words};
use crate::source::SpecStr;

use super::super::merged::SchemaSet;
use super::super::naming::Naming;
use super::super::{Direction, Lowering};
use super::media::{self, Family, Offer};
use super::stream;
use super::{Found, LeftOut};

impl<'a> Lowering<'a> {
    /// The body of an operation.
    pub(super) fn body(
        &mut self,
        found: &Found<'a>,
        words: &Words,
    ) -> Result<Option<Body>, LeftOut<'a>> {
        let Some(reference) = found.node.get("requestBody") else {
            return Ok(None);
        };
        let Some(node) = self.follow(reference) else {
            return Err(LeftOut::new(
                reference,
                "the reference to its body has no target",
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
        let (chosen, also) = self.choose(&offers, found.method.as_str());
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
        let mut docs = self.docs(&[node]);
        docs.notes.extend(media_notes(&payloads, &also));
        Ok(Some(Body {
            name: FieldName::new(&Words::of("body")),
            required: node.get("required").and_then(Node::as_bool) == Some(true),
            payloads,
            enum_name: TypeName::new(&words.then(&Words::of("body"))),
            also,
            docs,
            origin: self.origin(node.span),
        }))
    }

    /// The media types that are offered to callers, and those under which one of them can be sent just the same.
    fn choose(
        &self,
        offers: &[Offer<'a>],
        method: &str,
    ) -> (Vec<Offer<'a>>, Vec<(usize, SpecStr)>) {
        let mut chosen: Vec<Offer<'a>> = Vec::new();
        let mut also = Vec::new();
        for offer in offers {
            let same = chosen
                .iter()
                .position(|chosen| self.is_same(chosen, offer, method));
            match same {
                Some(at) => also.push((at, offer.media_type.clone())),
                None => chosen.push(offer.clone()),
            }
        }
        (chosen, also)
    }

    /// Whether what is sent as one media type can be sent as the other, byte for byte, and means the same.
    fn is_same(&self, one: &Offer<'a>, other: &Offer<'a>, method: &str) -> bool {
        if one.family != other.family {
            return false;
        }
        match one.family {
            Family::Text | Family::Bytes => true,
            // Each has a framing of its own.
            Family::Stream => false,
            Family::Json | Family::Form | Family::Multipart | Family::Xml => {
                let (own, others) = (one.media_type.text(), other.media_type.text());
                self.schema_id(one.node) == self.schema_id(other.node)
                    && kind_of_json(own, method) == kind_of_json(others, method)
            }
        }
    }

    fn schema_id(&self, media: &'a Node) -> Option<crate::load::NodeId> {
        media
            .get("itemSchema")
            .or_else(|| media.get("schema"))
            .and_then(|schema| self.follow(schema))
            .map(|schema| schema.id)
    }

    fn request_payload(&mut self, offer: &Offer<'a>, naming: &Naming, form: TypeName) -> Payload {
        let Offer { family, node, .. } = *offer;
        let schema = node.get("schema").map(SchemaSet::one);
        match (family, schema) {
            (Family::Json, Some(schema)) => {
                let is_patch =
                    media::essence(offer.media_type.text()).ends_with("merge-patch+json");
                let direction = if is_patch {
                    Direction::Patch
                } else {
                    self.outward()
                };
                Payload::Json(self.schema(&schema, direction, naming).into_type())
            }
            (Family::Json, None) => Payload::Json(Type::Json),
            (Family::Form, Some(schema)) => {
                match self.schema(&schema, self.outward(), naming).into_type() {
                    // Written out by the caller.
                    Type::String => Payload::Text,
                    ty => Payload::Form(ty, self.form_fields(node)),
                }
            }
            (Family::Form, None) => Payload::Form(Type::Map(Box::new(Type::String)), Vec::new()),
            (Family::Multipart, Some(schema)) => {
                let media_type = offer.media_type.text();
                let positional = self.positional_parts(media_type, &schema, node, naming);
                let parts = positional.unwrap_or_else(|| self.parts(&schema, node, naming));
                Payload::Multipart(form, parts)
            }
            (Family::Multipart, None) => Payload::Multipart(form, vec![self.any_parts(node)]),
            (Family::Xml, schema) => self.xml_payload(offer, schema, self.outward(), naming),
            (Family::Text, _) => Payload::Text,
            (Family::Stream, _) => match stream::frames(offer.media_type.text(), node) {
                Some(frames) => Payload::Stream(self.items(frames, node, self.outward(), naming)),
                None => Payload::Bytes,
            },
            (Family::Bytes, _) => Payload::Bytes,
        }
    }
}

/// The mark that distinguishes kinds of JSON with the same schema: patches are applied by their media type.
fn kind_of_json<'t>(media_type: &'t str, method: &str) -> Option<&'t str> {
    let essence = media::essence(media_type);
    let is_own = essence.ends_with("+json") && !essence.contains('*');
    (is_own && (method == "PATCH" || essence.contains("patch"))).then_some(essence)
}

/// As what a body is sent, where there is more than one way and no variant for each.
fn media_notes(
    payloads: &[(SpecStr, Payload, VariantName)],
    also: &[(usize, SpecStr)],
) -> Vec<SpecStr> {
    let noted = payloads.iter().enumerate().filter_map(|(at, (chosen, ..))| {
        let others: Vec<String> = also
            .iter()
            .filter(|(of, _)| *of == at)
            .map(|(_, media_type)| format!("`{}`", media_type.text()))
            .collect();
        (!others.is_empty()).then(|| {
            SpecStr::new(format!(
                "Sent as `{}`, unless the call has a header `Content-Type`: the server also takes {}.",
                chosen.text(),
                others.join(", ")
            ))
        })
    });
    noted.collect()
}

fn variant(offer: &Offer<'_>) -> NameRequest {
    let plain = match offer.family {
        Family::Json if media::essence(offer.media_type.text()).ends_with("merge-patch+json") => {
            "merge patch"
        }
        Family::Json if media::essence(offer.media_type.text()).ends_with("json-patch+json") => {
            "json patch"
        }
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
