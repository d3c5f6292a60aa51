//! Requests that a server sends by itself: webhooks of the document, and callbacks of its operations.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::ir::{
    Collection, Location, OmittedKind, Parameter, PathSegment, Receiver, ReceiverKind,
};
use crate::load::{Entry, Node, NodeId};
use crate::names::{NameRequest, Scope, Words};
use crate::source::SpecStr;

use super::super::expression::Expression;
use super::super::{Lowering, literal};
use super::callback_url::{CallbackUrl, Piece};
use super::names::{apart, taken_by, type_name};
use super::path::{Route, is_path};
use super::{Found, LeftOut, Placed, candidate, methods};

/// An operation that the server sends, as the document has it.
#[derive(Clone)]
pub(super) struct Called<'a> {
    pub(super) kind: ReceiverKind,
    /// The key of the webhook or of the callback.
    pub(super) name: &'a Entry,
    /// The name of the operation that a callback belongs to.
    of: Option<Words>,
}

impl<'a> Lowering<'a> {
    /// Lowers what the server sends: all webhooks, and the callbacks of operations that are generated.
    pub(super) fn receivers(&mut self, placed: &[Placed<'a>], names: &[Words]) -> Vec<Placed<'a>> {
        let mut found = self.find_webhooks();
        found.retain(|found| self.settings.selection.has(&candidate(found)));
        found.extend(self.find_callbacks(placed));
        if found.is_empty() {
            return Vec::new();
        }
        let names = receiver_names(&found, names);
        let mut receivers: Vec<Placed<'a>> = Vec::with_capacity(found.len());
        self.turned = true;
        for (found, words) in found.into_iter().zip(names) {
            match self.operation(&found, &words) {
                Ok(mut operation) => {
                    self.drain();
                    self.mark(&mut operation);
                    self.tell_receivers_apart(&operation, &receivers);
                    self.nested_callbacks(&found);
                    self.count_parts(&found);
                    receivers.push(Placed {
                        operation,
                        node: found.node,
                        path: found.path,
                    });
                }
                Err(why) => self.leave_out(&found, why),
            }
            self.drain();
        }
        self.turned = false;
        receivers
    }

    fn find_webhooks(&mut self) -> Vec<Found<'a>> {
        let root = &self.documents.entry().root;
        let webhooks = root.get("webhooks").map(Node::entries).unwrap_or_default();
        let mut found = Vec::new();
        for entry in webhooks {
            if entry.key.text().starts_with("x-") {
                continue;
            }
            let Some(item) = self.follow(&entry.value) else {
                continue;
            };
            let called = Called {
                kind: ReceiverKind::Webhook,
                name: entry,
                of: None,
            };
            found.extend(of_item(&entry.key, item, &called));
        }
        found
    }

    fn find_callbacks(&mut self, placed: &[Placed<'a>]) -> Vec<Found<'a>> {
        let mut found = Vec::new();
        let mut seen: HashSet<NodeId> = HashSet::new();
        for placed in placed {
            for entry in entries(placed.node, "callbacks") {
                let Some(callback) = self.follow(&entry.value) else {
                    continue;
                };
                let called = Called {
                    kind: ReceiverKind::Callback,
                    name: entry,
                    of: Some(Words::of(placed.operation.name.as_str())),
                };
                for url in callback.entries() {
                    if url.key.text().starts_with("x-") || url.key.text() == "$ref" {
                        continue;
                    }
                    let Some(item) = self.follow(&url.value) else {
                        continue;
                    };
                    // Several operations may share a callback.
                    let operations = of_item(&url.key, item, &called);
                    found.extend(operations.filter(|found| seen.insert(found.node.id)));
                }
            }
        }
        found
    }

    /// The receiver that an operation is.
    pub(super) fn receiver(&mut self, found: &Found<'a>) -> Option<Receiver> {
        let called = found.called.as_ref()?;
        Some(Receiver {
            kind: called.kind,
            name: called.name.key.clone(),
            url: (called.kind == ReceiverKind::Callback).then(|| found.path.clone()),
            marks: Vec::new(),
        })
    }

    /// The part of a callback's path that follows the URL of the receiver, and its parameters. A webhook has none.
    pub(super) fn own_route(
        &mut self,
        found: &Found<'a>,
        parameters: Vec<Parameter>,
    ) -> Result<Route, LeftOut<'a>> {
        let mut route = Route {
            path: SpecStr::new(""),
            segments: Vec::new(),
            parameters,
        };
        let declared: Vec<Parameter> = route
            .parameters
            .extract_if(.., |known| is_path(known))
            .collect();
        let Some(Called {
            kind: ReceiverKind::Callback,
            ..
        }) = found.called
        else {
            return Ok(route);
        };
        let text = found.path.text();
        let url = CallbackUrl::read(text).map_err(|why| {
            LeftOut::new(
                found.node,
                format!("`{text}` is not the URL of a callback: {why}"),
            )
        })?;
        let mut path = String::new();
        for piece in &url.path {
            match *piece {
                Piece::Text(text) => {
                    path.push_str(text);
                    route.segments.push(PathSegment::Text(SpecStr::new(text)));
                }
                Piece::Value(value) => {
                    let at = self.value_in_path(found, value, &declared, &mut route.parameters);
                    path.push_str(&format!("{{{}}}", route.parameters[at].wire.text()));
                    route.segments.push(PathSegment::Parameter(at));
                }
            }
        }
        if !url.query.is_empty() {
            let query = format!("?{}", url.query);
            path.push_str(&query);
            route.segments.push(PathSegment::Text(SpecStr::new(query)));
        }
        route.path = SpecStr::new(path);
        Ok(route)
    }

    /// The parameter of a value in a callback's path, by its position: one that is declared, or one by the name of what
    /// the expression leads to.
    fn value_in_path(
        &mut self,
        found: &Found<'a>,
        value: &str,
        declared: &[Parameter],
        parameters: &mut Vec<Parameter>,
    ) -> usize {
        let own = declared.iter().find(|known| known.wire.text() == value);
        let parameter = own.cloned().unwrap_or_else(|| {
            let name = Expression::read(value).map_or(value, Expression::name);
            let place = Location::Path(Collection::Simple { explode: false });
            let mut parameter = self.text_parameter(found, name, place, parameters);
            // Two expressions may lead to one name.
            parameter.wire = SpecStr::new(parameter.name.as_str());
            parameter.docs.description = Some(SpecStr::new(format!(
                "The value of `{}` in the call that asked for this.",
                value.replace('`', "'")
            )));
            parameter
        });
        parameters.push(parameter);
        parameters.len() - 1
    }

    /// Names callbacks of what the server sends: there is nobody to send them.
    fn nested_callbacks(&mut self, found: &Found<'a>) {
        let nested = entries(found.node, "callbacks");
        for entry in nested {
            self.omit(OmittedKind::Callback, entry.key.clone(), entry.key_span);
        }
        if let Some(first) = nested.first() {
            self.warn(
                Code::NotGenerated,
                first.key_span,
                format!("`{}` is a callback of a receiver", first.key.text()),
                ("send it by hand", "nothing is generated for it"),
            );
        }
    }
}

fn entries<'a>(node: &'a Node, key: &str) -> &'a [Entry] {
    node.get(key).map(Node::entries).unwrap_or_default()
}

fn of_item<'a>(
    path: &'a SpecStr,
    item: &'a Node,
    called: &Called<'a>,
) -> impl Iterator<Item = Found<'a>> {
    methods(item).map(|(method, node)| Found {
        path,
        item,
        method,
        node,
        called: Some(called.clone()),
    })
}

/// A name for each, beside those of operations: its `operationId`, or the key of the webhook or callback.
fn receiver_names(found: &[Found<'_>], operations: &[Words]) -> Vec<Words> {
    let taken = taken_by(operations);
    let mut taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    taken.push("Unknown");
    let requests: Vec<NameRequest> = found.iter().map(name_request).collect();
    apart(Scope::new(&taken).assign(&requests, type_name))
}

fn name_request(found: &Found<'_>) -> NameRequest {
    let (kind, key, of) = match &found.called {
        Some(called) => {
            let kind = match called.kind {
                ReceiverKind::Webhook => "webhook",
                ReceiverKind::Callback => "callback",
            };
            (kind, called.name.key.text(), called.of.clone())
        }
        None => ("event", found.path.text(), None),
    };
    let kind = Words::of(kind);
    let text = format!("{} {key} {}", found.method, found.path.text());
    let mut names = Vec::new();
    let id = found.node.get("operationId").and_then(literal::text);
    let key = Words::of(key);
    let full = of.map_or_else(|| key.clone(), |of| of.then(&key));
    let name_override = found.node.get("x-rust-name").and_then(literal::text);
    for name in [name_override, id].into_iter().flatten() {
        if name.text().trim().is_empty() {
            continue;
        }
        let words = Words::of(name.text());
        let more = words.then(&kind);
        names.extend([words, more]);
    }
    names.push(key.clone());
    names.push(key.then(&kind));
    names.push(full.clone());
    names.push(full.then(&Words::of(found.method.as_str())));
    NameRequest::named(text, names)
}
