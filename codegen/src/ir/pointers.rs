//! JSON pointers of places: unlike lines, they stay when something else is added above.

use rustc_hash::FxHashMap;

use super::Origin;
use crate::source::Span;

/// The JSON pointers of the items that generated text names a source of.
#[derive(Clone, Debug, Default)]
pub struct Pointers(FxHashMap<Span, String>);

impl Pointers {
    /// Notes the pointer, with `#` before it, of a place.
    pub(crate) fn add(&mut self, origin: Origin, pointer: impl FnOnce(Span) -> String) {
        let span = origin.span;
        self.0.entry(span).or_insert_with(|| pointer(span));
    }

    /// The pointer of a place, with `#` before it.
    pub fn of(&self, origin: Origin) -> Option<&str> {
        self.0.get(&origin.span).map(String::as_str)
    }
}
