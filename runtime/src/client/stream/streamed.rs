//! Operations that are answered by a stream where the caller asks for one.

use super::{Event, ItemStream};
use crate::client::call::Call;
use crate::client::operation::{Operation, OperationSpec};
use crate::client::request::{RequestError, RequestParts};
use crate::client::response::{Decoded, Reply, Undecoded};
use crate::validate::Check;

/// An operation that is answered by a stream where the caller asks for one, and by a single value else.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not documented to have a choice between one value and a stream",
    label = "this has no stream to choose",
    note = "`send` gives the stream where there is no choice, and `read_as::<ItemStream<T>>` reads one that is not documented"
)]
pub trait Streamed: Operation {
    /// The type of an item of the stream.
    type Item: Send + Sync;

    /// The document's description of calls that ask for a stream.
    const STREAM: OperationSpec;

    /// Says in the request that a stream is wanted, where the document has a place for that.
    fn ask(&mut self) {}

    /// Reads the stream.
    ///
    /// # Errors
    /// When the response is not what the document says it is.
    fn items(reply: &mut Reply) -> Result<ItemStream<Self::Item>, Undecoded>;
}

/// The operation, answered by a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct AsStream<O>(pub O);

impl<O: Streamed> Operation for AsStream<O> {
    type Success = ItemStream<O::Item>;
    type Failure = O::Failure;

    const SPEC: OperationSpec = O::STREAM;

    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError> {
        self.0.request(request)
    }

    fn validate(&self, check: &mut Check) {
        self.0.validate(check);
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        if reply.status.is_success() {
            return O::items(reply).map(Ok);
        }
        match O::decode(reply)? {
            Err(failure) => Ok(Err(failure)),
            Ok(_) => reply.undocumented(),
        }
    }
}

impl<'c, O: Streamed> Call<'c, O> {
    /// Asks for a stream, and says so in the request where the document has a place for that.
    pub fn stream(self) -> Call<'c, AsStream<O>> {
        self.turned(|mut operation| {
            operation.ask();
            AsStream(operation)
        })
    }

    /// Asks for server-sent events: [`stream`](Self::stream) where items are events.
    pub fn events<T>(self) -> Call<'c, AsStream<O>>
    where
        O: Streamed<Item = Event<T>>,
    {
        self.stream()
    }
}
