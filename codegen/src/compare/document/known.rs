//! Places at which the comparison of the APIs has found a change.

use std::collections::HashSet;

use crate::compare::draft::Draft;
use crate::compare::{Direction, Kind, Place};
use crate::source::Span;

/// Kinds of changes of which one at a place is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Class {
    Limit,
    Value,
    Presence,
    Member,
    Other,
}

impl Class {
    fn of(what: Kind) -> Self {
        match what {
            _ if what.is_limit() => Self::Limit,
            Kind::TypeChanged
            | Kind::TypeNarrowed
            | Kind::TypeWidened
            | Kind::BecameNullable
            | Kind::BecameNonNull
            | Kind::EnumValueAdded
            | Kind::EnumValueRemoved
            | Kind::ConstantChanged
            | Kind::AdditionalPropertiesOpened
            | Kind::AdditionalPropertiesClosed
            | Kind::BranchAdded
            | Kind::BranchAddedToClosedUnion
            | Kind::BranchRemoved
            | Kind::TaggingChanged => Self::Value,
            Kind::BecameRequired | Kind::BecameOptional => Self::Presence,
            Kind::RequiredPropertyAdded
            | Kind::RequiredPropertyRemoved
            | Kind::OptionalPropertyAdded
            | Kind::OptionalPropertyRemoved
            | Kind::RequiredParameterAdded
            | Kind::RequiredParameterRemoved
            | Kind::OptionalParameterAdded
            | Kind::OptionalParameterRemoved => Self::Member,
            _ => Self::Other,
        }
    }
}

/// A place by the document and the byte at which it starts.
type Start = (u32, u32);

/// Places with a change, on either side.
#[derive(Debug)]
pub(super) struct Known {
    old: HashSet<(Class, Start)>,
    new: HashSet<(Class, Start)>,
}

impl Known {
    pub(super) fn of(drafts: &[Draft]) -> Self {
        // Of a type that no Rust type of an operation names, the documents may show where its values travel.
        let travels = |draft: &&Draft| draft.direction != Direction::default();
        let starts = |of: fn(&Draft) -> Option<&Place>| {
            let places = drafts.iter().filter(travels).filter_map(|draft| {
                let place = of(draft)?;
                Some((
                    Class::of(draft.what),
                    (place.span.document.0, place.span.start),
                ))
            });
            let counterparts = drafts.iter().filter(travels).flat_map(|draft| {
                let class = Class::of(draft.what);
                draft.also.iter().flat_map(move |counterpart| {
                    let places = [counterpart.old.as_ref(), counterpart.new.as_ref()];
                    let places = places.into_iter().flatten();
                    places.map(move |place| (class, (place.span.document.0, place.span.start)))
                })
            });
            places.chain(counterparts).collect()
        };
        Self {
            old: starts(|draft| draft.old.as_ref()),
            new: starts(|draft| draft.new.as_ref()),
        }
    }

    /// Whether a change of this kind is known at one of these places.
    pub(super) fn has(&self, what: Kind, old: &[Span], new: &[Span]) -> bool {
        let class = Class::of(what);
        if class == Class::Other {
            return false;
        }
        let has = |known: &HashSet<(Class, Start)>, spans: &[Span]| {
            spans
                .iter()
                .any(|span| known.contains(&(class, (span.document.0, span.start))))
        };
        has(&self.old, old) || has(&self.new, new)
    }
}
