//! Fake servers of the three vendors: what a downstream test can rely on.

mod appgate;
mod contract;
mod ras;
mod strata;

/// The documented failure of a call: the variant's body.
macro_rules! documented {
    ($error:expr, $variant:path) => {
        match $error {
            countersign_runtime::Error::Api($variant(body), _) => body,
            other => panic!("expected {}, found {other:?}", stringify!($variant)),
        }
    };
}
pub(crate) use documented;
