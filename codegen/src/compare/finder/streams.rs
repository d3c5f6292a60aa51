//! Streams that operations document beside another answer.

use crate::compare::draft::Draft;
use crate::compare::{CrateKind, Direction, Kind};
use crate::describe::{carried, plain};
use crate::ir::{Api, Operation, Payload, Streamed};

use super::operations::{self, Pair, touching};
use super::{Finder, Site};

impl<'a> Finder<'a> {
    pub(super) fn streamed(&mut self, pair: Pair<'a>) {
        let Pair { old, new } = pair;
        match (&old.streamed, &new.streamed) {
            (None, None) => {}
            (Some(was), None) => {
                let draft = draft(Kind::ResponseMediaTypeRemoved, old, was);
                let draft = draft.old(self.old, old.origin).new_at(self.new, new.origin);
                self.push(touching(draft.was(shown(self.old, was)), new));
            }
            (None, Some(is)) => {
                let draft = draft(Kind::ResponseMediaTypeAdded, new, is);
                let draft = draft.old(self.old, old.origin).new_at(self.new, new.origin);
                self.push(touching(draft.is(shown(self.new, is)), new));
            }
            (Some(was), Some(is)) => self.both_streamed(pair, was, is),
        }
    }

    fn both_streamed(&mut self, pair: Pair<'a>, was: &'a Streamed, is: &'a Streamed) {
        let Pair { old, new } = pair;
        let site = Site {
            item: item(new, is),
            old: old.origin,
            new: new.origin,
            direction: Direction::RECEIVED,
            carrier: CrateKind::Client,
            touches: vec![
                (new.name.to_string(), "type Item".to_owned()),
                (new.name.to_string(), "const STREAM".to_owned()),
            ],
        };
        if was.items.framing != is.items.framing || was.media_type != is.media_type {
            let draft = site.draft(self, Kind::BodyKindChanged);
            let (was, is) = (shown(self.old, was), shown(self.new, is));
            self.push(draft.was(was).is(is));
            return;
        }
        self.ty(&site, &was.items.ty, &is.items.ty);
    }
}

fn draft(what: Kind, operation: &Operation, streamed: &Streamed) -> Draft {
    Draft::new(what, item(operation, streamed), CrateKind::Client).direction(Direction::RECEIVED)
}

fn item(operation: &Operation, streamed: &Streamed) -> String {
    let media = plain(streamed.media_type.text());
    format!(
        "{} {} {media}",
        operations::item(operation),
        streamed.status
    )
}

fn shown(api: &Api, streamed: &Streamed) -> String {
    carried(api, &Payload::Stream(streamed.items.clone()))
}
