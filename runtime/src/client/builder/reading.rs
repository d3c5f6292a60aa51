//! Options for answers that are not what the document says.

use std::sync::Arc;

use super::Builder;
use crate::client::core::Core;
use crate::tolerance::{Departure, MemberReading, Reading};

impl<C: From<Core>> Builder<C> {
    /// The reading of answers that are not what the document says, in place of the document's own setting. A setting for
    /// an operation, or of a call, goes before this.
    pub fn reading(mut self, reading: Reading) -> Self {
        self.reading.reading = Some(reading);
        self
    }

    /// The reading of some members of answers, by a pattern of their places: `/items/*/tags`, `**/created`. `*` is any
    /// one name or position, `**` any number of them. Of several that fit, the last counts.
    pub fn reading_of(mut self, pattern: impl Into<String>, reading: MemberReading) -> Self {
        self.reading.members.push((pattern.into(), reading));
        self
    }

    /// A hook that is told of each departure of an answer from its document, corrected or not:
    /// [`Departure::lines`] writes a record. It is called before the call ends, so it must not wait.
    pub fn on_departure(mut self, hook: impl Fn(&Departure) + Send + Sync + 'static) -> Self {
        self.reading.hook = Some(Arc::new(hook));
        self
    }
}
