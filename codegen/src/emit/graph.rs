//! Which cargo feature each module has, and which others it needs.

use super::api_facts::ApiFacts;
use crate::ir::Api;

/// The feature of a module.
pub(super) struct Feature<'a> {
    /// The module.
    pub(super) module: &'a str,
    /// The feature's name.
    pub(super) name: String,
    /// The features that it switches on.
    pub(super) needs: Vec<String>,
}

/// The features of the model crate; none where there is only one module.
pub(super) fn features<'a>(api: &'a Api, api_facts: &ApiFacts) -> Vec<Feature<'a>> {
    let with_types = |at: &usize| {
        api.modules
            .get(*at)
            .is_some_and(|module| !module.types.is_empty())
    };
    let modules: Vec<usize> = (0..api.modules.len()).filter(with_types).collect();
    if modules.len() < 2 {
        return Vec::new();
    }
    let module = |at: usize| {
        api.modules
            .get(at)
            .map_or("", |module| module.name.as_str())
    };
    modules
        .iter()
        .map(|at| Feature {
            module: module(*at),
            name: name(module(*at)),
            needs: api_facts
                .needs_of(*at)
                .filter(with_types)
                .map(|at| name(module(at)))
                .collect(),
        })
        .collect()
}

/// A module's feature is called like the module, unless that means something else.
fn name(module: &str) -> String {
    const TAKEN: [&str; 12] = [
        "default",
        "symmetric",
        "brotli",
        "hyper",
        "zstd",
        "blocking",
        "tracing",
        "fake",
        "serde",
        "serde_json",
        "uuid",
        "std",
    ];
    if TAKEN.contains(&module) {
        format!("{module}_api")
    } else {
        module.to_owned()
    }
}
