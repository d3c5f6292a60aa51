//! What a request has that the document does not, or the other way round.

use std::fmt;

use http::Method;

use crate::Violations;

/// A request that the document does not have, or one that nobody was told to answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) operation: Option<&'static str>,
    pub(super) source: &'static str,
    pub(super) breaches: Vec<Breach>,
}

/// A way in which a request, or the answer to one, is outside the document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Breach {
    /// The document has no such path.
    Path,
    /// The document has the path, but only with these methods.
    Method(Vec<Method>),
    /// The operation is documented, but the fake was not told how to answer it.
    Unanswered,
    /// A parameter is absent, of another type, or not in the document.
    Parameter {
        /// Where it travels.
        place: Place,
        /// Its name.
        name: String,
        /// What is wrong with it.
        why: String,
    },
    /// No credential, or not all that one of these alternatives takes.
    Credential(Vec<Vec<&'static str>>),
    /// What the request wants to be answered with is none of what the document offers.
    Accept {
        /// The header; none where it is absent.
        found: Option<String>,
        /// What the document offers.
        documented: String,
    },
    /// The body has another media type than the document says.
    MediaType {
        /// The header; none where it is absent.
        found: Option<String>,
        /// What the document has.
        documented: Vec<&'static str>,
    },
    /// The body is not what the document says.
    Body {
        /// Where in it.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// Values break the document's constraints.
    Constraints(Violations),
    /// The answer that the fake was told to give is not in the document.
    Answer(String),
}

/// Where a parameter travels.
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

impl Violation {
    /// The method of the request.
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// The path of the request, as it was sent. The query is left out: it may hold a key.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The operation, where method and path are those of one.
    pub const fn operation(&self) -> Option<&'static str> {
        self.operation
    }

    /// Everything that is wrong, never empty.
    pub fn breaches(&self) -> &[Breach] {
        &self.breaches
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path.escape_debug())?;
        if let Some(operation) = self.operation {
            write!(f, " ({operation}, described in {})", self.source)?;
        }
        for (at, breach) in self.breaches.iter().enumerate() {
            write!(f, "{} {breach}", if at == 0 { ":" } else { ";" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Violation {}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path => f.write_str("the document has no such path"),
            Self::Method(others) => {
                let others: Vec<&str> = others.iter().map(Method::as_str).collect();
                write!(
                    f,
                    "the document has this path only with {}",
                    others.join(", ")
                )
            }
            Self::Unanswered => f.write_str("the fake was not told how to answer it: see `on`"),
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
            Self::Answer(why) => write!(f, "the answer is not in the document: {why}"),
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
