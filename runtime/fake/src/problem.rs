//! Problems: requests that the document does not have, and answers that it does not have.

use std::fmt;

use countersign_runtime::inbound::Fault;
use http::Method;

/// A request that the document does not have, or one that no responder was set for.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) operation: Option<&'static str>,
    pub(crate) source: &'static str,
    pub(crate) reasons: Vec<Reason>,
}

/// A way in which a request, or the answer to one, is outside the document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// The document has no such path.
    Path,
    /// The document has the path, but only with these methods.
    Method(Vec<Method>),
    /// The operation is documented, but has no responder.
    Unanswered,
    /// The request is not as the document says.
    Request(Fault),
    /// The answer that the responder gave is not in the document.
    Answer(String),
}

impl Problem {
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
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path.escape_debug())?;
        if let Some(operation) = self.operation {
            write!(f, " ({operation}, described in {})", self.source)?;
        }
        for (at, reason) in self.reasons.iter().enumerate() {
            write!(f, "{} {reason}", if at == 0 { ":" } else { ";" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

impl From<Fault> for Reason {
    fn from(fault: Fault) -> Self {
        Self::Request(fault)
    }
}

impl fmt::Display for Reason {
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
            Self::Unanswered => {
                f.write_str("no responder for this operation; add one with `Server::on`")
            }
            Self::Request(fault) => write!(f, "{fault}"),
            Self::Answer(why) => write!(f, "the answer is not in the document: {why}"),
        }
    }
}
