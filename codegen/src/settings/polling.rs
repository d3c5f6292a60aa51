//! Operations that say how far something is, as the caller of the generator knows it better.

use super::keyed;

/// The operations that can be waited with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollingSettings {
    /// Whether it is inferred where no extension says it.
    pub infer: bool,
    /// Operations, each by its id, or by a path that begins with `/` and may have `*` and `**` in it.
    pub operations: Vec<(String, PollingChoice)>,
}

impl Default for PollingSettings {
    fn default() -> Self {
        Self {
            infer: true,
            operations: Vec::new(),
        }
    }
}

/// The way in which an operation says how far something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PollingChoice {
    /// It does not.
    Off,
    /// By a value at a place in its answer.
    As(PollingWords),
}

/// A place in an answer, and its words: the members of `x-polling`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PollingWords {
    /// A JSON pointer into the success body.
    pub status: String,
    /// Values on which it goes on.
    pub pending: Vec<String>,
    /// Values that mean success.
    pub succeeded: Vec<String>,
    /// Values that mean failure.
    pub failed: Vec<String>,
}

impl PollingSettings {
    /// The choice for an operation, with its key. An id is nearer than a path.
    pub fn choice(&self, id: Option<&str>, path: &str) -> Option<(&str, &PollingChoice)> {
        keyed::choice(&self.operations, id, path)
    }
}
