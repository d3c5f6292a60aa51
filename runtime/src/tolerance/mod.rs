//! Tolerant reading: answers that depart from their document in ways that have one meaning only.
//!
//! An answer is first read as it should be, at full speed. Only when that fails is it parsed into a tree, and the same
//! type is read once more from there: a [`Reader`] is told by serde what is expected at each place, corrects what can be
//! meant in one way alone, and keeps a [`Departure`] for each correction. What stays unread is kept as well, so that an
//! error lists all departures of an answer and not the first.
//!
//! Types that look at values themselves (unions, secrets, numbers) reach the reading under way through the functions
//! here. It is kept with its thread: readers are synchronous.

mod access;
mod departure;
mod error;
mod key;
mod pattern;
mod reader;
mod rules;
mod scalar;
mod session;
mod tree;

#[cfg(all(test, feature = "datetime", feature = "uuid"))]
mod tests;

use std::cell::Cell;
use std::sync::Arc;

use serde::de::{self, DeserializeOwned};

pub use self::departure::{Correction, Departure, Found};
pub(crate) use self::error::Error;
use self::reader::Reader;
pub(crate) use self::rules::Rules;
pub use self::rules::{MemberReading, Reading};
use self::session::Segment;
pub(crate) use self::session::{Failure, Mark, Table};
use self::tree::Kind;
pub(crate) use self::tree::{Node, parse};

/// A value in the tree of an answer.
pub(crate) type Held = Arc<Node>;

/// The result of reading an answer once more.
pub(crate) enum Outcome<T> {
    /// The value, and the departures that were corrected.
    Read(T, Vec<Departure>),
    /// All departures that were found; the failures among them are the reason.
    Failed(Vec<Departure>, Vec<Failure>),
}

/// Reads a type from a tree, by these rules.
pub(crate) fn read<T: DeserializeOwned>(tree: &Held, rules: &Rules) -> Outcome<T> {
    let passes = session::passes(tree.size());
    let scope = session::begin(rules);
    for pass in 1..=passes {
        scope.again();
        match below(tree, || T::deserialize(Reader(Arc::clone(tree)))) {
            Ok(value) if !session::has_failed() => return Outcome::Read(value, scope.end().0),
            Ok(_) => {}
            Err(error) => session::fail(&error, tree),
        }
        // A list of which an item can't be read is looked at once more without it: the others may depart as well.
        if pass == passes || !session::has_skipped_more() {
            break;
        }
    }
    let (departures, failures) = scope.end();
    let failed = failures.iter().map(|failure| failure.departure.clone());
    let all = failed.chain(departures).collect();
    Outcome::Failed(all, failures)
}

/// Runs `read` with a value as the one that is being read.
fn below<R>(node: &Held, read: impl FnOnce() -> R) -> R {
    session::set_current(node);
    read()
}

/// Whether an answer is being read tolerantly on this thread.
pub(crate) fn is_active() -> bool {
    crate::depth::is_tolerant()
}

/// The value that is being read, if it is read from a tree.
pub(crate) fn current() -> Option<Held> {
    match is_active() {
        true => session::current(),
        false => None,
    }
}

/// A member of a value.
pub(crate) fn member(node: &Held, name: &str) -> Option<Held> {
    match &node.kind {
        Kind::Object(entries) => {
            let found = entries.iter().rev().find(|(known, _)| known == name);
            found.map(|(_, value)| Arc::clone(value))
        }
        _ => None,
    }
}

/// A `null` in the place of what a union has none of.
pub(crate) fn null(node: &Held) -> Held {
    Arc::new(Node::new(Kind::Null, node.at))
}

/// Says which struct is about to be read, so that members that were left out are known.
#[cold]
pub(crate) fn expect(table: Table) {
    session::expect(table);
}

thread_local! {
    /// Whether an object had none of the members that it should have, where no answer is read tolerantly.
    static STRANGE: Cell<bool> = const { Cell::new(false) };
}

/// Says that an object has members, and none of these, which are those that it should have.
#[cold]
pub(crate) fn strange(members: &[&str]) {
    if !is_active() {
        return STRANGE.set(true);
    }
    let shown: Vec<&str> = members.iter().take(MOST_NAMES).copied().collect();
    let more = if members.len() > MOST_NAMES {
        ", .."
    } else {
        ""
    };
    let expected = format!("one of the members {}{more}", shown.join(", "));
    session::depart(&expected.as_str(), Found::OtherMembers, Correction::Empty);
}

/// The number of members that a departure names.
const MOST_NAMES: usize = 4;

/// Reads, and tells whether an object had none of the members that it should have.
#[inline]
pub(crate) fn noticing<R>(read: impl FnOnce() -> R) -> (R, bool) {
    STRANGE.set(false);
    let read = read();
    (read, STRANGE.get())
}

/// After a member of a struct could not be read: whether reading goes on, because the member is taken for one that was
/// left out, or to learn what else departs.
///
/// # Errors
/// The same error, where no answer is read tolerantly.
#[cold]
pub(crate) fn leave_out<E: de::Error>(error: E) -> Result<(), E> {
    match is_active() && session::leave_out() {
        true => Ok(()),
        false => Err(error),
    }
}

/// Whether text is taken for a number.
#[cold]
pub(crate) fn takes_numeric_text(text: &str, expected: &dyn de::Expected) -> bool {
    let takes = is_active() && scalar::is_number(text) && session::tolerates();
    if takes {
        session::depart(expected, Found::Text, Correction::Number);
    }
    takes
}

/// The text of the number that is being read, where text is expected.
#[cold]
pub(crate) fn text_of_number(expected: &dyn de::Expected) -> Option<String> {
    let node = current()?;
    let Kind::Number(text) = &node.kind else {
        return None;
    };
    session::tolerates().then(|| {
        session::depart(expected, node.found(), Correction::Text);
        String::from(&**text)
    })
}

/// Reads the content of a union, below the member that has it.
pub(crate) fn branch<T: DeserializeOwned>(node: &Held, place: &str) -> Result<T, Error> {
    let mark = session::mark();
    if !place.is_empty() {
        session::enter(Segment::Name(place.into()));
    }
    let read = below(node, || T::deserialize(Reader(Arc::clone(node))));
    let read = match read {
        Ok(_) if session::has_failed_since(&mark) => Err(Error::refused()),
        read => read,
    };
    if !place.is_empty() {
        if let Err(error) = &read {
            session::fail(error, node);
        }
        session::leave();
    }
    read
}

/// Reads some members of the struct that is being read as a value of their own.
pub(crate) fn rest<T: DeserializeOwned>(names: &[String]) -> Result<T, Error> {
    let node = session::object().ok_or_else(Error::refused)?;
    let Kind::Object(entries) = &node.kind else {
        return Err(Error::refused());
    };
    let taken = entries.iter().filter(|(name, _)| names.contains(name));
    let taken = Kind::Object(taken.cloned().collect());
    let node = Arc::new(Node::new(taken, node.at));
    branch(&node, "")
}

/// Where a reading is, to come back to when an alternative does not fit.
pub(crate) fn mark() -> Mark {
    session::mark()
}

/// Forgets what was found since a mark.
pub(crate) fn rewind(mark: &Mark) {
    session::rewind(mark);
}

/// Takes out the departures since a mark.
pub(crate) fn taken_since(mark: &Mark) -> Vec<Departure> {
    session::taken_since(mark)
}

/// Puts departures back.
pub(crate) fn put(departures: Vec<Departure>) {
    session::put(departures);
}

/// Reads without corrections.
pub(crate) fn exactly<R>(read: impl FnOnce() -> R) -> R {
    session::exactly(read)
}

/// Whether corrections are made at this place.
pub(crate) fn tolerates() -> bool {
    is_active() && session::tolerates()
}
