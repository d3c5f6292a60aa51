//! Examples and defaults compared with their schema, for the two rules about them.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::document_index::Site;
use crate::load::walk::ObjectKind;
use crate::load::{Node, NumberValue, Value};
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

    /// Compares what examples of JSON look like on the wire with the values that they show.
    pub(super) fn serialized(&mut self, help: &str) {
        let mut found = Vec::new();
        for site in self.index.sites() {
            if site.kind != ObjectKind::MediaType || !is_json(site.key()) {
                continue;
            }
            for example in named(site.node) {
                let example = self.index.follow(example);
                let Some(written) = example.get("serializedValue") else {
                    continue;
                };
                let text = written.as_str().unwrap_or_default();
                let what = match serde_json::from_str::<serde_json::Value>(text) {
                    Err(error) => format!("the serialized value is not JSON: {error}"),
                    Ok(read) => match example.get("dataValue") {
                        Some(data) if !is_same(data, &read) => {
                            "the serialized value differs from `dataValue`".to_owned()
                        }
                        _ => continue,
                    },
                };
                found.push((written.span, what));
            }
        }
        let mut said = HashSet::new();
        found.retain(|(span, _)| said.insert(*span));
        for (span, what) in found {
            self.say(Code::InvalidExample, span, what, help);
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
        let named = named(site.node).filter_map(|example| {
            let example = self.index.follow(example);
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

/// The examples below a key `examples` that has a name for each.
fn named(owner: &Node) -> impl Iterator<Item = &Node> {
    let named = owner.get("examples").map(Node::entries);
    named.unwrap_or_default().iter().map(|entry| &entry.value)
}

/// Whether a value of a document and one of JSON are equal.
fn is_same(node: &Node, value: &serde_json::Value) -> bool {
    use serde_json::Value as Json;
    match (&node.value, value) {
        (Value::Null, Json::Null) => true,
        (Value::Bool(one), Json::Bool(other)) => one == other,
        (Value::String(one), Json::String(other)) => one.text() == other,
        (Value::Number(one), Json::Number(other)) => match one.value {
            NumberValue::Int(one) => other
                .as_i128()
                .map_or(other.as_f64() == Some(one as f64), |other| other == one),
            NumberValue::Float(one) => other.as_f64() == Some(one),
        },
        (Value::Sequence(one), Json::Array(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| is_same(one, other))
        }
        (Value::Mapping(_), Json::Object(other)) => {
            let own = node.entries();
            let mut own_pairs = own
                .iter()
                .map(|entry| (other.get(entry.key.text()), &entry.value));
            own.len() == other.len()
                && own_pairs.all(|(other, one)| other.is_some_and(|other| is_same(one, other)))
        }
        _ => false,
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
