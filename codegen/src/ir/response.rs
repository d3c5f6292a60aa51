//! Responses, their statuses and their headers.

use std::fmt;

use super::{Docs, Origin, Payload, Type};
use crate::names::{FieldName, VariantName};
use crate::source::SpecStr;

/// The responses.
#[derive(Clone, Debug, Default)]
pub struct Responses {
    /// Documented successes, by status. Where several differ, the success type is an enum of them.
    pub success: Vec<Response>,
    /// Documented failures, by status; the default last.
    pub errors: Vec<Response>,
}

impl Responses {
    /// The success, if all that are documented carry the same.
    pub fn only_success(&self) -> Option<&Response> {
        let (first, others) = self.success.split_first()?;
        let same = |other: &Response| other.payload == first.payload;
        others.iter().all(same).then_some(first)
    }
}

/// A documented response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Its status.
    pub status: Status,
    /// Its variant: the reason phrase.
    pub variant: VariantName,
    /// The payload.
    pub payload: Payload,
    /// The media type of the payload; parameters included.
    pub media_type: Option<SpecStr>,
    /// Media types that a server offers beside it.
    pub also: Vec<SpecStr>,
    /// The same value as XML, where a server may answer with that instead: a position in
    /// [`Xml::documents`](super::Xml::documents).
    pub xml: Option<usize>,
    /// Documented headers.
    pub headers: Vec<Header>,
    /// The meaning.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

impl Response {
    /// The media type of what it carries, a range where the document has one.
    pub fn content_type(&self) -> &str {
        let documented = self.media_type.as_ref().map(SpecStr::text);
        documented.unwrap_or_else(|| self.payload.media_type())
    }
}

/// A documented response header.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its Rust name.
    pub name: FieldName,
    /// Its name on the wire.
    pub wire: SpecStr,
    /// The type.
    pub ty: Type,
    /// Its text is JSON.
    pub is_json: bool,
    /// Always sent.
    pub required: bool,
    /// The meaning.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// A status, a class of statuses or all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A class: 4 stands for 400 to 499.
    Class(u8),
    /// Every status that has no response of its own.
    Default,
}

impl Status {
    /// Whether it is a success.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Class(2))
    }

    /// Whether it stands for statuses after which another one comes: the final one.
    pub fn is_informational(self) -> bool {
        matches!(self, Self::Code(100..=199) | Self::Class(1))
    }

    /// Whether it stands for all that another one stands for.
    pub fn covers(self, other: Self) -> bool {
        match (self, other) {
            (Self::Default, _) => true,
            (Self::Class(class), Self::Code(code)) => code / 100 == u16::from(class),
            (one, other) => one == other,
        }
    }
}

/// As documents spell it: `404`, `4XX`, `default`.
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Class(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}
