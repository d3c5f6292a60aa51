//! Path items and operations: body and form parameters become a request body.

use super::form::Field;
use super::parameter::Location;
use super::{Shared, Upgrade, entries, items, map_entries, map_values, take};
use crate::load::{Entry, Node, Value};

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Parameters that are sent in a body.
#[derive(Default)]
pub(super) struct Sent {
    body: Option<Node>,
    pub(super) form: Vec<Field>,
}

impl Upgrade<'_> {
    /// Reshapes a path item.
    pub(super) fn path_item(&mut self, node: Node) -> Node {
        let (id, span) = (node.id, node.span);
        let (all, sent, _) = self.sort_parameters(entries(node));
        let all = all.into_iter().map(|entry| match entry.key.text() {
            "$ref" => self.reference(entry),
            key if METHODS.contains(&key) => Entry {
                value: self.operation(entry.value, &sent),
                ..entry
            },
            _ => entry,
        });
        let all = all.collect();
        Node {
            id,
            ..self.object(span, all)
        }
    }

    /// Reshapes an operation whose path item says that all of its operations send `inherited`.
    pub(super) fn operation(&mut self, node: Node, inherited: &Sent) -> Node {
        let (id, span) = (node.id, node.span);
        let mut all = entries(node);
        let consumes = take(&mut all, "consumes").map(|own| items(own.value));
        let consumes = consumes.unwrap_or_else(|| self.defaults.consumes.clone());
        let produces = take(&mut all, "produces").map(|own| items(own.value));
        let files = produces.as_deref().is_some_and(are_files);
        let produces = produces.unwrap_or_else(|| self.defaults.produces.clone());
        let schemes = take(&mut all, "schemes");
        let (all, own, at) = self.sort_parameters(all);
        let mut all: Vec<Entry> = all
            .into_iter()
            .map(|entry| match entry.key.text() {
                "responses" => Entry {
                    value: map_entries(entry.value, |response| {
                        self.named_response(response, &produces, files)
                    }),
                    ..entry
                },
                _ => entry,
            })
            .collect();
        if let Some(body) = self.request_body(own, inherited, &consumes) {
            all.insert(at.min(all.len()), body);
        }
        if let Some(servers) = schemes.and_then(|schemes| self.servers(Some(schemes))) {
            all.push(servers);
        }
        Node {
            id,
            ..self.object(span, all)
        }
    }

    /// Reshapes a response; where the operation itself produces nothing but files, a success is one.
    fn named_response(&mut self, entry: Entry, produces: &[Node], files: bool) -> Entry {
        if entry.key.text().starts_with("x-") {
            return entry;
        }
        if files && matches!(entry.key.text(), "200" | "203" | "206") {
            return Entry {
                value: self.file_response(entry.value, produces),
                ..entry
            };
        }
        Entry {
            value: self.response(entry.value, produces),
            ..entry
        }
    }

    /// Leaves only what stays below `parameters`; says what is sent in a body, and where it would stand.
    fn sort_parameters(&mut self, mut all: Vec<Entry>) -> (Vec<Entry>, Sent, usize) {
        let Some(at) = all
            .iter()
            .position(|entry| entry.key.text() == "parameters")
        else {
            let end = all.len();
            return (all, Sent::default(), end);
        };
        let list = all.remove(at);
        let (id, span) = (list.value.id, list.value.span);
        let mut sent = Sent::default();
        let mut kept = Vec::new();
        for parameter in items(list.value) {
            kept.extend(self.sort_parameter(parameter, &mut sent));
        }
        if kept.is_empty() {
            return (all, sent, at);
        }
        let value = Node {
            id,
            span,
            value: Value::Sequence(kept.into()),
        };
        all.insert(at, Entry { value, ..list });
        (all, sent, at + 1)
    }

    fn sort_parameter(&mut self, parameter: Node, sent: &mut Sent) -> Option<Node> {
        match self.shared(&parameter) {
            Some(Shared::Body) => {
                let body = map_entries(parameter, |entry| match entry.key.text() {
                    "$ref" => self.body_reference(entry),
                    _ => entry,
                });
                self.set_body(sent, body);
                return None;
            }
            Some(Shared::Form(field)) => {
                let field = field.clone();
                sent.form.extend(self.field_again(&field));
                return None;
            }
            None => {}
        }
        match parameter.get("in").and_then(Node::as_str) {
            Some("body") => {
                self.set_body(sent, parameter);
                None
            }
            Some("formData") => {
                sent.form.extend(self.field(parameter));
                None
            }
            _ => {
                let location = Location::of(&parameter);
                Some(self.parameter(parameter, location))
            }
        }
    }

    fn set_body(&mut self, sent: &mut Sent, body: Node) {
        if sent.body.is_some() {
            let message = "an operation can send one body only".to_owned();
            self.lost(
                body.span,
                message,
                (
                    "remove one of them",
                    "the first body is sent, this one is ignored",
                ),
            );
            return;
        }
        sent.body = Some(body);
    }

    fn request_body(&mut self, own: Sent, inherited: &Sent, consumes: &[Node]) -> Option<Entry> {
        let body = own.body.or_else(|| self.copy(inherited.body.as_ref()?));
        let mut form = own.form;
        for field in &inherited.form {
            if !form.iter().any(|own| own.name == field.name) {
                form.extend(self.field_again(field));
            }
        }
        match (body, form.first()) {
            (None, None) => None,
            (None, Some(first)) => Some(self.form(first.name_span, form, consumes)),
            (Some(body), field) => {
                if let Some(field) = field {
                    let message = "an operation sends a body or a form, not both".to_owned();
                    self.lost(
                        field.name_span,
                        message,
                        ("remove one of them", "the form is ignored"),
                    );
                }
                Some(self.body(body, consumes))
            }
        }
    }

    /// The request body that a body parameter becomes, as the entry of an operation.
    fn body(&mut self, parameter: Node, consumes: &[Node]) -> Entry {
        let at = parameter.span;
        let body = match parameter.get("$ref") {
            Some(_) => parameter,
            None => self.body_object(parameter, consumes),
        };
        self.entry("requestBody", at, body)
    }

    /// The request body that a body parameter becomes.
    pub(super) fn body_object(&mut self, parameter: Node, consumes: &[Node]) -> Node {
        let (id, span) = (parameter.id, parameter.span);
        let mut all = entries(parameter);
        let schema = take(&mut all, "schema");
        all.retain(|entry| !matches!(entry.key.text(), "name" | "in"));
        let (schema, at) = match schema {
            Some(schema) => (self.schema(schema.value), schema.key_span),
            None => (self.object(span, Vec::new()), span),
        };
        let content = self.content(schema, at, consumes, "application/json");
        all.push(content);
        Node {
            id,
            ..self.object(span, all)
        }
    }

    /// Reshapes the path items of an object of paths.
    pub(super) fn paths(&mut self, node: Node) -> Node {
        map_values(node, |item| self.path_item(item))
    }
}

/// Whether all of these media types are those of files, which no schema describes.
fn are_files(media_types: &[Node]) -> bool {
    let is_file = |media_type: &Node| {
        let text = media_type.as_str().unwrap_or_default();
        let essence = text.split(';').next().unwrap_or_default().trim();
        let essence = essence.to_ascii_lowercase();
        match essence.split_once('/') {
            Some(("audio" | "font" | "image" | "video", subtype)) => subtype != "*",
            Some(("application", subtype)) => {
                let words = ["json", "xml", "yaml", "javascript", "form-urlencoded"];
                subtype != "*" && !words.iter().any(|word| subtype.contains(word))
            }
            _ => false,
        }
    };
    !media_types.is_empty() && media_types.iter().all(is_file)
}
