//! Inline schemas that are written twice alike: one type for both.
//!
//! In one operation a request and a response, or two responses, often repeat a schema word by word; so do a member and
//! the items of the list beside it.

use rustc_hash::FxHashMap;

use super::merged::SchemaSet;
use super::naming::{Base, Naming, Part};
use super::schema::LoweredSchema;
use super::{Direction, Lowering};
use crate::ir::{Type, TypeId};
use crate::load::{Entry, Node, Value};
use crate::names::Words;
use crate::specification::{Child, Keyword, Kinds};

/// Types of inline schemas, by where a schema like it is the same type.
#[derive(Default)]
pub(super) struct Twins<'a>(FxHashMap<Realm, Vec<Inline<'a>>>);

/// Where two schemas that are alike are one type: below the same root, as the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Realm {
    root: Root,
    /// The last word of what it is to its parent.
    word: Option<Words>,
    direction: Direction,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Root {
    Operation(Words),
    Type(TypeId),
}

/// A type that was made for an inline schema.
struct Inline<'a> {
    node: &'a Node,
    id: TypeId,
    used: LoweredSchema,
}

impl<'a> Lowering<'a> {
    /// The type of a schema that is alike and stands in the same realm; it is named after both places.
    pub(super) fn twin(
        &mut self,
        schema: &SchemaSet<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> Option<LoweredSchema> {
        let node = inline(schema)?;
        let realm = self.realm(direction, naming)?;
        let known = self.twins.0.get(&realm)?.iter();
        let mut alike = known.filter(|known| is_alike(known.node, node, Place::Schema));
        let twin = alike.next()?;
        let (id, used) = (twin.id, twin.used.clone());
        if let Some(of_twin) = self.namings.get_mut(id.index()) {
            let is_known = of_twin.base == naming.base || of_twin.also.contains(&naming.base);
            if !is_known {
                of_twin.also.push(naming.base.clone());
            }
        }
        Some(used)
    }

    /// Remembers a type that was made for an inline schema.
    pub(super) fn remember(
        &mut self,
        schema: &SchemaSet<'a>,
        direction: Direction,
        naming: &Naming,
        used: &LoweredSchema,
    ) {
        let (Some(node), Type::Named(id)) = (inline(schema), &used.ty) else {
            return;
        };
        let is_own = |own: &Naming| own.base == naming.base && own.name_override.is_none();
        if !self.namings.get(id.index()).is_some_and(is_own) {
            return;
        }
        if let Some(realm) = self.realm(direction, naming) {
            self.twins.0.entry(realm).or_default().push(Inline {
                node,
                id: *id,
                used: used.clone(),
            });
        }
    }

    fn realm(&self, direction: Direction, naming: &Naming) -> Option<Realm> {
        if naming.name_override.is_some() {
            return None;
        }
        let (root, part) = match &naming.base {
            Base::Component { .. } => return None,
            Base::Operation { operation, part } => (Root::Operation(operation.clone()), part),
            Base::Member { parent, part } => (self.root(*parent), part),
        };
        let word = own_word(part);
        Some(Realm {
            root,
            word,
            direction,
        })
    }

    /// The operation that a type belongs to, or else the type.
    fn root(&self, id: TypeId) -> Root {
        let mut at = id;
        loop {
            match self.namings.get(at.index()).map(|naming| &naming.base) {
                // A parent is made before its members.
                Some(Base::Member { parent, .. }) if *parent < at => at = *parent,
                Some(Base::Operation { operation, .. }) => {
                    return Root::Operation(operation.clone());
                }
                _ => return Root::Type(id),
            }
        }
    }
}

/// The last word of what a schema is to its parent; none for a whole body.
fn own_word(part: &Part) -> Option<Words> {
    let last = part.words.iter().last()?;
    (!matches!(last, "body" | "response")).then(|| Words::of(last))
}

/// The lone schema of a conjunction, if a type may be made for it.
fn inline<'a>(schema: &SchemaSet<'a>) -> Option<&'a Node> {
    let [node] = schema.nodes.as_slice() else {
        return None;
    };
    let is_whole = schema.skip.is_empty() && schema.only == Kinds::NONE;
    let has_shape = ["properties", "enum", "oneOf", "anyOf", "allOf"]
        .iter()
        .any(|keyword| node.get(keyword).is_some());
    (is_whole && has_shape).then_some(*node)
}

/// The kind of a node, which decides which of its keys count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Schema,
    /// Schemas by name.
    Schemas,
    Data,
}

/// Whether two nodes say the same; examples and sources of schemas don't count.
fn is_alike(one: &Node, other: &Node, place: Place) -> bool {
    match (&one.value, &other.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(one), Value::Bool(other)) => one == other,
        (Value::Number(one), Value::Number(other)) => one.text == other.text,
        (Value::String(text), Value::String(others)) => {
            text == others && one.span.document == other.span.document
        }
        (Value::Sequence(one), Value::Sequence(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| is_alike(one, other, place))
        }
        (Value::Mapping(one), Value::Mapping(other)) => {
            let mut one = counting(one.entries(), place);
            let mut other = counting(other.entries(), place);
            loop {
                match (one.next(), other.next()) {
                    (None, None) => return true,
                    (Some(one), Some(other)) if one.key == other.key => {
                        if !is_alike(&one.value, &other.value, below(place, one.key.text())) {
                            return false;
                        }
                    }
                    _ => return false,
                }
            }
        }
        _ => false,
    }
}

fn counting(entries: &[Entry], place: Place) -> impl Iterator<Item = &Entry> {
    entries.iter().filter(move |entry| {
        place != Place::Schema || !matches!(entry.key.text(), "example" | "examples" | "x-source")
    })
}

/// The kind of the value below a key.
fn below(place: Place, key: &str) -> Place {
    match place {
        Place::Data => Place::Data,
        Place::Schemas => Place::Schema,
        Place::Schema => match Keyword::of(key).map(Keyword::child) {
            Some(Child::Schema | Child::List) => Place::Schema,
            Some(Child::Map) => Place::Schemas,
            _ => Place::Data,
        },
    }
}
