//! Parameters: where they travel, and in which style.

use super::{Constraints, Docs, FormField, Literal, Origin, Presence, Reading, Type};
use crate::names::FieldName;
use crate::source::SpecStr;

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its Rust name.
    pub name: FieldName,
    /// Its name on the wire.
    pub wire: SpecStr,
    /// Its location, and its style there.
    pub location: Location,
    /// The type, without its presence.
    pub ty: Type,
    /// Whether it must be there.
    pub presence: Presence,
    /// Limits on its value.
    pub constraints: Constraints,
    /// The value that a server uses when it is absent.
    pub default: Option<Literal>,
    /// The one value that it can have: constructors fill it in where it is required.
    pub constant: Option<Literal>,
    /// In the path: it may be empty, also before the last segment.
    pub may_be_empty: bool,
    /// Where it is the whole query: the members that have an encoding of their own.
    pub members: Vec<FormField>,
    /// Spellings that reading accepts.
    pub reading: Reading,
    /// Marked `deprecated`.
    pub deprecated: bool,
    /// The meaning.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path(Collection),
    /// In the path; reserved characters stand as they are, apart from those that end a segment or the path.
    ReservedPath(Collection),
    /// The query as a whole.
    QueryString(QueryString),
    /// In the query.
    Query {
        /// The style.
        style: QueryStyle,
        /// Reserved characters stand as they are.
        allow_reserved: bool,
    },
    /// In a header.
    Header(HeaderStyle),
    /// In the `Cookie` header.
    Cookie(CookieStyle),
}

/// The form of a query that is one parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryString {
    /// A form: members are parameters.
    Form,
    /// JSON.
    Json,
    /// Text.
    Text,
}

/// The serialization of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderStyle {
    /// `a,b`
    Simple {
        /// Objects are written `key=value`.
        explode: bool,
    },
    /// JSON, because the parameter has a `content`.
    Json,
}

/// The serialization of a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieStyle {
    /// `name=a,b`
    Form {
        /// Lists and objects become several cookies.
        explode: bool,
    },
    /// Like [`Form`](Self::Form); reserved characters stand as they are.
    ReservedForm {
        /// Lists and objects become several cookies.
        explode: bool,
    },
    /// As it is, without escapes: `name=a; name=b`
    Plain {
        /// Lists and objects become several cookies.
        explode: bool,
    },
    /// JSON, because the parameter has a `content`.
    Json,
}

/// The style of a path parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// `a,b`
    Simple {
        /// Objects are written `key=value`.
        explode: bool,
    },
    /// `.a,b`
    Label {
        /// Items are separated by dots.
        explode: bool,
    },
    /// `;name=a,b`
    Matrix {
        /// The name is repeated for each item.
        explode: bool,
    },
    /// JSON, because the parameter has a `content`.
    Json,
}

/// The style of a query parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryStyle {
    /// `name=a&name=b` or `name=a,b`
    Form {
        /// The name is repeated for each item.
        explode: bool,
    },
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a%7Cb`
    PipeDelimited,
    /// `name[key]=value`
    DeepObject,
    /// JSON, because the parameter has a `content`.
    Json,
}
