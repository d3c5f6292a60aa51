//! The parameters of operations.

use std::collections::HashSet;

use crate::compare::draft::Draft;
use crate::compare::{CrateKind, Direction, Kind};
use crate::describe::{plain, present};
use crate::ir::{CookieStyle, HeaderStyle, Location, Operation, Parameter, PathSegment};

use super::operations::{Pair, item};
use super::values::must_be_there;
use super::{Finder, Site};

impl<'a> Finder<'a> {
    pub(super) fn parameters(&mut self, pair: Pair<'a>) {
        let Pair { old, new } = pair;
        let mut met = HashSet::new();
        for (at, was) in old.parameters.iter().enumerate() {
            let found = successor(old, new, was);
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
        let draft = Draft::new(what, named(operation, parameter), CrateKind::Client)
            .direction(Direction::SENT)
            .touch_member(&operation.name, &parameter.name)
            .touch_member(&operation.name, "new")
            .touch_member(&operation.args_name, &parameter.name)
            .touch(&operation.args_name)
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
            direction: Direction::SENT,
            carrier: CrateKind::Client,
            touches: vec![
                (old.name.to_string(), was.name.to_string()),
                (new.name.to_string(), is.name.to_string()),
                (new.name.to_string(), "new".to_owned()),
                (new.args_name.to_string(), is.name.to_string()),
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
            let draft = Draft::new(Kind::OrderChanged, item(new), CrateKind::Client)
                .old(self.old, old.origin)
                .new_at(self.new, new.origin)
                .direction(Direction::SENT)
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

/// Whether two parameters are one before and after a change: by name and place.
fn is_same(old: &Parameter, new: &Parameter) -> bool {
    place(old.location) == place(new.location) && is_same_name(old, new)
}

/// Names of headers are the same in any case.
fn is_same_name(old: &Parameter, new: &Parameter) -> bool {
    let is_header = matches!(old.location, Location::Header { .. });
    old.wire == new.wire || is_header && old.wire.text().eq_ignore_ascii_case(new.wire.text())
}

/// The parameter that one has become: the same by name and place, else the only one of that name.
fn successor(of: &Operation, other: &Operation, was: &Parameter) -> Option<usize> {
    let same = other.parameters.iter().position(|is| is_same(was, is));
    let moved = || {
        let named = |parameters: &[Parameter]| {
            let named = parameters.iter().filter(|other| other.wire == was.wire);
            named.count() == 1
        };
        let is_only = named(&of.parameters) && named(&other.parameters);
        let mut all = other.parameters.iter();
        all.position(|is| is_only && is.wire == was.wire)
    };
    same.or_else(moved)
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path(_) | Location::ReservedPath(_) => "path",
        Location::QueryString(_) => "query string",
        Location::Query { .. } => "query",
        Location::Header { .. } => "header",
        Location::Cookie { .. } => "cookie",
    }
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

fn location(location: Location) -> String {
    let style = match location {
        Location::Path(style) => format!("{style:?}"),
        Location::ReservedPath(style) => format!("{style:?}, reserved characters as they are"),
        Location::QueryString(whole) => format!("{whole:?}"),
        Location::Query {
            style,
            allow_reserved,
        } => {
            let reserved = if allow_reserved {
                ", reserved characters as they are"
            } else {
                ""
            };
            format!("{style:?}{reserved}")
        }
        Location::Header(HeaderStyle::Simple { explode })
        | Location::Cookie(CookieStyle::Form { explode }) => exploded(explode).to_owned(),
        Location::Header(HeaderStyle::Json) | Location::Cookie(CookieStyle::Json) => {
            "as JSON".to_owned()
        }
        Location::Cookie(CookieStyle::ReservedForm { explode }) => {
            format!("{}, reserved characters as they are", exploded(explode))
        }
        Location::Cookie(CookieStyle::Plain { explode }) => {
            format!("{}, without escapes", exploded(explode))
        }
    };
    format!("{}, {style}", place(location))
}

fn exploded(explode: bool) -> &'static str {
    if explode { "exploded" } else { "not exploded" }
}
