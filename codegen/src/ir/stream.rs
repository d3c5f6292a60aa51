//! Items that travel one after another.

use super::{Presence, Status, Type};
use crate::names::FieldName;
use crate::source::SpecStr;

/// Items that travel one after another in one body.
#[derive(Clone, Debug, PartialEq)]
pub struct Items {
    /// The content of an item; of an event, its data.
    pub ty: Type,
    /// The separation of items.
    pub framing: Framing,
    /// The item that ends the stream.
    pub sentinel: Option<SpecStr>,
}

/// A stream that a server answers with where the caller asks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Streamed {
    /// The status of the response.
    pub status: Status,
    /// The outcome.
    pub items: Items,
    /// The media type that is asked for.
    pub media_type: SpecStr,
    /// Where the request says that a stream is wanted.
    pub flag: Option<StreamFlag>,
}

/// Where a request says that a stream is wanted.
#[derive(Clone, Debug, PartialEq)]
pub enum StreamFlag {
    /// A member of the body.
    Member {
        /// Its field.
        name: FieldName,
        /// Whether it must be there.
        presence: Presence,
    },
    /// A parameter, by its position.
    Parameter(usize),
}

/// The separation of items.
#[derive(Clone, Debug, PartialEq)]
pub enum Framing {
    /// JSON, a line for each.
    Lines,
    /// JSON, each behind the character RS.
    Records,
    /// JSON, each ends where its value ends.
    Values,
    /// JSON, each a part of a `multipart/mixed` body.
    Parts,
    /// Server-sent events.
    Events(EventData),
}

/// The notation of the data of events.
#[derive(Clone, Debug, PartialEq)]
pub enum EventData {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As the name of the event says: the type is a union by that name. Events of these names have text.
    Named(Vec<SpecStr>),
}
