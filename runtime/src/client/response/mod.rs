//! Reading responses.

mod charset;
mod coding;
pub mod header;
mod media;
mod reply;
mod success;
mod successes;
mod text;
#[cfg(feature = "xml")]
mod xml;

pub(crate) use self::coding::decoded;
#[doc(hidden)]
pub use self::media::essence;
#[doc(hidden)]
pub use self::media::fits;
pub(crate) use self::media::{is_json, may_be_json};
pub(crate) use self::reply::Sent;
pub use self::reply::{Decoded, Reply, Undecoded};
pub use self::success::Response;
pub use self::successes::SuccessReader;
