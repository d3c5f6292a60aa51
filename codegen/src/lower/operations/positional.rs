//! Parts of multipart bodies by their position: `prefixItems` and `prefixEncoding` of OpenAPI 3.2.

use crate::diagnostic::Code;
use crate::ir::{Docs, OmittedKind, Part, PartKind, Presence, Type};
use crate::load::Node;
use crate::names::{FieldName, Words};
use crate::source::SpecStr;

use super::super::merged::SchemaSet;
use super::super::naming::Naming;
use super::super::{Lowering, docs};
use super::encoding::content_types;
use super::media::{self, Family};
use super::part_header::headers_note;

/// The names of parts.
const NAMES: [&str; 10] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
];

impl<'a> Lowering<'a> {
    /// The parts of a body whose schema has one for each position; none where it has no such schema.
    pub(super) fn positional_parts(
        &mut self,
        media_type: &str,
        schema: &SchemaSet<'a>,
        media: &'a Node,
        naming: &Naming,
    ) -> Option<Vec<Part>> {
        let merged = self.merged(schema);
        if media::essence(media_type).eq_ignore_ascii_case("multipart/form-data")
            || !(1..=NAMES.len()).contains(&merged.tuple.len())
        {
            return None;
        }
        let more = merged.items.filter(|items| items.as_bool() != Some(false));
        if let Some(more) = more {
            self.warn(
                Code::NotGenerated,
                more.span,
                "further parts have no names and no positions of their own",
                (
                    "describe each of them below `prefixItems`",
                    "only the first ones can be sent",
                ),
            );
        }
        let prefix = media.get("prefixEncoding").map(Node::items);
        let prefix = prefix.unwrap_or_default();
        let mut parts = Vec::with_capacity(merged.tuple.len());
        for ((at, item), name) in merged.tuple.iter().enumerate().zip(NAMES) {
            let encoding = prefix.get(at).or_else(|| media.get("itemEncoding"));
            let accepted = encoding.map(content_types).unwrap_or_default();
            let item = SchemaSet::one(item);
            let (kind, constraints, constant) =
                self.part_kind(&item, &accepted, &naming.part(&Words::of(name)));
            let nodes = self.all_nodes(&item);
            let mut docs = self.docs(&nodes);
            docs.notes.extend(docs::limit_notes(&constraints));
            self.note_position(encoding, &kind, &mut docs);
            let span = nodes.first().map_or(media.span, |node| node.span);
            parts.push(Part {
                name: FieldName::new(&Words::of(name)),
                wire: SpecStr::new(at.to_string()),
                position: Some(at),
                // A list is one part here.
                kind: match kind {
                    PartKind::Jsons(item) | PartKind::Texts(item) => {
                        PartKind::Json(Type::List(Box::new(item)))
                    }
                    PartKind::Files | PartKind::FileOrText | PartKind::FilesOrTexts => {
                        PartKind::File
                    }
                    kind => kind,
                },
                presence: Presence::Required,
                media_type: super::part::concrete(&accepted),
                nested: Vec::new(),
                constant,
                constraints,
                docs,
                origin: self.origin(span),
            });
        }
        Some(parts)
    }
}

impl<'a> Lowering<'a> {
    /// The headers of a part that has a position: a file carries them, others go without.
    fn note_position(&mut self, encoding: Option<&'a Node>, kind: &PartKind, docs: &mut Docs) {
        let Some(encoding) = encoding else { return };
        let Some(note) = headers_note(encoding) else {
            return;
        };
        if kind.ty().is_none() {
            docs.notes.push(note);
            return;
        }
        let headers = encoding.get("headers").map(Node::entries);
        for entry in headers.unwrap_or_default() {
            self.omit(OmittedKind::Header, entry.key.clone(), entry.key_span);
        }
        self.warn(
            Code::NotGenerated,
            encoding.span,
            "only files have headers of their own where parts have no names",
            ("describe the part as a file", "it is sent without them"),
        );
    }
}

impl<'a> Lowering<'a> {
    /// Says which members of a part that is a multipart body itself can't be bytes: its members are values.
    pub(super) fn warn_nested_bytes(&mut self, encoding: &'a Node) {
        let members = encoding.get("encoding").map(Node::entries);
        for member in members.unwrap_or_default() {
            let accepted = content_types(&member.value);
            let media = super::part::concrete(&accepted);
            if media.is_some_and(|media| media::family(media.text()) == Some(Family::Bytes)) {
                self.warn(
                    Code::NotGenerated,
                    member.key_span,
                    format!("`{}` within a part can't be bytes", member.key.text()),
                    (
                        "make it a part of the body",
                        "it is sent as the text that it is given",
                    ),
                );
            }
        }
    }
}

/// The content types of the members of a part that is a multipart body itself.
pub(super) fn nested(encoding: &Node) -> Vec<(SpecStr, SpecStr)> {
    let members = encoding.get("encoding").map(Node::entries);
    let members = members.unwrap_or_default().iter();
    let typed = members.filter_map(|member| {
        let content = content_types(&member.value).into_iter().next()?;
        Some((member.key.clone(), content))
    });
    typed.collect()
}
