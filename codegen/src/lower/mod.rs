//! From documents to the IR: OpenAPI's words on the left, decisions about Rust on the right.
//!
//! Types are lowered from a queue, so that long chains of references need no stack. Names are given at the end, when
//! all that want one are known.

mod access;
mod boxes;
mod components;
mod constraints;
mod docs;
mod enumeration;
mod expression;
mod facts;
mod json;
mod keywords;
mod lenient;
mod list;
mod literal;
mod merge;
mod merged;
mod naming;
mod newtypes;
mod operations;
mod pointers;
mod provenance;
mod rings;
mod rust_type;
mod scalar;
mod schema;
mod structure;
mod subtypes;
mod telling;
mod twins;
mod type_names;
mod union;
mod wrapper;
mod xml;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Advice, Code, Diagnostic, Report};
use crate::ir::{Api, External, Origin, Pattern, ReadingMode, Stats, TypeDef, TypeId, Types};
use crate::load::{Documents, Node, NodeId, Version};
use crate::resolve::Resolved;
use crate::settings::ApiSettings;
use crate::source::{Span, SpecStr};

pub(crate) use constraints::rust_pattern;
pub(crate) use keywords::JsonKind;

use access::Access;
use lenient::Lenient;
use merged::{Key, MergedSchema, SchemaSet};
use naming::Naming;
use newtypes::Newtypes;
use schema::LoweredSchema;
use subtypes::Subtypes;
use twins::Twins;
use union::UnionPlan;

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Direction {
    /// From the client: read-only properties are left out.
    Request,
    /// To the client: write-only properties are left out.
    Response,
    /// From the client, as a merge patch: each member may be left out, or be null to be removed.
    Patch,
    /// Neither makes a difference, or nothing travels.
    Both,
}

/// Lowers a whole API.
///
/// Everything that had to be guessed or left out is a warning in `report`.
pub fn api(
    documents: &Documents,
    resolved: &Resolved<'_>,
    types: &[External],
    report: &mut Report,
) -> Api {
    selected(documents, resolved, types, &ApiSettings::default(), report)
}

/// Lowers the operations of an API that are selected, and what they reach.
pub fn selected(
    documents: &Documents,
    resolved: &Resolved<'_>,
    types: &[External],
    settings: &ApiSettings,
    report: &mut Report,
) -> Api {
    let mut lowering = Lowering::new(documents, resolved, types, settings, report);
    let unmatched = &mut lowering.stats.unmatched;
    lowering.newtypes = Newtypes::find(documents, resolved, &settings.newtypes, unmatched);
    lowering.check_provenance();
    lowering.name_components();
    let placed = lowering.operations();
    if settings.selection.is_all() {
        lowering.components();
    }
    let mut api = lowering.finish(placed);
    let named = documents.entry().root.get("x-reading");
    let named = named.and_then(Node::as_str).and_then(ReadingMode::named);
    let reading = &settings.reading;
    api.reading = reading.mode.or(named).unwrap_or(reading.otherwise);
    api
}

/// The state half way.
struct Lowering<'a> {
    documents: &'a Documents,
    resolved: &'a Resolved<'a>,
    externals: HashMap<&'a str, Arc<External>>,
    /// Types from outside of single schemas, by their nodes.
    placed: FxHashMap<NodeId, Arc<External>>,
    report: &'a mut Report,
    access: Access,
    subtypes: Subtypes<'a>,
    types: Types,
    /// The names that the types ask for; parallel to `types`.
    namings: Vec<Naming>,
    /// The types of the schemas that were lowered.
    known: FxHashMap<(Key, Direction), SchemaState>,
    twins: Twins<'a>,
    newtypes: Newtypes,
    /// Types whose members are still to be lowered.
    queue: Vec<Pending<'a>>,
    /// Unions of server-sent events: read by the name of an event, not by members of an object.
    event_unions: HashSet<TypeId>,
    /// The names of components, by their nodes.
    component_names: FxHashMap<NodeId, Naming>,
    /// For each type of a request, whether responses have a counterpart of it; known at the end.
    counterparts: Vec<bool>,
    patterns: HashMap<SpecStr, Option<Arc<Pattern>>>,
    stats: Stats,
    depth: usize,
    /// The descriptions of everything that travels as XML.
    xml: xml::XmlTables,
    /// Whether the server is the sender: of a webhook or a callback.
    turned: bool,
    /// Members that are optional in answers because the settings say so.
    lenient: Lenient,
    /// Crates that `x-rust-type` names and no setting lists, each said once.
    crates_refused: HashSet<String>,
    /// The decisions of the caller.
    settings: ApiSettings,
}

/// The types from outside that are for single schemas: those whose key has a JSON pointer, after the document's path
/// where that is not the entry.
fn placed(
    documents: &Documents,
    types: &[External],
    stats: &mut Stats,
) -> FxHashMap<NodeId, Arc<External>> {
    let mut placed = FxHashMap::default();
    for external in types {
        let Some((path, fragment)) = external.format.split_once('#') else {
            continue;
        };
        let document = match path {
            "" => Some(documents.entry()),
            path => documents
                .iter()
                .find(|document| document.path.as_str() == path),
        };
        match document.and_then(|document| document.find(fragment)) {
            Some(node) => _ = placed.insert(node.id, Arc::new(external.clone())),
            None => stats.unmatched.push(("types", external.format.clone())),
        }
    }
    placed
}

/// The type of a schema that was lowered.
#[derive(Clone)]
enum SchemaState {
    /// Its use.
    Done(Box<LoweredSchema>),
    /// It is being lowered; a type is made for it if it turns out to contain itself.
    Open(Option<TypeId>),
}

/// A type whose members are still to be lowered.
struct Pending<'a> {
    id: TypeId,
    merged: MergedSchema<'a>,
    direction: Direction,
    plan: PendingKind<'a>,
}

/// The kind of the type.
enum PendingKind<'a> {
    Struct,
    Union(UnionPlan<'a>),
}

impl<'a> Lowering<'a> {
    fn new(
        documents: &'a Documents,
        resolved: &'a Resolved<'a>,
        types: &'a [External],
        settings: &ApiSettings,
        report: &'a mut Report,
    ) -> Self {
        let subtypes = Subtypes::find(documents, resolved);
        let optional = &settings.reading.optional;
        let (lenient, unmatched) = Lenient::find(documents, resolved, optional);
        let access = Access::find(documents, resolved, &subtypes, lenient.owners());
        let externals = types
            .iter()
            .map(|ty| (ty.format.as_str(), Arc::new(ty.clone())))
            .collect();
        let mut stats = Stats::default();
        let placed = placed(documents, types, &mut stats);
        let unmatched = unmatched.into_iter();
        let unmatched = unmatched.map(|entry| ("reading.optional", entry));
        stats.unmatched.extend(unmatched);
        Self {
            documents,
            resolved,
            externals,
            placed,
            report,
            access,
            subtypes,
            types: Types::default(),
            namings: Vec::new(),
            known: FxHashMap::default(),
            twins: Twins::default(),
            newtypes: Newtypes::default(),
            queue: Vec::new(),
            event_unions: HashSet::new(),
            component_names: FxHashMap::default(),
            counterparts: Vec::new(),
            patterns: HashMap::new(),
            stats,
            depth: 0,
            xml: xml::XmlTables::default(),
            turned: false,
            lenient,
            crates_refused: HashSet::new(),
            settings: settings.clone(),
        }
    }

    /// The way of what an operation asks with.
    fn outward(&self) -> Direction {
        match self.turned {
            false => Direction::Request,
            true => Direction::Response,
        }
    }

    /// The way of what an operation is answered with.
    fn inward(&self) -> Direction {
        match self.turned {
            false => Direction::Response,
            true => Direction::Request,
        }
    }

    fn origin(&self, span: Span) -> Origin {
        let position = self.documents.position(span);
        Origin {
            span,
            line: position.line,
            column: position.column,
        }
    }

    fn version(&self, node: &Node) -> Version {
        self.documents.version(node.span.document)
    }

    fn warn(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<Advice>,
    ) {
        self.report
            .push(Diagnostic::warning(code, span, message).help(help));
    }

    /// Adds a type under a name that is given to it at the end.
    fn add(&mut self, def: TypeDef, naming: Naming) -> TypeId {
        self.namings.push(naming);
        self.types.add(def)
    }

    /// Lowers the members of all types that wait for it, and of those that are found on the way.
    fn drain(&mut self) {
        while let Some(Pending {
            id,
            merged,
            direction,
            plan,
        }) = self.queue.pop()
        {
            match plan {
                PendingKind::Struct => self.define_struct(id, &merged, direction),
                PendingKind::Union(plan) => self.define_union(id, plan, direction),
            }
        }
    }

    /// The view in which a schema is lowered: one for both ways unless they differ.
    fn view_of(&self, schema: &SchemaSet<'a>, direction: Direction) -> Direction {
        if !schema.nodes.iter().any(|node| self.access.differs(node.id)) {
            return Direction::Both;
        }
        // A component that no operation reaches has members as operations have them.
        let known = |direction: &Direction| self.known.contains_key(&(schema.key(), *direction));
        match direction {
            Direction::Both => {
                let in_use = [Direction::Response, Direction::Request]
                    .into_iter()
                    .find(known);
                in_use.unwrap_or(Direction::Both)
            }
            direction => direction,
        }
    }
}
