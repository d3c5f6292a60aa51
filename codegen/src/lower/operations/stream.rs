//! Streams: bodies whose items travel one after another.
//!
//! OpenAPI 3.2 describes an item by `itemSchema`, which FastAPI writes into documents of 3.1 as well. Where there is
//! none, `schema` describes the list of all items, or, by a habit of 3.1, an item.

use crate::ir::{EventData, Framing, Items, Type};
use crate::load::Node;
use crate::names::Words;
use crate::source::SpecStr;
use crate::specification::Kinds;

use super::super::merged::{MergedSchema, SchemaSet};
use super::super::naming::Naming;
use super::super::{Direction, Lowering, literal};

/// The separation of items, as far as the media type decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frames {
    Events,
    Lines,
    Records,
    Values,
    Parts,
}

/// The separation of the items of a media type; none where it is not a stream.
pub(super) fn frames(media_type: &str, media: &Node) -> Option<Frames> {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    if essence != "text/event-stream" && is_whole_text(media) {
        return None;
    }
    Some(match essence.as_str() {
        "text/event-stream" => Frames::Events,
        "application/jsonl"
        | "application/x-jsonl"
        | "application/jsonlines"
        | "application/x-jsonlines"
        | "application/ndjson"
        | "application/x-ndjson"
        | "application/json-lines"
        | "application/ldjson"
        | "application/x-ldjson"
        | "application/stream+json"
        | "application/x-json-stream"
        | "text/jsonl"
        | "text/x-ndjson" => Frames::Lines,
        "application/json-seq" => Frames::Records,
        _ if essence.ends_with("+json-seq") => Frames::Records,
        "multipart/mixed" if has_json_parts(media) => Frames::Parts,
        _ if media.get("x-stream").and_then(Node::as_str) == Some("lines") => Frames::Lines,
        _ if media.get("x-stream").and_then(Node::as_str) == Some("values") => Frames::Values,
        "application/json" if media.get("itemSchema").is_some() => Frames::Values,
        _ if essence.ends_with("+json") && media.get("itemSchema").is_some() => Frames::Values,
        _ => return None,
    })
}

/// Whether the document has the whole as one text, and nothing of its items: so TypeSpec has lines of JSON.
fn is_whole_text(media: &Node) -> bool {
    let is_text = |schema: &Node| {
        let kind = schema.get("type").and_then(Node::as_str);
        kind == Some("string") && schema.get("contentMediaType").is_none()
    };
    media.get("itemSchema").is_none() && media.get("schema").is_some_and(is_text)
}

/// Whether a media type has an item in each part, as JSON: what `itemEncoding` says, or else what objects are by default.
fn has_json_parts(media: &Node) -> bool {
    let Some(item) = media.get("itemSchema") else {
        return false;
    };
    if media.get("prefixEncoding").is_some() {
        return false;
    }
    let encoding = media.get("itemEncoding");
    match encoding.and_then(|encoding| encoding.get("contentType")) {
        Some(content) => content
            .as_str()
            .is_some_and(|content| content.split(';').next().is_some_and(is_json)),
        None => item.get("type").and_then(Node::as_str) != Some("string"),
    }
}

fn is_json(essence: &str) -> bool {
    let essence = essence.trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// The members of an event, as OpenAPI 3.2 describes it, and the comment that Spring has beside them.
const MEMBERS: [&str; 5] = ["event", "data", "id", "retry", "comment"];

/// The data of an event.
struct Data<'a> {
    schema: SchemaSet<'a>,
    /// The notation: JSON, or text.
    kind: EventData,
}

impl<'a> Lowering<'a> {
    /// The items of a stream.
    pub(super) fn items(
        &mut self,
        frames: Frames,
        media: &'a Node,
        direction: Direction,
        naming: &Naming,
    ) -> Items {
        let schema = self.item_schema(media);
        let own = media.get("x-stream-end").and_then(literal::text);
        let (schema, listed) = self.without_sentinel(schema, frames);
        let sentinel = own.or(listed);
        let framing = match frames {
            Frames::Events => {
                let naming = naming.instead(&Words::of("event"));
                let (ty, data) = self.events(schema, direction, &naming);
                let framing = Framing::Events(data);
                return Items {
                    ty,
                    framing,
                    sentinel,
                };
            }
            Frames::Lines => Framing::Lines,
            Frames::Records => Framing::Records,
            Frames::Values => Framing::Values,
            Frames::Parts => Framing::Parts,
        };
        let ty = match schema {
            Some(schema) => {
                let naming = naming.instead(&Words::of("item"));
                self.schema(&schema, direction, &naming).into_type()
            }
            None => self.untyped_item(),
        };
        Items {
            ty,
            framing,
            sentinel,
        }
    }

    fn untyped_item(&mut self) -> Type {
        self.stats.untyped += 1;
        Type::Json
    }

    /// The schema of an item: `itemSchema`, or the items of `schema`.
    fn item_schema(&mut self, media: &'a Node) -> Option<SchemaSet<'a>> {
        if let Some(item) = media.get("itemSchema") {
            return Some(SchemaSet::one(item));
        }
        let schema = SchemaSet::one(media.get("schema")?);
        let merged = self.merged(&schema);
        match merged
            .items
            .filter(|_| merged.likely_kinds() == Kinds::ARRAY)
        {
            Some(items) => Some(SchemaSet::one(items)),
            None => Some(schema),
        }
    }

    /// The content of the data of events, and its notation.
    fn events(
        &mut self,
        schema: Option<SchemaSet<'a>>,
        direction: Direction,
        naming: &Naming,
    ) -> (Type, EventData) {
        let text = (Type::String, EventData::Text);
        let Some(schema) = schema else {
            return text;
        };
        let is_content = |node: &&Node| node.get("contentSchema").is_some();
        if schema.nodes.iter().any(is_content) {
            let data = self.event_data(&schema);
            let ty = self.schema(&data.schema, direction, naming).into_type();
            return (ty, data.kind);
        }
        let merged = self.merged(&schema);
        if let Some((ty, texts)) = self.event_union(&schema, &merged, direction, naming) {
            return (ty, EventData::Named(texts));
        }
        let data = match is_event(&merged) {
            true => match merged.property("data").map(|data| data.schema.clone()) {
                Some(data) => self.event_data(&data),
                None => return text,
            },
            false => self.event_data(&schema),
        };
        let ty = self.schema(&data.schema, direction, naming).into_type();
        (ty, data.kind)
    }

    /// The data of an event: JSON in a text, where the schema says so, or where it is not text.
    pub(in crate::lower) fn event_data_of(
        &mut self,
        schema: &SchemaSet<'a>,
    ) -> (SchemaSet<'a>, bool) {
        let data = self.event_data(schema);
        (data.schema, data.kind == EventData::Text)
    }

    fn event_data(&mut self, schema: &SchemaSet<'a>) -> Data<'a> {
        let nodes = self.all_nodes(schema);
        let content = nodes.iter().find_map(|node| node.get("contentSchema"));
        if let Some(content) = content {
            return Data {
                schema: SchemaSet::one(content),
                kind: EventData::Json,
            };
        }
        let merged = self.merged(schema);
        let is_text = merged.likely_kinds() == Kinds::STRING;
        Data {
            schema: schema.clone(),
            kind: match is_text {
                true => EventData::Text,
                false => EventData::Json,
            },
        }
    }
}

/// Whether a schema describes an event, and not the data of one.
pub(in crate::lower) fn is_event(merged: &MergedSchema<'_>) -> bool {
    let is_member = |key: &SpecStr| MEMBERS.contains(&key.text());
    let has = |name: &str| merged.property(name).is_some();
    merged
        .properties
        .iter()
        .all(|property| is_member(property.key))
        && (has("data") || has("event"))
}
