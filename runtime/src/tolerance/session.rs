//! The reading that is under way on a thread: where it is, and what it found.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::Arc;

use serde::de::Expected;

use super::Held;
use super::departure::{Correction, Departure, Found};
use super::error::Error;
use super::rules::{MemberReading, Reading, Rules};
use super::tree::{Kind, Node};
use crate::depth;

/// The greatest number of corrections that are told of one answer.
const MOST_DEPARTURES: usize = 256;

/// The greatest number of places that are told of one answer where it can't be read.
const MOST_FAILURES: usize = 32;

/// The greatest number of times that an answer is looked at to find all such places, and of values looked at in all.
const MOST_PASSES: usize = 16;
const MOST_WORK: usize = 1 << 21;

/// A step from a value to one within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    Name(Box<str>),
    Index(usize),
}

/// A place that can't be read, and why.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) departure: Departure,
    /// The reason in full, which may quote the value.
    pub(crate) message: String,
    /// Where the value begins in the text, in bytes.
    pub(crate) at: usize,
}

/// The members of a struct.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    /// Those that have fields.
    pub(crate) members: &'static [&'static str],
    /// Those that must be there.
    pub(crate) required: &'static [&'static str],
    /// Defaults of the document, as JSON.
    pub(crate) defaults: &'static [(&'static str, &'static str)],
    /// Members that the document itself says how to read.
    pub(crate) readings: &'static [(&'static str, &'static str)],
}

/// Where a reading was.
#[derive(Debug)]
pub(crate) struct Mark {
    departures: usize,
    failures: usize,
    trouble: usize,
    skipped: usize,
}

pub(super) struct Session {
    rules: Rules,
    /// Readings without corrections within this one.
    exact: usize,
    path: Vec<Segment>,
    /// The readings that the document has for members on the path, with their depths.
    said: Vec<(usize, MemberReading)>,
    current: Option<Held>,
    /// The structs that are being read.
    objects: Vec<Held>,
    /// The struct that is about to be read.
    table: Option<Table>,
    departures: Vec<Departure>,
    /// Those of earlier passes.
    earlier: Vec<Departure>,
    failures: Vec<Failure>,
    /// The number of passes that have begun.
    passes: usize,
    /// The number of failures, told or not.
    trouble: usize,
    /// Items that are left out in further passes, by their addresses.
    skipped: Vec<usize>,
    skipped_before: usize,
    pending: Option<Pending>,
    /// A member that is handed out once more, as `null`.
    again: Option<(Box<str>, Held)>,
    /// The depth at which a value is the only item of a list: it is not so for ever.
    only_item: Option<usize>,
}

/// A member that could not be read, until its struct says what becomes of it.
struct Pending {
    name: Box<str>,
    node: Held,
    /// None if what is wrong further down has been told.
    failure: Option<Failure>,
    /// Whether it is an empty text that may be taken for nothing.
    blank: bool,
    required: bool,
}

thread_local! {
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

fn with<R: Default>(act: impl FnOnce(&mut Session) -> R) -> R {
    SESSION.with_borrow_mut(|session| session.as_mut().map(act).unwrap_or_default())
}

/// A session; the one before goes on when it is dropped.
pub(super) struct Scope {
    before: Option<Session>,
    raised: Option<depth::Tolerant>,
}

pub(super) fn begin(rules: &Rules) -> Scope {
    let session = Session {
        rules: rules.clone(),
        exact: 0,
        path: Vec::new(),
        said: Vec::new(),
        current: None,
        objects: Vec::new(),
        table: None,
        departures: Vec::new(),
        earlier: Vec::new(),
        failures: Vec::new(),
        passes: 0,
        trouble: 0,
        skipped: Vec::new(),
        skipped_before: 0,
        pending: None,
        again: None,
        only_item: None,
    };
    Scope {
        before: SESSION.replace(Some(session)),
        raised: Some(depth::Tolerant::raise()),
    }
}

impl Scope {
    /// Begins a pass.
    pub(super) fn again(&self) {
        with(|session| {
            session.path.clear();
            session.said.clear();
            session.objects.clear();
            session.end_pass();
            (session.table, session.pending, session.again) = (None, None, None);
            session.skipped_before = session.skipped.len();
        });
    }

    /// Ends the reading, and gives the departures and the failures.
    pub(super) fn end(self) -> (Vec<Departure>, Vec<Failure>) {
        with(|session| {
            session.end_pass();
            let departures = std::mem::take(&mut session.earlier);
            (departures, std::mem::take(&mut session.failures))
        })
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        self.raised = None;
        SESSION.set(self.before.take());
    }
}

/// The number of passes over a tree of this size.
pub(super) fn passes(size: usize) -> usize {
    let passes = MOST_WORK.checked_div(size).unwrap_or(MOST_PASSES);
    passes.clamp(1, MOST_PASSES)
}

impl Session {
    fn pointer(&self) -> String {
        let mut pointer = String::new();
        for segment in &self.path {
            // Writing to a string does not fail.
            _ = match segment {
                Segment::Name(name) => {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    write!(pointer, "/{name}")
                }
                Segment::Index(at) => write!(pointer, "/{at}"),
            };
        }
        pointer
    }

    fn tolerates(&self) -> bool {
        match self.member_reading() {
            _ if self.exact > 0 => false,
            Some(reading) => reading != MemberReading::Strict,
            None => self.rules.reading == Reading::Tolerant,
        }
    }

    /// The reading of the place: by a pattern, else as the document says of the member. What it says holds for all within
    /// the member too, but for the shape of the member itself.
    fn member_reading(&self) -> Option<MemberReading> {
        let by_pattern = self.rules.of_member(&self.path);
        by_pattern.or_else(|| match self.said.last()? {
            (depth, reading) if *depth == self.path.len() => Some(*reading),
            (_, MemberReading::Strict) => Some(MemberReading::Strict),
            _ => Some(MemberReading::Tolerant),
        })
    }

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
        Some(Failure {
            departure: Departure::new(path, expected, found, None),
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

    /// Puts what was found by what earlier passes did: each place is told once.
    fn end_pass(&mut self) {
        for departure in std::mem::take(&mut self.departures) {
            let path = departure.path();
            let earlier = self.earlier.iter().map(Departure::path);
            let failed = self.failures.iter().map(|failure| failure.departure.path());
            if self.passes > 1 && earlier.chain(failed).any(|known| known == path) {
                continue;
            }
            if self.earlier.len() < MOST_DEPARTURES {
                self.earlier.push(departure);
            }
        }
        self.passes = self.passes.saturating_add(1);
    }

    fn push_departure(&mut self, departure: Departure) {
        if self.departures.len() < MOST_DEPARTURES {
            self.departures.push(departure);
        }
    }
}

pub(super) fn set_current(node: &Held) {
    with(|session| session.current = Some(Arc::clone(node)));
}

pub(super) fn current() -> Option<Held> {
    with(|session| session.current.clone())
}

pub(super) fn enter(segment: Segment) {
    with(|session| session.path.push(segment));
}

/// Enters a member of which the document says how it is read.
pub(super) fn enter_said(segment: Segment, reading: Option<MemberReading>) {
    with(|session| {
        session.path.push(segment);
        let depth = session.path.len();
        session.said.extend(reading.map(|reading| (depth, reading)));
    });
}

pub(super) fn leave() {
    with(|session| {
        let depth = session.path.len();
        session.said.pop_if(|(said, _)| *said >= depth);
        session.path.pop();
    });
}

pub(super) fn expect(table: Table) {
    with(|session| session.table = Some(table));
}

pub(super) fn expected() -> Option<Table> {
    with(|session| session.table.take())
}

pub(super) fn enter_object(node: &Held) {
    with(|session| session.objects.push(Arc::clone(node)));
}

pub(super) fn leave_object() {
    with(|session| _ = session.objects.pop());
}

pub(super) fn object() -> Option<Held> {
    with(|session| session.objects.last().cloned())
}

pub(super) fn tolerates() -> bool {
    with(|session| session.tolerates())
}

/// Whether the shape of a value is corrected in this way at this place.
pub(super) fn takes(reading: MemberReading) -> bool {
    with(|session| {
        session.exact == 0
            && session.only_item != Some(session.path.len())
            && session.member_reading() == Some(reading)
    })
}

/// Reads a value as the only item of a list.
pub(super) fn as_only_item<R>(read: impl FnOnce() -> R) -> R {
    let before = with(|session| session.only_item.replace(session.path.len()));
    let result = read();
    with(|session| session.only_item = before);
    result
}

pub(super) fn depart(expected: &dyn Expected, found: Found, correction: Correction) {
    with(|session| {
        let departure = Departure::new(
            session.pointer(),
            expected.to_string(),
            found,
            Some(correction),
        );
        session.push_departure(departure);
    });
}

/// Tells why a value can't be read, unless what is wrong in it has been told.
pub(super) fn fail(error: &Error, node: &Held) {
    with(|session| {
        let failure = session.failure(error, node);
        session.push_failure(failure);
    });
}

/// The same for an item of a list or a map, which further passes leave out.
pub(super) fn item_failed(error: &Error, node: &Held) {
    fail(error, node);
    with(|session| session.skipped.push(address(node)));
}

/// The same for a member of a struct, which says what becomes of it.
pub(super) fn member_failed(error: &Error, name: &str, node: &Held, required: bool, retried: bool) {
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
pub(super) fn leave_out() -> bool {
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
pub(super) fn once_more() -> Option<(Box<str>, Held)> {
    with(|session| session.again.take())
}

pub(super) fn is_skipped(node: &Held) -> bool {
    with(|session| session.skipped.contains(&address(node)))
}

pub(super) fn has_skipped_more() -> bool {
    with(|session| session.skipped.len() > session.skipped_before)
}

pub(super) fn has_failed() -> bool {
    with(|session| session.trouble > 0)
}

pub(super) fn has_failed_since(mark: &Mark) -> bool {
    with(|session| session.trouble > mark.trouble)
}

pub(super) fn mark() -> Mark {
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

pub(super) fn rewind(mark: &Mark) {
    with(|session| {
        session.departures.truncate(mark.departures);
        session.failures.truncate(mark.failures);
        session.skipped.truncate(mark.skipped);
        session.trouble = mark.trouble;
    });
}

pub(super) fn taken_since(mark: &Mark) -> Vec<Departure> {
    with(|session| {
        let from = mark.departures.min(session.departures.len());
        session.departures.split_off(from)
    })
}

pub(super) fn put(departures: Vec<Departure>) {
    with(|session| session.departures.extend(departures));
}

pub(super) fn exactly<R>(read: impl FnOnce() -> R) -> R {
    with(|session| session.exact = session.exact.saturating_add(1));
    let result = read();
    with(|session| session.exact = session.exact.saturating_sub(1));
    result
}

fn address(node: &Held) -> usize {
    Arc::as_ptr(node).addr()
}
