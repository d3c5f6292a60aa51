//! Departures of servers: from a place in an answer to its schema, and what is to be changed there.

use serde_json::{Value, json};

use crate::load::{Node, Version};
use crate::source::DocumentId;

use super::Proposing;
use super::action::path;
use super::record::Departure;

/// The greatest number of schemas within each other that are looked through for a member.
const DEEPEST: usize = 32;

/// The schema of a place in an answer, and the one that it is a member of.
#[derive(Clone, Copy)]
struct Place<'a> {
    owner: Option<&'a Node>,
    schema: &'a Node,
}

/// The way out where an answer departs by something else than a value.
fn of_head(departure: &Departure) -> Option<&'static str> {
    Some(match departure.found.as_str() {
        "json" | "media-type" | "bare-text" => {
            "the media type of the answer has to be added to `content`"
        }
        "status" => "the status of the answer has to be added to `responses`",
        "redirect" => "the path has a slash more or less at its end",
        "nothing" if departure.path.is_empty() => {
            "the server answers without a body: add 204, or let the body be `null`"
        }
        _ => return None,
    })
}

impl<'a> Proposing<'a> {
    /// Proposes what makes departures go.
    pub(super) fn departures(&mut self, departures: &[Departure]) {
        for departure in departures {
            let what = |why: &str| format!("{}{}: {why}", departure.document, departure.path);
            if let Some(why) = of_head(departure) {
                self.left(what(why));
                continue;
            }
            let Some(place) = self.place(departure) else {
                self.left(what("no schema of the entry document describes it"));
                continue;
            };
            if let Err(why) = self.depart(departure, place) {
                self.left(what(why));
            }
        }
    }

    fn place(&self, departure: &Departure) -> Option<Place<'a>> {
        let (_, pointer) = departure.document.split_once('#')?;
        let mut response = self.node(pointer)?;
        if let Some(target) = self.resolved.target(response) {
            response = target.node;
        }
        let media = response.get("content")?.entries().iter();
        let is_json = |key: &str| key.to_ascii_lowercase().contains("json");
        let media = media
            .clone()
            .find(|entry| is_json(entry.key.text()))
            .or_else(|| media.clone().next())?;
        let mut place = Place {
            owner: None,
            schema: media.value.get("schema")?,
        };
        for segment in departure.path.split('/').skip(1) {
            let segment = segment.replace("~1", "/").replace("~0", "~");
            place = self.step(place.schema, &segment, 0)?;
        }
        Some(place)
    }

    /// The schema of a member or an item.
    fn step(&self, schema: &'a Node, segment: &str, depth: usize) -> Option<Place<'a>> {
        if depth > DEEPEST {
            return None;
        }
        if let Some(target) = self.resolved.target(schema) {
            return self.step(target.node, segment, depth + 1);
        }
        let property = schema.get("properties").and_then(|all| all.get(segment));
        if let Some(property) = property {
            return Some(Place {
                owner: Some(schema),
                schema: property,
            });
        }
        let within = ["allOf", "oneOf", "anyOf"].into_iter();
        let within = within
            .filter_map(|key| schema.get(key))
            .flat_map(Node::items);
        let mut within = within.filter_map(|part| self.step(part, segment, depth + 1));
        if let Some(found) = within.next() {
            return Some(found);
        }
        let is_position = segment.bytes().all(|byte| byte.is_ascii_digit());
        let items = schema.get("items").filter(|_| is_position);
        let others = || schema.get("additionalProperties");
        let schema = items.or_else(others)?;
        let is_schema = schema.as_mapping().is_some();
        is_schema.then_some(Place {
            owner: None,
            schema,
        })
    }

    fn depart(&mut self, departure: &Departure, place: Place<'a>) -> Result<(), &'static str> {
        let date = departure.correction.as_deref();
        match (departure.found.as_str(), departure.expected.as_str(), date) {
            (_, _, Some("only-item" | "json-text")) => {
                Err("a setting reads it, and its schema has to be written anew otherwise")
            }
            ("other-members", ..) => Err("its schema has to be written anew"),
            ("media-type", ..) => Err("the media type has to be added to the document"),
            ("other-case", ..) => Err("the property has to be named as the server writes it"),
            ("null", ..) => self.nullable(place.schema),
            ("nothing", ..) => self.optional(departure, place),
            ("empty-text", ..) => self.retype(place.schema, "string", None),
            ("text", _, Some("date")) => self.reformat(place.schema, "date-time"),
            ("list" | "object" | "empty-object", ..) => Err("its schema has to be written anew"),
            ("empty-list", ..) => {
                Err("PHP writes an empty object so: it is read as one, and the document is right")
            }
            (_, _, Some("list-of-one")) => {
                Err("`one-for-list` reads it, and the document is right")
            }
            (_, expected, None) if expected.contains("sequence") => {
                Err("`one-for-list` in `[api.NAME.reading]` reads one value as a list of one")
            }
            ("text", ..) => self.retype(place.schema, "string", None),
            ("integer", ..) => self.retype(place.schema, "integer", None),
            ("number", ..) => self.retype(place.schema, "number", None),
            ("boolean", ..) => self.retype(place.schema, "boolean", None),
            _ => Err("it is not a kind of value that is known"),
        }
    }

    fn optional(&mut self, departure: &Departure, place: Place<'a>) -> Result<(), &'static str> {
        let member = departure.path.rsplit('/').next().unwrap_or_default();
        let member = member.replace("~1", "/").replace("~0", "~");
        let owner = place.owner.ok_or("it is not a member of an object")?;
        // The list may be beside the properties, or in another part of an `allOf`.
        let required = owner.get("required").map(Node::items).unwrap_or_default();
        if !required.iter().any(|item| item.as_str() == Some(&member)) {
            return Err("another part of its schema requires it");
        }
        match self.make_optional(owner, &member) {
            true => Ok(()),
            false => Err("it is in another document, which overlays don't change"),
        }
    }

    /// Lets a value be `null`.
    fn nullable(&mut self, schema: &'a Node) -> Result<(), &'static str> {
        let pointer = self.own(schema)?;
        let why = "the server sends null";
        let version = self.documents.version(DocumentId::ENTRY);
        if let Some(reference) = schema.get("$ref").and_then(Node::as_str) {
            let around = match version {
                Version::Swagger2 => return Err("a reference of Swagger 2.0 can't be nullable"),
                Version::OpenApi30 | Version::Fragment => {
                    json!({"allOf": [{"$ref": reference}], "nullable": true})
                }
                _ => json!({"anyOf": [{"$ref": reference}, {"type": "null"}]}),
            };
            self.remove(format!("{}['$ref']", path(&pointer)), why);
            self.update(&pointer, around, why);
            return Ok(());
        }
        match version {
            Version::Swagger2 => self.update(&pointer, json!({"x-nullable": true}), why),
            Version::OpenApi30 | Version::Fragment => {
                self.update(&pointer, json!({"nullable": true}), why);
            }
            _ => self.with_null(schema, &pointer, why)?,
        }
        Ok(())
    }

    /// Adds `null` to the types of a schema of 3.1.
    fn with_null(&mut self, schema: &Node, pointer: &str, why: &str) -> Result<(), &'static str> {
        let ty = schema.get("type").ok_or("its schema names no type")?;
        let types = format!("{pointer}/type");
        match ty.as_str() {
            Some(ty) => {
                self.remove(path(&types), why);
                self.update(pointer, json!({"type": [ty, "null"]}), why);
            }
            None => self.update(&types, json!("null"), why),
        }
        if schema.get("enum").is_some() {
            self.update(&format!("{pointer}/enum"), Value::Null, why);
        }
        Ok(())
    }

    /// Changes the type of a schema; what only the old one has goes.
    fn retype(
        &mut self,
        schema: &'a Node,
        ty: &str,
        format: Option<&str>,
    ) -> Result<(), &'static str> {
        let schema = self.inline(schema);
        let pointer = self.own(schema)?;
        let before = self.types.entry(pointer.clone());
        if before.or_insert_with(|| ty.to_owned()) != ty {
            return Err("the server sends several types there");
        }
        let why = format!("the server sends {ty}");
        let known = schema.get("type").and_then(Node::as_str);
        let known = known.ok_or("its schema does not name one type")?;
        for key in [
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
        ]
        .into_iter()
        .chain([
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "enum",
            "default",
            "example",
        ])
        .filter(|key| schema.get(key).is_some())
        {
            // A text that is empty at times has the limits of its type.
            if known != ty || key == "format" {
                self.remove(path(&format!("{pointer}/{key}")), &why);
            }
        }
        let update = match format {
            Some(format) => json!({"type": ty, "format": format}),
            None => json!({"type": ty}),
        };
        if known != ty || format.is_some() {
            self.update(&pointer, update, &why);
        }
        Ok(())
    }

    /// Changes the format of a text.
    fn reformat(&mut self, schema: &'a Node, format: &str) -> Result<(), &'static str> {
        let pointer = self.own(self.inline(schema))?;
        self.update(
            &pointer,
            json!({"format": format}),
            "the server sends a time as well",
        );
        Ok(())
    }

    /// The schema that a reference leads to.
    fn inline(&self, schema: &'a Node) -> &'a Node {
        self.resolved
            .target(schema)
            .map_or(schema, |target| target.node)
    }

    /// The pointer of a schema of the entry document.
    fn own(&self, schema: &Node) -> Result<String, &'static str> {
        self.pointer(schema.span)
            .ok_or("it is in another document, which overlays don't change")
    }
}
