//! Where references may stand: a walk through a tree by the tables of the specification.
//!
//! A `$ref` among example values, below `default`, `enum` or `const`, or below `x-*` is data, and a property may be
//! named `$ref`: only the place decides, so the walk knows at each node what stands there.

use super::{Mapping, Node, NodeId, Value};
use crate::specification::{self as specification, Child, Keyword, Kind, Object};

/// The specification's objects that hold references, or hold what does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectKind {
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

impl ObjectKind {
    /// Its name in messages.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Root => "document",
            Self::Components => "components",
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::Response => "response",
            Self::MediaType => "media type",
            Self::Encoding => "encoding",
            Self::Callback => "callback",
            Self::Schema => "schema",
            Self::SecurityScheme => "security scheme",
            Self::Note => "object",
        }
    }
}

/// The value at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChildKind {
    One(ObjectKind),
    List(ObjectKind),
    /// An object of names.
    Map(ObjectKind),
}

/// The objects that a walk meets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RefSite<'a> {
    /// The object that has a `$ref`, or the schema whose discriminator has the mapping.
    pub(crate) node: &'a Node,
    /// The text that names the target: the value of `$ref` or in the mapping.
    pub(crate) text: &'a Node,
    /// The objects at this place.
    pub(crate) place: ChildKind,
    pub(crate) kind: RefKind,
}

impl RefSite<'_> {
    /// The node that leads to the target.
    pub(crate) fn id(&self) -> NodeId {
        match self.kind {
            RefKind::Reference => self.node.id,
            RefKind::Mapping | RefKind::Identifier => self.text.id,
        }
    }
}

/// The way a site names its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefKind {
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
    pub(crate) sites: Vec<RefSite<'a>>,
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
    pub(crate) fn visit(&mut self, node: &'a Node, place: ChildKind, siblings: Siblings) {
        if !self.seen.insert(node.id) {
            return;
        }
        match &node.value {
            Value::Mapping(mapping) => self.mapping(node, mapping, place, siblings),
            Value::Sequence(items) => {
                if let ChildKind::One(kind) | ChildKind::List(kind) = place {
                    for item in items {
                        self.visit(item, ChildKind::One(kind), siblings);
                    }
                }
            }
            _ => {}
        }
    }

    fn mapping(
        &mut self,
        node: &'a Node,
        mapping: &'a Mapping,
        place: ChildKind,
        siblings: Siblings,
    ) {
        if let Some(text) = reference_text(mapping, place) {
            self.sites.push(RefSite {
                node,
                text,
                place,
                kind: RefKind::Reference,
            });
            if !counts_siblings(place, siblings) {
                return;
            }
        }
        match place {
            ChildKind::One(kind) => self.members(node, kind, siblings),
            ChildKind::Map(kind) => {
                let names = mapping.entries().iter();
                for entry in names.filter(|entry| is_name(kind, entry.key.text())) {
                    self.visit(&entry.value, ChildKind::One(kind), siblings);
                }
            }
            ChildKind::List(_) => {}
        }
    }

    fn members(&mut self, node: &'a Node, kind: ObjectKind, siblings: Siblings) {
        for entry in node.entries() {
            let key = entry.key.text();
            if kind == ObjectKind::Schema {
                let Some(keyword) = Keyword::of(key) else {
                    continue;
                };
                match below_keyword(keyword) {
                    Some(place) => self.visit(&entry.value, place, siblings),
                    None => self.schema_member(node, keyword, &entry.value),
                }
            } else if let Some(place) = below(kind, key) {
                self.visit(&entry.value, place, siblings);
            }
        }
    }

    fn schema_member(&mut self, schema: &'a Node, keyword: Keyword, value: &'a Node) {
        match keyword {
            Keyword::Discriminator => {
                for entry in value.get("mapping").map_or(&[][..], Node::entries) {
                    self.named(schema, &entry.value, RefKind::Mapping);
                }
                if let Some(default) = value.get("defaultMapping") {
                    self.named(schema, default, RefKind::Mapping);
                }
            }
            keyword if keyword.child() == Child::Identifier => {
                self.named(schema, value, RefKind::Identifier);
            }
            _ => {}
        }
    }

    fn named(&mut self, node: &'a Node, text: &'a Node, kind: RefKind) {
        if text.as_str().is_some() {
            self.sites.push(RefSite {
                node,
                text,
                place: ChildKind::One(ObjectKind::Schema),
                kind,
            });
        }
    }
}

/// The value of `$ref`, if the object is a reference: properties and schemas may have any name, this one too.
fn reference_text(mapping: &Mapping, place: ChildKind) -> Option<&Node> {
    let text = &mapping.entry("$ref")?.value;
    text.as_str()?;
    (place != ChildKind::Map(ObjectKind::Schema)).then_some(text)
}

/// Whether members beside a `$ref` at `place` count: they do in a path item and, since 3.1, in a schema.
pub(crate) fn counts_siblings(place: ChildKind, siblings: Siblings) -> bool {
    match place {
        ChildKind::One(ObjectKind::PathItem) => true,
        ChildKind::One(ObjectKind::Schema) => siblings == Siblings::Kept,
        _ => false,
    }
}

/// Whether a key of an object of names is one, and not an extension.
pub(crate) fn is_name(kind: ObjectKind, key: &str) -> bool {
    !matches!(kind, ObjectKind::PathItem | ObjectKind::Response) || !key.starts_with("x-")
}

/// The objects in the member `key` of a `kind`, if references may be in it.
pub(crate) fn below(kind: ObjectKind, key: &str) -> Option<ChildKind> {
    match kind {
        ObjectKind::Schema => below_schema(key),
        // Each key is an expression.
        ObjectKind::Callback if !key.starts_with("x-") && key != "$ref" => {
            Some(ChildKind::One(ObjectKind::PathItem))
        }
        _ => {
            let object = object(kind)?;
            let key = specification::method_in_capitals(object, key).unwrap_or(key);
            child(specification::field_since_30(object, key)?.kind)
        }
    }
}

/// The object of the tables that this is.
fn object(kind: ObjectKind) -> Option<Object> {
    Some(match kind {
        ObjectKind::Root => Object::Root,
        ObjectKind::Components => Object::Components,
        ObjectKind::PathItem => Object::PathItem,
        ObjectKind::Operation => Object::Operation,
        ObjectKind::Parameter => Object::Parameter,
        ObjectKind::RequestBody => Object::RequestBody,
        ObjectKind::Response => Object::Response,
        ObjectKind::MediaType => Object::MediaType,
        ObjectKind::Encoding => Object::Encoding,
        ObjectKind::SecurityScheme => Object::SecurityScheme,
        ObjectKind::Callback | ObjectKind::Schema | ObjectKind::Note => return None,
    })
}

/// The objects in a value of this kind, if references may be in it.
fn child(kind: Kind) -> Option<ChildKind> {
    Some(match kind {
        Kind::One(Object::Paths) => ChildKind::Map(ObjectKind::PathItem),
        Kind::One(Object::Responses) => ChildKind::Map(ObjectKind::Response),
        Kind::One(object) => ChildKind::One(kind_of(object)?),
        Kind::List(object) => ChildKind::List(kind_of(object)?),
        Kind::MapOf(object) => ChildKind::Map(kind_of(object)?),
        _ => return None,
    })
}

/// The kind that an object of the tables is, if it holds references.
fn kind_of(object: Object) -> Option<ObjectKind> {
    Some(match object {
        Object::Root => ObjectKind::Root,
        Object::Components => ObjectKind::Components,
        Object::PathItem => ObjectKind::PathItem,
        Object::Operation => ObjectKind::Operation,
        Object::Parameter | Object::Header => ObjectKind::Parameter,
        Object::RequestBody => ObjectKind::RequestBody,
        Object::Response => ObjectKind::Response,
        Object::MediaType => ObjectKind::MediaType,
        Object::Encoding => ObjectKind::Encoding,
        Object::Callback => ObjectKind::Callback,
        Object::Schema => ObjectKind::Schema,
        Object::SecurityScheme => ObjectKind::SecurityScheme,
        Object::Example | Object::Link => ObjectKind::Note,
        _ => return None,
    })
}

fn below_schema(key: &str) -> Option<ChildKind> {
    below_keyword(Keyword::of(key)?)
}

/// The schemas in the value of a keyword, if references may be in it.
pub(crate) fn below_keyword(keyword: Keyword) -> Option<ChildKind> {
    match keyword.child() {
        Child::Schema => Some(ChildKind::One(ObjectKind::Schema)),
        Child::List => Some(ChildKind::List(ObjectKind::Schema)),
        Child::Map => Some(ChildKind::Map(ObjectKind::Schema)),
        Child::None | Child::Identifier => None,
    }
}
