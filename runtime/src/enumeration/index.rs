//! Finding a value among many: documents list up to 50,000.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::mem::{Discriminant, discriminant};
use std::sync::OnceLock;

/// Up to here a scan is as quick as a map, and needs no memory.
const SCANNED: usize = 24;

/// The look-up tables of one enumeration, built at first use. The macros keep one in a static for each type.
#[derive(Debug)]
pub struct Index<K: 'static, T: 'static> {
    by_key: OnceLock<HashMap<K, usize>>,
    by_variant: OnceLock<HashMap<Discriminant<T>, usize>>,
}

impl<K: Copy + Eq + Hash, T> Index<K, T> {
    /// An index that knows nothing yet.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self {
            by_key: OnceLock::new(),
            by_variant: OnceLock::new(),
        }
    }

    /// The first row with this key.
    pub(crate) fn row<R, Q>(
        &self,
        rows: &'static [R],
        key: &Q,
        of: fn(&R) -> K,
    ) -> Option<&'static R>
    where
        K: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        if rows.len() <= SCANNED {
            return rows.iter().find(|row| of(row).borrow() == key);
        }
        let map = self.by_key.get_or_init(|| {
            let keys = rows.iter().map(of).enumerate().rev();
            keys.map(|(at, key)| (key, at)).collect()
        });
        map.get(key).and_then(|&at| rows.get(at))
    }

    /// The row of this variant.
    pub(crate) fn variant<R>(
        &self,
        rows: &'static [R],
        value: &T,
        of: fn(&R) -> &T,
    ) -> Option<&'static R> {
        let wanted = discriminant(value);
        if rows.len() <= SCANNED {
            return rows.iter().find(|row| discriminant(of(row)) == wanted);
        }
        let map = self.by_variant.get_or_init(|| {
            let variants = rows.iter().map(of).map(discriminant).enumerate().rev();
            variants.map(|(at, variant)| (variant, at)).collect()
        });
        map.get(&wanted).and_then(|&at| rows.get(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_are_found_by_key_and_the_first_wins() {
        let rows: Vec<(i64, Option<()>)> = (0..50_000).map(|at| (at / 2, None)).collect();
        let rows: &'static [_] = rows.leak();
        static INDEX: Index<i64, Option<()>> = Index::new();
        for key in 0..25_000 {
            let row = INDEX.row(rows, &key, |(key, _)| *key).unwrap();
            assert!(std::ptr::eq(row, &rows[usize::try_from(key * 2).unwrap()]));
        }
        assert!(INDEX.row(rows, &25_000, |(key, _)| *key).is_none());
        let row = INDEX.variant(rows, &None, |(_, value)| value).unwrap();
        assert!(std::ptr::eq(row, &rows[0]));
    }
}
