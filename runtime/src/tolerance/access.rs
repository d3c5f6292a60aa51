//! The items of a list and the members of an object, as serde asks for them.

use std::sync::Arc;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess};

use super::Held;
use super::departure::{Correction, Found};
use super::error::Error;
use super::key::Key;
use super::reader::{self, Reader};
use super::rules::MemberReading;
use super::session::{self, Segment, Table};
use super::tree::{Kind, Node};

/// The items of a list.
pub(super) struct Items {
    node: Held,
    at: usize,
    content: Content,
}

/// Where items are from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    List,
    Nothing,
    One,
}

impl Items {
    const fn new(node: Held, content: Content) -> Self {
        Self {
            node,
            at: 0,
            content,
        }
    }

    pub(super) fn of(node: &Held) -> Self {
        Self::new(Arc::clone(node), Content::List)
    }

    pub(super) fn none(node: &Held) -> Self {
        Self::new(Arc::clone(node), Content::Nothing)
    }

    /// The value itself is the only item.
    pub(super) fn one(node: &Held) -> Self {
        Self::new(Arc::clone(node), Content::One)
    }

    fn next(&mut self) -> Option<(usize, Held)> {
        loop {
            let at = self.at;
            self.at = at.saturating_add(1);
            let item = match (self.content, &self.node.kind) {
                (Content::One, _) if at == 0 => Arc::clone(&self.node),
                (Content::List, Kind::List(items)) => Arc::clone(items.get(at)?),
                _ => return None,
            };
            if self.content == Content::One || !session::is_skipped(&item) {
                return Some((at, item));
            }
        }
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some((at, item)) = self.next() else {
            return Ok(None);
        };
        let within = self.content == Content::List;
        if within {
            session::enter(Segment::Index(at));
        }
        session::set_current(&item);
        let read = match within {
            true => seed.deserialize(Reader(Arc::clone(&item))),
            false => session::as_only_item(|| seed.deserialize(Reader(Arc::clone(&item)))),
        };
        if within {
            if let Err(error) = &read {
                session::item_failed(error, &item);
            }
            session::leave();
        }
        read.map(Some)
    }
}

/// The members of an object, and of a struct those that were left out.
pub(super) struct Members {
    node: Held,
    at: usize,
    table: Option<Table>,
    /// The next of the required members to be looked for.
    required: usize,
    next: Option<Next>,
}

/// A member whose value is to be read.
struct Next {
    name: Box<str>,
    node: Held,
    kind: NextKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NextKind {
    /// As it came.
    Member,
    /// An empty text, read as `null`.
    Null,
    /// Left out.
    Absent,
    /// Left out, with the default of the document.
    Default,
}

impl Members {
    pub(super) fn of(node: &Held, table: Option<Table>) -> Self {
        if table.is_some() {
            session::enter_object(node);
        }
        Self {
            node: Arc::clone(node),
            at: 0,
            table,
            required: 0,
            next: None,
        }
    }

    fn entries(&self) -> &[(String, Held)] {
        match &self.node.kind {
            Kind::Object(entries) => entries,
            _ => &[],
        }
    }

    fn find(&mut self) -> Option<Next> {
        if self.table.is_some()
            && let Some((name, node)) = session::once_more()
        {
            let kind = NextKind::Null;
            return Some(Next { name, node, kind });
        }
        while let Some((name, node)) = self.entries().get(self.at) {
            let next = Next {
                name: name.as_str().into(),
                node: Arc::clone(node),
                kind: NextKind::Member,
            };
            self.at = self.at.saturating_add(1);
            if self.table.is_some() || !session::is_skipped(&next.node) {
                return Some(next);
            }
        }
        self.left_out()
    }

    /// The next of the required members that is not there.
    fn left_out(&mut self) -> Option<Next> {
        let table = self.table?;
        loop {
            let name = *table.required.get(self.required)?;
            self.required = self.required.saturating_add(1);
            if self.entries().iter().any(|(known, _)| known == name) {
                continue;
            }
            let default = table.defaults.iter().find(|(known, _)| *known == name);
            let default = default.and_then(|(_, json)| reader::default(json, self.node.at));
            let (node, kind) = match default {
                Some(node) => (node, NextKind::Default),
                None => (self.absent(), NextKind::Absent),
            };
            let name = name.into();
            return Some(Next { name, node, kind });
        }
    }

    fn absent(&self) -> Held {
        Arc::new(Node::new(Kind::Absent, self.node.at))
    }
}

impl Drop for Members {
    fn drop(&mut self) {
        if self.table.is_some() {
            session::leave_object();
        }
    }
}

impl<'de> MapAccess<'de> for Members {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        self.next = self.find();
        match &self.next {
            Some(next) => seed.deserialize(Key(&next.name)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let next = self.next.take().ok_or_else(Error::refused)?;
        let said = self.table.and_then(|table| {
            let mut said = table.readings.iter();
            said.find(|(name, _)| **name == *next.name)
        });
        let segment = Segment::Name(next.name.clone());
        session::enter_said(
            segment,
            said.and_then(|(_, name)| MemberReading::named(name)),
        );
        let defaults = next.kind == NextKind::Default && session::tolerates();
        let node = match next.kind {
            NextKind::Null => Arc::new(Node::new(Kind::Null, next.node.at)),
            NextKind::Default if !defaults => self.absent(),
            _ => Arc::clone(&next.node),
        };
        session::set_current(&node);
        let read = || seed.deserialize(Reader(Arc::clone(&node)));
        let read = match next.kind {
            // Only where `null` is a value by itself.
            NextKind::Null => session::exactly(read),
            _ => read(),
        };
        match &read {
            Ok(_) if next.kind == NextKind::Null => {
                session::depart(&"a value or null", Found::EmptyText, Correction::Null);
            }
            Ok(_) if defaults => {
                session::depart(&"a required member", Found::Nothing, Correction::Default);
            }
            Ok(_) => {}
            Err(error) => match self.table {
                Some(table) => {
                    let required = table.required.contains(&&*next.name);
                    let told = match next.kind {
                        NextKind::Null => &next.node,
                        _ => &node,
                    };
                    let retried = next.kind == NextKind::Null;
                    session::member_failed(error, &next.name, told, required, retried);
                }
                None => session::item_failed(error, &node),
            },
        }
        session::leave();
        read
    }
}
