//! The reading that is under way on a thread: where it is, and what it found.

mod failures;
mod marks;

use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::Arc;

use serde::de::Expected;

use super::Held;
use super::departure::{Correction, Departure, Found};
use super::rules::{MemberReading, Reading, Rules};
use crate::depth;

pub(crate) use self::failures::Failure;
use self::failures::Pending;
pub(super) use self::failures::{
    fail, has_skipped_more, is_skipped, item_failed, leave_out, member_failed, once_more,
};
pub(crate) use self::marks::Mark;
pub(super) use self::marks::{has_failed, has_failed_since, mark, put, rewind, taken_since};

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

pub(super) fn exactly<R>(read: impl FnOnce() -> R) -> R {
    with(|session| session.exact = session.exact.saturating_add(1));
    let result = read();
    with(|session| session.exact = session.exact.saturating_sub(1));
    result
}
