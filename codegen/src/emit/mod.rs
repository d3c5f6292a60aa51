//! From the IR to tokens. Nothing is judged here and nothing can fail: a template for each emitted thing.

mod client;
mod docs;
mod ident;
mod literal;
mod model;
mod outline;
mod types;

use crate::ir::Api;
use crate::settings::Settings;
use crate::write::CrateSource;

pub use outline::outline;

/// The model crate and the client crate of an API.
pub fn crates(api: &Api, settings: &Settings) -> Vec<CrateSource> {
    vec![model::source(api, settings), client::source(api, settings)]
}
