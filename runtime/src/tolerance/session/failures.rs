//! Places that can't be read, and what becomes of the members and items there.

use std::sync::Arc;

use super::super::Held;
use super::super::departure::{Correction, Departure, Found};
use super::super::error::Error;
use super::super::tree::{Kind, Node};
use super::{MOST_FAILURES, Session, with};

/// A place that can't be read, and why.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) departure: Departure,
    /// The reason in full, which may quote the value.
    pub(crate) message: String,
    /// Where the value begins in the text, in bytes.
    pub(crate) at: usize,
}

/// A member that could not be read, until its struct says what becomes of it.
pub(super) struct Pending {
    name: Box<str>,
    node: Held,
    /// None if what is wrong further down has been told.
    failure: Option<Failure>,
    /// Whether it is an empty text that may be taken for nothing.
    blank: bool,
    required: bool,
}

impl Session {
    /// Why a value can't be read; none if what is wrong in it has been told.
    fn failure(&self, error: &Error, node: &Node) -> Option<Failure> {
        let path = self.pointer();
        let within = |known: &Failure| {
            let below = known.departure.path().strip_prefix(path.as_str());
            below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
        };
        if self.failures.iter().any(within) {
            return None;
        }
        let expected = error.expected.clone();
        let expected = expected.unwrap_or_else(|| "another value".to_owned());
        let found = match error.missing {
            Some(_) => Found::Nothing,
            None => node.found(),
        };
        let is_of_one = matches!(&node.kind, Kind::List(items) if items.len() == 1);
        Some(Failure {
            departure: Departure::new(path, expected, found, None).of_one(is_of_one),
            message: error.message.clone(),
            at: node.at,
        })
    }

    fn push_failure(&mut self, failure: Option<Failure>) {
        self.trouble = self.trouble.saturating_add(1);
        let Some(failure) = failure else { return };
        // What was corrected on the way to a failure was not.
        let path = failure.departure.path();
        self.departures.retain(|departure| departure.path() != path);
        if self.failures.len() < MOST_FAILURES {
            self.failures.push(failure);
        }
    }
}

/// Tells why a value can't be read, unless what is wrong in it has been told.
pub(in crate::tolerance) fn fail(error: &Error, node: &Held) {
    with(|session| {
        let failure = session.failure(error, node);
        session.push_failure(failure);
    });
}

/// The same for an item of a list or a map, which further passes leave out.
pub(in crate::tolerance) fn item_failed(error: &Error, node: &Held) {
    fail(error, node);
    with(|session| session.skipped.push(address(node)));
}

/// The same for a member of a struct, which says what becomes of it.
pub(in crate::tolerance) fn member_failed(
    error: &Error,
    name: &str,
    node: &Held,
    required: bool,
    retried: bool,
) {
    with(|session| {
        let blank = matches!(&node.kind, Kind::Text(text) if text.is_empty());
        session.pending = Some(Pending {
            name: name.into(),
            node: Arc::clone(node),
            failure: session.failure(error, node),
            blank: blank && !retried && session.tolerates(),
            required,
        });
    });
}

/// Decides about a member that could not be read: whether the struct is read on.
pub(in crate::tolerance) fn leave_out() -> bool {
    with(|session| {
        let Some(pending) = session.pending.take() else {
            return false;
        };
        match pending {
            Pending {
                blank: true,
                required: false,
                failure: Some(failure),
                ..
            } => {
                let mut departure = failure.departure;
                departure.correction = Some(Correction::Absent);
                session.push_departure(departure);
            }
            Pending {
                blank: true,
                required: true,
                name,
                node,
                ..
            } => session.again = Some((name, node)),
            Pending { failure, .. } => session.push_failure(failure),
        }
        true
    })
}

/// The member that is handed out once more.
pub(in crate::tolerance) fn once_more() -> Option<(Box<str>, Held)> {
    with(|session| session.again.take())
}

pub(in crate::tolerance) fn is_skipped(node: &Held) -> bool {
    with(|session| session.skipped.contains(&address(node)))
}

pub(in crate::tolerance) fn has_skipped_more() -> bool {
    with(|session| session.skipped.len() > session.skipped_before)
}

fn address(node: &Held) -> usize {
    Arc::as_ptr(node).addr()
}
