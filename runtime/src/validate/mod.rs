//! Checking a value against its document before it leaves: every violation at once, each with its place.

mod check;
mod limits;
mod measure;
#[cfg(feature = "pattern")]
mod pattern;
mod violations;

pub use self::check::{Check, Each, Key, Validate};
pub use self::limits::Limits;
pub use self::measure::{Items, Measure, Measured, Members};
#[cfg(feature = "pattern")]
pub use self::pattern::Pattern;
pub use self::violations::{Violation, Violations};
