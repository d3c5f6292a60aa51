//! Reading responses.

pub mod header;
mod media;
mod reply;
mod success;
mod text;

#[cfg(feature = "fake")]
pub(crate) use self::media::{essence, fits, is_json};
pub(crate) use self::reply::Sent;
pub use self::reply::{Decoded, Reply, Undecoded};
pub use self::success::Response;
