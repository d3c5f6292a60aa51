//! Headers of the parts of multipart bodies. A file carries those that it is given; other parts have a field for each.

use crate::ir::{HeaderStyle, OmittedKind, Part, PartKind, Presence, Type};
use crate::load::{Entry, Node};
use crate::names::{FieldName, NameRequest, Words};
use crate::source::SpecStr;

use super::super::merged::SchemaSet;
use super::super::naming::Naming;
use super::super::{Lowering, docs};
use super::parameter::{flag, is_token};

/// A header that the encoding of a part has.
pub(super) struct PartHeader<'a> {
    part: &'a str,
    entry: &'a Entry,
}

impl PartHeader<'_> {
    /// The name of its field: that of the part and its own.
    pub(super) fn name_request(&self) -> NameRequest {
        let words = Words::of(self.part).then(&Words::of(self.entry.key.text()));
        let text = format!("{} {}", self.part, self.entry.key.text());
        NameRequest::named(text, vec![words.clone(), words.then(&Words::of("header"))])
    }
}

/// The headers of the parts that an `encoding` describes.
pub(super) fn part_headers(media: &Node) -> Vec<PartHeader<'_>> {
    let encodings = media.get("encoding").map(Node::entries);
    let encodings = encodings.unwrap_or_default().iter();
    encodings
        .flat_map(|encoding| {
            headers(&encoding.value).map(|entry| PartHeader {
                part: encoding.key.text(),
                entry,
            })
        })
        .collect()
}

/// The headers of an encoding, but for the one that the specification leaves to `contentType`.
fn headers(encoding: &Node) -> impl Iterator<Item = &Entry> {
    let headers = encoding.get("headers").map(Node::entries);
    let headers = headers.unwrap_or_default().iter();
    headers.filter(|entry| !entry.key.text().eq_ignore_ascii_case("content-type"))
}

/// The headers that a file can have: it carries those that the caller gives it.
pub(super) fn headers_note(encoding: &Node) -> Option<SpecStr> {
    let names: Vec<String> = headers(encoding)
        .map(|entry| format!("`{}`", entry.key.text()))
        .collect();
    (!names.is_empty()).then(|| {
        SpecStr::new(format!(
            "It can have the headers {}, given by `FilePart::header`.",
            names.join(", ")
        ))
    })
}

impl<'a> Lowering<'a> {
    /// Puts a header before its part, unless that is a file.
    pub(super) fn add_part_header(
        &mut self,
        parts: &mut Vec<Part>,
        PartHeader { part, entry }: &PartHeader<'a>,
        name: FieldName,
        naming: &Naming,
    ) {
        let is_it = |known: &Part| known.wire.text() == *part && known.kind.ty().is_some();
        let Some(at) = parts.iter().position(is_it) else {
            return;
        };
        let wire = &entry.key;
        let header = self.follow(&entry.value).filter(|_| is_token(wire.text()));
        let Some(header) = header else {
            self.omit(OmittedKind::Header, wire.clone(), entry.key_span);
            return;
        };
        let (schema, is_json) = self.header_schema(header);
        let words = Words::of(part).then(&Words::of(wire.text()));
        let naming = naming.part(&words);
        let schema = schema.map(SchemaSet::one);
        let used = schema.map(|schema| self.schema(&schema, self.outward(), &naming));
        let (ty, constraints) = used.map_or((Type::String, Default::default()), |used| {
            (used.ty, used.constraints)
        });
        let of = &parts[at];
        let required = flag(header, "required") && !of.presence.may_be_absent();
        let mut docs = self.docs(&[header]);
        docs.notes.extend(docs::limit_notes(&constraints));
        let header = Part {
            name,
            wire: SpecStr::new(format!("{part} {}", wire.text())),
            kind: PartKind::Header {
                part: of.wire.clone(),
                name: wire.clone(),
                style: match is_json {
                    true => HeaderStyle::Json,
                    false => HeaderStyle::Simple {
                        explode: flag(header, "explode"),
                    },
                },
                ty,
            },
            presence: match required {
                true => Presence::Required,
                false => Presence::Optional,
            },
            position: None,
            media_type: None,
            nested: Vec::new(),
            constant: None,
            constraints,
            docs,
            origin: self.origin(entry.key_span),
        };
        parts.insert(at, header);
    }
}
