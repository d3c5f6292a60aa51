//! The meaning of a change of a document: for those on the wire, and for those who compile.
//!
//! Two APIs are compared item by item. Operations are matched by method and path, types by where they are used and by
//! name, members by their names on the wire; only what has no match is added or removed. What that does to Rust is not
//! guessed: the public items of both crates are read from what would be generated (`surface`), and each difference
//! is laid to the change that it comes from. What follows for versions is the worst of both.

mod assign;
mod change;
mod document;
mod draft;
mod finder;
mod kind;
mod pairs;
mod relation;
pub mod render;
mod rules;
mod surface;
mod usage;
mod verdict;

use crate::ir::Api;
use crate::load::Documents;
use crate::package::CrateSource;
use crate::settings::Settings;

pub use change::{
    Audience, Change, Comparison, Counterpart, CrateKind, Direction, Effect, Place, SurfaceChange,
    Wire,
};
pub use document::Date;
pub use kind::Kind;
pub use rules::{Rule, Told};
pub use verdict::{Level, Verdict};

/// An API and the documents that describe it.
#[derive(Clone, Copy, Debug)]
pub struct Described<'a> {
    /// The documents, the entry first.
    pub documents: &'a Documents,
    /// The API.
    pub api: &'a Api,
}

/// Hands the crates of an API, still as tokens, to a reader.
pub(crate) type Emit = dyn Fn(&Api, &Settings, &mut dyn FnMut(Vec<CrateSource<'_>>));

/// Compares an API with what it was; `emit` makes the crates whose public items are compared.
pub(crate) fn described(
    old: Described<'_>,
    new: Described<'_>,
    today: Date,
    emit: &Emit,
) -> Comparison {
    let mut drafts = finder::find(old.api, new.api);
    let found = document::find(old.documents, new.documents, today, &mut drafts);
    drafts.extend(finder::merged(found));
    let surface = |api| surface::Surface::of(api, emit);
    let (was, is) = (surface(old.api), surface(new.api));
    assign::assign((old.api, &was), (new.api, &is), drafts)
}

/// The comparison for an API that was not there.
pub fn added(api: &Api) -> Comparison {
    assign::whole(Kind::ApiAdded, api)
}

/// The comparison for an API that is gone.
pub fn removed(api: &Api) -> Comparison {
    assign::whole(Kind::ApiRemoved, api)
}
