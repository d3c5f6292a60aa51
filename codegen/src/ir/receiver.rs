//! Requests that a server sends by itself: webhooks and callbacks.

use crate::source::SpecStr;

/// The part of an operation that the server sends and the caller's program receives.
#[derive(Clone, Debug, PartialEq)]
pub struct Receiver {
    /// The kind.
    pub kind: ReceiverKind,
    /// Its name in the document: the key of the webhook or of the callback.
    pub name: SpecStr,
    /// The key under a callback: the expression that yields the URL, and what follows it.
    pub url: Option<SpecStr>,
    /// The marks that tell it from others.
    pub marks: Vec<Mark>,
}

/// A kind of receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReceiverKind {
    /// A webhook of the document.
    Webhook,
    /// A callback of an operation.
    Callback,
}

/// A value that a request always has in one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The place.
    pub place: MarkPlace,
    /// The name there.
    pub name: SpecStr,
    /// The values.
    pub values: Vec<SpecStr>,
}

/// Where a request has a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkPlace {
    /// A member of the body.
    Member,
    /// A header.
    Header,
    /// A parameter of the query.
    Query,
}

impl Mark {
    /// Whether two requests with these marks differ in them.
    pub fn excludes(&self, other: &Self) -> bool {
        self.place == other.place
            && self.name == other.name
            && !self.values.iter().any(|value| other.values.contains(value))
    }
}
