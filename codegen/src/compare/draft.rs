//! A change as it is found, before it is known what it comes to.

use super::{Counterpart, CrateKind, Direction, Kind, Place};
use crate::ir::{Api, Origin};

/// A change as it is found.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) what: Kind,
    pub(super) item: String,
    /// Other items that changed alike.
    pub(super) also: Vec<Counterpart>,
    pub(super) old: Option<Place>,
    pub(super) new: Option<Place>,
    pub(super) was: Option<String>,
    pub(super) is: Option<String>,
    pub(super) direction: Direction,
    pub(super) touches: Vec<Touch>,
    /// The crate whose code carries it.
    pub(super) carrier: CrateKind,
    /// Whether the code of the other one does so too.
    pub(super) is_in_both: bool,
    /// Whether crates only tell it, and do nothing about it.
    pub(super) is_told_only: bool,
}

/// A public item that a change may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Touch {
    pub(super) krate: CrateKind,
    /// The type, function or module.
    pub(super) owner: String,
    /// A field, variant, method or impl of it; none: whatever it has.
    pub(super) member: Option<String>,
}

impl Draft {
    pub(super) fn new(what: Kind, item: impl Into<String>, carrier: CrateKind) -> Self {
        Self {
            what,
            item: item.into(),
            also: Vec::new(),
            old: None,
            new: None,
            was: None,
            is: None,
            direction: Direction::default(),
            touches: Vec::new(),
            carrier,
            is_in_both: false,
            is_told_only: false,
        }
    }

    pub(super) fn old(mut self, api: &Api, origin: Origin) -> Self {
        self.old = Place::of(api, origin);
        self
    }

    pub(super) fn new_at(mut self, api: &Api, origin: Origin) -> Self {
        self.new = Place::of(api, origin);
        self
    }

    pub(super) fn was(mut self, was: impl Into<String>) -> Self {
        self.was = Some(was.into());
        self
    }

    pub(super) fn is(mut self, is: impl Into<String>) -> Self {
        self.is = Some(is.into());
        self
    }

    pub(super) fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// Whether both are one change of a document: one stretch of it can be part of several items, such as a property
    /// that others include, or a limit on all that is of a schema.
    pub(super) fn is_one_with(&self, other: &Self) -> bool {
        // What the API asks of all its operations is told at each of them.
        let is_security = matches!(self.what, Kind::SecurityNarrowed | Kind::SecurityWidened);
        let is_same_place = self.old == other.old && self.new == other.new;
        (is_same_place || is_security)
            && self.what == other.what
            && self.was == other.was
            && self.is == other.is
    }

    /// Takes in another that is one with this.
    pub(super) fn take_in(&mut self, other: Self) {
        let is_known = self.item == other.item
            || self
                .also
                .iter()
                .any(|counterpart| counterpart.item == other.item);
        if !is_known {
            self.also.push(Counterpart {
                item: other.item,
                old: other.old,
                new: other.new,
            });
        }
        self.direction = self.direction.or(other.direction);
        self.is_told_only &= other.is_told_only;
        self.is_in_both |= other.is_in_both || self.carrier != other.carrier;
        for touch in other.touches {
            if !self.touches.contains(&touch) {
                self.touches.push(touch);
            }
        }
    }

    /// Says that crates only tell it.
    pub(super) fn told_only(mut self, is_told_only: bool) -> Self {
        self.is_told_only = is_told_only;
        self
    }

    /// May have changed a whole item of the crate that carries it.
    pub(super) fn touch(mut self, owner: impl ToString) -> Self {
        let (krate, owner) = (self.carrier, owner.to_string());
        self.touches.push(Touch {
            krate,
            owner,
            member: None,
        });
        self
    }

    /// May have changed a member of an item.
    pub(super) fn touch_member(mut self, owner: impl ToString, member: impl ToString) -> Self {
        let (krate, owner) = (self.carrier, owner.to_string());
        self.touches.push(Touch {
            krate,
            owner,
            member: Some(member.to_string()),
        });
        self
    }
}
