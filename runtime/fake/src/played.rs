//! The generated description of an API and its operations, so that a fake can play them.

use crate::route::Route;
use countersign_runtime::inbound::{Answer, Inbound};
use countersign_runtime::{ApiSpec, AsStream, Core, ItemStream, Operation, Scheme, Streamed};

/// An operation that a fake can read and answer: the reverse of what a client does with it. Generated.
pub trait Served: Operation<Success: 'static, Failure: 'static> + Clone + 'static {
    /// The client that sends it.
    type Client: Faked;

    /// Reads the operation from a request. None where the request is not in the document; `request` has noted why.
    fn receive(request: &mut Inbound) -> Option<Self>;

    /// Writes an answer.
    fn answer(outcome: Result<Self::Success, Self::Failure>, answer: &mut Answer);
}

/// An operation that a fake answers by a stream where the client asks for one. Generated.
pub trait ServedStream: Served + Streamed<Item: 'static> {
    /// Writes the stream.
    fn answer_stream(items: ItemStream<Self::Item>, answer: &mut Answer);
}

impl<O: ServedStream> Served for AsStream<O> {
    type Client = O::Client;

    fn receive(request: &mut Inbound) -> Option<Self> {
        O::receive(request).map(AsStream)
    }

    fn answer(outcome: Result<Self::Success, Self::Failure>, answer: &mut Answer) {
        match outcome {
            Ok(items) => O::answer_stream(items, answer),
            Err(failure) => O::answer(Err(failure), answer),
        }
    }
}

/// A client whose API can be faked. Generated.
pub trait Faked: From<Core> {
    /// The document's description of the API.
    fn api() -> &'static ApiSpec;

    /// The security schemes.
    const SCHEMES: &'static [Scheme];

    /// Where tokens are asked for, by the OAuth 2.0 client credentials grant.
    const TOKEN_URLS: &'static [&'static str];

    /// The operations.
    const ROUTES: &'static [Route];
}
