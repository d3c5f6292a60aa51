//! Examples and defaults compared with their schema, for the two rules about them.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::document_index::Site;
use crate::load::walk::ObjectKind;
use crate::load::{Node, Value};
use crate::source::Span;

use super::Lint;
use super::instance::{Checker, Side};

/// The number of problems of one example that are reported.
const SAID: usize = 3;

/// A value, the schema that it is of, and which way it travels.
struct Given<'a> {
    schema: &'a Node,
    value: &'a Node,
    side: Side,
    rule: Code,
}

impl<'a> Lint<'a, '_> {
    /// Compares the values of a rule with their schemas: `what` names them in messages.
    pub(super) fn values(&mut self, rule: Code, what: &str, help: &str) {
        let mistaken: HashSet<Span> = self
            .report
            .diagnostics()
            .iter()
            .filter(|found| found.code == Code::DefaultMismatch)
            .map(|found| found.span)
            .collect();
        let mut checker = Checker::new(self.index);
        let mut said = HashSet::new();
        let given = self.given().into_iter();
        for given in given.filter(|given| given.rule == rule) {
            if mistaken.contains(&given.value.span) {
                continue;
            }
            let problems = checker.problems(given.schema, given.value, given.side);
            for problem in problems.into_iter().take(SAID) {
                let message = format!("{what} does not match its schema: {}", problem.what);
                if said.insert((problem.at, message.clone())) {
                    let keyword = Some((problem.keyword, "it violates this"));
                    self.say_beside(rule, problem.at, message, help, keyword);
                }
            }
        }
    }

    /// Every example and default of the documents.
    fn given(&self) -> Vec<Given<'a>> {
        let mut given = Vec::new();
        for site in self.index.sites() {
            match site.kind {
                ObjectKind::Schema => of_schema(site, &mut given),
                ObjectKind::Parameter => {
                    let side = self.side(site);
                    if let Some(schema) = site.node.get("schema") {
                        self.of_owner(site, schema, side, &mut given);
                        given.extend(default(schema, site.node));
                    }
                }
                ObjectKind::MediaType if is_json(site.key()) => {
                    if let Some(schema) = site.node.get("schema") {
                        self.of_owner(site, schema, self.side(site), &mut given);
                    }
                }
                _ => {}
            }
        }
        given
    }

    /// The examples that stand beside a schema.
    fn of_owner(&self, site: &Site<'a>, schema: &'a Node, side: Side, given: &mut Vec<Given<'a>>) {
        let single = site.node.get("example");
        // Null is how many tools write that there is no example.
        let single = single.filter(|value| !matches!(value.value, Value::Null));
        let named = site
            .node
            .get("examples")
            .map(Node::entries)
            .unwrap_or_default();
        let named = named.iter().filter_map(|entry| {
            let example = self.index.follow(&entry.value);
            example.get("dataValue").or_else(|| example.get("value"))
        });
        given.extend(single.into_iter().chain(named).map(|value| Given {
            schema,
            value,
            side,
            rule: Code::InvalidExample,
        }));
    }

    /// Which way what stands here travels.
    fn side(&self, site: &Site<'a>) -> Side {
        if site.kind == ObjectKind::Parameter && site.member == "parameters" {
            return Side::Request;
        }
        let around = self
            .index
            .around(site)
            .find_map(|around| match around.kind {
                ObjectKind::RequestBody | ObjectKind::Encoding => Some(Side::Request),
                ObjectKind::Response => Some(Side::Response),
                _ => None,
            });
        around.unwrap_or(Side::Either)
    }
}

fn of_schema<'a>(site: &Site<'a>, given: &mut Vec<Given<'a>>) {
    let single = site.node.get("example");
    let single = single.filter(|value| !matches!(value.value, Value::Null));
    let listed = site
        .node
        .get("examples")
        .map(Node::items)
        .unwrap_or_default();
    given.extend(single.into_iter().chain(listed).map(|value| Given {
        schema: site.node,
        value,
        side: Side::Either,
        rule: Code::InvalidExample,
    }));
    given.extend(default(site.node, site.node));
}

/// The default of `owner`. Null says that there is none.
fn default<'a>(schema: &'a Node, owner: &'a Node) -> Option<Given<'a>> {
    let value = owner
        .get("default")
        .filter(|value| !matches!(value.value, Value::Null))?;
    Some(Given {
        schema,
        value,
        side: Side::Either,
        rule: Code::InvalidDefault,
    })
}

/// Whether examples of this media type are the values of its schema.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}
