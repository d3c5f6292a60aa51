//! Servers, and the `Accept` header of an API.

use super::{Docs, Origin};
use crate::names::FieldName;
use crate::source::SpecStr;

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    /// The name.
    pub name: Option<SpecStr>,
    /// Its URL, with `{variables}`.
    pub url: SpecStr,
    /// Variables.
    pub variables: Vec<ServerVariable>,
    /// The kind.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}

/// A variable in the URL of a server.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name.
    pub wire: SpecStr,
    /// Its value if the caller says nothing.
    pub default: SpecStr,
    /// The values that it can have; empty: any.
    pub values: Vec<SpecStr>,
    /// The kind.
    pub docs: Docs,
}

/// An `Accept` header with variables that callers fill in when they build a client.
#[derive(Clone, Debug)]
pub struct AcceptTemplate {
    /// The media type, with `{variables}`.
    pub media_type: SpecStr,
    /// The variables.
    pub variables: Vec<AcceptVariable>,
}

/// A variable of an [`AcceptTemplate`].
#[derive(Clone, Debug)]
pub struct AcceptVariable {
    /// Its Rust name.
    pub name: FieldName,
    /// Its name in the template.
    pub wire: SpecStr,
    /// Its value if the caller says nothing; none: the caller has to.
    pub default: Option<SpecStr>,
    /// The kind.
    pub docs: Docs,
}
