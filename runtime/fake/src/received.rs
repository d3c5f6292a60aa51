//! The argument of a responder.

use std::ops::Deref;

use http::request::Parts;
use http::{HeaderMap, Uri};

use countersign_runtime::Secret;

/// A request that is as the document says, read: the operation, and what came with it.
#[derive(Clone, Debug)]
pub struct Received<O> {
    pub(crate) operation: O,
    pub(crate) head: Parts,
    pub(crate) credential: Option<Secret<String>>,
    pub(crate) earlier: usize,
}

impl<O> Received<O> {
    /// The operation alone.
    pub fn into_operation(self) -> O {
        self.operation
    }

    /// The headers of the request.
    pub const fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The operation, as it was sent.
    pub const fn uri(&self) -> &Uri {
        &self.head.uri
    }

    /// The credential that was sent: a key, a token, or user and password in Base64. None where none is needed.
    pub const fn credential(&self) -> Option<&Secret<String>> {
        self.credential.as_ref()
    }

    /// The number of earlier calls of this operation: 0 at the first.
    pub const fn earlier(&self) -> usize {
        self.earlier
    }
}

impl<O> Deref for Received<O> {
    type Target = O;

    fn deref(&self) -> &O {
        &self.operation
    }
}
