//! From the IR to tokens: the files of a model crate and of a client crate.
//!
//! There is a file here for each kind of item that is emitted. Templates read the IR and facts, and decide nothing:
//! whatever can be wrong with a document was found before.

mod api_facts;
mod client;
mod deprecated;
mod docs;
mod emitter;
mod graph;
mod ident;
mod imports;
mod joined;
mod known;
mod literal;
mod manifest;
mod model;
mod modules;
mod outline;
mod readme;
mod scope;
mod shared_tokens;
mod types;

use crate::ir::Api;
use crate::package::CrateSource;
use crate::settings::{Layout, Settings};
use api_facts::ApiFacts;
use emitter::Emitter;

pub use outline::outline;

/// The sources of an API, for `write`: a model crate and a client crate, unless another layout is chosen.
pub fn crates<T>(
    api: &Api,
    settings: &Settings,
    write: impl FnOnce(Vec<CrateSource<'_>>) -> T,
) -> T {
    let api_facts = ApiFacts::new(api, settings);
    let emitter = Emitter {
        api,
        settings,
        api_facts: &api_facts,
    };
    let parts = [model::source(emitter), client::source(emitter)];
    write(match settings.layout {
        Layout::Crates => parts.into(),
        Layout::Crate => vec![joined::one_crate(emitter, parts)],
        Layout::Module(_) => vec![joined::module(emitter, parts)],
    })
}
