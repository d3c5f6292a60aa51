//! Bounds on reading: how deep values nest, and how much work alternatives may make.
//!
//! JSON text is bounded by serde_json, but a value that is read a second time (the content of a union) is not, and
//! alternatives that each read the same inner value multiply with the depth. Readers are synchronous, so what one of
//! them has used up is kept with its thread.

use std::cell::Cell;

use serde::de;
use serde_json::Value;

/// The greatest depth of objects and unions.
const DEEPEST: usize = 256;

/// The number of times that each part of a value may be looked at, on average.
const LOOKS: usize = 256;

/// The allowance of small values, whatever their size.
const LEAST: usize = 16_384;

#[derive(Clone, Copy)]
struct State {
    /// Unions within unions that are being read.
    unions: usize,
    /// Whether the outermost union reads again to learn where it failed.
    locating: bool,
    /// The number of parts of values that unions may still look at.
    left: usize,
}

thread_local! {
    static STATE: Cell<State> = const {
        Cell::new(State { unions: 0, locating: false, left: 0 })
    };
    // On its own, since each object changes it. Its highest bit says that an answer is read tolerantly.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

fn change(change: impl FnOnce(&mut State)) {
    STATE.with(|cell| {
        let mut state = cell.get();
        change(&mut state);
        cell.set(state);
    });
}

/// One level of an object or a union; dropped when it has been read.
pub(crate) struct Level {
    /// Whether an answer is read tolerantly.
    pub(crate) tolerant: bool,
}

impl Level {
    pub(crate) fn enter<E: de::Error>() -> Result<Self, E> {
        let depth = DEPTH.get();
        if depth & !TOLERANT >= DEEPEST {
            return Err(too_deep());
        }
        DEPTH.set(depth.saturating_add(1));
        Ok(Self {
            tolerant: depth & TOLERANT != 0,
        })
    }
}

/// The bit of the depth that says that an answer is read tolerantly.
const TOLERANT: usize = !(usize::MAX >> 1);

/// Whether an answer is read tolerantly.
#[cfg_attr(not(feature = "http"), allow(dead_code))]
pub(crate) fn is_tolerant() -> bool {
    DEPTH.get() & TOLERANT != 0
}

/// A tolerant reading; dropped when it is over.
#[cfg_attr(not(feature = "http"), allow(dead_code))]
pub(crate) struct Tolerant {
    before: usize,
}

impl Tolerant {
    #[cfg_attr(not(feature = "http"), allow(dead_code))]
    pub(crate) fn raise() -> Self {
        let before = DEPTH.get();
        DEPTH.set(before | TOLERANT);
        Self { before }
    }
}

impl Drop for Tolerant {
    fn drop(&mut self) {
        DEPTH.set(self.before);
    }
}

#[cold]
fn too_deep<E: de::Error>() -> E {
    E::custom(format_args!("nested more than {DEEPEST} levels deep"))
}

impl Drop for Level {
    fn drop(&mut self) {
        let depth = DEPTH.get();
        // Never below none, and the highest bit stays.
        let below = (depth & !TOLERANT).saturating_sub(1);
        DEPTH.set(depth & TOLERANT | below);
    }
}

/// Where a union stands among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// No other union is being read.
    Outermost,
    /// Within another.
    Inner,
    /// Within another that reads again to learn where it failed.
    Located,
}

/// A union that is being read; dropped when it has been.
pub(crate) struct Reading {
    pub(crate) place: Place,
    _level: Level,
}

impl Reading {
    pub(crate) fn enter<E: de::Error>() -> Result<Self, E> {
        let level = Level::enter()?;
        let state = STATE.with(Cell::get);
        change(|state| state.unions = state.unions.saturating_add(1));
        Ok(Self {
            place: match (state.unions, state.locating) {
                (0, _) => Place::Outermost,
                (_, true) => Place::Located,
                (_, false) => Place::Inner,
            },
            _level: level,
        })
    }

    /// Reads once more to learn where it fails.
    pub(crate) fn locating<T>(&self, read: impl FnOnce() -> T) -> T {
        let before = STATE.with(Cell::get).locating;
        change(|state| state.locating = true);
        let found = read();
        change(|state| state.locating = before);
        found
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        change(|state| state.unions = state.unions.saturating_sub(1));
    }
}

/// Counts a value that a union has taken in. What the outermost takes sets the bound for all within.
pub(crate) fn take<E: de::Error>(value: &Value) -> Result<(), E> {
    let size = parts(value);
    if STATE.with(Cell::get).unions == 0 {
        let left = size.saturating_mul(LOOKS).saturating_add(LEAST);
        change(|state| state.left = left);
        return Ok(());
    }
    let left = STATE.with(Cell::get).left.checked_sub(size);
    change(|state| state.left = left.unwrap_or(0));
    match left {
        Some(_) => Ok(()),
        None => Err(E::custom("too many alternatives within alternatives")),
    }
}

/// The number of values in a value.
fn parts(value: &Value) -> usize {
    let inner = match value {
        Value::Array(items) => items.iter().map(parts).fold(0, usize::saturating_add),
        Value::Object(members) => members.values().map(parts).fold(0, usize::saturating_add),
        _ => 0,
    };
    inner.saturating_add(1)
}
