//! The clients over a real HTTP server: what they send, and what they make of every answer.

mod appgate;
mod documents;
mod failures;
mod ras;
mod server;
mod strata;

/// Asserts that an error is of a variant of the operation's enum, and yields what the variant has.
macro_rules! documented {
    ($error:expr, $variant:path) => {
        match $error {
            countersign_runtime::Error::Api($variant(body), failed) => (body, failed),
            other => panic!("expected {}, found {other:?}", stringify!($variant)),
        }
    };
}
pub(crate) use documented;
