//! Which type of a model stands for which component.

use std::collections::HashMap;

use countersign_codegen::ir::{Api, Shape, TypeDef};
use countersign_codegen::load::Node;
use countersign_codegen::source::Span;

use super::bundle::Direction;

/// A type of a model and the way that its values travel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    /// Its name.
    pub(super) name: String,
    /// Which properties its values have.
    pub(super) direction: Direction,
}

/// The types of an API, by the places of their schemas.
pub(super) struct Targets<'a> {
    by_place: HashMap<Span, Vec<&'a TypeDef>>,
}

impl<'a> Targets<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let mut by_place: HashMap<Span, Vec<&TypeDef>> = HashMap::new();
        for (_, def) in api.types.iter() {
            by_place.entry(def.origin.span).or_default().push(def);
        }
        Self { by_place }
    }

    /// The types of a component: one, or one for each way.
    pub(super) fn component(&self, name: &str, node: &Node) -> Vec<Target> {
        let defs = self.by_place.get(&node.span).map(Vec::as_slice);
        let mut found: Vec<(&TypeDef, Target)> = Vec::new();
        for def in defs.unwrap_or_default() {
            let target = Target {
                name: def.name.as_str().to_owned(),
                direction: direction(def),
            };
            let rival = found
                .iter_mut()
                .find(|(_, known)| known.direction == target.direction);
            match rival {
                // A part of it that stands at the same place, such as the value of something nullable.
                Some(rival) if closer(def, rival.0, name) => *rival = (def, target),
                Some(_) => {}
                None => found.push((def, target)),
            }
        }
        found.into_iter().map(|(_, target)| target).collect()
    }
}

/// Whether a type is rather the one of the whole component than another.
fn closer(def: &TypeDef, than: &TypeDef, component: &str) -> bool {
    let rank = |def: &TypeDef| {
        let is_alias = matches!(def.shape, Shape::Alias(_));
        let plain: String = component
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        (is_alias, def.name.as_str().eq_ignore_ascii_case(&plain))
    };
    rank(def) > rank(than)
}

fn direction(def: &TypeDef) -> Direction {
    match (def.facts.sent, def.facts.received) {
        (true, false) => Direction::Request,
        (false, true) => Direction::Response,
        _ => Direction::Both,
    }
}
