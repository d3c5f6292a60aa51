//! The control: a request that breaks the document is refused, so that acceptance says something.

use std::marker::PhantomData;

use countersign_runtime::{
    Call, Decoded, Operation, OperationSpec, Reply, RequestError, RequestParts,
};
use serde_json::json;

use crate::asked::violations;

/// An operation whose body lacks everything.
pub(crate) struct Incomplete<O>(PhantomData<O>);

impl<O> Incomplete<O> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<O: Operation> Operation for Incomplete<O> {
    type Success = ();
    type Failure = ();

    const SPEC: OperationSpec = O::SPEC;

    fn request(&self, request: &mut RequestParts) -> Result<(), RequestError> {
        request.json(&json!({}))
    }

    fn decode(reply: &mut Reply) -> Decoded<Self> {
        reply.undocumented()
    }
}

/// Sends it.
pub(crate) async fn expect<'c, O: Operation>(call: impl Into<Call<'c, Incomplete<O>>>) {
    let error = call
        .into()
        .send()
        .await
        .expect_err("the mock server checks");
    let found = error.response().and_then(violations);
    assert!(found.is_some(), "not refused: {error}");
}
