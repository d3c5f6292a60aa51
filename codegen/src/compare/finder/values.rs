//! The values that are allowed: type, presence, default.

use crate::compare::Kind;
use crate::compare::relation::{Relation, same_literal};
use crate::describe::{literal, shown};
use crate::ir::{Literal, Presence, Reading, Type};

use super::{Finder, Site};

impl Finder<'_> {
    /// Its type.
    pub(super) fn ty(&mut self, site: &Site, old: &Type, new: &Type) {
        let what = match self.types.relation(old, new) {
            Relation::Same => None,
            Relation::Narrower => Some(Kind::TypeNarrowed),
            Relation::Wider => Some(Kind::TypeWidened),
            Relation::Other => Some(Kind::TypeChanged),
        };
        if let Some(what) = what {
            let draft = site
                .draft(self, what)
                .was(shown(self.old, old))
                .is(shown(self.new, new));
            self.push(draft);
        }
        if let Some(is_secret) = self.types.secrecy(old, new) {
            let what = if is_secret {
                Kind::SecretMarked
            } else {
                Kind::SecretUnmarked
            };
            let draft = site.draft(self, what);
            self.push(draft);
        }
    }

    /// Whether it must be there and whether it may be null.
    pub(super) fn presence(&mut self, site: &Site, old: Presence, new: Presence) {
        match (must_be_there(old), must_be_there(new)) {
            (false, true) => self.state(site, Kind::BecameRequired, old, new),
            (true, false) => self.state(site, Kind::BecameOptional, old, new),
            _ => {}
        }
        match (may_be_null(old), may_be_null(new)) {
            (false, true) => self.state(site, Kind::BecameNullable, old, new),
            (true, false) => self.state(site, Kind::BecameNonNull, old, new),
            _ => {}
        }
    }

    fn state(&mut self, site: &Site, what: Kind, old: Presence, new: Presence) {
        let draft = site.draft(self, what).was(said(old)).is(said(new));
        self.push(draft);
    }

    /// The meaning of an absent value. `is_filled_in`: constructors set it, so that crates send it.
    pub(super) fn default(
        &mut self,
        site: &Site,
        old: Option<&Literal>,
        new: Option<&Literal>,
        presence: (Presence, Presence),
    ) {
        let what = match (old, new) {
            (None, Some(_)) => Kind::DefaultAdded,
            (Some(_), None) => Kind::DefaultRemoved,
            (Some(was), Some(is)) if !same_literal(self.old, was, self.new, is) => {
                Kind::DefaultChanged
            }
            _ => return,
        };
        // Only what must be there is filled in by constructors; else the default is the server's.
        let is_filled_in = must_be_there(presence.0) || must_be_there(presence.1);
        let mut draft = site.draft(self, what).told_only(!is_filled_in);
        draft.was = old.map(|old| literal(self.old, old));
        draft.is = new.map(|new| literal(self.new, new));
        self.push(draft);
    }

    /// The one value that it can have.
    pub(super) fn constant(&mut self, site: &Site, old: Option<&Literal>, new: Option<&Literal>) {
        let what = match (old, new) {
            (None, Some(_)) => Kind::TypeNarrowed,
            (Some(_), None) => Kind::TypeWidened,
            (Some(was), Some(is)) if !same_literal(self.old, was, self.new, is) => {
                Kind::ConstantChanged
            }
            _ => return,
        };
        let mut draft = site.draft(self, what);
        let any = || "any value".to_owned();
        draft.was = Some(old.map_or_else(any, |old| literal(self.old, old)));
        draft.is = Some(new.map_or_else(any, |new| literal(self.new, new)));
        self.push(draft);
    }

    /// Spellings that are accepted when it is read.
    pub(super) fn reading(&mut self, site: &Site, old: Reading, new: Reading) {
        if old != new {
            let said = |reading| match reading {
                Reading::Exact => "as documented",
                Reading::WholeNumber => "1.0 for 1",
                Reading::NumericString => "\"1\" for 1",
            };
            let draft = site.draft(self, Kind::ReadingChanged);
            self.push(draft.was(said(old)).is(said(new)));
        }
    }
}

/// Whether a value must be there.
pub(super) fn must_be_there(presence: Presence) -> bool {
    matches!(presence, Presence::Required | Presence::Nullable)
}

fn may_be_null(presence: Presence) -> bool {
    matches!(presence, Presence::Nullable | Presence::OptionalNullable)
}

fn said(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::Optional => "optional",
        Presence::Nullable => "required, may be null",
        Presence::OptionalNullable => "optional, may be null",
    }
}
