//! Operations: what is asked of a server, with what, and what comes back.

mod accept;
mod body;
mod callback_url;
mod content;
mod count;
mod derived;
mod encoding;
mod field_path;
mod found;
mod header_name;
mod header_names;
mod link;
mod link_target;
mod marks;
mod media;
mod modules;
mod names;
mod nested;
mod paging;
mod parameter;
mod part;
mod part_header;
mod part_plain;
mod path;
mod polling;
mod positional;
mod query;
mod receiver;
mod response;
mod security;
mod sentinel;
mod server;
mod status;
mod stream;
mod streamed;
mod wildcard;
mod xml;

use std::collections::HashMap;

use crate::diagnostic::Code;
use crate::ir::{
    Api, Credential, Docs, Idempotency, MemberMode, Method, Module, Operation, PathSegment,
    Pointers, ReadingMode,
};
use crate::load::Node;
use crate::names::{FunctionName, TypeName, Words};
use crate::settings::{ApiSettings, Candidate};
use crate::source::SpecStr;

use super::{Lowering, literal};
use path::Route;

pub(super) use found::Found;
use found::{candidate, check_method, methods};
pub(super) use modules::Placed;
pub(super) use stream::is_event;

impl<'a> Lowering<'a> {
    /// Lowers all operations.
    pub(super) fn operations(&mut self) -> Vec<Placed<'a>> {
        let found = self.find_operations();
        self.stats.operations = found.len();
        // All of them: the name of one must not depend on which others are selected.
        let names = self.operation_names(&found);
        let candidates: Vec<Candidate<'_>> = found.iter().map(candidate).collect();
        let unmatched = self.settings.unmatched(&candidates);
        self.stats.unmatched.extend(unmatched);
        let ApiSettings {
            selection,
            reading,
            access,
            ..
        } = &self.settings;
        let modes = candidates.iter().map(|of| reading.of_operation(of.id));
        let modes: Vec<Option<MemberMode>> = modes.collect();
        let members = candidates.iter().map(|of| reading.members_of(of.id));
        let members: Vec<Vec<(String, MemberMode)>> = members.collect();
        let known: Vec<&str> = self.scheme_names().collect();
        let unmatched = access.unmatched(&candidates, &known);
        let schemes = candidates.iter().zip(&found).map(|(of, found)| {
            let scheme = access.scheme(of, found.node.get("security").is_some())?;
            known.iter().position(|name| *name == scheme)
        });
        let schemes: Vec<Option<usize>> = schemes.collect();
        self.stats.unmatched.extend(unmatched);
        let is_selected: Vec<bool> = candidates.iter().map(|of| selection.has(of)).collect();
        let mut placed = Vec::with_capacity(found.len());
        let mut forms = HashMap::with_capacity(found.len());
        let found = found.into_iter().zip(&names).zip(is_selected);
        let chosen = modes.into_iter().zip(members).zip(schemes);
        for (((found, words), is_selected), ((mode, members), scheme)) in found.zip(chosen) {
            if !is_selected {
                self.stats.unselected += 1;
                continue;
            }
            let before = self.stats.omitted.len();
            match self.operation(&found, words) {
                Ok(mut operation) => {
                    self.drain();
                    match self.paging_of(&found, &operation) {
                        Ok(paging) => operation.paging = Some(paging),
                        Err(why) => operation.unpaged = why,
                    }
                    operation.polling = self.polling_of(&found, &operation);
                    let said = found.node.get("x-reading").and_then(Node::as_str);
                    let mode = mode.or_else(|| MemberMode::named(said?));
                    reads(&mut operation, mode, members);
                    attach(&mut operation, scheme);
                    self.count_parts(&found);
                    self.tell_apart(&found, &operation, &mut forms);
                    placed.push(Placed {
                        operation,
                        node: found.node,
                        path: found.path,
                    });
                }
                Err(why) => {
                    // Its parts are left out with it.
                    self.stats.omitted.truncate(before);
                    self.leave_out(&found, why);
                }
            }
            self.drain();
        }
        self.link(&mut placed);
        let receivers = self.receivers(&placed, &names);
        placed.extend(receivers);
        placed
    }

    /// Says when a path differs from another in no more than the names of its parameters.
    fn tell_apart(
        &mut self,
        found: &Found<'a>,
        operation: &Operation,
        forms: &mut HashMap<(Method, String), &'a SpecStr>,
    ) {
        let texts = operation.segments.iter().map(|segment| match segment {
            PathSegment::Text(text) => text.text(),
            PathSegment::Parameter(_) => "{}",
        });
        let form = (found.method.clone(), texts.collect());
        let Some(other) = forms.insert(form, found.path) else {
            return;
        };
        self.warn(
            Code::AmbiguousPath,
            found.node.span,
            format!(
                "`{method} {}` and `{method} {}` match the same requests",
                found.path.text(),
                other.text(),
                method = found.method,
            ),
            (
                "make the paths distinguishable",
                "a fake gives such a request to the operation that it has a responder for",
            ),
        );
    }

    fn find_operations(&mut self) -> Vec<Found<'a>> {
        let root = &self.documents.entry().root;
        let mut found = Vec::new();
        for entry in root.get("paths").map(Node::entries).unwrap_or_default() {
            if entry.key.text().starts_with("x-") {
                continue;
            }
            let Some(item) = self.follow(&entry.value) else {
                continue;
            };
            for (method, node) in methods(item) {
                found.push(Found {
                    path: &entry.key,
                    item,
                    method,
                    node,
                    called: None,
                });
            }
        }
        found
    }

    fn operation(&mut self, found: &Found<'a>, words: &Words) -> Result<Operation, LeftOut<'a>> {
        let node = found.node;
        check_method(found)?;
        let parameters = self.parameters(found, words)?;
        let Route {
            path,
            segments,
            parameters,
        } = match found.called {
            Some(_) => self.own_route(found, parameters)?,
            None => self.path(found, parameters)?,
        };
        let body = self.body(found, words)?;
        let responses = self.responses(node, words, &found.method)?;
        let (accept, accept_template) = self.accept_of(node, &responses);
        let receiver = self.receiver(found);
        let streamed = match receiver {
            Some(_) => None,
            None => {
                self.warn_further_streams(node);
                self.streamed(node, words, &parameters, body.as_ref())
            }
        };
        let (security, servers) = match receiver {
            Some(_) => (Vec::new(), Vec::new()),
            None => (self.security_of(node), self.servers_of(node, found.item)),
        };
        let words_for = |part: &str| TypeName::new(&words.then(&Words::of(part)));
        Ok(Operation {
            name: TypeName::new(words),
            method_name: FunctionName::new(words),
            args_name: words_for("args"),
            error_name: words_for("error"),
            success_name: words_for("success"),
            method: found.method.clone(),
            path,
            segments,
            parameters,
            body,
            responses,
            security,
            servers,
            accept,
            accept_template,
            header_names: Vec::new(),
            idempotency: idempotency(node),
            reading: None,
            member_readings: Vec::new(),
            streamed,
            paging: None,
            unpaged: None,
            polling: None,
            links: Vec::new(),
            receiver,
            deprecated: node.get("deprecated").and_then(Node::as_bool) == Some(true),
            docs: self.operation_docs(node, found.item),
            origin: self.origin(node.span),
        })
    }

    fn operation_docs(&mut self, node: &'a Node, item: &'a Node) -> Docs {
        let mut docs = self.docs(&[node]);
        if docs.summary.is_none() && docs.description.is_none() {
            docs = self.docs(&[item]);
        }
        docs.examples.clear();
        docs
    }

    fn leave_out(&mut self, found: &Found<'a>, why: LeftOut<'a>) {
        let name = SpecStr::new(format!("{} {}", found.method, found.path.text()));
        self.warn(
            Code::LeftOut,
            why.at.span,
            format!("`{}` is left out: {}", name.text(), why.reason),
            (
                "fix the operation",
                "the rest of the document is generated without it",
            ),
        );
        self.stats.left_out.push((name, SpecStr::new(why.reason)));
    }

    /// Puts the API together.
    pub(in crate::lower) fn finish(mut self, placed: Vec<Placed<'a>>) -> Api {
        let schemes = self.schemes(&placed);
        let root = &self.documents.entry().root;
        let info = root.get("info");
        let text = |key: &str| info.and_then(|info| info.get(key)).and_then(literal::text);
        let title = text("title").unwrap_or_else(|| SpecStr::new("API"));
        let version = text("version").unwrap_or_else(|| SpecStr::new(""));
        let docs = self.docs(info.as_slice());
        let servers = self.servers_of(root, root);
        let accept = self.accept_template(root);
        self.open_rings();
        self.counterparts = self.find_counterparts();
        self.name_types();
        let modules: Vec<Module> = self.modules(placed);
        let documents = self
            .documents
            .iter()
            .map(|document| document.path.clone())
            .collect();
        let xml = self.xml_tables();
        let stats = std::mem::take(&mut self.stats);
        let types = std::mem::take(&mut self.types);
        let mut api = Api {
            title,
            version,
            docs,
            documents,
            pointers: Pointers::default(),
            modules,
            types,
            schemes,
            servers,
            accept,
            reading: ReadingMode::default(),
            xml,
            stats,
        };
        super::union::name_override::tags(&mut api.types);
        super::facts::find(&mut api);
        header_names::assign(&mut api);
        api.pointers = super::pointers::find(&api, self.documents);
        api
    }
}

/// Sets the reading of the answers of an operation: that of the settings, else that of the document.
fn reads(operation: &mut Operation, mode: Option<MemberMode>, members: Vec<(String, MemberMode)>) {
    operation.reading = mode.map(MemberMode::mode);
    let shape = mode.and_then(MemberMode::shape);
    let shape = shape.map(|shape| (String::new(), shape));
    operation.member_readings = shape.into_iter().chain(members).collect();
}

/// Why an operation can't be expressed.
pub(super) struct LeftOut<'a> {
    pub(super) at: &'a Node,
    pub(super) reason: String,
}

impl<'a> LeftOut<'a> {
    pub(super) fn new(at: &'a Node, reason: impl Into<String>) -> Self {
        Self {
            at,
            reason: reason.into(),
        }
    }
}

/// Lets an operation that documents no credential need one.
fn attach(operation: &mut Operation, scheme: Option<usize>) {
    if let Some(scheme) = scheme.filter(|_| operation.security.is_empty()) {
        let scopes = Vec::new();
        operation.security = vec![vec![Credential { scheme, scopes }]];
    }
}

fn idempotency(node: &Node) -> Idempotency {
    match node.get("x-idempotency-key").and_then(literal::text) {
        Some(header) => Idempotency::Key(header),
        None if node.get("x-idempotent").and_then(Node::as_bool) == Some(true) => {
            Idempotency::Idempotent
        }
        None => Idempotency::Method,
    }
}
