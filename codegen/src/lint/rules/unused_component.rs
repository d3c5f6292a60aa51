#![doc = include_str!("../../diagnostic/rules/unused-component.md")]

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Code;
use crate::document_index::Site;
use crate::load::walk::ObjectKind;
use crate::load::{Node, NodeId};

use crate::lint::Lint;

impl<'a> Lint<'a, '_> {
    /// Says which components are not reached from an operation. A document without any is a library of schemas.
    pub(in crate::lint) fn unused_components(&mut self) {
        let is_operation = |site: &&Site<'_>| site.kind == ObjectKind::Operation;
        if !self.index.sites().iter().any(|site| is_operation(&site)) {
            return;
        }
        let reached = self.reached();
        let schemes = self.schemes_in_use();
        for site in self.index.sites() {
            let is_used = match site.kind {
                ObjectKind::SecurityScheme => schemes.contains(site.key()),
                _ => reached.contains(&site.node.id),
            };
            if !self.index.is_component(site) || is_used {
                continue;
            }
            self.say(
                Code::UnusedComponent,
                site.place(),
                format!("no operation uses `{}` of `{}`", site.key(), site.member),
                "remove it, or reference it where it is needed",
            );
        }
    }

    /// Every node that is reached from the root's paths and webhooks.
    fn reached(&self) -> HashSet<NodeId> {
        let subtypes = self.subtypes();
        let root = &self.index.documents.entry().root;
        let mut work: Vec<&'a Node> = ["paths", "webhooks"]
            .into_iter()
            .filter_map(|key| root.get(key))
            .collect();
        let mut reached = HashSet::new();
        while let Some(node) = work.pop() {
            if !reached.insert(node.id) {
                continue;
            }
            work.extend(self.index.resolved.target(node).map(|target| target.node));
            if let Some(subtypes) = subtypes.get(&node.id) {
                work.extend(subtypes);
            }
            work.extend(node.entries().iter().map(|entry| &entry.value));
            work.extend(node.items());
        }
        reached
    }

    /// For each schema, the components that build on it: where it is a discriminator's, values of it are theirs.
    fn subtypes(&self) -> HashMap<NodeId, Vec<&'a Node>> {
        let mut subtypes: HashMap<NodeId, Vec<&'a Node>> = HashMap::new();
        for site in self.index.sites() {
            if site.kind != ObjectKind::Schema || !self.index.is_component(site) {
                continue;
            }
            for part in site.node.get("allOf").map(Node::items).unwrap_or_default() {
                let base = self.index.resolved.target(part).map(|target| target.node);
                if let Some(base) = base.filter(|base| base.get("discriminator").is_some()) {
                    subtypes.entry(base.id).or_default().push(site.node);
                }
            }
        }
        subtypes
    }

    /// The names of the security schemes that the root or an operation asks for.
    fn schemes_in_use(&self) -> HashSet<&'a str> {
        let asks = |site: &&Site<'a>| matches!(site.kind, ObjectKind::Root | ObjectKind::Operation);
        let alternatives = self
            .index
            .sites()
            .iter()
            .filter(asks)
            .filter_map(|site| site.node.get("security"))
            .flat_map(Node::items);
        alternatives
            .flat_map(Node::entries)
            .map(|entry| entry.key.text())
            .collect()
    }
}
