//! Bodies of requests, and the payloads that requests and responses carry.

use super::{Constraints, Docs, HeaderStyle, Items, Literal, Origin, Presence, QueryStyle, Type};
use crate::names::{FieldName, TypeName, VariantName};
use crate::source::SpecStr;

/// The body of an operation.
#[derive(Clone, Debug)]
pub struct Body {
    /// The name of its field: `body`.
    pub name: FieldName,
    /// Whether it must be there.
    pub required: bool,
    /// The media types; several where the document offers several that differ, the preferred first.
    pub payloads: Vec<(SpecStr, Payload, VariantName)>,
    /// The name of the enum of payloads, where there are several.
    pub enum_name: TypeName,
    /// Media types under which a payload, by its position, can be sent as well: its bytes would be the same.
    pub also: Vec<(usize, SpecStr)>,
    /// The kind.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// A member of a form body that is not serialized as its type has it by default.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// Its name on the wire.
    pub wire: SpecStr,
    /// The serialization.
    pub style: QueryStyle,
    /// Reserved characters stay as they are.
    pub allow_reserved: bool,
}

/// The encoding of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Type),
    /// JSON, or nothing at all.
    OptionalJson(Type),
    /// `application/x-www-form-urlencoded`, and the members that have an encoding of their own.
    Form(Type, Vec<FormField>),
    /// `multipart/*`, part by part; the type is declared with the operation under this name.
    Multipart(TypeName, Vec<Part>),
    /// XML, and the description of its document, by its position in [`Xml::documents`](super::Xml::documents).
    Xml(Type, usize),
    /// Text.
    Text,
    /// Bytes, streamed.
    Bytes,
    /// Items, one after another.
    Stream(Items),
}

impl Payload {
    /// The media type of JSON.
    pub const JSON: &'static str = "application/json";

    /// The media type that it has where the document names none.
    pub fn media_type(&self) -> &'static str {
        match self {
            Self::Json(_) | Self::OptionalJson(_) | Self::Empty => Self::JSON,
            Self::Form(..) => "application/x-www-form-urlencoded",
            Self::Multipart(..) => "multipart/form-data",
            Self::Xml(..) => "application/xml",
            Self::Text => "text/plain",
            Self::Bytes | Self::Stream(_) => "application/octet-stream",
        }
    }

    /// The media type that it is sent as: what the document has, unless that is a range.
    pub fn sent_as<'t>(&self, documented: &'t str) -> &'t str {
        match documented.contains('*') {
            true => self.media_type(),
            false => documented,
        }
    }
}

/// A part of a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its Rust name.
    pub name: FieldName,
    /// Its name on the wire.
    pub wire: SpecStr,
    /// The kind.
    pub kind: PartKind,
    /// Whether it must be there.
    pub presence: Presence,
    /// Its position, where parts have no names.
    pub position: Option<usize>,
    /// Its media type, if the document sets one.
    pub media_type: Option<SpecStr>,
    /// The media types of its members, where it is a multipart body itself.
    pub nested: Vec<(SpecStr, SpecStr)>,
    /// The only value that it can have.
    pub constant: Option<Literal>,
    /// Limits on its value.
    pub constraints: Constraints,
    /// The meaning.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// The kind of a part of a multipart body.
#[derive(Clone, Debug, PartialEq)]
pub enum PartKind {
    /// A file, with a name and a media type, streamed.
    File,
    /// A file, or text: what it is given says which.
    FileOrText,
    /// Several files under one name.
    Files,
    /// Several parts under one name, each of them a file or text.
    FilesOrTexts,
    /// Content that the caller has written, since its media type has no form of a Rust type.
    Raw,
    /// Parts under names of the caller's choice, since the document describes none.
    Others,
    /// A plain value, sent as text.
    Text(Type),
    /// Several plain values under one name.
    Texts(Type),
    /// Anything else, sent as JSON.
    Json(Type),
    /// Several parts under one name, each of them JSON.
    Jsons(Type),
    /// A header of the parts of a name, which come after it.
    Header {
        /// The name of the parts.
        part: SpecStr,
        /// The name of the header.
        name: SpecStr,
        /// The serialization.
        style: HeaderStyle,
        /// Its value.
        ty: Type,
    },
}
