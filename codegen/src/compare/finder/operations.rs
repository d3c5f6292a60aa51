//! Operations and their parameters.

use std::collections::HashSet;

use crate::compare::draft::Draft;
use crate::compare::{Kind, Krate, Travels};
use crate::emit::{OperationItems, plain, present};
use crate::ir::{Api, Location, Operation, Paging, Parameter, PathSegment};

use super::values::must_be_there;
use super::{Finder, Site, module_of};

/// An operation before and after.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) old: &'a Operation,
    pub(super) new: &'a Operation,
}

/// The operations of both APIs.
pub(super) struct Matched<'a> {
    /// In both, in the order of the new API.
    pub(super) same: Vec<Pair<'a>>,
    pub(super) gone: Vec<&'a Operation>,
    pub(super) come: Vec<&'a Operation>,
}

impl<'a> Matched<'a> {
    /// By method and path; what is left over by name.
    pub(super) fn find(old: &'a Api, new: &'a Api) -> Self {
        let mut gone = operations(old);
        let mut same = Vec::new();
        let mut come = Vec::new();
        for now in operations(new) {
            let found = gone.iter().position(|was| route(was) == route(now));
            match found {
                Some(at) => same.push(Pair {
                    old: gone.remove(at),
                    new: now,
                }),
                None => come.push(now),
            }
        }
        come.retain(|now| {
            let Some(at) = gone.iter().position(|was| was.name == now.name) else {
                return true;
            };
            same.push(Pair {
                old: gone.remove(at),
                new: now,
            });
            false
        });
        Self { same, gone, come }
    }
}

fn operations(api: &Api) -> Vec<&Operation> {
    let modules = api.modules.iter();
    modules.flat_map(|module| &module.operations).collect()
}

/// Method and path, whatever the parameters of the path are called.
fn route(operation: &Operation) -> (&'static str, Vec<Option<&str>>) {
    let segments = operation.segments.iter().map(|segment| match segment {
        PathSegment::Text(text) => Some(text.text()),
        PathSegment::Parameter(_) => None,
    });
    (operation.method, segments.collect())
}

/// An operation as the outline calls it.
pub(super) fn item(operation: &Operation) -> String {
    format!("{} {}", operation.method, plain(operation.path.text()))
}

/// A draft of a change of an operation, which reaches its own items and the method of the client.
pub(super) fn touching(draft: Draft, items: &OperationItems, operation: &Operation) -> Draft {
    items
        .names(operation)
        .fold(draft, |draft, name| draft.touch(name))
        .touch_member("Client", &operation.method_name)
}

impl<'a> Finder<'a> {
    pub(super) fn all_operations(&mut self, matched: &Matched<'a>) {
        for gone in &matched.gone {
            let draft = Draft::new(Kind::OperationRemoved, item(gone), Krate::Client)
                .old(self.old, gone.origin)
                .travels(Travels::SENT)
                .was(gone.name.to_string());
            let draft = touching(draft, &self.old_items, gone);
            self.push(draft);
        }
        for come in &matched.come {
            let draft = Draft::new(Kind::OperationAdded, item(come), Krate::Client)
                .new_at(self.new, come.origin)
                .travels(Travels::SENT)
                .is(come.name.to_string());
            let draft = touching(draft, &self.new_items, come);
            self.push(draft);
        }
        for pair in &matched.same {
            self.operation(*pair);
        }
    }

    fn operation(&mut self, pair: Pair<'a>) {
        let Pair { old, new } = pair;
        let site = Site {
            item: item(new),
            old: old.origin,
            new: new.origin,
            travels: Travels::SENT,
            carrier: Krate::Client,
            touches: vec![("Client".to_owned(), new.method_name.to_string())],
        };
        if route(old) != route(new) {
            let draft = site.draft(self, Kind::OperationPathChanged);
            self.push(draft.was(item(old)).is(item(new)));
        }
        if old.name != new.name || old.method_name != new.method_name {
            let draft = site.draft(self, Kind::OperationRenamed);
            let draft = touching(draft, &self.old_items, old);
            let draft = touching(draft, &self.new_items, new);
            self.push(draft.was(old.name.as_str()).is(new.name.as_str()));
        }
        self.place(&site, pair);
        self.parameters(pair);
        self.body(pair, &site);
        self.responses(pair);
        self.operation_security(&site, pair);
        self.own_servers(&site, pair);
        self.conduct(&site, pair);
        self.told(
            &site,
            (&old.docs, old.deprecated),
            (&new.docs, new.deprecated),
        );
    }

    /// The module that it is described in.
    fn place(&mut self, site: &Site, Pair { old, new }: Pair<'a>) {
        let module =
            |api, operation| module_of(api, operation).map_or("", |module| module.name.as_str());
        let (from, to) = (module(self.old, old), module(self.new, new));
        if from != to {
            let draft = touching(site.draft(self, Kind::OperationMoved), &self.new_items, new)
                .touch(format!("mod {from}"))
                .touch(format!("mod {to}"));
            self.push(
                draft
                    .was(format!("module {from}"))
                    .is(format!("module {to}")),
            );
        }
    }

    /// How clients go about it.
    fn conduct(&mut self, site: &Site, Pair { old, new }: Pair<'a>) {
        if old.replay != new.replay {
            let draft = site.draft(self, Kind::ReplayChanged);
            self.push(draft.touch(&new.name));
        }
        if paging(old) != paging(new) {
            let draft = site.draft(self, Kind::PagingChanged);
            self.push(draft.touch(&new.name).touch("Client"));
        }
    }

    fn parameters(&mut self, pair: Pair<'a>) {
        let Pair { old, new } = pair;
        let mut met = HashSet::new();
        for (at, was) in old.parameters.iter().enumerate() {
            let found = new.parameters.iter().position(|is| is_same(was, is));
            let found =
                found.or_else(|| place_in_path(old, at).and_then(|place| at_place(new, place)));
            match found.and_then(|at| new.parameters.get(at).map(|is| (at, is))) {
                Some((at, is)) if met.insert(at) => self.parameter(pair, was, is),
                _ => self.lone(pair, was, false),
            }
        }
        for (at, is) in new.parameters.iter().enumerate() {
            if !met.contains(&at) {
                self.lone(pair, is, true);
            }
        }
        self.argument_order(pair);
    }

    /// A parameter that one side has alone.
    fn lone(&mut self, Pair { old, new }: Pair<'a>, parameter: &Parameter, is_new: bool) {
        let what = match (is_new, must_be_there(parameter.presence)) {
            (true, true) => Kind::RequiredParameterAdded,
            (true, false) => Kind::OptionalParameterAdded,
            (false, true) => Kind::RequiredParameterRemoved,
            (false, false) => Kind::OptionalParameterRemoved,
        };
        let operation = if is_new { new } else { old };
        let api = if is_new { self.new } else { self.old };
        let shown = present(api, &parameter.ty, parameter.presence);
        let draft = Draft::new(what, named(operation, parameter), Krate::Client)
            .travels(Travels::SENT)
            .touch_member(&operation.name, &parameter.name)
            .touch_member(&operation.name, "new")
            .touch_member("Client", &operation.method_name);
        let draft = if is_new {
            draft
                .old(self.old, old.origin)
                .new_at(self.new, parameter.origin)
                .is(shown)
        } else {
            draft
                .old(self.old, parameter.origin)
                .new_at(self.new, new.origin)
                .was(shown)
        };
        self.push(draft);
    }

    fn parameter(&mut self, Pair { old, new }: Pair<'a>, was: &Parameter, is: &Parameter) {
        let site = Site {
            item: named(new, is),
            old: was.origin,
            new: is.origin,
            travels: Travels::SENT,
            carrier: Krate::Client,
            touches: vec![
                (old.name.to_string(), was.name.to_string()),
                (new.name.to_string(), is.name.to_string()),
                (new.name.to_string(), "new".to_owned()),
                ("Client".to_owned(), new.method_name.to_string()),
            ],
        };
        if was.wire != is.wire {
            let draft = site.draft(self, Kind::PathParameterRenamed);
            self.push(draft.was(plain(was.wire.text())).is(plain(is.wire.text())));
        } else if was.name != is.name {
            let draft = site.draft(self, Kind::RustNameChanged);
            self.push(draft.was(was.name.as_str()).is(is.name.as_str()));
        }
        if was.location != is.location {
            let draft = site.draft(self, Kind::ParameterSpellingChanged);
            self.push(draft.was(location(was.location)).is(location(is.location)));
        }
        self.ty(&site, &was.ty, &is.ty);
        self.presence(&site, was.presence, is.presence);
        let presence = (was.presence, is.presence);
        self.default(&site, was.default.as_ref(), is.default.as_ref(), presence);
        self.reading(&site, was.reading, is.reading);
        self.limits(&site, &was.constraints, &is.constraints);
        self.told(
            &site,
            (&was.docs, was.deprecated),
            (&is.docs, is.deprecated),
        );
    }

    fn argument_order(&mut self, Pair { old, new }: Pair<'a>) {
        let asked = |of: &Operation, other: &Operation| -> Vec<String> {
            let in_both = |parameter: &&Parameter| {
                let mut others = other.parameters.iter();
                must_be_there(parameter.presence)
                    && others
                        .any(|other| is_same(parameter, other) && must_be_there(other.presence))
            };
            let asked = of.parameters.iter().filter(in_both);
            asked
                .map(|parameter| plain(parameter.wire.text()))
                .collect()
        };
        let (was, is) = (asked(old, new), asked(new, old));
        if was != is {
            let draft = Draft::new(Kind::OrderChanged, item(new), Krate::Client)
                .old(self.old, old.origin)
                .new_at(self.new, new.origin)
                .travels(Travels::SENT)
                .was(was.join(", "))
                .is(is.join(", "))
                .touch_member(&new.name, "new")
                .touch_member("Client", &new.method_name);
            self.push(draft);
        }
    }
}

fn named(operation: &Operation, parameter: &Parameter) -> String {
    format!("{}.{}", operation.name, plain(parameter.wire.text()))
}

/// Whether two parameters are one before and after a change: by name and, if there are two of a name, by place.
fn is_same(old: &Parameter, new: &Parameter) -> bool {
    old.wire == new.wire
}

/// Where a parameter stands in the path.
fn place_in_path(operation: &Operation, parameter: usize) -> Option<usize> {
    let mut segments = operation.segments.iter();
    segments.position(|segment| *segment == PathSegment::Parameter(parameter))
}

/// The parameter at a place of the path.
fn at_place(operation: &Operation, place: usize) -> Option<usize> {
    match operation.segments.get(place)? {
        PathSegment::Parameter(at) => Some(*at),
        PathSegment::Text(_) => None,
    }
}

/// How an operation is paged through, apart from the types of what is listed.
fn paging(operation: &Operation) -> Option<(&'static str, Vec<String>)> {
    let parameter = |at: usize| {
        let parameter = operation.parameters.get(at);
        parameter.map_or_else(String::new, |parameter| plain(parameter.wire.text()))
    };
    let way = |fields: &[crate::names::FieldName]| {
        let names: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
        names.join(".")
    };
    Some(match operation.paging.as_ref()? {
        Paging::Offset {
            offset,
            limit,
            items,
            total,
            ..
        } => (
            "offset",
            vec![
                parameter(*offset),
                parameter(*limit),
                way(items),
                way(total),
            ],
        ),
        Paging::Range {
            range,
            items,
            total,
            ..
        } => ("range", vec![parameter(*range), way(items), way(total)]),
        Paging::Cursor {
            cursor,
            next,
            items,
            ..
        } => ("cursor", vec![parameter(*cursor), way(next), way(items)]),
        Paging::Link { next, items, .. } => ("link", vec![way(next), way(items)]),
    })
}

fn location(location: Location) -> String {
    let (place, style) = match location {
        Location::Path(style) => ("path", format!("{style:?}")),
        Location::Query {
            style,
            allow_reserved,
        } => {
            let reserved = if allow_reserved {
                ", reserved characters as they are"
            } else {
                ""
            };
            ("query", format!("{style:?}{reserved}"))
        }
        Location::Header { explode } => ("header", exploded(explode).to_owned()),
        Location::Cookie { explode } => ("cookie", exploded(explode).to_owned()),
    };
    format!("{place}, {style}")
}

fn exploded(explode: bool) -> &'static str {
    if explode { "exploded" } else { "not exploded" }
}
