//! The differences of the public items of crates, and the verdict on each.

use super::{Entry, Holds, Key, Surface};
use crate::compare::{Level, SurfaceChange};

/// A difference of public items, and the item that differs.
#[derive(Clone, Debug)]
pub(in crate::compare) struct Difference {
    pub(in crate::compare) key: Key,
    pub(in crate::compare) change: SurfaceChange,
}

/// All differences. An item that is wholly new or gone is one difference, whatever it has.
pub(in crate::compare) fn differences(old: &Surface, new: &Surface) -> Vec<Difference> {
    let gone = old
        .entries
        .iter()
        .filter_map(|was| match new.get(&was.key) {
            Some(is) => changed(was, is),
            None => lone(was, old, new).then(|| difference(was, Some(was), None, Level::Major)),
        });
    let come = new
        .entries
        .iter()
        .filter(|is| old.get(&is.key).is_none() && lone(is, new, old))
        .map(|is| {
            // An enum that could be cast to a number can be no more.
            let ends_casts = is.variant == Some(Holds::Something) && old.is_numeric(&is.key);
            let level = if ends_casts { Level::Major } else { is.added };
            difference(is, None, Some(is), level)
        });
    gone.chain(come).collect()
}

/// Whether an item that `there` alone has is told: itself, or a member of something that both have.
fn lone(entry: &Entry, there: &Surface, other: &Surface) -> bool {
    entry.key.member.is_empty() || !there.has_owner(&entry.key) || other.has_owner(&entry.key)
}

fn changed(was: &Entry, is: &Entry) -> Option<Difference> {
    let gate = match (&was.gate, &is.gate) {
        (was, is) if was == is => Level::None,
        // What every build had, or builds with another feature, some have no more.
        (_, Some(_)) => Level::Major,
        (_, None) => Level::Minor,
    };
    let deprecated = match (was.is_deprecated, is.is_deprecated) {
        (false, true) => Level::Minor,
        (true, false) => Level::Patch,
        _ => Level::None,
    };
    let signature = if was.meaning == is.meaning {
        Level::None
    } else {
        Level::Major
    };
    let level = signature.max(gate).max(deprecated);
    (level > Level::None).then(|| difference(was, Some(was), Some(is), level))
}

fn difference(entry: &Entry, old: Option<&Entry>, new: Option<&Entry>, level: Level) -> Difference {
    Difference {
        key: entry.key.clone(),
        change: SurfaceChange {
            krate: entry.key.krate,
            item: entry.name.clone(),
            old: old.map(Entry::shown),
            new: new.map(Entry::shown),
            level,
        },
    }
}
