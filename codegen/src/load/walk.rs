//! Where references may stand: a table of the specification's objects, and a walk through a tree by it.
//!
//! A `$ref` among example values, below `default`, `enum` or `const`, or below `x-*` is data, and a property may be
//! named `$ref`: only the place decides, so the walk knows at each node what stands there.

use super::{Mapping, Node, NodeId, Value};
use crate::specification::{Child, Keyword};

/// The specification's objects that hold references, or hold what does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Thing {
    Root,
    Components,
    PathItem,
    Operation,
    /// A parameter or a header.
    Parameter,
    RequestBody,
    Response,
    MediaType,
    Encoding,
    Callback,
    Schema,
    SecurityScheme,
    /// An example or a link: nothing is generated from them.
    Note,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    One(Thing),
    List(Thing),
    /// An object of names.
    Map(Thing),
}

/// What a walk comes by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'a> {
    /// The object that has a `$ref`, or the schema whose discriminator has the mapping.
    pub(crate) node: &'a Node,
    /// What names the target: the value of `$ref` or in the mapping.
    pub(crate) text: &'a Node,
    /// What stands here.
    pub(crate) place: Place,
    pub(crate) kind: SiteKind,
}

impl Site<'_> {
    /// The node that leads to the target.
    pub(crate) fn id(&self) -> NodeId {
        match self.kind {
            SiteKind::Reference => self.node.id,
            SiteKind::Mapping | SiteKind::Identifier => self.text.id,
        }
    }
}

/// How a site names its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SiteKind {
    /// By `$ref`.
    Reference,
    /// By a value of a discriminator's `mapping`.
    Mapping,
    /// By a keyword that is not supported: `$id`, `$dynamicRef` and the like.
    Identifier,
}

/// Whether what stands beside a `$ref` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Siblings {
    Ignored,
    Kept,
}

/// Which nodes have been visited.
#[derive(Default)]
pub(crate) struct Seen(Vec<bool>);

impl Seen {
    /// Remembers a node; whether it is new.
    fn insert(&mut self, id: NodeId) -> bool {
        let at = id.0 as usize;
        if at >= self.0.len() {
            self.0.resize((at + 1).next_power_of_two(), false);
        }
        self.0
            .get_mut(at)
            .is_some_and(|seen| !std::mem::replace(seen, true))
    }
}

/// Gathers the sites of trees, each once.
pub(crate) struct Walk<'a, 's> {
    pub(crate) sites: Vec<Site<'a>>,
    seen: &'s mut Seen,
}

impl<'a, 's> Walk<'a, 's> {
    /// A walk that comes by some number of sites, most likely.
    pub(crate) fn new(seen: &'s mut Seen, likely: usize) -> Self {
        Self {
            sites: Vec::with_capacity(likely),
            seen,
        }
    }

    /// Gathers what stands at and below `node`, unless that was done.
    pub(crate) fn visit(&mut self, node: &'a Node, place: Place, siblings: Siblings) {
        if !self.seen.insert(node.id) {
            return;
        }
        match &node.value {
            Value::Mapping(mapping) => self.mapping(node, mapping, place, siblings),
            Value::Sequence(items) => {
                if let Place::One(thing) | Place::List(thing) = place {
                    for item in items {
                        self.visit(item, Place::One(thing), siblings);
                    }
                }
            }
            _ => {}
        }
    }

    fn mapping(&mut self, node: &'a Node, mapping: &'a Mapping, place: Place, siblings: Siblings) {
        if let Some(text) = reference_text(mapping, place) {
            self.sites.push(Site {
                node,
                text,
                place,
                kind: SiteKind::Reference,
            });
            if !counts_siblings(place, siblings) {
                return;
            }
        }
        match place {
            Place::One(thing) => self.members(node, thing, siblings),
            Place::Map(thing) => {
                let names = mapping.entries().iter();
                for entry in names.filter(|entry| is_name(thing, entry.key.text())) {
                    self.visit(&entry.value, Place::One(thing), siblings);
                }
            }
            Place::List(_) => {}
        }
    }

    fn members(&mut self, node: &'a Node, thing: Thing, siblings: Siblings) {
        for entry in node.entries() {
            let key = entry.key.text();
            if let Some(place) = below(thing, key) {
                self.visit(&entry.value, place, siblings);
            } else if thing == Thing::Schema {
                self.schema_member(node, key, &entry.value);
            }
        }
    }

    fn schema_member(&mut self, schema: &'a Node, key: &str, value: &'a Node) {
        match Keyword::of(key) {
            Some(Keyword::Discriminator) => {
                for entry in value.get("mapping").map_or(&[][..], Node::entries) {
                    self.named(schema, &entry.value, SiteKind::Mapping);
                }
            }
            Some(keyword) if keyword.child() == Child::Identifier => {
                self.named(schema, value, SiteKind::Identifier);
            }
            _ => {}
        }
    }

    fn named(&mut self, node: &'a Node, text: &'a Node, kind: SiteKind) {
        if text.as_str().is_some() {
            self.sites.push(Site {
                node,
                text,
                place: Place::One(Thing::Schema),
                kind,
            });
        }
    }
}

/// What `$ref` says, if the object is a reference: properties and schemas may have any name, this one too.
fn reference_text(mapping: &Mapping, place: Place) -> Option<&Node> {
    let text = &mapping.entry("$ref")?.value;
    text.as_str()?;
    (place != Place::Map(Thing::Schema)).then_some(text)
}

/// Whether members beside a `$ref` at `place` count: they do in a path item and, since 3.1, in a schema.
pub(crate) fn counts_siblings(place: Place, siblings: Siblings) -> bool {
    match place {
        Place::One(Thing::PathItem) => true,
        Place::One(Thing::Schema) => siblings == Siblings::Kept,
        _ => false,
    }
}

/// Whether a key of an object of names is one, and not an extension.
pub(crate) fn is_name(thing: Thing, key: &str) -> bool {
    !matches!(thing, Thing::PathItem | Thing::Response) || !key.starts_with("x-")
}

/// What the member `key` of a `thing` is, if references may stand in it.
pub(crate) fn below(thing: Thing, key: &str) -> Option<Place> {
    use Place::{List, Map, One};
    Some(match (thing, key) {
        (Thing::Schema, _) => return below_schema(key),
        (Thing::Root, "paths" | "webhooks") => Map(Thing::PathItem),
        (Thing::Root, "components") => One(Thing::Components),
        (Thing::Components, "schemas") => Map(Thing::Schema),
        (Thing::Components, "responses") => Map(Thing::Response),
        (Thing::Components, "parameters" | "headers") => Map(Thing::Parameter),
        (Thing::Components, "requestBodies") => Map(Thing::RequestBody),
        (Thing::Components, "callbacks") => Map(Thing::Callback),
        (Thing::Components, "pathItems") => Map(Thing::PathItem),
        (Thing::Components, "mediaTypes") => Map(Thing::MediaType),
        (Thing::Components, "securitySchemes") => Map(Thing::SecurityScheme),
        (Thing::Components, "examples" | "links") => Map(Thing::Note),
        (
            Thing::PathItem,
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query",
        ) => One(Thing::Operation),
        (Thing::PathItem, "additionalOperations" | "x-oai-additionalOperations") => {
            Map(Thing::Operation)
        }
        (Thing::PathItem | Thing::Operation, "parameters") => List(Thing::Parameter),
        (Thing::Operation, "requestBody") => One(Thing::RequestBody),
        (Thing::Operation, "responses") => Map(Thing::Response),
        (Thing::Operation, "callbacks") => Map(Thing::Callback),
        (Thing::Callback, key) if !key.starts_with("x-") && key != "$ref" => One(Thing::PathItem),
        (Thing::Parameter | Thing::MediaType, "schema") => One(Thing::Schema),
        (Thing::MediaType, "itemSchema") => One(Thing::Schema),
        (Thing::Parameter | Thing::RequestBody | Thing::Response, "content") => {
            Map(Thing::MediaType)
        }
        (Thing::Parameter | Thing::MediaType, "examples") => Map(Thing::Note),
        (Thing::MediaType, "encoding") => Map(Thing::Encoding),
        (Thing::Response | Thing::Encoding, "headers") => Map(Thing::Parameter),
        (Thing::Response, "links") => Map(Thing::Note),
        _ => return None,
    })
}

fn below_schema(key: &str) -> Option<Place> {
    match Keyword::of(key)?.child() {
        Child::Schema => Some(Place::One(Thing::Schema)),
        Child::List => Some(Place::List(Thing::Schema)),
        Child::Map => Some(Place::Map(Thing::Schema)),
        Child::None | Child::Identifier => None,
    }
}
