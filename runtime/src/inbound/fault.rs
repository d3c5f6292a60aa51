//! Faults of a request: what it has that the document does not, or the other way round.

use std::fmt;

use crate::Violations;

/// A way in which a request is outside the document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// A parameter is absent, of another type, or not in the document.
    Parameter {
        /// Where it is sent.
        place: Place,
        /// Its name.
        name: String,
        /// The problem.
        why: String,
    },
    /// No credential, or not all that one of these alternatives takes.
    Credential(Vec<Vec<&'static str>>),
    /// The document offers nothing that the request accepts.
    Accept {
        /// The header; none where it is absent.
        found: Option<String>,
        /// The documented media types.
        documented: String,
    },
    /// The body has another media type than the document says.
    MediaType {
        /// The header; none where it is absent.
        found: Option<String>,
        /// The documented value.
        documented: Vec<&'static str>,
    },
    /// The body is not what the document says.
    Body {
        /// Where in it.
        path: String,
        /// The message.
        why: String,
    },
    /// Values break the document's constraints.
    Constraints(Violations),
}

/// The part of a request that a parameter is sent in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
    /// In a part of a multipart body.
    Part,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter { place, name, why } => write!(f, "{place} `{name}` {why}"),
            Self::Credential(alternatives) => {
                let sets = alternatives.iter().map(|set| set.join(" and "));
                let sets: Vec<String> = sets.collect();
                write!(f, "lacks a credential for {}", sets.join(" or "))
            }
            Self::Accept { found, documented } => {
                write!(f, "accepts {} instead of {documented}", Quoted(found))
            }
            Self::MediaType { found, documented } => write!(
                f,
                "the body is {} instead of {}",
                Quoted(found),
                documented.join(" or ")
            ),
            Self::Body { path, why } => write!(f, "the body at {path}: {why}"),
            Self::Constraints(violations) => write!(f, "{violations}"),
        }
    }
}

struct Quoted<'a>(&'a Option<String>);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(text) => write!(f, "`{}`", text.escape_debug()),
            None => f.write_str("of no media type"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Path => "path parameter",
            Self::Query => "query parameter",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Part => "part",
        })
    }
}
