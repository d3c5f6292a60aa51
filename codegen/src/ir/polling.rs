//! Operations that say how far something is.

/// The place in an answer that says how far something is, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polling {
    /// A JSON pointer into the success body.
    pub status: String,
    /// Values on which it goes on.
    pub pending: Vec<String>,
    /// Values that mean success.
    pub succeeded: Vec<String>,
    /// Values that mean failure.
    pub failed: Vec<String>,
    /// Who says so.
    pub basis: PollingBasis,
}

/// Who says that an operation is one to wait with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PollingBasis {
    /// `x-polling`.
    Extension,
    /// The settings.
    Settings,
    /// The values of its status can mean nothing else.
    Inferred,
}
