//! Facts about a type that templates read, found out once, in passes over all types.

/// The facts about a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Reached from a request: it is serialised.
    pub sent: bool,
    /// Reached from a response: it is deserialised.
    pub received: bool,
    /// Something in it has limits: it is checked before it is sent.
    pub checked: bool,
    /// All in it can be compared for equality without exceptions (no floats, no raw JSON).
    pub eq: bool,
    /// All in it can be hashed.
    pub hash: bool,
    /// It has a natural default: every member may be absent.
    pub default: bool,
    /// `null` is among its values.
    pub null: bool,
    /// A number in it may have more digits than a float.
    pub digits: bool,
}
