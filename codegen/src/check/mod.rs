//! Contents of documents beside those that their version of the specification allows.
//!
//! One walk over everything that is in the documents, by the tables of the specification. Swagger 2.0 is looked at as
//! it was written, before its upgrade. Nothing that references lead to is looked at twice.

mod extension;
mod format;
mod key;
mod kind;
mod missing;
mod name;
mod parameter;
mod path;
mod reference;
mod schema;
mod security;
mod server;
mod values;
mod word;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Advice, Causes, Code, Diagnostic, Report, Severity};
use crate::load::{Document, Documents, Entry, Node, NodeId, Version};
use crate::source::{DocumentId, Span};
use crate::specification::{self as specification, Edition, Field, Kind, Object, Support};

/// The findings that a caller wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Findings that change calls or types.
    Harm,
    /// Findings on untidy parts as well.
    All,
}

/// Checks all documents of a run; the findings that explain what later stages say.
pub(crate) fn documents(documents: &Documents, wanted: Wanted, report: &mut Report) -> Causes {
    let mut checker = Checker::new(documents);
    checker.run();
    let least = match wanted {
        Wanted::Harm => Severity::Warning,
        Wanted::All => Severity::Note,
    };
    let start = report.kept();
    let found = checker.found.into_iter();
    for finding in found.filter(|finding| finding.severity >= least) {
        report.push(finding);
    }
    for (key, uses) in checker.unread {
        report.unread(key, uses);
    }
    Causes {
        start,
        end: report.kept(),
    }
}

/// An object of a document, and the edition of the specification that it is of.
#[derive(Clone, Copy)]
pub(crate) struct Visited<'a> {
    pub(crate) object: Object,
    pub(crate) edition: Edition,
    pub(crate) node: &'a Node,
}

/// All objects of all documents, each once: also those of files that are one object by themselves.
pub(crate) fn objects(documents: &Documents) -> Vec<Visited<'_>> {
    let mut checker = Checker::new(documents);
    checker.visited = Some(Vec::new());
    checker.run();
    checker.visited.unwrap_or_default()
}

/// An object that a reference leads to, to be looked at once all others have been.
struct Target<'a> {
    document: DocumentId,
    text: &'a str,
    object: Object,
}

/// Nodes of a document, which are numbered from zero.
#[derive(Default)]
struct NodeSet(Vec<u64>);

impl NodeSet {
    /// Adds one; whether it was not there.
    fn insert(&mut self, id: NodeId) -> bool {
        let (word, bit) = (id.index() / 64, 1 << (id.index() % 64));
        if word >= self.0.len() {
            self.0.resize(word * 2 + 1, 0);
        }
        let Some(word) = self.0.get_mut(word) else {
            return false;
        };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}

struct Checker<'a> {
    documents: &'a Documents,
    edition: Edition,
    /// The document that is looked at.
    document: &'a Document,
    found: Vec<Diagnostic>,
    /// The objects that were looked at, for each document: trees as written are numbered apart.
    seen: FxHashMap<DocumentId, NodeSet>,
    targets: Vec<Target<'a>>,
    targeted: FxHashSet<(DocumentId, &'a str)>,
    /// The extensions of other tools that were met, and how often.
    unread: FxHashMap<&'a str, usize>,
    vendors: FxHashSet<&'a str>,
    /// The identifiers of operations, for links.
    operations: FxHashSet<&'a str>,
    links: Vec<&'a Node>,
    /// All objects, if somebody asks for them.
    visited: Option<Vec<Visited<'a>>>,
}

impl<'a> Checker<'a> {
    fn new(documents: &'a Documents) -> Self {
        let entry = documents.entry();
        Self {
            documents,
            edition: edition(documents, entry),
            document: entry,
            found: Vec::new(),
            seen: FxHashMap::default(),
            targets: Vec::new(),
            targeted: FxHashSet::default(),
            unread: FxHashMap::default(),
            vendors: FxHashSet::default(),
            operations: FxHashSet::default(),
            links: Vec::new(),
            visited: None,
        }
    }

    fn run(&mut self) {
        for document in self.documents.iter() {
            let is_shaped = ["openapi", "swagger", "paths", "components"]
                .into_iter()
                .any(|key| document.written().get(key).is_some());
            if document.is_complete() && is_shaped {
                self.enter(document);
                self.object(Object::Root, document.written());
            }
        }
        // Parts of files, whole files and what extensions hold: a reference says what is there.
        let mut next = 0;
        while let Some(target) = self.targets.get(next) {
            next += 1;
            let object = target.object;
            if let Some((document, node)) = self.find(target.document, target.text) {
                self.enter(document);
                self.value_of(object, node);
            }
        }
        self.operations_of_links();
    }

    fn enter(&mut self, document: &'a Document) {
        self.document = document;
        self.edition = edition(self.documents, document);
    }

    /// Looks at an object, and at everything in it.
    fn object(&mut self, object: Object, node: &'a Node) {
        if !self
            .seen
            .entry(self.document.id)
            .or_default()
            .insert(node.id)
        {
            return;
        }
        if let Some(visited) = &mut self.visited {
            let edition = self.edition;
            visited.push(Visited {
                object,
                edition,
                node,
            });
        }
        if object.may_be_reference() && self.is_reference(object, node) {
            return;
        }
        if object == Object::Schema
            && let Some(text) = node.get("$ref").and_then(Node::as_str)
        {
            self.target(object, text);
            // Before 3.1 a reference is all that is there.
            if self.edition < Edition::V31 {
                return;
            }
        }
        if object == Object::PathItem
            && let Some(text) = node.get("$ref").and_then(Node::as_str)
        {
            self.target(object, text);
        }
        let mut unknown = Vec::new();
        for entry in node.entries() {
            let key = entry.key.text();
            match specification::field(object, self.edition, key) {
                Some(field) => self.field(object, node, field, entry),
                None if key.starts_with("x-") && object.has_extensions() => {
                    self.extension(object, entry);
                }
                None if self.named(object, entry) => {}
                None => unknown.push(entry),
            }
        }
        self.unknown(object, node, &unknown);
        self.missing(object, node, &unknown);
        self.rules(object, node);
    }

    /// The rules that are about one kind of object.
    fn rules(&mut self, object: Object, node: &'a Node) {
        match object {
            Object::Schema => {
                self.schema(node);
                self.required(node);
            }
            Object::Items => self.schema(node),
            Object::Parameter => self.parameter(node),
            Object::Header => self.schema_of_old_header(node),
            Object::PathItem => self.path_item(node),
            Object::Operation => self.operation(node),
            Object::Server => self.server(node),
            Object::ServerVariable => self.server_variable(node),
            Object::Link => self.links.push(node),
            Object::OAuthFlow => self.flow(node),
            _ => {}
        }
    }

    fn field(&mut self, object: Object, node: &'a Node, field: &'static Field, entry: &'a Entry) {
        if let Some((key, values)) = field.when
            && let Some(found) = node.get(key).and_then(Node::as_str)
            && !values.contains(&found)
        {
            self.without_effect(object, entry, key, found, field);
        }
        self.value(object, field, entry);
    }

    /// Looks at a value that should be an object.
    fn value_of(&mut self, object: Object, node: &'a Node) {
        if node.as_mapping().is_some() {
            self.object(object, node);
        } else {
            self.not_an_object(object, node);
        }
    }

    /// Looks at the value of a key.
    fn value(&mut self, object: Object, field: &'static Field, entry: &'a Entry) {
        let value = &entry.value;
        if !self.fits(field.kind, value) {
            self.wrong_kind(object, field, value);
            return;
        }
        match field.kind {
            Kind::One(inner) if inner == Object::OAuthFlow => {
                self.object(inner, value);
                self.flow_urls(entry.key.text(), value);
            }
            Kind::One(inner) | Kind::BooleanOr(inner) if value.as_mapping().is_some() => {
                self.object(inner, value);
            }
            Kind::List(inner) | Kind::OneOrList(inner) => {
                if inner == Object::SecurityRequirement {
                    self.repeated_requirements(value);
                }
                if value.as_mapping().is_some() {
                    self.object(inner, value);
                }
                for item in value.items() {
                    self.value_of(inner, item);
                }
            }
            Kind::MapOf(inner)
                if inner != Object::Schema && self.is_reference_to_map(field, value) => {}
            Kind::MapOf(inner) => {
                self.names_of(object, field, value);
                for name in value.entries() {
                    self.value_of(inner, &name.value);
                }
            }
            _ => {}
        }
    }

    /// Reports something, as bad as the harm is that it does to a keyword of this support.
    fn report(
        &mut self,
        code: Code,
        support: Support,
        span: Span,
        message: String,
        help: impl Into<Advice>,
    ) {
        let severity = match support {
            Support::Modelled | Support::Checked => Severity::Warning,
            Support::Documented | Support::Refused => Severity::Note,
        };
        self.push(code, severity, span, message, help);
    }

    fn push(
        &mut self,
        code: Code,
        severity: Severity,
        span: Span,
        message: String,
        help: impl Into<Advice>,
    ) {
        self.found
            .push(Diagnostic::new(code, severity, span, message).help(help));
    }

    fn warn(&mut self, code: Code, span: Span, message: String, help: impl Into<Advice>) {
        self.push(code, Severity::Warning, span, message, help);
    }

    fn note(&mut self, code: Code, span: Span, message: String, help: impl Into<Advice>) {
        self.push(code, Severity::Note, span, message, help);
    }
}

/// The edition of a document; that of the entry for parts of documents.
pub(crate) fn edition(documents: &Documents, document: &Document) -> Edition {
    let document = match document.version {
        Version::Fragment => documents.entry(),
        _ => document,
    };
    match document.version {
        Version::Swagger2 => Edition::V20,
        Version::OpenApi30 => Edition::V30,
        Version::OpenApi31 | Version::Fragment => Edition::V31,
        Version::OpenApi32 => Edition::V32,
    }
}

#[cfg(test)]
mod mutations;
