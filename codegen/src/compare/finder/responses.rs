//! Responses: their statuses, bodies and headers.

use crate::compare::draft::Draft;
use crate::compare::relation::Relation;
use crate::compare::{CrateKind, Direction, Kind};
use crate::describe::{carried, plain};
use crate::ir::{Header, Operation, Payload, Presence, Response};
use crate::source::SpecStr;

use super::body::{Kinds, is_kind};
use super::operations::{self, Pair};
use super::{Finder, Site};

/// Whether a response is a success.
#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    Success,
    Failure,
}

impl<'a> Finder<'a> {
    pub(super) fn responses(&mut self, pair: Pair<'a>) {
        let (old, new) = (&pair.old.responses, &pair.new.responses);
        self.outcomes(pair, Outcome::Success, &old.success, &new.success);
        self.outcomes(pair, Outcome::Failure, &old.errors, &new.errors);
    }

    fn outcomes(
        &mut self,
        pair: Pair<'a>,
        outcome: Outcome,
        old: &'a [Response],
        new: &'a [Response],
    ) {
        for was in old {
            match counterpart(old, was, new) {
                Some(is) => self.response(pair, was, is),
                None => {
                    let what = match outcome {
                        _ if has_status(new, was) => Kind::ResponseMediaTypeRemoved,
                        Outcome::Success => Kind::SuccessStatusRemoved,
                        Outcome::Failure => Kind::ErrorStatusRemoved,
                    };
                    let draft = lone(what, pair.old, was).old(self.old, was.origin);
                    let shown = carried(self.old, &was.payload);
                    self.push(draft.new_at(self.new, pair.new.origin).was(shown));
                }
            }
        }
        for is in new {
            if counterpart(new, is, old).is_none() {
                let what = match outcome {
                    _ if has_status(old, is) => Kind::ResponseMediaTypeAdded,
                    Outcome::Success if self.is_read_as_another(old, is) => {
                        Kind::AlikeSuccessStatusAdded
                    }
                    Outcome::Success => Kind::SuccessStatusAdded,
                    Outcome::Failure => Kind::ErrorStatusAdded,
                };
                let draft = lone(what, pair.new, is).new_at(self.new, is.origin);
                let shown = carried(self.new, &is.payload);
                self.push(draft.old(self.old, pair.old.origin).is(shown));
            }
        }
    }

    /// Whether a success has the body of one that was there: every status of success is read as one that fits.
    fn is_read_as_another(&self, old: &[Response], new: &Response) -> bool {
        old.iter().any(|was| match (&was.payload, &new.payload) {
            (Payload::Empty, Payload::Empty) => true,
            (
                Payload::Json(was) | Payload::OptionalJson(was),
                Payload::Json(is) | Payload::OptionalJson(is),
            )
            | (Payload::Xml(was, _), Payload::Xml(is, _)) => {
                self.types.relation(was, is) == Relation::Same
            }
            (was, is) => std::mem::discriminant(was) == std::mem::discriminant(is),
        })
    }

    fn response(&mut self, pair: Pair<'a>, was: &'a Response, is: &'a Response) {
        let operation = pair.new;
        let mut touches = vec![(operation.name.to_string(), "type Success".to_owned())];
        for owner in [&operation.error_name, &operation.success_name] {
            touches.push((owner.to_string(), was.variant.to_string()));
            touches.push((owner.to_string(), is.variant.to_string()));
        }
        let site = Site {
            item: item(operation, is),
            old: was.origin,
            new: is.origin,
            direction: Direction::RECEIVED,
            carrier: CrateKind::Client,
            touches,
        };
        self.received(&site, was, is);
        if let (Some(old), Some(new)) = (&was.media_type, &is.media_type) {
            let list = |first: &'a SpecStr, also: &'a [SpecStr]| -> Vec<&'a SpecStr> {
                std::iter::once(first).chain(also).collect()
            };
            let kinds = Kinds {
                added: Kind::ResponseMediaTypeAdded,
                removed: Kind::ResponseMediaTypeRemoved,
                changed: Kind::ResponseMediaTypeChanged,
            };
            self.media_types(&site, (&list(old, &was.also), &list(new, &is.also)), kinds);
        }
        self.headers(pair, &site, was, is);
        self.told(&site, (&was.docs, false), (&is.docs, false));
    }

    fn received(&mut self, site: &Site, was: &'a Response, is: &'a Response) {
        match (&was.payload, &is.payload) {
            (Payload::Empty, Payload::Empty) => {}
            (Payload::Empty, new) => {
                let draft = site.draft(self, Kind::ResponseBodyAdded);
                let shown = carried(self.new, new);
                self.push(draft.is(shown));
            }
            (old, Payload::Empty) => {
                let draft = site.draft(self, Kind::ResponseBodyRemoved);
                let shown = carried(self.old, old);
                self.push(draft.was(shown));
            }
            (
                old @ (Payload::Json(was) | Payload::OptionalJson(was)),
                new @ (Payload::Json(is) | Payload::OptionalJson(is)),
            ) => {
                let presence = |payload: &Payload| match payload {
                    Payload::OptionalJson(_) => Presence::Optional,
                    _ => Presence::Required,
                };
                self.presence(site, presence(old), presence(new));
                self.ty(site, was, is);
            }
            (Payload::Xml(was, _), Payload::Xml(is, _)) => self.ty(site, was, is),
            (Payload::Stream(was), Payload::Stream(is)) if was.framing == is.framing => {
                self.ty(site, &was.ty, &is.ty);
            }
            (old, new) if is_kind(old, new) => {}
            (old, new) => {
                let draft = site.draft(self, Kind::BodyKindChanged);
                let (was, is) = (carried(self.old, old), carried(self.new, new));
                self.push(draft.was(was).is(is));
            }
        }
    }

    fn headers(&mut self, pair: Pair<'a>, site: &Site, was: &'a Response, is: &'a Response) {
        let named = |header: &Header| format!("{} {}", site.item, plain(header.wire.text()));
        let same =
            |one: &Header, other: &Header| one.wire.text().eq_ignore_ascii_case(other.wire.text());
        for old in &was.headers {
            let mut site = site.clone();
            site.item = named(old);
            site.old = old.origin;
            match is.headers.iter().find(|new| same(old, new)) {
                Some(new) => {
                    site.new = new.origin;
                    self.ty(&site, &old.ty, &new.ty);
                    let presence = |header: &Header| {
                        if header.required {
                            Presence::Required
                        } else {
                            Presence::Optional
                        }
                    };
                    self.presence(&site, presence(old), presence(new));
                    self.told(&site, (&old.docs, false), (&new.docs, false));
                }
                None => {
                    let draft = site.draft(self, Kind::ResponseHeaderRemoved);
                    let draft = operations::touching(draft, pair.old);
                    self.push(draft);
                }
            }
        }
        for new in &is.headers {
            if !was.headers.iter().any(|old| same(old, new)) {
                let mut site = site.clone();
                site.item = named(new);
                site.new = new.origin;
                let draft = site.draft(self, Kind::ResponseHeaderAdded);
                let draft = operations::touching(draft, pair.new);
                self.push(draft);
            }
        }
    }
}

/// The response on the other side that is the same: by status and media type, or the only ones of their status.
fn counterpart<'a>(
    side: &[Response],
    one: &Response,
    other: &'a [Response],
) -> Option<&'a Response> {
    let of_status = |side: &[Response]| side.iter().filter(|is| is.status == one.status).count();
    let is_only = of_status(side) == 1 && of_status(other) == 1;
    let mut same = other.iter().filter(|is| is.status == one.status);
    same.find(|is| is_only || is.media_type == one.media_type)
}

fn has_status(side: &[Response], response: &Response) -> bool {
    side.iter().any(|other| other.status == response.status)
}

/// A response that one side has alone.
fn lone(what: Kind, operation: &Operation, response: &Response) -> Draft {
    Draft::new(what, item(operation, response), CrateKind::Client)
        .direction(Direction::RECEIVED)
        .touch_member(&operation.name, "type Success")
        .touch_member(&operation.name, "type Failure")
        .touch_member(&operation.error_name, &response.variant)
        .touch_member(&operation.error_name, "")
        .touch_member(&operation.success_name, &response.variant)
        .touch_member(&operation.success_name, "")
}

fn item(operation: &Operation, response: &Response) -> String {
    let status = response.status.to_string();
    format!("{} {status}", operations::item(operation))
}
