//! Marks: where a reading was, for alternatives that are tried and given up.

use super::super::departure::Departure;
use super::{SESSION, Session, with};

/// Where a reading was.
#[derive(Debug)]
pub(crate) struct Mark {
    departures: usize,
    failures: usize,
    trouble: usize,
    skipped: usize,
}

pub(in crate::tolerance) fn has_failed() -> bool {
    with(|session| session.trouble > 0)
}

pub(in crate::tolerance) fn has_failed_since(mark: &Mark) -> bool {
    with(|session| session.trouble > mark.trouble)
}

pub(in crate::tolerance) fn mark() -> Mark {
    SESSION.with_borrow(|session| {
        let session = session.as_ref();
        let of = |count: fn(&Session) -> usize| session.map(count).unwrap_or_default();
        Mark {
            departures: of(|session| session.departures.len()),
            failures: of(|session| session.failures.len()),
            trouble: of(|session| session.trouble),
            skipped: of(|session| session.skipped.len()),
        }
    })
}

pub(in crate::tolerance) fn rewind(mark: &Mark) {
    with(|session| {
        session.departures.truncate(mark.departures);
        session.failures.truncate(mark.failures);
        session.skipped.truncate(mark.skipped);
        session.trouble = mark.trouble;
    });
}

pub(in crate::tolerance) fn taken_since(mark: &Mark) -> Vec<Departure> {
    with(|session| {
        let from = mark.departures.min(session.departures.len());
        session.departures.split_off(from)
    })
}

pub(in crate::tolerance) fn put(departures: Vec<Departure>) {
    with(|session| session.departures.extend(departures));
}
