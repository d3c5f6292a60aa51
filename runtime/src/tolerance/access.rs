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
    /// A required one, under its name in another case.
    OtherCase,
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
            let (name, kind) = match self.meant_by(name) {
                Some(meant) => (meant, NextKind::OtherCase),
                None => (name.as_str(), NextKind::Member),
            };
            let next = Next {
                name: name.into(),
                node: Arc::clone(node),
                kind,
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
            let stands_in = |known: &str| self.meant_by(known) == Some(name);
            let is_there = |known: &str| known == name || stands_in(known);
            if self.entries().iter().any(|(known, _)| is_there(known)) {
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

    /// The required member that is left out under its own name, and meant by one that the document does not have: the
    /// only one that differs from it in case alone. Go reads names in any case, so that Go's documents have some wrong.
    fn meant_by(&self, found: &str) -> Option<&'static str> {
        let table = self.table?;
        if table.members.contains(&found) {
            return None;
        }
        let mut required = table.required.iter().copied();
        let meant = required.find(|name| name.eq_ignore_ascii_case(found))?;
        let alike = |name: &str| name.eq_ignore_ascii_case(found);
        let members = table.members.iter().filter(|name| alike(name)).count();
        let entries = self.entries().iter().filter(|(name, _)| alike(name));
        (members == 1 && entries.count() == 1).then_some(meant)
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
        let corrects = match next.kind {
            NextKind::Default | NextKind::OtherCase => session::tolerates(),
            _ => false,
        };
        let node = match next.kind {
            NextKind::Null => Arc::new(Node::new(Kind::Null, next.node.at)),
            NextKind::Default | NextKind::OtherCase if !corrects => self.absent(),
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
            Ok(_) if corrects && next.kind == NextKind::Default => {
                session::depart(&"a required member", Found::Nothing, Correction::Default);
            }
            Ok(_) if corrects => {
                session::depart(&"a required member", Found::OtherCase, Correction::Member);
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
