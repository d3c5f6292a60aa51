//! Form parameters become the properties of one schema.

use super::parameter::Location;
use super::{Upgrade, map_values, take};
use crate::load::{Entry, Node, Value};
use crate::source::{Span, SpecStr};

const MULTIPART: &str = "multipart/form-data";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

/// A field of a form.
#[derive(Clone)]
pub(super) struct Field {
    pub(super) name: SpecStr,
    pub(super) name_span: Span,
    pub(super) schema: Node,
    is_file: bool,
    // Where the parameter says that it is required.
    required: Option<Span>,
    // How a list is written, unless it is written as forms write lists anyway.
    encoding: Option<Node>,
}

impl Upgrade<'_> {
    /// The field that a form parameter becomes; none if it has no name.
    pub(super) fn field(&mut self, parameter: Node) -> Option<Field> {
        let span = parameter.span;
        let is_file = parameter.get("type").and_then(Node::as_str) == Some("file");
        let style = self.style(&parameter, Location::Form);
        let encoding = style
            .filter(|(style, _)| !style.is_usual_in_forms())
            .map(|(style, at)| {
                let name = self.text(at, style.name);
                let explode = self.node(at, Value::Bool(style.explode));
                let encoding = vec![
                    self.entry("style", at, name),
                    self.entry("explode", at, explode),
                ];
                self.object(at, encoding)
            });
        let (mut kept, schema) = self.split(parameter);
        let name = take(&mut kept, "name")?.value;
        let required =
            take(&mut kept, "required").filter(|required| required.value.as_bool() == Some(true));
        let mut schema = match schema {
            Some(schema) => schema.value,
            None => self.object(span, Vec::new()),
        };
        for about in kept {
            if about.key.text() == "description" || about.key.text().starts_with("x-") {
                schema = self.with_entry(schema, about);
            }
        }
        Some(Field {
            name: SpecStr::new(name.as_str()?),
            name_span: name.span,
            schema,
            is_file,
            required: required.map(|required| required.value.span),
            encoding,
        })
    }

    /// The same field for another operation; none if too much is repeated.
    pub(super) fn field_again(&mut self, field: &Field) -> Option<Field> {
        let schema = self.copy(&field.schema)?;
        Some(Field {
            schema,
            ..field.clone()
        })
    }

    /// The request body of an operation that sends `fields`, the first of which stands at `at`.
    pub(super) fn form(&mut self, at: Span, fields: Vec<Field>, consumes: &[Node]) -> Entry {
        let has_file = fields.iter().any(|field| field.is_file);
        let is_form = |media_type: &&Node| match media_type.as_str() {
            Some(MULTIPART) => true,
            Some(URL_ENCODED) => !has_file,
            _ => false,
        };
        let media_types: Vec<Node> = consumes.iter().filter(is_form).cloned().collect();
        let default = if has_file { MULTIPART } else { URL_ENCODED };
        let required = fields.iter().find_map(|field| field.required);

        let (schema, encodings) = self.form_schema(at, fields);
        let mut content = self.content(schema, at, &media_types, default);
        if !encodings.is_empty() {
            let encoding = self.object(at, encodings);
            content.value = map_values(content.value, |media_type| match self.copy(&encoding) {
                Some(encoding) => {
                    let entry = self.entry("encoding", at, encoding);
                    self.with_entry(media_type, entry)
                }
                None => media_type,
            });
        }
        let mut body = vec![content];
        if let Some(span) = required {
            let yes = self.node(span, Value::Bool(true));
            body.push(self.entry("required", span, yes));
        }
        let body = self.object(at, body);
        self.entry("requestBody", at, body)
    }

    /// The schema of a form, and the encodings of its properties.
    fn form_schema(&mut self, at: Span, fields: Vec<Field>) -> (Node, Vec<Entry>) {
        let (mut properties, mut required, mut encodings) =
            (Vec::<Entry>::new(), Vec::new(), Vec::new());
        for field in fields {
            if properties.iter().any(|known| known.key == field.name) {
                let message = format!("the form has two fields named `{}`", field.name.text());
                self.lost(
                    field.name_span,
                    message,
                    ("remove or rename one of them", "the first one is sent"),
                );
                continue;
            }
            if let Some(span) = field.required {
                required.push(self.node(span, Value::String(field.name.clone())));
            }
            let entry = |value| Entry {
                key: field.name.clone(),
                key_span: field.name_span,
                value,
            };
            encodings.extend(field.encoding.map(entry));
            properties.push(entry(field.schema));
        }
        let object = self.text(at, "object");
        let properties = self.object(at, properties);
        let mut schema = vec![
            self.entry("type", at, object),
            self.entry("properties", at, properties),
        ];
        if !required.is_empty() {
            let required = self.node(at, Value::Sequence(required.into()));
            schema.push(self.entry("required", at, required));
        }
        (self.object(at, schema), encodings)
    }
}
