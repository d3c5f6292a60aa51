//! From text to trees of nodes: YAML or JSON, one shape for every version of OpenAPI.

mod build;
mod document;
mod identity;
mod json;
mod loader;
mod node;
mod overlay;
pub(crate) mod pointer;
pub(crate) mod reference;
mod same;
mod scalar;
mod swagger2;
mod version;
pub(crate) mod walk;
mod yaml;

pub use document::{Document, Documents};
pub use loader::documents;
pub use node::{Entry, Mapping, Node, NodeId, Number, NumberValue, Value};
pub use same::{Distinct, same};
pub use version::Version;

/// Whether the quick reader of YAML reads a text.
///
/// # Panics
/// If it does not read it as the parser does.
#[cfg(fuzzing)]
pub fn is_read_alike(text: &str) -> bool {
    yaml::alike::is_quick(text)
}
