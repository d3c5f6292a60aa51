//! Parameters: in the path, the query, headers and cookies, in every style.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::ir::{Collection, Literal, Location, Parameter, Presence, QueryStyle, Type};
use crate::load::{Node, Value};
use crate::names::{FieldName, NameRequest, Scope, Words};
use crate::source::SpecStr;

use super::super::merged::SchemaSet;
use super::super::naming::Naming;
use super::super::schema::LoweredSchema;
use super::super::{Direction, Lowering, docs, literal};
use super::{Found, LeftOut};

/// Names that an operation's own fields and functions take.
const RESERVED: [&str; 8] = [
    "body", "new", "request", "decode", "validate", "items", "next", "success",
];

impl<'a> Lowering<'a> {
    /// Parameters of an operation and its path item, the operation's own going first where both name one.
    pub(super) fn parameters(
        &mut self,
        found: &Found<'a>,
        words: &Words,
    ) -> Result<Vec<Parameter>, LeftOut<'a>> {
        let nodes = self.parameter_nodes(found);
        let name_requests: Vec<NameRequest> = nodes
            .iter()
            .map(|(node, wire, place)| name_request(node, wire, place))
            .collect();
        let mut scope = Scope::new(&RESERVED);
        let names = scope.assign(&name_requests, |words| {
            FieldName::new(words).as_str().to_owned()
        });
        let mut parameters = Vec::with_capacity(nodes.len());
        for ((node, wire, place), name) in nodes.into_iter().zip(names) {
            parameters.extend(self.parameter(node, wire, place, FieldName::new(&name), words)?);
        }
        parameters.sort_by_key(|parameter: &Parameter| parameter.presence != Presence::Required);
        Ok(parameters)
    }

    fn parameter_nodes(&mut self, found: &Found<'a>) -> Vec<(&'a Node, &'a SpecStr, &'a str)> {
        let own = found
            .node
            .get("parameters")
            .map(Node::items)
            .unwrap_or_default();
        let shared = found
            .item
            .get("parameters")
            .map(Node::items)
            .unwrap_or_default();
        let mut seen: HashSet<(&str, &str)> = HashSet::new();
        let mut nodes = Vec::new();
        for reference in own.iter().chain(shared) {
            let Some(node) = self.follow(reference) else {
                continue;
            };
            let (Some(name), Some(place)) =
                (node.get("name"), node.get("in").and_then(Node::as_str))
            else {
                continue;
            };
            let Value::String(wire) = &name.value else {
                continue;
            };
            if seen.insert((place, wire.text())) {
                nodes.push((node, wire, place));
            }
        }
        nodes
    }

    fn parameter(
        &mut self,
        node: &'a Node,
        wire: &'a SpecStr,
        place: &'a str,
        name: FieldName,
        words: &Words,
    ) -> Result<Option<Parameter>, LeftOut<'a>> {
        let content = node.get("content").map(Node::entries).unwrap_or_default();
        let described = content.first().and_then(|entry| self.follow(&entry.value));
        let schema = node
            .get("schema")
            .or_else(|| described.and_then(|media| media.get("schema")));
        let as_json = node.get("schema").is_none() && !content.is_empty();
        let naming = Naming::operation(words.clone(), Words::of(wire.text()));
        let used = match schema {
            Some(schema) => self.schema(&SchemaSet::one(schema), Direction::Request, &naming),
            None => LoweredSchema::of(Type::String),
        };
        let location = match place {
            "path" => Location::Path(path_style(node, as_json)),
            "query" => Location::Query {
                style: self.query_style(node, as_json, &used.ty),
                allow_reserved: flag(node, "allowReserved"),
            },
            "header" if is_left_to_us(wire.text()) => return Ok(None),
            "header" if !is_token(wire.text()) => {
                let why = format!("`{}` is no name of a header", wire.text());
                if flag(node, "required") {
                    return Err(LeftOut::new(node, why));
                }
                // A name that no header can have was reported when documents were checked.
                return Ok(None);
            }
            "header" => Location::Header {
                explode: flag(node, "explode"),
            },
            "cookie" => Location::Cookie {
                explode: node.get("explode").and_then(Node::as_bool) != Some(false),
            },
            _ => {
                return Err(LeftOut::new(
                    node,
                    format!("a parameter can't be in `{place}`"),
                ));
            }
        };
        let required = flag(node, "required") || place == "path";
        let mut nodes = vec![node];
        nodes.extend(
            schema
                .map(|schema| self.all_nodes(&SchemaSet::one(schema)))
                .into_iter()
                .flatten(),
        );
        let default = nodes.iter().find_map(|node| node.get("default"));
        let mut docs = self.docs(&nodes);
        docs.notes.extend(default.map(docs::default_note));
        docs.notes.extend(docs::limit_notes(&used.constraints));
        let secret = nodes.iter().any(|node| flag(node, "x-secret"));
        let ty = match used.ty {
            Type::String if secret => Type::Secret(Box::new(Type::String)),
            ty => ty,
        };
        Ok(Some(Parameter {
            name,
            wire: wire.clone(),
            location,
            presence: if required && used.constant != Some(Literal::Null) {
                Presence::Required
            } else {
                Presence::Optional
            },
            default: default.and_then(|node| self.default(node, &ty)),
            ty,
            constraints: used.constraints,
            reading: used.reading,
            deprecated: flag(node, "deprecated"),
            docs,
            origin: self.origin(node.span),
        }))
    }

    fn query_style(&mut self, node: &'a Node, as_json: bool, ty: &Type) -> QueryStyle {
        if as_json {
            return QueryStyle::Json;
        }
        let style = node.get("style").and_then(Node::as_str).unwrap_or("form");
        let explode = node.get("explode").and_then(Node::as_bool);
        match style {
            "form" => QueryStyle::Form {
                explode: explode.unwrap_or(true),
            },
            "spaceDelimited" | "pipeDelimited"
                if explode == Some(true) && matches!(ty, Type::List(_)) =>
            {
                QueryStyle::Form { explode: true }
            }
            "spaceDelimited" => QueryStyle::SpaceDelimited,
            "pipeDelimited" => QueryStyle::PipeDelimited,
            "deepObject" => QueryStyle::DeepObject,
            other => {
                self.warn(
                    Code::UnknownStyle,
                    node.get("style").map_or(node.span, |style| style.span),
                    format!("`{other}` is no style of a query parameter"),
                    "use form, spaceDelimited, pipeDelimited or deepObject; it is sent as form",
                );
                QueryStyle::Form {
                    explode: explode.unwrap_or(true),
                }
            }
        }
    }
}

fn path_style(node: &Node, as_json: bool) -> Collection {
    let explode = flag(node, "explode");
    match node.get("style").and_then(Node::as_str) {
        _ if as_json => Collection::Json,
        Some("label") => Collection::Label { explode },
        Some("matrix") => Collection::Matrix { explode },
        _ => Collection::Simple { explode },
    }
}

fn name_request(node: &Node, wire: &SpecStr, place: &str) -> NameRequest {
    if let Some(name_override) = node.get("x-rust-name").and_then(literal::text) {
        return NameRequest::overridden(&format!("{place} {}", wire.text()), name_override.text());
    }
    let mut name_request = NameRequest::of(wire.text());
    let plain = Words::of(wire.text());
    name_request
        .names
        .insert(1, plain.then(&Words::of("parameter")));
    name_request.names.insert(1, Words::of(place).then(&plain));
    name_request.text = format!("{place} {}", wire.text());
    name_request
}

/// Headers that OpenAPI leaves to other keywords: a parameter with such a name says nothing.
fn is_left_to_us(name: &str) -> bool {
    ["accept", "content-type", "authorization"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a text can be the name of a header or a cookie.
pub(super) fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

pub(super) fn flag(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}
