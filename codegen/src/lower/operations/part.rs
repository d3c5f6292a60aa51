//! The parts of multipart bodies: which are files, which text, which JSON.

use crate::diagnostic::Code;
use crate::ir::{Constraints, OmittedKind, Part, PartKind, Presence, Type};
use crate::load::{Entry, Node};
use crate::names::{FieldName, NameRequest, Scope, Words};
use crate::source::SpecStr;
use crate::specification::{Keyword, Kinds};

use super::super::keywords;
use super::super::merged::{AdditionalProperties, MergedSchema, Property, SchemaSet};
use super::super::naming::Naming;
use super::super::{Lowering, docs, structure};
use super::encoding::content_types;
use super::media::{Family, family};
use super::parameter::flag;
use super::positional;

/// The greatest depth of alternatives.
const DEEPEST: usize = 8;

/// The files of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filed {
    One,
    /// A file or a plain value.
    Perhaps,
    Many,
    /// Several, each of them a file or a plain value.
    ManyPerhaps,
    No,
}

impl<'a> Lowering<'a> {
    /// The parts that a schema describes.
    pub(super) fn parts(
        &mut self,
        schema: &SchemaSet<'a>,
        media: &'a Node,
        naming: &Naming,
    ) -> Vec<Part> {
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
            let required = merged.requires(property.key.text());
            parts.extend(self.part(property, media, FieldName::new(&name), required, &naming));
        }
        parts
    }

    fn part(
        &mut self,
        property: &Property<'a>,
        media: &'a Node,
        name: FieldName,
        required: bool,
        naming: &Naming,
    ) -> Option<Part> {
        let nodes = self.all_nodes(&property.schema);
        if nodes.iter().any(|node| flag(node, "readOnly")) {
            return None;
        }
        let encoding = media
            .get("encoding")
            .and_then(|encoding| encoding.get(property.key.text()));
        let accepted = encoding.map(content_types).unwrap_or_default();
        let naming = naming.part(&Words::of(property.key.text()));
        let (kind, limits) = self.part_kind(&property.schema, &accepted, &naming);
        let mut docs = self.docs(&nodes);
        docs.notes.extend(docs::limit_notes(&limits));
        docs.notes.extend(accepted_note(&accepted));
        let is_file = matches!(
            kind,
            PartKind::File | PartKind::Files | PartKind::FileOrText | PartKind::FilesOrTexts
        );
        if let Some(headers) = encoding.and_then(|encoding| encoding.get("headers")) {
            docs.notes.extend(self.headers_note(headers, is_file));
        }
        if let Some(encoding) = encoding {
            self.warn_style(encoding, &kind);
        }
        Some(Part {
            name,
            wire: property.key.clone(),
            presence: structure::presence(required, false, &Type::String),
            position: None,
            media_type: concrete(&accepted),
            nested: encoding.map(positional::nested).unwrap_or_default(),
            kind,
            constraints: limits,
            docs,
            origin: self.origin(property.key_span),
        })
    }

    /// Says that a style which would put a list into one part, or an object into several, is not applied.
    fn warn_style(&mut self, encoding: &'a Node, kind: &PartKind) {
        let is_plain = |entry: &&Entry| match (entry.key.text(), kind) {
            ("style", _) => entry.value.as_str() == Some("form"),
            ("explode", PartKind::Json(_)) => entry.value.as_bool() == Some(false),
            ("explode", PartKind::Texts(_) | PartKind::Jsons(_) | PartKind::Files) => {
                entry.value.as_bool() == Some(true)
            }
            _ => true,
        };
        if let Some(entry) = encoding.entries().iter().find(|entry| !is_plain(entry)) {
            let message = format!("`{}` has no effect on a part", entry.key.text());
            let help = (
                "leave it out, or describe the part by `contentType`",
                "a list is a part for each item, and an object is JSON",
            );
            self.warn(Code::NotGenerated, entry.key_span, message, help);
        }
    }

    /// The headers that a part can have; files carry those that the caller gives them.
    fn headers_note(&mut self, headers: &'a Node, is_file: bool) -> Option<SpecStr> {
        // The specification leaves it to `contentType`.
        let names: Vec<String> = headers
            .entries()
            .iter()
            .filter(|entry| !entry.key.text().eq_ignore_ascii_case("content-type"))
            .map(|entry| format!("`{}`", entry.key.text()))
            .collect();
        if names.is_empty() {
            return None;
        }
        if !is_file {
            for entry in headers.entries() {
                self.omit(OmittedKind::Header, entry.key.clone(), entry.key_span);
            }
            self.warn(
                Code::NotGenerated,
                headers.span,
                format!("only files have headers of their own: {}", names.join(", ")),
                ("describe the part as a file", "it is sent without them"),
            );
            return None;
        }
        Some(SpecStr::new(format!(
            "It can have the headers {}, given by `FilePart::header`.",
            names.join(", ")
        )))
    }

    /// The type of the parts of a body that the document doesn't describe.
    pub(super) fn any_parts(&self, media: &Node) -> Part {
        Part {
            name: FieldName::new(&Words::of("parts")),
            wire: SpecStr::new(""),
            presence: Presence::Optional,
            kind: PartKind::Others,
            position: None,
            media_type: None,
            nested: Vec::new(),
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

    pub(super) fn part_kind(
        &mut self,
        schema: &SchemaSet<'a>,
        accepted: &[SpecStr],
        naming: &Naming,
    ) -> (PartKind, Constraints) {
        let families: Vec<Family> = accepted
            .iter()
            .filter_map(|media_type| family(media_type.text()))
            .collect();
        let all = |is: fn(&SpecStr) -> bool| !accepted.is_empty() && accepted.iter().all(is);
        let asked = if all(|media_type| family(media_type.text()) == Some(Family::Bytes)) {
            Asked::Bytes
        } else if all(|media_type| media_type.text().trim() == "*/*") {
            Asked::Anything
        } else {
            Asked::Nothing
        };
        match self.filed(schema, asked, naming, 0) {
            Filed::One => return (PartKind::File, Constraints::default()),
            Filed::Perhaps => return (PartKind::FileOrText, Constraints::default()),
            Filed::Many => return (PartKind::Files, Constraints::default()),
            Filed::ManyPerhaps => return (PartKind::FilesOrTexts, Constraints::default()),
            Filed::No => {}
        }
        let as_json = families.first() == Some(&Family::Json);
        let plain = !as_json && self.is_plain(schema, naming, 0);
        let used = self.schema(schema, self.outward(), naming);
        let kind = match used.ty {
            Type::List(item) if plain => PartKind::Texts(*item),
            Type::List(item) => PartKind::Jsons(*item),
            ty if plain => PartKind::Text(ty),
            ty => PartKind::Json(ty),
        };
        (kind, used.constraints)
    }

    /// Whether a schema is of files, through null, references, `allOf` and alternatives. Where the encoding asks for
    /// bytes, so is every text, and what the schema leaves open; where it asks for anything, what the schema leaves open.
    fn filed(
        &mut self,
        schema: &SchemaSet<'a>,
        asked: Asked,
        naming: &Naming,
        depth: usize,
    ) -> Filed {
        let (schema, naming, _) = self.see_through(schema, naming);
        let merged = self.merged(&schema);
        let is_filed = match asked {
            Asked::Bytes => is_text(&merged) || is_open(&schema, &merged),
            Asked::Anything => is_open(&schema, &merged),
            Asked::Nothing => false,
        };
        if merged.is_file() || is_filed {
            return Filed::One;
        }
        if depth >= DEEPEST {
            return Filed::No;
        }
        if let Some(choice) = merged.choices.first().copied() {
            let mut all = Vec::new();
            for branch in choice.list.items() {
                if !self.is_only_null(branch, &naming) {
                    let with = schema.with_branch(&choice, branch);
                    all.push(self.filed(&with, asked, &naming, depth + 1));
                }
            }
            return together(&all);
        }
        match merged
            .items
            .filter(|_| merged.likely_kinds() == Kinds::ARRAY)
        {
            Some(items) => {
                let items = SchemaSet::one(items);
                match self.filed(&items, asked, &naming.item(), depth + 1) {
                    Filed::No => Filed::No,
                    Filed::Perhaps | Filed::ManyPerhaps => Filed::ManyPerhaps,
                    Filed::One | Filed::Many => Filed::Many,
                }
            }
            None => Filed::No,
        }
    }

    fn is_only_null(&mut self, schema: &'a Node, naming: &Naming) -> bool {
        let merged = self.seen_through(&SchemaSet::one(schema), naming);
        merged.nullable && merged.kinds.is_none() && merged.choices.is_empty()
    }

    /// Whether values are sent as text rather than as JSON: scalars, lists of them, and alternatives of those.
    fn is_plain(&mut self, schema: &SchemaSet<'a>, naming: &Naming, depth: usize) -> bool {
        let (schema, naming, _) = self.see_through(schema, naming);
        let merged = self.merged(&schema);
        if depth >= DEEPEST {
            return false;
        }
        if let Some(choice) = merged.choices.first().copied() {
            return choice.list.items().iter().all(|branch| {
                self.is_only_null(branch, &naming)
                    || self.is_plain(&schema.with_branch(&choice, branch), &naming, depth + 1)
            });
        }
        if merged.values.is_some() {
            return true;
        }
        let kinds = merged.likely_kinds();
        if kinds == Kinds::ARRAY {
            // A list of lists has no form as text.
            let item = merged.items.filter(|_| depth == 0).map(SchemaSet::one);
            return item.is_some_and(|item| self.is_plain(&item, &naming.item(), depth + 1));
        }
        !kinds.is_none() && !kinds.has(Kinds::OBJECT) && !kinds.has(Kinds::ARRAY)
    }

    pub(super) fn seen_through(
        &mut self,
        schema: &SchemaSet<'a>,
        naming: &Naming,
    ) -> MergedSchema<'a> {
        let (schema, ..) = self.see_through(schema, naming);
        self.merged(&schema)
    }
}

/// The media types that an encoding has for a part.
#[derive(Clone, Copy, Debug)]
enum Asked {
    Bytes,
    Anything,
    Nothing,
}

/// Text of which nothing more is known.
fn is_text(merged: &MergedSchema<'_>) -> bool {
    merged.choices.is_empty()
        && merged.kinds == Kinds::STRING
        && merged.values.is_none()
        && merged.first(Keyword::ContentEncoding).is_none()
}

/// A schema that says nothing.
fn is_open(schema: &SchemaSet<'_>, merged: &MergedSchema<'_>) -> bool {
    let mut nodes = schema.nodes.iter();
    merged.choices.is_empty() && nodes.all(|node| keywords::only_annotates(node))
}

fn together(all: &[Filed]) -> Filed {
    let any = |filed| all.contains(&filed);
    if any(Filed::ManyPerhaps) || (any(Filed::Many) && any(Filed::No)) {
        Filed::ManyPerhaps
    } else if any(Filed::Many) {
        Filed::Many
    } else if any(Filed::Perhaps) || (any(Filed::One) && any(Filed::No)) {
        Filed::Perhaps
    } else if any(Filed::One) {
        Filed::One
    } else {
        Filed::No
    }
}

/// The media type that a part has by itself: the first that is not a range.
pub(super) fn concrete(accepted: &[SpecStr]) -> Option<SpecStr> {
    accepted
        .iter()
        .find(|media_type| !media_type.text().contains('*'))
        .cloned()
}

fn accepted_note(accepted: &[SpecStr]) -> Option<SpecStr> {
    let telling = accepted.len() > 1 || accepted.iter().any(|one| one.text().contains('*'));
    let listed: Vec<String> = accepted
        .iter()
        .map(|media_type| format!("`{}`", media_type.text()))
        .collect();
    telling.then(|| SpecStr::new(format!("Its media type is one of {}.", listed.join(", "))))
}
