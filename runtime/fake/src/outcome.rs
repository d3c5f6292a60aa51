//! The result of a responder.

use std::fmt;
use std::future::ready;

use crate::played::Served;
use countersign_runtime::{BoxFuture, Operation};

/// A success or a failure of an operation, and what its type leaves open: the status where the document has a class of
/// them (`4XX`, `default`) or several alike, and headers.
pub struct Outcome<O: Operation> {
    pub(crate) result: Result<O::Success, O::Failure>,
    pub(crate) status: Option<u16>,
    pub(crate) headers: Vec<(String, String)>,
}

impl<O: Operation> Outcome<O> {
    /// A success, with the first status that the document has for it.
    pub fn success(success: O::Success) -> Self {
        Self::new(Ok(success))
    }

    /// A failure, with the first status that the document has for it.
    pub fn failure(failure: O::Failure) -> Self {
        Self::new(Err(failure))
    }

    /// Either, with the first status that the document has for it.
    pub fn new(result: Result<O::Success, O::Failure>) -> Self {
        Self {
            result,
            status: None,
            headers: Vec::new(),
        }
    }

    /// Chooses the status. One that the document does not have for this success or failure is a
    /// [`Problem`](crate::Problem).
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Adds a header, written as it is to be sent. One that the document has must be of its type.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.headers.push((name.into(), value.to_string()));
        self
    }
}

impl<O: Operation<Success: fmt::Debug, Failure: fmt::Debug>> fmt::Debug for Outcome<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome")
            .field("result", &self.result)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// A result that a responder of an operation can return: a `Result`, an [`Outcome`], or a future of either.
///
/// `Kind` only tells the three apart.
pub trait Answers<O: Served, Kind>: Send {
    /// The outcome, when it is there.
    fn outcome(self) -> BoxFuture<'static, Outcome<O>>;
}

/// The kind of a result.
#[derive(Debug)]
pub struct AtOnce;

/// The kind of an [`Outcome`].
#[derive(Debug)]
pub struct Chosen;

/// The kind of a future of another kind.
#[derive(Debug)]
pub struct Later<Kind>(std::marker::PhantomData<Kind>);

impl<O: Served> Answers<O, AtOnce> for Result<O::Success, O::Failure> {
    fn outcome(self) -> BoxFuture<'static, Outcome<O>> {
        Box::pin(ready(Outcome::new(self)))
    }
}

impl<O: Served> Answers<O, Chosen> for Outcome<O> {
    fn outcome(self) -> BoxFuture<'static, Self> {
        Box::pin(ready(self))
    }
}

impl<O, F, Kind> Answers<O, Later<Kind>> for F
where
    O: Served,
    F: Future<Output: Answers<O, Kind>> + Send + 'static,
{
    fn outcome(self) -> BoxFuture<'static, Outcome<O>> {
        Box::pin(async move { self.await.outcome().await })
    }
}
