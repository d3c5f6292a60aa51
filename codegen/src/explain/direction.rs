//! Why a schema became two types: what only travels one way.

use std::collections::HashSet;

use crate::ir::{TypeDef, TypeId};
use crate::load::walk::ObjectKind;
use crate::load::{Entry, Node};

use super::{Context, Reason};

/// The number of members of one direction that are named.
const NAMED: usize = 4;

impl<'a> Context<'a> {
    /// Which types a schema became, and what tells them apart.
    pub(super) fn two_sides(&self, id: TypeId, def: &TypeDef, reasons: &mut Vec<Reason>) {
        let counterparts = self.counterparts(id);
        if counterparts.is_empty() {
            return;
        }
        let names: Vec<String> = counterparts
            .iter()
            .map(|counterpart| format!("`{}`", self.api.type_name(*counterpart)))
            .collect();
        let what = format!("a type beside {}", names.join(" and "));
        let Some(site) = self.site(def.origin.span) else {
            return;
        };
        for (name, keyword) in self.one_way(site.node).into_iter().take(NAMED) {
            let direction = match keyword.key.text() {
                "readOnly" => "only responses have",
                _ => "only requests have",
            };
            let why = format!("{direction} `{name}`, which is `{}`", keyword.key.text());
            reasons.push(self.reason(what.clone(), why, keyword.key_span));
        }
    }

    /// The properties in a schema, and in what it leads to, that travel one way, each with the keyword that says so.
    fn one_way(&self, schema: &'a Node) -> Vec<(&'a str, &'a Entry)> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut work = std::collections::VecDeque::from([schema]);
        while let Some(node) = work.pop_front() {
            if !seen.insert(node.id) {
                continue;
            }
            let site = self
                .site(node.span)
                .filter(|site| site.kind == ObjectKind::Schema);
            if let Some(site) = site.filter(|site| site.member == "properties") {
                let keyword = node.as_mapping().and_then(|mapping| {
                    let mut keywords = ["readOnly", "writeOnly"].into_iter();
                    let mut entry = || keywords.find_map(|key| mapping.entry(key));
                    entry().filter(|entry| entry.value.as_bool() == Some(true))
                });
                if let Some(keyword) = keyword {
                    found.push((site.key(), keyword));
                    continue;
                }
            }
            work.extend(self.index.resolved.target(node).map(|target| target.node));
            work.extend(node.entries().iter().map(|entry| &entry.value));
            work.extend(node.items());
        }
        found
    }
}
