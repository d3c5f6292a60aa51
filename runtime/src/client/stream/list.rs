//! Items in memory.

use std::sync::Arc;

/// Items in memory, and how many of them have been taken.
pub(super) struct List<T> {
    items: Arc<[T]>,
    taken: usize,
}

impl<T> List<T> {
    /// Those that have not been taken.
    pub(super) fn left(&self) -> &[T] {
        self.items.get(self.taken..).unwrap_or_default()
    }
}

impl<T: Clone> List<T> {
    /// Takes the next one.
    pub(super) fn next(&mut self) -> Option<T> {
        let item = self.left().first().cloned()?;
        self.taken = self.taken.saturating_add(1);
        Some(item)
    }
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        Self {
            items: Arc::clone(&self.items),
            taken: self.taken,
        }
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self {
            items: items.into(),
            taken: 0,
        }
    }
}
