//! The bodies of requests.

use crate::compare::draft::Draft;
use crate::compare::{CrateKind, Direction, Kind};
use crate::describe::{carried, plain};
use crate::ir::{Body, Operation, Part, PartKind, Payload, Presence, Type};
use crate::names::TypeName;
use crate::source::SpecStr;

use super::operations::Pair;
use super::values::must_be_there;
use super::{Finder, Site};

impl<'a> Finder<'a> {
    pub(super) fn body(&mut self, pair: Pair<'a>, operation: &Site) {
        let mut site = operation.clone();
        site.item.push_str(" body");
        let member = |name: &str| (pair.new.name.to_string(), name.to_owned());
        let bodies = [&pair.old.body, &pair.new.body].into_iter().flatten();
        site.touches
            .extend(bodies.map(|body| member(body.name.as_str())));
        site.touches.push(member("new"));
        match (&pair.old.body, &pair.new.body) {
            (None, Some(body)) => {
                let what = if body.required {
                    Kind::RequiredBodyAdded
                } else {
                    Kind::OptionalBodyAdded
                };
                site.new = body.origin;
                let draft = site.draft(self, what);
                let shown = self.payloads_shown(body, false);
                self.push(draft.is(shown));
            }
            (Some(body), None) => {
                site.old = body.origin;
                let draft = site.draft(self, Kind::BodyRemoved);
                let shown = self.payloads_shown(body, true);
                self.push(draft.was(shown));
            }
            (Some(old), Some(new)) => {
                (site.old, site.new) = (old.origin, new.origin);
                self.bodies(pair, &site, old, new);
            }
            (None, None) => {}
        }
    }

    fn payloads_shown(&self, body: &Body, is_old: bool) -> String {
        let api = if is_old { self.old } else { self.new };
        let shown: Vec<String> = body
            .payloads
            .iter()
            .map(|(media_type, payload, _)| {
                format!("{} as {}", carried(api, payload), plain(media_type.text()))
            })
            .collect();
        shown.join(" | ")
    }

    fn bodies(&mut self, pair: Pair<'a>, site: &Site, old: &'a Body, new: &'a Body) {
        let presence = |body: &Body| {
            if body.required {
                Presence::Required
            } else {
                Presence::Optional
            }
        };
        self.presence(site, presence(old), presence(new));
        let words = Kinds {
            added: Kind::RequestMediaTypeAdded,
            removed: Kind::RequestMediaTypeRemoved,
            changed: Kind::RequestMediaTypeChanged,
        };
        self.media_types(site, (&sent(old), &sent(new)), words);
        for (media_type, was, _) in &old.payloads {
            let same = new.payloads.iter().find(|(other, ..)| other == media_type);
            let only = match new.payloads.as_slice() {
                [only] if old.payloads.len() == 1 => Some(only),
                _ => None,
            };
            if let Some((_, is, _)) = same.or(only) {
                self.sent_payload(pair, site, was, is);
            }
        }
        self.told(site, (&old.docs, false), (&new.docs, false));
    }

    fn sent_payload(&mut self, pair: Pair<'a>, site: &Site, old: &'a Payload, new: &'a Payload) {
        match (old, new) {
            (Payload::Multipart(was, old), Payload::Multipart(is, new)) => {
                self.parts(pair, site, (was, old), (is, new));
            }
            (
                Payload::Json(old) | Payload::OptionalJson(old),
                Payload::Json(new) | Payload::OptionalJson(new),
            )
            | (Payload::Form(old, _), Payload::Form(new, _))
            | (Payload::Xml(old, _), Payload::Xml(new, _)) => self.ty(site, old, new),
            (Payload::Stream(old), Payload::Stream(new)) if old.framing == new.framing => {
                self.ty(site, &old.ty, &new.ty);
            }
            (old, new) if is_kind(old, new) => {}
            (old, new) => {
                let draft = site.draft(self, Kind::BodyKindChanged);
                let (was, is) = (carried(self.old, old), carried(self.new, new));
                self.push(draft.was(was).is(is));
            }
        }
    }

    /// The parts of a multipart body are to a form what properties are to an object.
    fn parts(
        &mut self,
        pair: Pair<'a>,
        site: &Site,
        (was_name, old): (&TypeName, &'a [Part]),
        (is_name, new): (&TypeName, &'a [Part]),
    ) {
        let lone = |what, part: &Part, owner: &TypeName, operation: &Operation| {
            Draft::new(
                what,
                format!("{owner}.{}", plain(part.wire.text())),
                CrateKind::Client,
            )
            .direction(Direction::SENT)
            .touch_member(owner, &part.name)
            .touch_member(owner, "new")
            .touch_member("Client", &operation.method_name)
        };
        for was in old {
            let Some(is) = new.iter().find(|is| is.wire == was.wire) else {
                let what = if must_be_there(was.presence) {
                    Kind::RequiredPropertyRemoved
                } else {
                    Kind::OptionalPropertyRemoved
                };
                let draft = lone(what, was, was_name, pair.old);
                self.push(draft.old(self.old, was.origin).new_at(self.new, site.new));
                continue;
            };
            let owner = is_name.to_string();
            let site = Site {
                item: format!("{is_name}.{}", plain(is.wire.text())),
                old: was.origin,
                new: is.origin,
                direction: Direction::SENT,
                carrier: CrateKind::Client,
                touches: vec![
                    (owner.clone(), was.name.to_string()),
                    (owner.clone(), is.name.to_string()),
                    (owner, "new".to_owned()),
                ],
            };
            self.part(&site, was, is);
        }
        for is in new {
            if !old.iter().any(|was| was.wire == is.wire) {
                let what = if must_be_there(is.presence) {
                    Kind::RequiredPropertyAdded
                } else {
                    Kind::OptionalPropertyAdded
                };
                let draft = lone(what, is, is_name, pair.new);
                self.push(draft.old(self.old, site.old).new_at(self.new, is.origin));
            }
        }
    }

    fn part(&mut self, site: &Site, was: &'a Part, is: &'a Part) {
        self.presence(site, was.presence, is.presence);
        let same_kind = std::mem::discriminant(&was.kind) == std::mem::discriminant(&is.kind);
        match (held(&was.kind), held(&is.kind)) {
            (Some(old), Some(new)) if same_kind => self.ty(site, old, new),
            _ if same_kind => {}
            _ => {
                let draft = site.draft(self, Kind::BodyKindChanged);
                self.push(draft);
            }
        }
        if was.media_type != is.media_type {
            let said = |part: &Part| match &part.media_type {
                Some(media_type) => plain(media_type.text()),
                None => "any".to_owned(),
            };
            let draft = site.draft(self, Kind::RequestMediaTypeChanged);
            self.push(draft.was(said(was)).is(said(is)));
        }
        self.limits(site, &was.constraints, &is.constraints);
        self.told(site, (&was.docs, false), (&is.docs, false));
    }

    /// Media types that bodies may have: the one that was replaced, or those that were added and removed.
    pub(super) fn media_types(
        &mut self,
        site: &Site,
        (old, new): (&[&SpecStr], &[&SpecStr]),
        kinds: Kinds,
    ) {
        let gone: Vec<&&SpecStr> = old.iter().filter(|was| !new.contains(was)).collect();
        let come: Vec<&&SpecStr> = new.iter().filter(|is| !old.contains(is)).collect();
        if let ([was], [is]) = (gone.as_slice(), come.as_slice()) {
            let draft = site.draft(self, kinds.changed);
            self.push(draft.was(plain(was.text())).is(plain(is.text())));
            return;
        }
        for was in gone {
            let draft = site.draft(self, kinds.removed);
            self.push(draft.was(plain(was.text())));
        }
        for is in come {
            let draft = site.draft(self, kinds.added);
            self.push(draft.is(plain(is.text())));
        }
    }
}

/// The rules that changes of media types fall under.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    pub(super) added: Kind,
    pub(super) removed: Kind,
    pub(super) changed: Kind,
}

fn sent(body: &Body) -> Vec<&SpecStr> {
    let chosen = body.payloads.iter().map(|(media_type, ..)| media_type);
    let also = body.also.iter().map(|(_, media_type)| media_type);
    chosen.chain(also).collect()
}

fn held(kind: &PartKind) -> Option<&Type> {
    kind.ty()
}

/// Whether two payloads are of one kind.
pub(super) fn is_kind(one: &Payload, other: &Payload) -> bool {
    let same = std::mem::discriminant(one) == std::mem::discriminant(other);
    same && !matches!(one, Payload::Stream(_))
}
