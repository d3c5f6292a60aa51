//! Which cargo feature each module has, and which others it needs.

use super::plan::Plan;
use crate::ir::Api;

/// A feature of a generated crate.
pub(super) struct Feature<'a> {
    /// Its name: that of its module.
    pub(super) name: &'a str,
    /// The features that it switches on.
    pub(super) needs: Vec<&'a str>,
}

/// The features of the model crate; none where there is only one module.
pub(super) fn features<'a>(api: &'a Api, plan: &Plan) -> Vec<Feature<'a>> {
    let with_types = |at: &usize| api.modules.get(*at).is_some_and(|module| !module.types.is_empty());
    let modules: Vec<usize> = (0..api.modules.len()).filter(with_types).collect();
    if modules.len() < 2 {
        return Vec::new();
    }
    let name = |at: usize| api.modules.get(at).map_or("", |module| module.name.as_str());
    modules
        .iter()
        .map(|at| Feature {
            name: name(*at),
            needs: plan.needs_of(*at).filter(with_types).map(name).collect(),
        })
        .collect()
}
