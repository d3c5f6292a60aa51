//! Reading responses.

pub mod header;
mod media;
mod reply;
mod success;
mod text;

pub(crate) use self::media::is_json;
#[doc(hidden)]
pub use self::media::{essence, fits};
pub(crate) use self::reply::Sent;
pub use self::reply::{Decoded, Reply, Undecoded};
pub use self::success::Response;
