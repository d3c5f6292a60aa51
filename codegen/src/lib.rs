//! From OpenAPI documents to Rust source.
//!
//! Documents are loaded (text to nodes with places), references resolved, everything lowered to an IR that knows
//! neither OpenAPI nor Rust syntax, and the IR emitted as tokens and written as formatted files. No stage does I/O.

pub mod diagnostic;
pub mod emit;
pub mod ir;
pub mod load;
pub mod lower;
pub mod names;
pub mod resolve;
pub mod settings;
pub mod source;
pub mod write;
