//! Which module each type and operation belongs to.
//!
//! Where an API is written in several OpenAPI documents, a module is what one of them defines. Where it is one
//! document, a module is a tag, or a first part of the paths if there are no tags to speak of.

use std::collections::{BTreeMap, HashMap};

use crate::ir::{Docs, Module, Operation, Origin, TypeId};
use crate::load::Node;
use crate::names::{ModuleName, NameRequest, Scope};
use crate::source::{DocumentId, SpecStr};

use super::super::{Lowering, facts, literal};

/// An operation and where it stands.
pub(in crate::lower) struct Placed<'a> {
    pub(super) operation: Operation,
    pub(super) node: &'a Node,
    pub(super) path: &'a SpecStr,
}

/// The parts of a module.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Group {
    /// A document.
    Document(DocumentId),
    /// A tag, or a part of the paths.
    Topic(String),
    /// The module that several topics share.
    Common,
    /// The requests that the server sends by itself.
    Received,
}

/// From how many operations on a document is worth cutting up by its paths.
const MANY: usize = 20;

impl<'a> Lowering<'a> {
    /// Sorts types and operations into modules.
    pub(super) fn modules(&mut self, placed: Vec<Placed<'a>>) -> Vec<Module> {
        let (received, placed): (Vec<_>, Vec<_>) = placed
            .into_iter()
            .partition(|placed| placed.operation.receiver.is_some());
        let by_document = self.is_by_document();
        let topics = if by_document {
            Vec::new()
        } else {
            topics(&placed)
        };
        let mut groups: BTreeMap<Group, (Vec<TypeId>, Vec<Operation>)> = BTreeMap::new();
        let operation_groups: Vec<Group> = placed
            .iter()
            .enumerate()
            .map(|(at, placed)| match topics.get(at) {
                Some(topic) => Group::Topic(topic.clone()),
                None => Group::Document(self.documents.home(placed.node.span)),
            })
            .collect();
        let types = self.type_groups(by_document, &operation_groups, &placed);
        let mut ids: Vec<TypeId> = self.types.iter().map(|(id, _)| id).collect();
        ids.sort_by_key(|id| (self.types.get(*id).origin.span, *id));
        for id in ids {
            let group = types.get(id.index()).cloned().unwrap_or(Group::Common);
            groups.entry(group).or_default().0.push(id);
        }
        for (placed, group) in placed.into_iter().zip(operation_groups) {
            groups.entry(group).or_default().1.push(placed.operation);
        }
        let received: Vec<Operation> = received
            .into_iter()
            .map(|placed| placed.operation)
            .collect();
        if !received.is_empty() {
            groups.insert(Group::Received, (Vec::new(), received));
        }
        self.name_modules(groups)
    }

    /// Whether more than one document is shaped like an OpenAPI document.
    fn is_by_document(&self) -> bool {
        let shaped = |node: &Node| node.get("paths").is_some() || node.get("components").is_some();
        self.documents
            .iter()
            .filter(|document| shaped(&document.root))
            .count()
            > 1
    }

    fn type_groups(
        &self,
        by_document: bool,
        operations: &[Group],
        placed: &[Placed<'a>],
    ) -> Vec<Group> {
        if by_document {
            return self
                .types
                .iter()
                .map(|(_, def)| Group::Document(self.documents.home(def.origin.span)))
                .collect();
        }
        let mut reached: Vec<Option<Group>> = vec![None; self.types.len()];
        for (placed, group) in placed.iter().zip(operations) {
            for id in self.types.reach(facts::types_of(&placed.operation)) {
                if let Some(slot) = reached.get_mut(id.index()) {
                    *slot = Some(match slot.take() {
                        Some(before) if before != *group => Group::Common,
                        _ => group.clone(),
                    });
                }
            }
        }
        let lone = operations
            .first()
            .filter(|first| operations.iter().all(|group| group == *first));
        let rest = lone.cloned().unwrap_or(Group::Common);
        reached
            .into_iter()
            .map(|group| group.unwrap_or_else(|| rest.clone()))
            .collect()
    }

    fn name_modules(
        &mut self,
        groups: BTreeMap<Group, (Vec<TypeId>, Vec<Operation>)>,
    ) -> Vec<Module> {
        let name_requests: Vec<NameRequest> = groups
            .keys()
            .map(|group| self.module_spelling(group))
            .collect();
        let names = Scope::default().assign(&name_requests, |words| {
            ModuleName::new(words).as_str().to_owned()
        });
        let mut modules = Vec::with_capacity(groups.len());
        for ((group, (types, operations)), words) in groups.into_iter().zip(names) {
            let (docs, origin) = self.module_docs(&group);
            modules.push(Module {
                name: ModuleName::new(&words),
                docs,
                types,
                operations,
                receives: group == Group::Received,
                shared: group == Group::Common,
                origin,
            });
        }
        modules
    }

    fn module_spelling(&self, group: &Group) -> NameRequest {
        match group {
            Group::Document(id) => {
                let path = &self.documents.document(*id).path;
                let mut name_request = NameRequest::of(path.stem());
                name_request
                    .names
                    .push(crate::names::Words::of(path.as_str()));
                name_request.text = path.as_str().to_owned();
                name_request
            }
            Group::Topic(topic) => NameRequest::of(topic),
            Group::Common => NameRequest::named(
                "\u{0}common",
                ["common", "shared types"]
                    .map(crate::names::Words::of)
                    .to_vec(),
            ),
            Group::Received => NameRequest::named(
                "\u{0}received",
                ["receivers", "event receivers"]
                    .map(crate::names::Words::of)
                    .to_vec(),
            ),
        }
    }

    fn module_docs(&mut self, group: &Group) -> (Docs, Origin) {
        let entry = self.documents.entry();
        match group {
            Group::Document(id) => {
                let root = &self.documents.document(*id).root;
                let origin = self.origin(root.span);
                (self.docs(root.get("info").as_slice()), origin)
            }
            Group::Topic(topic) => {
                let tags = entry.root.get("tags").map(Node::items).unwrap_or_default();
                let tag = tags
                    .iter()
                    .find(|tag| tag.get("name").and_then(Node::as_str) == Some(topic));
                let origin = self.origin(tag.map_or(entry.root.span, |tag| tag.span));
                let mut docs = self.docs(tag.as_slice());
                docs.notes.extend(tag.and_then(parent_note));
                (docs, origin)
            }
            Group::Common | Group::Received => (Docs::default(), self.origin(entry.root.span)),
        }
    }
}

/// The parent of a tag.
fn parent_note(tag: &Node) -> Option<SpecStr> {
    let parent = tag.get("parent").and_then(literal::text)?;
    let parent = parent.text().replace('`', "'");
    Some(SpecStr::new(format!("A part of `{parent}`.")))
}

/// A topic for each operation: its first tag; or, where tags tell nothing apart, the first telling part of its path.
fn topics(placed: &[Placed<'_>]) -> Vec<String> {
    let tag = |placed: &Placed<'_>| {
        placed
            .node
            .get("tags")
            .and_then(|tags| tags.items().first())
            .and_then(literal::text)
    };
    let tags: Vec<Option<SpecStr>> = placed.iter().map(tag).collect();
    let distinct = |texts: &[String]| texts.iter().collect::<std::collections::HashSet<_>>().len();
    let by_tag: Vec<String> = tags
        .iter()
        .map(|tag| tag.as_ref().map_or("api", SpecStr::text).to_owned())
        .collect();
    if distinct(&by_tag) > 1 || placed.len() < MANY {
        return by_tag;
    }
    let shared = shared_parts(placed);
    let by_path: Vec<String> = placed
        .iter()
        .map(|placed| {
            let part = placed
                .path
                .text()
                .split('/')
                .filter(|part| !part.is_empty())
                .nth(shared);
            part.filter(|part| !part.starts_with('{'))
                .unwrap_or("api")
                .to_owned()
        })
        .collect();
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for part in &by_path {
        *sizes.entry(part).or_default() += 1;
    }
    if distinct(&by_path) > 1 {
        by_path
    } else {
        by_tag
    }
}

/// The number of leading segments that all paths share.
fn shared_parts(placed: &[Placed<'_>]) -> usize {
    let parts = |path: &SpecStr| {
        path.text()
            .split('/')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let Some(first) = placed.first().map(|placed| parts(placed.path)) else {
        return 0;
    };
    placed
        .iter()
        .fold(first.len().saturating_sub(1), |shared, placed| {
            let same = parts(placed.path)
                .iter()
                .zip(&first)
                .take_while(|(a, b)| a == b)
                .count();
            shared.min(same)
        })
}
