//! The intermediate representation: all that is generated, decided; neither OpenAPI's words nor Rust's syntax.
//!
//! `lower` fills it in, `facts` computes what templates ask for, `emit` only reads it.

mod arguments;
mod body;
mod choice;
mod external;
mod facts;
mod items;
mod limits;
mod link;
mod operation;
mod paging;
mod parameter;
mod pointers;
mod polling;
mod reading;
mod receiver;
mod response;
mod security;
mod server;
mod stream;
mod types;
mod visit;
mod xml;

use crate::names::{ModuleName, TypeName};
use crate::source::{DocumentPath, Span, SpecStr};

pub use body::{Body, FormField, Part, PartKind, Payload};
pub use choice::{Branch, Enum, EnumBase, Tagging, Union, Variant};
pub use external::{External, ExternalCrate, ExternalForm};
pub use facts::Facts;
pub use limits::{Constraints, Limit, LimitPlaces, Limits, Pattern};
pub use link::{Link, LinkSource, LinkText, LinkValue, Step};
pub use operation::{Idempotency, Method, Operation, PathSegment};
pub use paging::{
    NextCursor, Paging, PagingBasis, PagingEnd, PagingFlag, PagingStyle, Unpaged, UnpagedReason,
};
pub use parameter::{
    Collection, CookieStyle, HeaderStyle, Location, Parameter, QueryString, QueryStyle,
};
pub use pointers::Pointers;
pub use polling::{Polling, PollingBasis};
pub use reading::{MemberMode, ReadingMode};
pub use receiver::{Mark, MarkPlace, Receiver, ReceiverKind};
pub use response::{Header, Response, Responses, Status};
pub use security::{Credential, Grant, ImplicitFlow, OAuthFlow, Scheme, SchemeKind, SignIn};
pub use server::{AcceptTemplate, AcceptVariable, Server, ServerVariable};
pub use stream::{EventData, Framing, Items, StreamFlag, Streamed};
pub use types::{
    Access, Additional, Field, FieldRole, IntWidth, Literal, Presence, Reading, Shape, Struct,
    Type, TypeDef, TypeId, Types,
};
pub use xml::{Xml, XmlDef, XmlForm, XmlNode, XmlShape};

/// Where an item comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The stretch of text; its JSON pointer is found from it.
    pub span: Span,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// The author's documentation of an item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// One line; a `title` or `summary`.
    pub summary: Option<SpecStr>,
    /// Prose in CommonMark; a `description`.
    pub description: Option<SpecStr>,
    /// Examples, as JSON text.
    pub examples: Vec<SpecStr>,
    /// Facts that the Rust type doesn't show, each a sentence made by the lowering (`Default: ..`, `At most 64 characters.`).
    pub notes: Vec<SpecStr>,
    /// Where to read more: a URL.
    pub link: Option<SpecStr>,
}

/// A whole API.
#[derive(Clone, Debug)]
pub struct Api {
    /// Its title.
    pub title: SpecStr,
    /// Its version, as the document has it.
    pub version: SpecStr,
    /// The purpose.
    pub docs: Docs,
    /// The documents that it was read from, the entry first; [`Span::document`] is an index into them.
    pub documents: Vec<DocumentPath>,
    /// The JSON pointers of the places that documentation names.
    pub pointers: Pointers,
    /// Modules, in the documents' order.
    pub modules: Vec<Module>,
    /// Types.
    pub types: Types,
    /// Security schemes, in the document's order.
    pub schemes: Vec<Scheme>,
    /// Servers, the preferred first.
    pub servers: Vec<Server>,
    /// The `Accept` header that callers complete when they build a client.
    pub accept: Option<AcceptTemplate>,
    /// The reading of answers that are not what the document says.
    pub reading: ReadingMode,
    /// The descriptions of everything that travels as XML.
    pub xml: Xml,
    /// The number of items that were found, and of those that were left out.
    pub stats: Stats,
}

/// A module of the generated crates: what one document (or one tag of a single document) defines.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its name.
    pub name: ModuleName,
    /// The topic.
    pub docs: Docs,
    /// Types, in the document's order.
    pub types: Vec<TypeId>,
    /// Operations, in the document's order.
    pub operations: Vec<Operation>,
    /// Whether its operations are sent by the server: webhooks and callbacks.
    pub receives: bool,
    /// Whether its types are those that several modules share.
    pub shared: bool,
    /// The document.
    pub origin: Origin,
}

/// The number of items that were found, and their fate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    /// Operations in the document.
    pub operations: usize,
    /// Operations left out, by name, with the reason.
    pub left_out: Vec<(SpecStr, SpecStr)>,
    /// Operations whose ids a framework derived, with a name within them that can stand alone.
    pub derived_ids: usize,
    /// Operations that the settings don't select.
    pub unselected: usize,
    /// Entries of the selection that match no operation, each with the name of its list.
    pub unmatched: Vec<(&'static str, String)>,
    /// Settings of paging that don't fit their operation, by their keys, with what is wrong.
    pub misfits: Vec<(&'static str, String, String)>,
    /// Parameters of the operations that are generated.
    pub parameters: usize,
    /// Media types of their request bodies and responses.
    pub media_types: usize,
    /// Responses of theirs.
    pub responses: usize,
    /// Parts of theirs that are left out, and whole objects for which nothing is generated.
    pub omitted: Vec<Omitted>,
    /// Properties, items and values lowered.
    pub values: usize,
    /// Values kept as raw JSON because the document says nothing about them.
    pub untyped: usize,
    /// Values kept as raw JSON though the document says more.
    pub raw_json: Vec<Origin>,
}

/// A part of a document that is left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Omitted {
    /// The kind.
    pub kind: OmittedKind,
    /// Its name in the document.
    pub name: SpecStr,
    /// Where it is.
    pub origin: Origin,
}

/// A kind of part that may be left out by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OmittedKind {
    /// A parameter of an operation.
    Parameter,
    /// A media type of a body.
    MediaType,
    /// A response of an operation.
    Response,
    /// A header of a response, or of a part of a request.
    Header,
    /// A link from a response to an operation.
    Link,
    /// A request that the server makes.
    Webhook,
    /// A request that the server makes after an operation.
    Callback,
}

impl OmittedKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Parameter,
        Self::MediaType,
        Self::Response,
        Self::Header,
        Self::Link,
        Self::Webhook,
        Self::Callback,
    ];

    /// So many of them, in words.
    pub fn counted(self, count: usize) -> String {
        let (one, many) = match self {
            Self::Parameter => ("parameter", "parameters"),
            Self::MediaType => ("media type", "media types"),
            Self::Response => ("response", "responses"),
            Self::Header => ("header", "headers"),
            Self::Link => ("link", "links"),
            Self::Webhook => ("webhook", "webhooks"),
            Self::Callback => ("callback", "callbacks"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }
}

impl Stats {
    /// The number of parts of a kind that are left out.
    pub fn omitted_of(&self, kind: OmittedKind) -> usize {
        let parts = self.omitted.iter();
        parts.filter(|part| part.kind == kind).count()
    }
}

impl Api {
    /// The definition of a type.
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        self.types.get(id)
    }

    /// The name of a type.
    pub fn type_name(&self, id: TypeId) -> &TypeName {
        &self.types.get(id).name
    }
}
