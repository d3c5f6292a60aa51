//! Work that takes longer than a call: asked for again and again, until it has ended.
//!
//! [`Call::wait`](super::Call::wait) repeats an operation whose answer says how far something is.
//! [`Call::send_and_wait`](super::Call::send_and_wait) follows an answer that names another place to ask.

mod error;
mod interval;
mod monitor;
mod progress;
mod wait;

pub use self::error::{Unfinished, WaitError, Waited};
pub use self::interval::Polling;
pub use self::progress::{PollSpec, Polled};
