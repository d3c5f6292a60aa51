//! Where what is read goes in an object.

use serde_json::{Map, Value};

use super::shape::{Form, Member, Node, Shape};
use super::{DEPTH, XmlError, text};

/// Where a node of an object goes: its member, within those members that are no nodes of their own.
pub(super) struct Place<'m> {
    /// The members around it, by name.
    around: Vec<&'m str>,
    name: &'m str,
    pub(super) node: &'m Node,
}

impl<'m> Place<'m> {
    pub(super) fn find(
        members: &'m [Member],
        is_it: &dyn Fn(&Node) -> bool,
        depth: usize,
    ) -> Option<Self> {
        let own = members.iter().find(|member| is_it(&member.node));
        if let Some(Member { name, node }) = own {
            return Some(Self {
                around: Vec::new(),
                name,
                node,
            });
        }
        if depth > DEPTH {
            return None;
        }
        members
            .iter()
            .find_map(|member| match (member.node.form, member.node.shape) {
                (Form::None, Shape::Object(within, _)) => {
                    let mut place = Self::find(within, is_it, depth.saturating_add(1))?;
                    place.around.insert(0, member.name);
                    Some(place)
                }
                _ => None,
            })
    }

    /// Puts a value there. A list gets it as its next item.
    pub(super) fn put(
        &self,
        object: &mut Map<String, Value>,
        value: Value,
    ) -> Result<(), XmlError> {
        let mut target = object;
        for name in &self.around {
            let within = target
                .entry((*name).to_owned())
                .or_insert_with(|| Value::Object(Map::new()));
            let Value::Object(within) = within else {
                return Err(XmlError::new("it is there more than once"));
            };
            target = within;
        }
        if let (Form::None, Shape::List(_)) = (self.node.form, self.node.shape) {
            let list = target
                .entry(self.name.to_owned())
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(items) = list {
                items.push(value);
            }
            return Ok(());
        }
        match target.insert(self.name.to_owned(), value) {
            None => Ok(()),
            Some(_) => Err(XmlError::new("it is there more than once")),
        }
    }
}

/// A text as an attribute or as the text of an element has it: items of a list are apart by spaces.
pub(super) fn scalar(text: String, shape: &Shape) -> Value {
    match shape {
        Shape::Scalar(kinds) => text::value(text, *kinds),
        Shape::List(item) => {
            let items = text.split_ascii_whitespace();
            Value::Array(
                items
                    .map(|part| scalar(part.to_owned(), item.shape))
                    .collect(),
            )
        }
        Shape::Object(..) | Shape::Any => Value::String(text),
    }
}
