//! Operations: those that are new or gone, and what others have become.

use crate::compare::draft::Draft;
use crate::compare::usage::{Sender, operations};
use crate::compare::{CrateKind, Direction, Kind};
use crate::describe::plain;
use crate::ir::{Api, NextCursor, Operation, PagingStyle, PathSegment};
use crate::names::FieldName;

use crate::source::SpecStr;

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
        // What the server sends is compared as the documents have it.
        let mut gone: Vec<&Operation> = operations(old, Sender::Client).collect();
        let mut same = Vec::new();
        let mut come = Vec::new();
        for now in operations(new, Sender::Client) {
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

/// Method and path, whatever the parameters of the path are called.
fn route(operation: &Operation) -> (&str, Vec<Option<&str>>) {
    let segments = operation.segments.iter().map(|segment| match segment {
        PathSegment::Text(text) => Some(text.text()),
        PathSegment::Parameter(_) => None,
    });
    (operation.method.as_str(), segments.collect())
}

/// An operation as the outline calls it.
pub(super) fn item(operation: &Operation) -> String {
    format!("{} {}", operation.method, plain(operation.path.text()))
}

/// A draft of a change of an operation, which reaches its own items and the method of the client.
pub(super) fn touching(draft: Draft, operation: &Operation) -> Draft {
    operation
        .item_names()
        .fold(draft, |draft, name| draft.touch(name))
        .touch_member("Client", &operation.method_name)
}

impl<'a> Finder<'a> {
    pub(super) fn all_operations(&mut self, matched: &Matched<'a>) {
        for gone in &matched.gone {
            let draft = Draft::new(Kind::OperationRemoved, item(gone), CrateKind::Client)
                .old(self.old, gone.origin)
                .direction(Direction::SENT)
                .was(gone.name.to_string());
            let draft = touching(draft, gone);
            self.push(draft);
        }
        for come in &matched.come {
            let draft = Draft::new(Kind::OperationAdded, item(come), CrateKind::Client)
                .new_at(self.new, come.origin)
                .direction(Direction::SENT)
                .is(come.name.to_string());
            let draft = touching(draft, come);
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
            direction: Direction::SENT,
            carrier: CrateKind::Client,
            touches: vec![("Client".to_owned(), new.method_name.to_string())],
        };
        if route(old) != route(new) {
            let draft = site.draft(self, Kind::OperationPathChanged);
            self.push(draft.was(item(old)).is(item(new)));
        }
        if old.name != new.name || old.method_name != new.method_name {
            let draft = site.draft(self, Kind::OperationRenamed);
            let draft = touching(draft, old);
            let draft = touching(draft, new);
            self.push(draft.was(old.name.as_str()).is(new.name.as_str()));
        }
        self.place(&site, pair);
        self.parameters(pair);
        self.body(pair, &site);
        self.responses(pair);
        self.streamed(pair);
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
            let draft = touching(site.draft(self, Kind::OperationMoved), new)
                .touch(format!("mod {from}"))
                .touch(format!("mod {to}"));
            self.push(
                draft
                    .was(format!("module {from}"))
                    .is(format!("module {to}")),
            );
        }
    }

    /// The way clients use it.
    fn conduct(&mut self, site: &Site, Pair { old, new }: Pair<'a>) {
        if old.idempotency != new.idempotency {
            let draft = site.draft(self, Kind::ReplayChanged);
            self.push(draft.touch(&new.name));
        }
        if old.accept != new.accept && answered(old) == answered(new) {
            let list = |types: &[SpecStr]| {
                let types: Vec<String> = types.iter().map(|one| plain(one.text())).collect();
                types.join(", ")
            };
            let draft = site.draft(self, Kind::AcceptChanged);
            self.push(draft.was(list(&old.accept)).is(list(&new.accept)));
        }
        if paging(old) != paging(new) {
            let draft = site.draft(self, Kind::PagingChanged);
            self.push(draft.touch(&new.name).touch("Client"));
        }
        if polling(old) != polling(new) {
            let draft = site.draft(self, Kind::PollingChanged);
            self.push(draft.touch(&new.name));
        }
    }
}

/// The media types of what comes back, which a client asks for unless it is told otherwise.
fn answered(operation: &Operation) -> Vec<&SpecStr> {
    let responses = &operation.responses;
    let responses = responses.success.iter().chain(&responses.errors);
    responses
        .filter_map(|response| response.media_type.as_ref())
        .collect()
}

/// The place that says how far something is, and its words.
fn polling(operation: &Operation) -> Option<[&[String]; 4]> {
    let polling = operation.polling.as_ref()?;
    Some([
        std::slice::from_ref(&polling.status),
        &polling.pending,
        &polling.succeeded,
        &polling.failed,
    ])
}

/// The pagination of an operation, apart from the types of the listed items.
fn paging(operation: &Operation) -> Option<(&'static str, Vec<String>)> {
    let parameter = |at: usize| {
        let parameter = operation.parameters.get(at);
        parameter.map_or_else(String::new, |parameter| plain(parameter.wire.text()))
    };
    let optional = |at: Option<usize>| at.map_or_else(String::new, parameter);
    let way = |fields: &[FieldName]| {
        let names: Vec<&str> = fields.iter().map(FieldName::as_str).collect();
        names.join(".")
    };
    let paging = operation.paging.as_ref()?;
    let end = &paging.end;
    let counts =
        [&end.total, &end.pages].map(|fields| fields.as_deref().map_or_else(String::new, way));
    let more = end.more.as_ref().map(|more| way(&more.fields));
    let (style, mut parts) = match &paging.style {
        PagingStyle::Offset {
            offset,
            limit,
            first,
        } => (
            "offset",
            vec![parameter(*offset), optional(*limit), first.to_string()],
        ),
        PagingStyle::Page { page, size, first } => (
            "page",
            vec![parameter(*page), optional(*size), format!("{first:?}")],
        ),
        PagingStyle::Range { range } => ("range", vec![parameter(*range)]),
        PagingStyle::Cursor { cursor, next } => {
            let next = match next {
                NextCursor::Body(fields) => way(fields),
                NextCursor::LastItem(field) => format!("last item's {field}"),
            };
            ("cursor", vec![parameter(*cursor), next])
        }
        PagingStyle::Link { next } => ("link", vec![way(next)]),
        PagingStyle::LinkHeader => ("link header", Vec::new()),
    };
    parts.push(way(&paging.items));
    parts.extend(counts);
    parts.extend(more);
    Some((style, parts))
}
