//! The meaning of a change of a document: for those on the wire, and for those who compile.
//!
//! Two APIs are compared item by item. Operations are matched by method and path, types by where they are used and by
//! name, members by their names on the wire; only what has no match is added or removed. What that does to Rust is not
//! guessed: the public items of both crates are read from what would be generated (`surface`), and each difference
//! is laid to the change that it comes from. What follows for versions is the worst of both.

mod assign;
mod change;
mod draft;
mod finder;
mod kind;
mod pairs;
mod relation;
pub mod render;
mod rules;
mod surface;
mod verdict;

use crate::ir::Api;

pub use change::{
    Audience, Change, Comparison, Counterpart, CrateKind, Direction, Effect, Place, SurfaceChange,
    Wire,
};
pub use kind::Kind;
pub use rules::{Rule, Told};
pub use verdict::{Level, Verdict};

/// Compares an API with what it was.
pub fn compare(old: &Api, new: &Api) -> Comparison {
    let drafts = finder::find(old, new);
    assign::assign(old, new, drafts)
}

/// The comparison for an API that was not there.
pub fn added(api: &Api) -> Comparison {
    assign::whole(Kind::ApiAdded, api)
}

/// The comparison for an API that is gone.
pub fn removed(api: &Api) -> Comparison {
    assign::whole(Kind::ApiRemoved, api)
}
