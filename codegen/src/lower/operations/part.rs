//! The parts of multipart bodies: which are files, which text, which JSON.

use crate::diagnostic::Code;
use crate::ir::{Constraints, Literal, Part, PartKind, Presence, Type};
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
use super::part_header::{headers_note, part_headers};
use super::part_plain::{Within, has_no_form};
use super::positional;

/// The field of parts that have other names than those in the document.
const MORE: &str = "more parts";

/// The greatest depth of alternatives.
pub(super) const DEEPEST: usize = 8;

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
        let mut name_requests: Vec<NameRequest> = merged
            .properties
            .iter()
            .map(|property| NameRequest::of(property.key.text()))
            .collect();
        let headers = part_headers(media);
        name_requests.extend(headers.iter().map(|header| header.name_request()));
        name_requests.push(NameRequest::of(MORE));
        let mut scope = Scope::new(&["new"]);
        let names = scope.assign(&name_requests, |words| {
            FieldName::new(words).as_str().to_owned()
        });
        let mut names = names.iter().map(FieldName::new);
        let mut parts = Vec::with_capacity(names.len());
        for (property, name) in merged.properties.iter().zip(names.by_ref()) {
            let required = merged.requires(property.key.text());
            parts.extend(self.part(property, media, name, required, &naming));
        }
        for (header, name) in headers.iter().zip(names.by_ref()) {
            self.add_part_header(&mut parts, header, name, &naming);
        }
        // What goes by another name is said by the caller.
        let is_open = matches!(
            merged.additional,
            AdditionalProperties::Anything | AdditionalProperties::Schema(_)
        );
        if let Some(name) = names.next().filter(|_| is_open) {
            parts.push(Part {
                name,
                ..self.any_parts(media)
            });
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
        let (kind, limits, constant) = self.part_kind(&property.schema, &accepted, &naming);
        let mut docs = self.docs(&nodes);
        docs.notes.extend(docs::limit_notes(&limits));
        docs.notes.extend(accepted_note(&accepted));
        let is_file = matches!(
            kind,
            PartKind::File
                | PartKind::Files
                | PartKind::FileOrText
                | PartKind::FilesOrTexts
                | PartKind::Raw
        );
        if let Some(encoding) = encoding.filter(|_| is_file) {
            docs.notes.extend(headers_note(encoding));
        }
        if let Some(encoding) = encoding {
            self.warn_style(encoding, &kind);
            self.warn_nested_bytes(encoding);
        }
        Some(Part {
            name,
            wire: property.key.clone(),
            presence: structure::presence(required, false, &Type::String),
            position: None,
            media_type: concrete(&accepted),
            nested: encoding.map(positional::nested).unwrap_or_default(),
            kind,
            constant: constant.filter(|constant| required && *constant != Literal::Null),
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
            constant: None,
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
    ) -> (PartKind, Constraints, Option<Literal>) {
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
            Filed::One => return written(PartKind::File),
            Filed::Perhaps => return written(PartKind::FileOrText),
            Filed::Many => return written(PartKind::Files),
            Filed::ManyPerhaps => return written(PartKind::FilesOrTexts),
            Filed::No => {}
        }
        let seen = self.seen_through(schema, naming);
        if let Some(content) = json_text(&seen) {
            let used = self.schema(&SchemaSet::one(content), self.outward(), naming);
            return (PartKind::Json(used.ty), used.constraints, used.constant);
        }
        if let Some(items) = seen.items
            && let Some(content) = json_text(&self.seen_through(&SchemaSet::one(items), naming))
        {
            let used = self.schema(&SchemaSet::one(content), self.outward(), &naming.item());
            return written(PartKind::Jsons(used.into_type()));
        }
        let as_json = families.first() == Some(&Family::Json);
        let plain = !as_json && self.is_plain(schema, naming, Within::Part, 0);
        if !plain && concrete(accepted).is_some_and(|media| has_no_form(media.text())) {
            return written(PartKind::Raw);
        }
        let used = self.schema(schema, self.outward(), naming);
        let kind = match used.ty {
            Type::List(item) if plain => PartKind::Texts(*item),
            Type::List(item) => PartKind::Jsons(*item),
            ty if plain => PartKind::Text(ty),
            ty => PartKind::Json(ty),
        };
        (kind, used.constraints, used.constant)
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
        if json_text(&merged).is_some() {
            return Filed::No;
        }
        if merged.is_file() || is_filed {
            return Filed::One;
        }
        // Nothing is said: since 3.1 that is bytes by default, and frameworks write files and any value so.
        let mut nodes = schema.nodes.iter();
        if nodes.all(|node| self.version(node).has_json_schema()) && is_open(&schema, &merged) {
            return Filed::Perhaps;
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

    pub(super) fn seen_through(
        &mut self,
        schema: &SchemaSet<'a>,
        naming: &Naming,
    ) -> MergedSchema<'a> {
        let (schema, ..) = self.see_through(schema, naming);
        self.merged(&schema)
    }
}

/// A kind whose content the caller writes.
fn written(kind: PartKind) -> (PartKind, Constraints, Option<Literal>) {
    (kind, Constraints::default(), None)
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

/// The schema of the JSON that a text holds.
fn json_text<'a>(merged: &MergedSchema<'a>) -> Option<&'a Node> {
    let media = merged.first(Keyword::ContentMediaType)?.as_str()?;
    let is_json = family(media) == Some(Family::Json);
    let content = merged
        .each(Keyword::ContentSchema)
        .next()
        .filter(|_| is_json)?;
    content.as_mapping().is_some().then_some(content)
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
