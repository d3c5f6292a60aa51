//! Lists and tuples, and values that are of one of several schemas.

use crate::ir::{Literal, Shape, Type};
use crate::load::{Node, Value};
use crate::names::Words;
use crate::specification::{Keyword, Kinds};

use super::enumeration::Told;
use super::merged::{MergedSchema, SchemaSet};
use super::naming::Naming;
use super::schema::LoweredSchema;
use super::{Direction, Lowering};

/// The greatest depth of lists and maps within each other. rustc follows types to a depth of 128, some of it through what is
/// around them, and syn takes some 40 KiB of stack for each level where it is not optimised.
const DEEPEST: usize = 32;

/// The greatest number of types in one: tuples of tuples double with each level.
const LARGEST: usize = 1_000;

impl<'a> Lowering<'a> {
    /// A list with values beside it that are not lists: frameworks write those of its items there.
    pub(super) fn list_of_values(
        &mut self,
        merged: MergedSchema<'a>,
        values: Vec<&'a Node>,
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        let list = MergedSchema {
            values: None,
            ..merged
        };
        let items = list.items.map(|items| self.merged(&SchemaSet::one(items)));
        let item = MergedSchema {
            kinds: items.map_or(Kinds::NONE, |items| items.kinds),
            format: None,
            ..list.clone()
        };
        let shape = Shape::Enum(self.enumeration(&item, &values, &Told::new(), &naming.item()));
        let ty = Type::Named(self.declare(&item, direction, &naming.item(), shape));
        let used = self.list(&list, direction, naming);
        LoweredSchema {
            ty: Type::List(Box::new(ty)),
            ..used
        }
    }

    pub(super) fn list(
        &mut self,
        merged: &MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> LoweredSchema {
        if !merged.tuple.is_empty() && self.is_fixed(merged) {
            let tuple = merged.tuple;
            let items = tuple.iter().enumerate().map(|(at, item)| {
                let naming = naming.part(&place_word(at));
                let used = self.schema(&SchemaSet::one(item), direction, &naming);
                if !used.constraints.is_empty() {
                    self.warn_unchecked(item, "limits on an item of a tuple");
                }
                self.held(merged, used).into_type()
            });
            return LoweredSchema::of(Type::Tuple(items.collect()));
        }
        let mut limits = self.limits(merged, Kinds::ARRAY);
        if !merged.tuple.is_empty() && is_closed(merged) {
            let most = merged.tuple.len() as u64;
            limits.max_items = Some(limits.max_items.map_or(most, |known| known.min(most)));
        }
        let item = match merged.items {
            _ if !merged.tuple.is_empty() => {
                LoweredSchema::of(self.item_of_many(merged, direction, naming))
            }
            Some(items) => self.item(items, direction, &naming.item()),
            None => {
                self.stats.untyped += 1;
                LoweredSchema::of(Type::Json)
            }
        };
        let item = self.held(merged, item);
        limits.items = item.constraints.clone();
        let mut used = LoweredSchema::of(Type::List(Box::new(item.into_type())));
        used.constraints = limits.into();
        used
    }

    /// The type of an item or a value of a list, a tuple or a map: raw JSON where there are too many within each other.
    pub(super) fn held(
        &mut self,
        merged: &MergedSchema<'a>,
        inner: LoweredSchema,
    ) -> LoweredSchema {
        match merged.nodes.first() {
            Some(node) if inner.ty.depth() >= DEEPEST || inner.ty.size() > LARGEST => {
                let why = "too many lists, tuples and maps are within each other";
                self.raw(&SchemaSet::one(node), why)
            }
            _ => inner,
        }
    }

    /// The type of an item of a list whose items are of several schemas, and which no tuple holds.
    fn item_of_many(
        &mut self,
        merged: &MergedSchema<'a>,
        direction: Direction,
        naming: &Naming,
    ) -> Type {
        let more = merged.items.filter(|items| items.as_bool() != Some(false));
        let schemas: Vec<&'a Node> = merged.tuple.iter().chain(more).collect();
        let is_open = merged.items.is_none() && !is_closed(merged);
        self.one_of_several(merged, &schemas, is_open, direction, &naming.item())
    }

    /// A value of one of several schemas, or of none of them where it may be.
    pub(super) fn one_of_several(
        &mut self,
        merged: &MergedSchema<'a>,
        schemas: &[&'a Node],
        is_open: bool,
        direction: Direction,
        naming: &Naming,
    ) -> Type {
        let mut distinct: Vec<(&'a Node, Type)> = Vec::new();
        for (at, schema) in schemas.iter().enumerate() {
            let naming = naming.part(&place_word(at));
            let ty = self
                .schema(&SchemaSet::one(schema), direction, &naming)
                .into_type();
            if distinct.iter().all(|(_, known)| *known != ty) {
                distinct.push((schema, ty));
            }
        }
        match distinct.as_slice() {
            [(_, only)] if !is_open => only.clone(),
            all if all.iter().any(|(_, ty)| *ty == Type::Json) => Type::Json,
            all => {
                let schemas: Vec<&'a Node> = all.iter().map(|(schema, _)| *schema).collect();
                self.items_union(merged, &schemas, direction, naming)
            }
        }
    }

    /// An item of a list. No field holds its constant, so a type does.
    fn item(&mut self, items: &'a Node, direction: Direction, naming: &Naming) -> LoweredSchema {
        let schema = SchemaSet::one(items);
        let used = self.schema(&schema, direction, naming);
        if used.ty != Type::String || !matches!(used.constant, Some(Literal::String(_))) {
            return used;
        }
        let (schema, naming, _) = self.see_through(&schema, naming);
        let is_component = |node: &&Node| self.component_names.contains_key(&node.id);
        if schema.nodes.iter().any(is_component) {
            return used;
        }
        let merged = self.merged(&schema);
        let values = merged.values.clone().unwrap_or_default();
        let shape = Shape::Enum(self.enumeration(&merged, &values, &Told::new(), &naming));
        LoweredSchema {
            ty: Type::Named(self.declare(&merged, Direction::Both, &naming, shape)),
            constant: None,
            ..used
        }
    }

    /// Whether a tuple has neither fewer nor more items than are listed. Where no more are allowed and nothing says
    /// how many there are at least, all are meant if it has to be a list.
    fn is_fixed(&self, merged: &MergedSchema<'a>) -> bool {
        let length = merged.tuple.len() as i128;
        let says = |keyword: Keyword| {
            let mut values = merged.each(keyword).filter_map(Node::as_number).peekable();
            let is_length = |number: &crate::load::Number| {
                number.value == crate::load::NumberValue::Int(length)
            };
            values.peek().is_some().then(|| values.any(is_length))
        };
        let least =
            says(Keyword::MinItems).unwrap_or(is_closed(merged) && merged.kinds == Kinds::ARRAY);
        let most = says(Keyword::MaxItems) == Some(true) || is_closed(merged);
        merged.tuple.len() <= 12 && least && most
    }
}

/// A word for an item by its place, which means something in a tuple.
fn place_word(at: usize) -> Words {
    const SAID: [&str; 12] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    match SAID.get(at) {
        Some(word) => Words::of(word),
        None => Words::of(&format!("item {}", at + 1)),
    }
}

/// Whether a list has no more items than its tuple.
fn is_closed(merged: &MergedSchema<'_>) -> bool {
    let mut keywords = ["items", "additionalItems"].iter();
    keywords.any(|key| {
        let mut nodes = merged.nodes.iter();
        nodes.any(|node| node.get(key).and_then(Node::as_bool) == Some(false))
    })
}

/// Whether a value is neither a list nor an object.
pub(super) fn is_scalar(value: &Node) -> bool {
    !matches!(value.value, Value::Sequence(_) | Value::Mapping(_))
}
