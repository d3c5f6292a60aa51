//! Choices: among constants, and among types.

use super::{Constraints, Docs, IntWidth, Literal, Origin, Type};
use crate::names::VariantName;
use crate::source::SpecStr;

/// A choice among constants.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The type of the constants on the wire.
    pub base: EnumBase,
    /// The constants, in the document's order.
    pub variants: Vec<Variant>,
    /// The name of the variant that keeps values that the document doesn't list.
    pub unknown: VariantName,
}

/// The type of the constants of an enum on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumBase {
    /// Text.
    String,
    /// Whole numbers.
    Int(IntWidth),
    /// A mixture.
    Mixed,
}

/// A constant of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its Rust name.
    pub name: VariantName,
    /// Its value on the wire.
    pub value: Literal,
    /// The name that the document's author gave to an integer, if there is one.
    pub label: Option<SpecStr>,
    /// The meaning.
    pub docs: Docs,
    /// Where it is listed.
    pub origin: Origin,
}

/// A choice among types.
#[derive(Clone, Debug)]
pub struct Union {
    /// The way a reader distinguishes the alternatives.
    pub tagging: Tagging,
    /// The branches, in the document's order.
    pub branches: Vec<Branch>,
    /// Whether a value may be of several branches at once: `anyOf`.
    pub inclusive: bool,
    /// The name of the variant that keeps what no branch knows; none where every value fits a branch.
    pub unknown: Option<VariantName>,
}

/// The way a reader distinguishes the alternatives of a union.
#[derive(Clone, Debug, PartialEq)]
pub enum Tagging {
    /// `{"tag": value}`: an object with one member, named after the branch.
    External,
    /// A member of the object itself names the branch.
    Internal(SpecStr),
    /// One member names the branch, another holds it.
    Adjacent {
        /// The member that names the branch.
        tag: SpecStr,
        /// The member that holds it.
        content: SpecStr,
    },
    /// By JSON type, required members and constants.
    Untagged,
}

/// A branch of a union.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Its Rust name.
    pub name: VariantName,
    /// The tag values that lead to it; the first is written. Empty if untagged.
    pub tags: Vec<SpecStr>,
    /// Values belong to it whose tag is absent, or is none of the others'.
    pub default: bool,
    /// The type of its content; none for a unit alternative (`{"type": "ping"}` and nothing else).
    pub ty: Type,
    /// The one text that it is; its variant holds nothing then.
    pub constant: Option<SpecStr>,
    /// Limits on what it holds.
    pub constraints: Constraints,
    /// The meaning.
    pub docs: Docs,
    /// Where it is described.
    pub origin: Origin,
}
