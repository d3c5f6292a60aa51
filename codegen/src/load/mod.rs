//! From text to trees of nodes: YAML or JSON, one shape for every version of OpenAPI.

mod node;

pub use node::{Entry, Mapping, Node, NodeId, Number, NumberValue, Value};
